/**
 * Which format a file has.
 *
 * @module
 */
import { tryBlocks } from "./block_trial.ts";
import { kindOfLine } from "./continuation.ts";
import { Dictionary } from "./dictionary.ts";
import type { Format, FormatOptions, ParserState } from "./format.ts";
import { FORMATS } from "./formats/mod.ts";
import { findLines } from "./lines.ts";
import { LogBatch } from "./log_batch.ts";
import { findMixture } from "./mixture.ts";

/** Bytes at a file's beginning from which its format is told. */
export const DETECTION_BYTES = 65_536;
/** A format must read this share of the lines that can begin a record; else the file is plain. */
const LEAST_SHARE = 0.5;
/**
 * A header is learned where no format reads this share of the lines, must read this share itself, and be repeated so often. At half,
 * files of prose with a few dates get one; with fewer lines, chance repeats.
 */
const LEARNED_SHARE = 0.8, LEARNED_LINES = 5;
/** Formats that read any line with a time. Where they find no more than that, a header is learned from so many lines. */
const GENERAL = ["iso8601", "syslog"], GENERAL_LINES = 50;

/** Where no format reads so many lines, two or three may be mixed. */
const SINGLE_SHARE = 0.95;

/** What {@linkcode detectFormat} found. */
export interface Detection {
  /** The format that reads the most lines. */
  format: Format;
  /** The share of lines that it reads, 0–1, of those that can begin a record: neither blank nor indented, no frame of a stack trace. */
  share: number;
  /** Physical lines looked at. */
  lines: number;
  /** Every format's share, in the order of {@linkcode FORMATS}. */
  scores: { name: string; share: number }[];
  /** What the format learned from the lines, for {@linkcode Format.open}. */
  state?: ParserState;
}

/**
 * Tells the format of a file from its first lines: the one that parses the most of the lines that can begin a record; among
 * equals the one that finds the most services, then the first; a mixture of two or three where those read more; `plain` where
 * none parses half of them.
 *
 * @param bytes The file's first bytes.
 * @param end How many of them to look at; the line that this cuts doesn't count where there are others.
 * @param options What the formats need to know beyond the lines.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { detectFormat } from "./detect.ts";
 *
 * const bytes = new TextEncoder().encode("Mar  2 10:00:00 shop1 cron[7]: started\n");
 * const { format, share } = detectFormat(bytes, bytes.length);
 * assert(format.name === "syslog" && share === 1);
 * ```
 */
export function detectFormat(
  bytes: Uint8Array,
  end: number,
  options?: FormatOptions,
): Detection {
  const batch = firstLines(bytes, end);
  const beginning = beginnings(batch), lines = batch.length;
  const tried = FORMATS.map((format) =>
    (format.block === undefined ? tryFormat : tryBlocks)(format, batch, { beginning, options })
  );
  const scores = tried.map(({ format, share }) => ({ name: format.name, share }));
  const fallback = tried.find(({ format }) => format.name === "plain")!;
  const best = likeliest(tried),
    learnt = best !== null && explains(best, batch, { beginning, options })
      ? null
      : learnedTrial(batch, { beginning, options }, best);
  if (learnt !== null) scores[FORMATS.indexOf(learnt.format)].share = learnt.share;
  const single = learnt ?? { state: undefined, ...best ?? fallback };
  const mixture = best !== null && best.share >= SINGLE_SHARE
    ? null
    : findMixture(batch, { formats: FORMATS, beginning, options });
  const likely = single.format === fallback.format ? LEAST_SHARE : single.share;
  const { format, share, state } = mixture !== null && mixture.share >= likely
    ? { state: undefined, ...mixture }
    : single;
  return { format, share, lines, scores, ...state !== undefined && { state } };
}

/**
 * What a format learns from an input's first bytes; `undefined` where there is nothing to learn.
 *
 * @param end How many bytes to look at, as for {@linkcode detectFormat}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { learnFormat } from "./detect.ts";
 * import { formatByName } from "./formats/mod.ts";
 *
 * const bytes = new TextEncoder().encode("[info] up\n[warn] slow\n");
 * assert(String(learnFormat(formatByName("learned"), bytes, bytes.length)?.header).includes("level"));
 * assert(learnFormat(formatByName("json"), bytes, bytes.length) === undefined);
 * ```
 */
