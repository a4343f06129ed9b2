/**
 * `deno task bench`: speed and memory, measured here and now, beside a yardstick measured in the same run.
 *
 * It asserts nothing: machines differ. Ratios to the yardstick are what can be compared.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { peerPython } from "./detectors/peers.ts";
import { type Figure, summarise, type Summary, table } from "./figures.ts";
import type { Material, Size } from "./material.ts";
import { ROOT, runPart } from "./program.ts";
import { type Bench, measureModels, measureStages, measureTraining, measureWholePath } from "./speed.ts";
import { measureStarts } from "./starts.ts";
import { drainFolder } from "./templates/drain3.ts";
import { cachePath } from "./templates/fetch.ts";

const help = `
Measures speed and memory on this machine.

  deno task bench [--quick] [--json] [--passes N]
  deno task bench templates [PART…] [--json]      how right and how fast templates are found; see its --help
  deno task bench detectors [PART…] [--json]      how right detectors and thresholds are; see its --help
  deno task bench counted [--json]                a stream by counts instead of lines, by many workers; see its --help
  deno task bench watch [--days N] [--json]       a month through watch, disturbed in every way; see its --help
  deno task bench dashboard [--quick] [--json]    pages over a large state, with many people at once; see its --help
  deno task bench elasticsearch [--quick]         shipping and reading beside the Python client; see its --help

  --quick      a tiny scale: shows that everything runs, not how fast it is
  --json       the figures as JSON on standard output
  --passes N   passes of each measurement; default 5 (median, and least to most)

Reads real HDFS logs where they are, else the bundled sample's; writes to a temporary folder, which it removes.
`;

const FULL: Size = { lines: 2_000_000, copyLines: 1_000_000, firstLines: 200_000, days: 6 };
const QUICK: Size = { lines: 8_000, copyLines: 4_000, firstLines: 2_000, days: 1 };

/** What `--json` prints. */
export interface BenchReport {
  machine: { cores: number; loadBefore: number; loadAfter: number; deno: string };
  log: string;
  figures: Summary[];
}

