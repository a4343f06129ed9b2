/**
 * A short history of the shop, line by line: for tests that write logs while something reads them.
 *
 * @module
 */
import { HOUR } from "./shop/calendar.ts";
import { livePlan, type Planned, samplePlan } from "./shop/plan.ts";
import { Random } from "./shop/random.ts";
import { shopRecords } from "./shop/records.ts";
import { FILES, Shop } from "./shop/shop.ts";

/** What {@linkcode liveLines} may be told. */
export interface LiveOptions {
  /** First moment, milliseconds since the epoch, at a full hour; default Monday, 2 March 2026, 08:00 UTC. */
  start?: number;
  /** Length; default 6. */
  hours?: number;
  /** Hours at the start without anything planted; default half of them. */
  cleanHours?: number;
  /** What is planted behind them: `few` = four incidents, `sample` = the sample's planted days, again and again; default `few`. */
  planted?: "few" | "sample";
  /** How many visitors and orders there are; default .5. */
  scale?: number;
  /** How many times each file is rotated; default 2. */
  rotations?: number;
}

/** Ways in which a file is rotated: moved away, copied and emptied, moved away and then compressed. */
export type Rotation = "rename" | "copytruncate" | "gzip";

/** When something is written into which file. */
interface Written {
  file: string;
  /** Milliseconds since the epoch; never less than that of what is written before. */
  time: number;
  /** The file is to be rotated in this way just before. */
  rotate?: Rotation;
}

/** One physical line, without its newline. */
export interface LiveLine extends Written {
  line: string;
}

/** One record: a line or several, without a newline at its end. */
export interface LiveRecord extends Written {
  text: string;
}

/** The same with everything filled in. */
function spanOf(options: LiveOptions): { from: number; cleanUntil: number; to: number } {
  const { start = Date.UTC(2026, 2, 2, 8), hours = 6, cleanHours = hours / 2 } = options;
  if (!Number.isInteger(hours) || hours < 1) {
    throw new RangeError(
      `Cannot make live lines: hours must be a whole number from 1, current value is ${hours}`,
    );
  }
  if (start % HOUR !== 0) {
    throw new RangeError(`Cannot make live lines: start must be a full hour, current value is ${start}`);
  }
  if (!(cleanHours >= 0 && cleanHours <= hours)) {
    throw new RangeError(
      `Cannot make live lines: cleanHours must be from 0 to ${hours}, current value is ${cleanHours}`,
    );
  }
  return { from: start, cleanUntil: start + Math.round(cleanHours * HOUR), to: start + hours * HOUR };
}

/**
 * What is planted in {@linkcode liveLines}, and from when on: a new error in the application, orders in the wrong
 * order, guessed passwords, a silent database; or what the sample has, harmless novelties among it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { liveIncidents } from "./live.ts";
 *
 * const { incidents, cleanUntil } = liveIncidents({ hours: 2 });
 * assert(incidents.length === 4 && incidents.every(({ from }) => from >= cleanUntil));
 * ```
 */
export function liveIncidents(options: LiveOptions = {}): { incidents: Planned[]; cleanUntil: number } {
  const { cleanUntil, to } = spanOf(options), planOf = options.planted === "sample" ? samplePlan : livePlan;
  return { incidents: cleanUntil === to ? [] : planOf(cleanUntil, to), cleanUntil };
}

/** Moments at which each file is rotated, by file. */
function rotationsOf(seed: number, options: LiveOptions): Map<string, { time: number; rotate: Rotation }[]> {
  const { from, to } = spanOf(options), { rotations = 2 } = options;
  const random = new Random(seed, "rotations"), ways: Rotation[] = ["rename", "copytruncate", "gzip"];
  return new Map(
    Object.values(FILES).map((file, f) => {
      const step = (to - from) / (rotations + 1);
      const times = Array.from({ length: rotations }, (_, i) => from + (i + .7 + .6 * random.next()) * step);
      return [file, times.map((time, i) => ({ time, rotate: ways[(f + i) % ways.length] }))];
    }),
  );
}

/**
 * The records of all five files of the shop in the order of time, the same for the same seed and options; rotations lie between them.
 *
 * @param seed Seed of everything random.
 * @throws {RangeError} if an option is out of its range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { liveRecords } from "./live.ts";
 *
 * const records = [...liveRecords(1, { hours: 1 })];
 * assert(records.every(({ text }) => !text.endsWith("\n")));
 * ```
 */
export function* liveRecords(seed: number, options: LiveOptions = {}): Generator<LiveRecord> {
  const { from, to } = spanOf(options), rotations = rotationsOf(seed, options);
  const shop = new Shop(seed, options.scale ?? .5, from, liveIncidents(options).incidents);
  for (const hour of shopRecords(shop, { from, to })) {
    for (const { file, time, text } of hour.flat().sort((a, b) => a.time - b.time)) {
      const due = rotations.get(file)!;
      const rotate = due.length > 0 && time >= due[0].time ? due.shift()!.rotate : undefined;
      yield rotate === undefined ? { file, text, time } : { file, text, time, rotate };
    }
  }
}

/**
 * The same line by line: a record of several lines comes as several values.
 *
 * @param seed Seed of everything random.
 * @throws {RangeError} if an option is out of its range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { liveLines } from "./live.ts";
 *
 * const lines = [...liveLines(1, { hours: 1 })];
 * assert(lines.length > 300);
 * assert(lines.some((line) => line.rotate !== undefined));
 * ```
 */
export function* liveLines(seed: number, options: LiveOptions = {}): Generator<LiveLine> {
  for (const { text, ...written } of liveRecords(seed, options)) {
    const [first, ...rest] = text.split("\n"), { file, time } = written;
    yield { ...written, line: first };
    for (const line of rest) yield { file, line, time };
  }
}
