/**
 * A history of shipping runs over growing, rotated logs, cut short by SIGKILL, with a cluster that comes and goes.
 *
 * @module
 */
import { Random } from "../../data/shop/random.ts";
import { LogWriter, type Step, stepsOf } from "../faults/log_writer.ts";
import { startTask } from "../runner/tasks/task.ts";

/** What a history is about. */
export interface ShipPlot {
  seed: number;
  /** Where documents go. */
  url: string;
  index: string;
  /** Runs that are begun before the last one, which ends by itself. */
  runs: number;
  /** Called before a run; what it does takes place while the run goes on. */
  disturb?: (run: number) => Promise<void>;
}

/** What a history came to. */
export interface ShipOutcome {
  /** Every line that was written, sorted. */
  written: string[];
  kills: number;
  /** What the last run said, and its exit code. */
  said: string;
  code: number;
}

const decoder = new TextDecoder();

/** Plays a history to its end. */
export async function shipHistory(plot: ShipPlot): Promise<ShipOutcome> {
  const folder = await Deno.makeTempDir({ prefix: "ship" }), random = new Random(plot.seed, "ship");
  try {
    const steps = stepsOf(plot.seed, { hours: 6, scale: .3, rotations: 3 });
    const writer = new LogWriter(`${folder}/logs`, steps), total = bytesOf(steps);
    await Deno.writeTextFile(`${folder}/deepscan.yaml`, settings(plot));
    let kills = 0;
    for (let run = 0; run < plot.runs; run++) {
      const disturbed = plot.disturb?.(run) ?? Promise.resolve();
      if (await runKilled(folder, { random, writer, bytes: Math.ceil(total / plot.runs) })) kills++;
      await disturbed;
    }
    while (!writer.done) await writer.write(total);
    const { code, said } = await runWhole(folder);
    return { written: linesOf(steps), kills, said, code };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function settings({ url, index }: ShipPlot): string {
  return `elasticsearch: {nodes: ["${url}"]}
streams:
  - {name: web, inputs: ["logs/shop-web.access.log*"]}
  - {name: shop, inputs: ["logs/shop-app.log*", "logs/postgresql.log*", "logs/shop-checkout.log*"], service: file}
  - {name: auth, inputs: ["logs/auth.log*"], service: field}
state: {directory: state}
ship: {index: ${index}, request: 8KB, in_flight: 3, patience: 1s}
`;
}

function bytesOf(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + (step.kind === "append" ? step.bytes.length : 0), 0);
}

/** All lines that steps write, sorted. */
function linesOf(steps: readonly Step[]): string[] {
  return steps.flatMap((step) =>
    step.kind === "append" ? decoder.decode(step.bytes).trimEnd().split("\n") : []
  ).sort();
}

/** Begins a run, writes on meanwhile, and kills it at some moment; whether it was still there to be killed. */
async function runKilled(
  folder: string,
  { random, writer, bytes }: { random: Random; writer: LogWriter; bytes: number },
): Promise<boolean> {
  const pause = () => sleep(random.integer(0, 3));
  await writer.write(Math.ceil(bytes / 2), pause);
  const way = random.chance(.5) ? ["--follow"] : [];
  const child = startTask("deepscan", ["ship", ...way], { cwd: folder, detached: true }, {
    stdout: "null",
    stderr: "null",
  });
  let ended = false;
  child.status.then(() => ended = true);
  const until = Date.now() + random.integer(300, 2500);
  while (!ended && Date.now() < until) {
    await writer.write(Math.ceil(bytes / 40), pause);
    await sleep(20);
  }
  const isKilled = !ended;
  await new Deno.Command("kill", { args: ["-KILL", "--", `-${child.pid}`], stderr: "null" }).output();
  await child.status;
  return isKilled;
}

/** A run that is left alone. */
async function runWhole(folder: string): Promise<{ code: number; said: string }> {
  const { code, stderr } = await startTask("deepscan", ["ship"], { cwd: folder }).output();
  return { code, said: decoder.decode(stderr) };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