/** Measures everything. */
export async function bench(size: Size, passes: number, tell: (what: string) => void): Promise<BenchReport> {
  const folder = Deno.makeTempDirSync({ dir: "/tmp", prefix: "deepscan-bench-" }),
    loadBefore = Deno.loadavg()[0];
  try {
    tell("making logs");
    const material = await runPart<Material>("material.ts", [folder, JSON.stringify(size)], folder);
    const figures = await measureAll({ material, folder, passes, tell });
    return {
      machine: {
        cores: navigator.hardwareConcurrency,
        loadBefore,
        loadAfter: Deno.loadavg()[0],
        deno: Deno.version.deno,
      },
      log: material.long.title,
      figures: summarise(figures),
    };
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

async function measureAll(bench: Bench): Promise<Figure[]> {
  const { copy, long, others } = bench.material, training: Figure[] = [], stages: Figure[] = [];
  for (const log of [copy, ...others]) training.push(await measureTraining(bench, log));
  const whole = await measureWholePath(bench);
  stages.push(...await measureStages(bench, long, copy));
  for (const log of others) stages.push(...await measureStages(bench, log, log));
  const models = await measureModels(bench);
  return [...whole, ...stages, ...await measureStarts(bench), ...training, ...models];
}

function print({ machine, log, figures }: BenchReport): void {
  const { cores, loadBefore, loadAfter, deno } = machine;
  console.log(`${table(figures)}\n`);
  console.log(
    `Deno ${deno}, ${cores} cores; load ${loadBefore.toFixed(1)} before, ${
      loadAfter.toFixed(1)
    } after; ${log}`,
  );
  if (loadBefore > 0.5) {
    console.log("Something else was at work on this machine: the figures are lower than they could be");
  }
}

/** The bench of templates as a process with the rights that it needs: it fetches packages and runs drain3. */
async function benchTemplates(args: string[]): Promise<number> {
  const cache = cachePath(""), programs = ["deno", "python3", "npm", "mvn", `${drainFolder()}/bin/python`];
  const rights = [
    ...["run", "--quiet", "--no-prompt", "--ignore-env", "--allow-read", "--allow-sys=loadavg"],
    ...[
      "--allow-env=HOME,XDG_CACHE_HOME",
      `--allow-write=/tmp,${cache}`,
      `--allow-run=${programs.join(",")}`,
    ],
  ];
  const program = ["--config", "tests/deno.json", "tests/bench/templates/run.ts"];
  const command = new Deno.Command("deno", { args: [...rights, ...program, ...args], cwd: ROOT });
  return (await command.spawn().status).code;
}

/** The bench of detectors as a process of its own. */
async function benchDetectors(args: string[]): Promise<number> {
  const rights = [
    "--quiet",
    "--no-prompt",
    "--ignore-env",
    "--allow-env=HOME,XDG_CACHE_HOME",
    "--allow-read",
    `--allow-write=/tmp,${cachePath("")}`,
    `--allow-run=python3,${peerPython()}`,
  ];
  const program = ["--config", "tests/deno.json", "tests/bench/detectors/main.ts"];
  const command = new Deno.Command("deno", { args: ["run", ...rights, ...program, ...args], cwd: ROOT });
  return (await command.spawn().status).code;
}

/** The bench of the dashboard as a process of its own: it makes a state, and starts a server over it. */
async function benchDashboard(args: string[]): Promise<number> {
  const rights = [
    ...["run", "--quiet", "--no-prompt", "--ignore-env", "--allow-read", "--allow-write"],
    ...["--allow-net=127.0.0.1", "--allow-run=deno"],
  ];
  const program = ["--config", "tests/deno.json", "tests/bench/dashboard/main.ts"];
  const command = new Deno.Command("deno", { args: [...rights, ...program, ...args], cwd: ROOT });
  return (await command.spawn().status).code;
}

/** A bench with servers as a process of its own: it starts them, and other programs. */
async function benchServers(main: string, args: string[]): Promise<number> {
  const rights = ["--quiet", "--no-prompt", "--allow-env", "--allow-read", "--allow-run", "--allow-sys"];
  const places = [`--allow-write=/tmp,/var/tmp,${cachePath("")}`, "--allow-net=127.0.0.1,localhost,0.0.0.0"];
  const program = ["--config", "tests/deno.json", main];
  const command = new Deno.Command("deno", {
    args: ["run", ...rights, ...places, ...program, ...args],
    cwd: ROOT,
  });
  return (await command.spawn().status).code;
}

if (import.meta.main && Deno.args[0] === "templates") {
  Deno.exit(await benchTemplates(Deno.args.slice(1)));
} else if (import.meta.main && Deno.args[0] === "detectors") {
  Deno.exit(await benchDetectors(Deno.args.slice(1)));
} else if (import.meta.main && Deno.args[0] === "dashboard") {
  Deno.exit(await benchDashboard(Deno.args.slice(1)));
} else if (import.meta.main && Deno.args[0] === "elasticsearch") {
  Deno.exit(await benchServers("tests/bench/elasticsearch/main.ts", Deno.args.slice(1)));
} else if (import.meta.main && Deno.args[0] === "counted") {
  Deno.exit(await benchServers("tests/bench/counted/main.ts", Deno.args.slice(1)));
} else if (import.meta.main && Deno.args[0] === "watch") {
  Deno.exit(await benchServers("tests/bench/watch/main.ts", Deno.args.slice(1)));
} else if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean" },
      json: { type: "boolean" },
      passes: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  const passes = Number(values.passes ?? (values.quick ? 1 : 5));
  if (values.help) console.log(help.trim());
  else if (!Number.isInteger(passes) || passes < 1) {
    console.error(
      `deepscan bench: Cannot measure: --passes must be a positive whole number, got "${values.passes}"`,
    );
    Deno.exit(2);
  } else {
    const report = await bench(
      values.quick ? QUICK : FULL,
      passes,
      (what) => console.error(`bench: ${what} …`),
    );
    if (values.json) console.log(JSON.stringify(report, null, 2));
    else print(report);
  }
}
