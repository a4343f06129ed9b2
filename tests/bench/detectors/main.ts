/**
 * `deno task bench detectors`: how right detectors, thresholds and ensembles are.
 *
 * It asserts nothing: it prints tables.
 *
 * @module
 */
import { parseArgs } from "node:util";
import type { Part } from "../templates/accuracy.ts";
import { type ReportTable, tableData, tableText } from "../templates/report.ts";

type Measure = (part: Part & { quick?: boolean }) => Promise<ReportTable[]>;

/** Every part: what it measures, and where that is. */
const PARTS: Record<string, { title: string; load: () => Promise<Measure> }> = {
  meaning: {
    title: "what error messages mean: the corpus held back, and templates of real logs",
    load: async () => (await import("./meaning.ts")).measureMeaning,
  },
  neural: {
    title:
      "autoencoder, LSTM and isolation forest beside Keras and scikit-learn, which it installs once (many minutes)",
    load: async () => (await import("./neural.ts")).measureNeural,
  },
  retraining: {
    title: "incidents that come again after a training that saw them (some minutes)",
    load: async () => (await import("./retraining.ts")).measureRetraining,
  },
  sessions: {
    title:
      "labelled sessions by protocol and detector: F1, stated and realised rates, incidents, cost (many minutes)",
    load: async () => (await import("./sessions.ts")).measureSessions,
  },
  threats: {
    title: "attacks found, how soon, and false alerts; what noting sources costs",
    load: async () => (await import("./threats.ts")).measureThreats,
  },
  thresholds: {
    title: "realised against nominal false alerts of every threshold rule",
    load: async () => (await import("./thresholds.ts")).measureThresholds,
  },
  windows: {
    title: "anomalies planted into time windows of real logs, by kind and detector (ten minutes)",
    load: async () => (await import("./windows.ts")).measureWindows,
  },
};

const help = `
Measures how right detectors are, on real logs where they are.

  deno task bench detectors [PART…] [--json] [--quick] [--seed N]

${Object.entries(PARTS).map(([name, { title }]) => `  ${name.padEnd(12)} ${title}`).join("\n")}
  --json       the tables as JSON on standard output
  --quick      fewer of what is planted, fewer protocols, one pass, where a part can: in a minute, with rates that are a
               tenth up or down, and costs of one pass
  --seed N     of everything random; default 1
`;

async function measure(words: string[], seed: number, quick: boolean): Promise<ReportTable[]> {
  const folder = Deno.makeTempDirSync({ dir: "/tmp", prefix: "deepscan-bench-" }), tables: ReportTable[] = [];
  try {
    for (const word of words) {
      const part = await PARTS[word].load();
      tables.push(
        ...await part({ folder, seed, quick, tell: (what) => console.error(`bench: ${word}: ${what} …`) }),
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
    options: {
      json: { type: "boolean" },
      quick: { type: "boolean" },
      seed: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  const words = positionals.length > 0 ? positionals : Object.keys(PARTS), seed = Number(values.seed ?? 1);
  const unknown = words.find((word) => !Object.hasOwn(PARTS, word));
  if (values.help) console.log(help.trim());
  else if (unknown !== undefined || !Number.isInteger(seed)) {
    const what = unknown === undefined
      ? `--seed must be a whole number, got "${values.seed}"`
      : `detectors has the parts ${Object.keys(PARTS).join(", ")}, got "${unknown}"`;
    console.error(`deepscan bench: Cannot measure: ${what}`);
    Deno.exit(2);
  } else {
    const tables = await measure(words, seed, values.quick === true);
    if (values.json) console.log(JSON.stringify({ tables: tables.map(tableData) }, null, 2));
    else console.log(tables.map(tableText).join("\n\n"));
  }
}
