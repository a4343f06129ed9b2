/**
 * Which formats the lines of a file have, where it is not one.
 *
 * @module
 */
import type { Format, FormatOptions } from "./format.ts";
import { mixedFormat } from "./formats/mixed.ts";
import type { LogBatch } from "./log_batch.ts";

/** Formats of a mixture at the most. */
const MOST_FORMATS = 3;
/** A format is one of a mixture where it reads this share of the lines, and this many, that no other one reads. */
const LEAST_SHARE = 0.05, LEAST_LINES = 3;
/** A format gives way to one that covers it where that reads this share of its lines. */
const COVERED_SHARE = 0.5;

/** What {@linkcode findMixture} chooses from. */
export interface MixtureChoice {
  /** The formats, in the order of preference. */
  formats: readonly Format[];
  /** Physical lines that can begin a record. */
  beginning: readonly number[];
  /** What formats need to know beyond the lines. */
  options?: FormatOptions;
}

/** A format, and which of the lines that can begin a record it reads: 1 or 0. */
interface Reading {
  format: Format;
  reads: Uint8Array;
  count: number;
}

/**
 * The mixture of up to three formats that reads the most lines, and the share of them; `null` where no second format reads a share
 * worth mentioning of what the first one does not. Looks at lines one by one, so that it doesn't matter how they are mixed.
 *
 * @param batch Physical lines.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { FORMATS } from "./formats/mod.ts";
 * import { findLines } from "./lines.ts";
 * import { LogBatch } from "./log_batch.ts";
 * import { findMixture } from "./mixture.ts";
 *
 * const batch = new LogBatch();
 * const text = '{"msg":"up"}\nI0302 10:00:00.123456       1 basket.go:12] opened\n'.repeat(4);
 * findLines(batch, new TextEncoder().encodeInto(text, batch.bytes).written);
 * const found = findMixture(batch, { formats: FORMATS, beginning: [0, 1, 2, 3, 4, 5, 6, 7] });
 * assert(found?.format.name === "mixed:json+golang" && found.share === 1);
 * ```
 */
export function findMixture(
  batch: LogBatch,
  choice: MixtureChoice,
): { format: Format; share: number } | null {
  const { beginning, formats } = choice, least = Math.max(LEAST_LINES, LEAST_SHARE * beginning.length);
  const readings = formats.filter(isPart).map((format) => read(format, batch, choice))
    .filter(({ count }) => count >= least);
  const candidates = readings.filter((one) => !readings.some((other) => coversMost(other, one)));
  const chosen: Reading[] = [], open = new Uint8Array(beginning.length).fill(1);
  let share = 0;
  while (chosen.length < MOST_FORMATS) {
    const gains = candidates.map(({ reads }) => common(reads, open)), gain = Math.max(0, ...gains);
    if (gain < least) break;
    const next = candidates[gains.indexOf(gain)];
    chosen.push(next);
    next.reads.forEach((reads, k) => open[k] &= 1 - reads);
    share += gain / beginning.length;
  }
  if (chosen.length < 2) return null;
  const order = formats.filter((format) => chosen.some((one) => one.format === format));
  return { format: mixedFormat(order), share };
}

/** Whether the format reads each line by itself, and not every line. */
function isPart({ name, block, learn }: Format): boolean {
  return name !== "plain" && name !== "content" && block === undefined && learn === undefined;
}

function read(format: Format, batch: LogBatch, { beginning, options }: MixtureChoice): Reading {
  format.open(options).parse(batch, 0, batch.length);
  const reads = Uint8Array.from(beginning, (i) => batch.parsed[i] === 0 ? 0 : 1);
  return { format, reads, count: common(reads, reads) };
}

function common(some: Uint8Array, others: Uint8Array): number {
  let sum = 0;
  for (let k = 0; k < some.length; k++) sum += some[k] & others[k];
  return sum;
}

function coversMost(one: Reading, other: Reading): boolean {
  const { covers = [] } = one.format;
  return covers.includes(other.format.name) && common(one.reads, other.reads) >= COVERED_SHARE * other.count;
}
