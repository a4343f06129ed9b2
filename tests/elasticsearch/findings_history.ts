/**
 * A history of runs that write findings, over growing, rotated logs, cut short by SIGKILL, with a cluster that comes and goes.
 *
 * @module
 */
import { Random } from "../../data/shop/random.ts";
import { LogWriter, stepsOf } from "../faults/log_writer.ts";
import { strayFindings } from "../runner/findings/cluster_against_state.ts";
import { runTask, startTask, type TaskResult } from "../runner/tasks/task.ts";
import type { KeptDocument } from "../services/findings_cluster.ts";
import { killGroup } from "../services/kill_group.ts";

/** What a history is about. */
export interface FindingsPlot {
  seed: number;
  /** Where documents go: the section `elasticsearch`, and what else the settings say. */
  settings: string;
  /** Share (0 to 1) of records that are written late. */
  late: number;
  /** Runs that are begun before the last one, which ends by itself. */
  runs: number;
  /** Called, and waited for, before a run begins, the last one too. */
  before?: (run: number) => Promise<void>;
  /** Called when a run begins; it is killed when this resolves. `null` = at some moment, behind some commit, or not at all. */
  disturb: (run: number) => Promise<void> | null;
  /** What the cluster has in the end. */
  documents: () => Promise<KeptDocument[]>;
}

/** What a history came to. */
export interface FindingsOutcome {
  /** Where the cluster is not as the state says. */
  stray: string[];
  kills: number;
  documents: KeptDocument[];
  /** How the last run ended. */
  last: TaskResult;
}

function settings({ settings, late }: FindingsPlot): string {
  const common = `clock: data, min_history: 3h, allowed_lateness: ${late > 0 ? "30m" : "10m"}`;
  return `streams:
  - {name: web, inputs: ["logs/shop-web.access.log*"], format: combined, ${common}}
  - {name: shop, inputs: ["logs/shop-app.log*", "logs/postgresql.log*"], service: file, ${common}}
  - {name: checkout, inputs: ["logs/shop-checkout.log*"], session: {pattern: 'order=(\\d+)', idle: 15m}, ${common}}
model: {directory: models, detectors: [new-template, unseen-vector], threshold: {rule: quantile, level: 0.9}}
state: {directory: state}
reports: {directory: reports}
checkpoint: {bytes: 4KB}
alerts: {channels: {console: false}}
${settings}`;
}

/** Plays a history to its end. */
export async function findingsHistory(plot: FindingsPlot): Promise<FindingsOutcome> {
  const folder = await Deno.makeTempDir({ prefix: "findings" }), random = new Random(plot.seed, "findings");
  try {
    await Deno.writeTextFile(`${folder}/deepscan.yaml`, settings(plot));
    const steps = stepsOf(plot.seed, { hours: 6, scale: .3, rotations: 3 }, plot.late);
    const writer = new LogWriter(`${folder}/logs`, steps);
    const total = steps.reduce((sum, step) => sum + (step.kind === "append" ? step.bytes.length : 0), 0);
    for (let part = 0; part < .55 * total; part += 1000) await writer.write(1000);
    let kills = 0;
    for (let run = 0; run < plot.runs; run++) {
      await plot.before?.(run);
      const bytes = Math.ceil(.45 * total / plot.runs), disturbed = plot.disturb(run);
      if (await runKilled(folder, { random, writer, bytes }, disturbed)) kills++;
    }
    while (!writer.done) await writer.write(total);
    await plot.before?.(plot.runs);
    const last = await runTask("detect", [], { cwd: folder }), documents = await plot.documents();
    return { stray: await strayFindings(folder, documents), kills, documents, last };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Begins a run, writes on meanwhile, and kills it at some moment; whether it was still there to be killed. */
async function runKilled(
  folder: string,
  { random, writer, bytes }: { random: Random; writer: LogWriter; bytes: number },
  disturbed: Promise<void> | null,
): Promise<boolean> {
  await writer.write(bytes, () => sleep(random.integer(0, 3)));
  const nothing = { stdout: "null", stderr: "null" } as const;
  const child = startTask("detect", [], { cwd: folder, detached: true }, nothing);
  let over = false, ended = false;
  child.status.then(() => ended = true);
  disturbed?.then(() => over = true);
  const isTime = disturbed === null ? killMoment(folder, random) : () => false;
  while (!ended && !over && !isTime()) await sleep(2);
  const isKilled = killGroup(child.pid);
  await child.status;
  return isKilled;
}

/** When to kill: after some time, right behind some commit, or never. */
function killMoment(folder: string, random: Random): () => boolean {
  const kind = random.pick(["never", "time", "commit", "commit"]),
    until = Date.now() + random.integer(1000, 6000);
  if (kind !== "commit") return () => kind === "time" && Date.now() > until;
  let commits = random.integer(2, 12), last = journal(folder);
  return () => {
    const now = journal(folder);
    if (now !== last) commits--;
    last = now;
    return commits <= 0;
  };
}

/** Size of the state's journal: it changes with every commit. */
function journal(folder: string): number {
  try {
    return Deno.statSync(`${folder}/state/state.db-wal`).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return -1;
    throw error;
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