export function learnFormat(format: Format, bytes: Uint8Array, end: number): ParserState | undefined {
  return format.learn?.(firstLines(bytes, end));
}

/** The lines of an input's first bytes; the one that the end cuts only where there is no other. */
function firstLines(bytes: Uint8Array, end: number): LogBatch {
  const batch = new LogBatch(new Dictionary(), end + 4);
  batch.bytes.set(bytes.subarray(0, end));
  if (findLines(batch, end).consumed === 0) findLines(batch, end, { final: true });
  return batch;
}

/** Lines that a trial looks at. */
interface TrialLines {
  beginning: number[];
  options?: FormatOptions;
}

/** Whether a format reads so much that no header needs to be learned: most lines, and more of them than a time. */
function explains(best: FormatTrial, batch: LogBatch, lines: TrialLines): boolean {
  if (best.share < LEARNED_SHARE) return false;
  if (!GENERAL.includes(best.format.name) || lines.beginning.length < GENERAL_LINES) return true;
  best.format.open(lines.options).parse(batch, 0, batch.length);
  const told = lines.beginning.filter((i) => batch.severity[i] > 0 || batch.service[i] >= 0).length;
  return told >= LEAST_SHARE * lines.beginning.length;
}

/** What a learned header reads; `null` where there is none, or `best` reads as many lines and as much of them. */
function learnedTrial(
  batch: LogBatch,
  lines: TrialLines,
  best: FormatTrial | null,
): FormatTrial & { state: ParserState } | null {
  const { beginning, options } = lines, format = FORMATS.find(({ learn }) => learn !== undefined);
  const state = beginning.length < LEARNED_LINES ? undefined : format?.learn?.(batch);
  if (format === undefined || state === undefined) return null;
  best?.format.open(options).parse(batch, 0, batch.length);
  const before = batch.contentStart.slice(0, batch.length);
  const trial = tryFormat(format, batch, lines, state);
  if (trial.share < LEARNED_SHARE || best !== null && trial.share < best.share) return null;
  const deeper = beginning.filter((i) => batch.contentStart[i] > before[i]).length;
  return best === null || deeper >= LEAST_SHARE * beginning.length ? { ...trial, state } : null;
}

/** What a format reads of some lines. */
export interface FormatTrial {
  format: Format;
  /** Share of the lines that it reads, 0–1. */
  share: number;
  /** Share of them that name a service. */
  named: number;
}

/**
 * The format that reads the most, at least half; among equals the one that finds the most services, then the first. `null`
 * where there is none. `plain` and `content`, which read everything, don't count, nor do formats that a likely one
 * {@linkcode Format.covers}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { likeliest } from "./detect.ts";
 * import { FORMATS } from "./formats/mod.ts";
 *
 * const trials = FORMATS.map((format) => ({ format, share: format.name === "json" ? 0.6 : 0.4, named: 0 }));
 * assert(likeliest(trials)?.format.name === "json");
 * ```
 */
export function likeliest(trials: readonly FormatTrial[]): FormatTrial | null {
  const likely = trials.filter(({ format: { name }, share }) =>
    name !== "plain" && name !== "content" && share >= LEAST_SHARE
  );
  const covered = new Set(likely.flatMap(({ format }) => format.covers ?? []));
  let best: FormatTrial | null = null;
  for (const one of likely) {
    if (covered.has(one.format.name)) continue;
    if (best === null || one.share > best.share || one.share === best.share && one.named > best.named) {
      best = one;
    }
  }
  return best;
}

/** The rows that can begin a record: not blank, not indented, no frame of a stack trace. */
function beginnings(batch: LogBatch): number[] {
  const rows: number[] = [];
  for (let i = 0; i < batch.length; i++) {
    if (kindOfLine(batch, batch.start[i], batch.recordEnd[i]) !== "part") rows.push(i);
  }
  return rows;
}

function tryFormat(
  format: Format,
  batch: LogBatch,
  lines: TrialLines,
  state?: ParserState,
): FormatTrial {
  if (format.learn !== undefined && state === undefined) return { format, share: 0, named: 0 };
  format.open(lines.options, state).parse(batch, 0, batch.length);
  let parsed = 0, named = 0;
  for (const i of lines.beginning) {
    if (batch.parsed[i] !== 0) parsed++;
    if (batch.service[i] >= 0) named++;
  }
  const count = Math.max(1, lines.beginning.length);
  return { format, share: parsed / count, named: named / count };
}
