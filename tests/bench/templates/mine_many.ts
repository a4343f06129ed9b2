/**
 * A miner that holds many templates, in a process of its own: `mine_many.ts TEMPLATES FORMS WORDS` prints a
 * {@linkcode MemoryReport} as JSON. Needs `--v8-flags=--expose-gc`.
 *
 * @module
 */
import process from "node:process";
import { Random } from "../../../data/shop/random.ts";
import { Miner } from "../../../lib/mod.ts";

/** What this program prints; memory in MB. */
export interface MemoryReport {
  /** Templates asked for. */
  wanted: number;
  templates: number;
  forms: number;
  lines: number;
  seconds: number;
  /** What the miner holds, garbage collected. */
  heap: number;
  /** The process at its largest, and before anything was learned. */
  peak: number;
  start: number;
  /** The miner as JSON. */
  snapshot: number;
}

/** Memory that is in use after collecting garbage, in bytes. */
function heldBytes(): number {
  (globalThis as unknown as { gc: () => void }).gc();
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

const SYLLABLES = "ba de fi go ku la me ni po ru sa te vi zo".split(" ");

/** A word that is like no other: letters alone, so that nothing takes it for a value. */
function word(random: Random): string {
  let text = "";
  for (let i = 0; i < 4; i++) text += random.pick(SYLLABLES);
  return text;
}

/**
 * Learns `wanted` texts of `words` random words, each of which comes three times, so that the miner takes it for a log with many
 * events and not for text that never repeats.
 */
function measure(wanted: number, formLimit: number, words: number): MemoryReport {
  const random = new Random(1, "many"), encoder = new TextEncoder(), miner = new Miner({ formLimit });
  const before = heldBytes(),
    peak = () => process.resourceUsage().maxRSS * 1024,
    start = peak(),
    began = performance.now();
  for (let i = 0; i < wanted; i++) {
    const bytes = encoder.encode(Array.from({ length: words }, () => word(random)).join(" "));
    for (let time = 0; time < 3; time++) miner.learnLine(bytes, 0, bytes.length);
  }
  const seconds = (performance.now() - began) / 1000, highest = peak(), heap = heldBytes() - before;
  const { templates, forms, lines } = miner.quality, snapshot = JSON.stringify(miner).length;
  return {
    wanted,
    templates,
    forms,
    lines,
    seconds,
    heap: heap / 1e6,
    peak: highest / 1e6,
    start: start / 1e6,
    snapshot: snapshot / 1e6,
  };
}

if (import.meta.main) {
  const [wanted, formLimit, words] = Deno.args.map(Number);
  console.log(JSON.stringify(measure(wanted, formLimit, words)));
}
