/**
 * The miner alone on a file, again and again, in a process of its own: `mine_file.ts MODE PATH PASSES` prints a
 * {@linkcode MiningReport} as JSON.
 *
 * Modes: `lines` = whole lines to a new miner each pass, from bytes in memory; `records` = file → records → ids, by a new reader
 * and a new miner each pass. After the passes the last miner reads everything again: the steady state, where nothing is new.
 *
 * @module
 */
import process from "node:process";
import { Dictionary, Miner, openFiles, RecordReader } from "../../../lib/mod.ts";

/** What this program prints. */
export interface MiningReport {
  lines: number;
  bytes: number;
  templates: number;
  /** Seconds of each pass with a new miner; the first is that of a process that has just started. */
  fresh: number[];
  /** Seconds of passes by a miner that has seen everything. */
  steady: number[];
}

/** Ends of lines in a buffer, newlines left out. */
function lineEnds(bytes: Uint8Array): Int32Array {
  const ends: number[] = [];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) ends.push(at);
  if (bytes.length > 0 && bytes.at(-1) !== 10) ends.push(bytes.length);
  return Int32Array.from(ends);
}

function learnLines(miner: Miner, bytes: Uint8Array, ends: Int32Array): void {
  for (let i = 0, start = 0; i < ends.length; start = ends[i++] + 1) miner.learnLine(bytes, start, ends[i]);
}

async function learnRecords(miner: Miner, path: string): Promise<void> {
  const { inputs } = await openFiles([path]);
  for (const input of inputs) {
    const reader = new RecordReader(input, { services: new Dictionary(), fallbackService: "" });
    for (let batch = await reader.next(); batch !== null; batch = await reader.next()) miner.learn(batch);
    reader.close();
  }
}

function processorSeconds(): number {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return (userCPUTime + systemCPUTime) / 1e6;
}

/** The smaller of elapsed and processor time, so that what else is at work on the machine counts little. */
async function timed(work: () => void | Promise<void>): Promise<number> {
  const start = performance.now(), busy = processorSeconds();
  await work();
  return Math.min((performance.now() - start) / 1000, processorSeconds() - busy);
}

async function measure(mode: string, path: string, passes: number): Promise<MiningReport> {
  const bytes = Deno.readFileSync(path), ends = lineEnds(bytes), fresh: number[] = [], steady: number[] = [];
  let miner = new Miner();
  const learn = () => (mode === "lines" ? learnLines(miner, bytes, ends) : learnRecords(miner, path));
  for (let pass = 0; pass < passes; pass++) {
    miner = new Miner();
    fresh.push(await timed(learn));
  }
  for (let pass = 0; pass < passes; pass++) steady.push(await timed(learn));
  return { lines: ends.length, bytes: bytes.length, templates: miner.quality.templates, fresh, steady };
}

if (import.meta.main) {
  const [mode, path, passes] = Deno.args;
  console.log(JSON.stringify(await measure(mode, path, Number(passes))));
}
