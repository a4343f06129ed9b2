/**
 * `deno task bench templates`: how right and how fast templates are found, beside drain3 in the same run.
 *
 * It asserts nothing: it prints tables.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { measureAblation } from "./ablation.ts";
import { measurePackages, measureSystems, type Part } from "./accuracy.ts";
import { measureLeaveOneOut } from "./leave_one_out.ts";
import { measureMemory } from "./memory.ts";
import { measureOrder } from "./order.ts";
import { type ReportTable, tableData, tableText } from "./report.ts";
import { measureSpeed } from "./speed.ts";

const help = `
Measures how right and how fast templates are found.

  deno task bench templates [PART…] [--json] [--seed N]

  accuracy       the eight labelled development systems, messages and raw lines, beside drain3
  synthetic      logs made from the log calls of real packages, beside drain3
  order          the same logs reversed and shuffled
  speed          lines and megabytes per second, steady and in a fresh process, beside drain3; worst cases
  memory         what 20,000 and 200,000 templates take
  ablation       accuracy without each principle
  leave-one-out  each development system with the numbers that the other seven would choose; what each number matters
  --json         the tables as JSON on standard output
  --seed N       makes other lines of the packages; default 1

Without a word everything but the last two parts is measured. Packages and drain3 are fetched once, by pip, npm and mvn, into the user's
cache; what can't be had is left out and said.
`;

const MEASURES: Record<string, (part: Part) => Promise<ReportTable[]>> = {
  accuracy: measureSystems,
  synthetic: measurePackages,
  order: measureOrder,
  speed: measureSpeed,
  memory: measureMemory,
  ablation: measureAblation,
  "leave-one-out": measureLeaveOneOut,
};

/** What takes many minutes. */
const LONG = ["ablation", "leave-one-out"];

async function measure(words: string[], seed: number): Promise<ReportTable[]> {
  const folder = Deno.makeTempDirSync({ dir: "/tmp", prefix: "deepscan-bench-" }), tables: ReportTable[] = [];
  try {
    for (const word of words) {
      tables.push(
        ...await MEASURES[word]({ folder, seed, tell: (what) => console.error(`bench: ${word}: ${what} …`) }),
      );
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
  return tables;
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean" }, seed: { type: "string" }, help: { type: "boolean", short: "h" } },
  });
  const unknown = positionals.find((word) => !(word in MEASURES));
  const words = positionals.length > 0
    ? positionals
    : Object.keys(MEASURES).filter((word) => !LONG.includes(word));
  const seed = Number(values.seed ?? 1);
  if (values.help) console.log(help.trim());
  else if (!Number.isInteger(seed)) {
    console.error(`deepscan bench: Cannot measure: --seed must be a whole number, got "${values.seed}"`);
    Deno.exit(2);
  } else if (unknown !== undefined) {
    console.error(
      `deepscan bench: Cannot measure: templates has the parts ${
        Object.keys(MEASURES).join(", ")
      }, got "${unknown}"`,
    );
    Deno.exit(2);
  } else {
    const before = Deno.loadavg()[0], tables = await measure(words, seed);
    const machine = {
      deno: Deno.version.deno,
      cores: navigator.hardwareConcurrency,
      loadBefore: before,
      loadAfter: Deno.loadavg()[0],
    };
    if (values.json) console.log(JSON.stringify({ machine, tables: tables.map(tableData) }, null, 2));
    else {
      console.log(tables.map(tableText).join("\n\n"));
      console.log(
        `\nDeno ${machine.deno}, ${machine.cores} cores; load ${before.toFixed(1)} before, ${
          machine.loadAfter.toFixed(1)
        } after`,
      );
    }
  }
}
