/**
 * How well lines were understood.
 *
 * @module
 */
import { kindOfLine } from "./continuation.ts";
import type { LogBatch } from "./log_batch.ts";
import { redact } from "./redaction.ts";

/** What can be wrong with a line or a record. */
export const QUALITY_REASONS = [
  "no header",
  "no time",
  "no level",
  "cut",
  "NUL byte",
  "invalid UTF-8",
  "format changed",
] as const;
/** One of {@linkcode QUALITY_REASONS}. */
export type QualityReason = typeof QUALITY_REASONS[number];

/** Characters of an example at the most. */
const EXAMPLE_LENGTH = 200;
const VERSION = 1;

/** Reasons whose share is one of records; that of others is one of lines. */
const OF_RECORDS: readonly QualityReason[] = ["no header", "no time", "no level"];

/** Counts of one format. */
interface FormatQuality {
  lines: number;
  records: number;
  beginnings: number;
  parsed: number;
  reasons: Map<QualityReason, { count: number; example: string }>;
}

/** A row of {@linkcode ParseQuality.rows}: one format and one thing wrong with it, or `parsed` for what is right. */
export interface QualityRow {
  format: string;
  reason: QualityReason | "parsed";
  /** Records, or physical lines where the reason is about bytes. */
  count: number;
  /**
   * Of all records of the format, 0–1; of all lines where the reason is about bytes, and for `parsed` of all lines that could
   * begin a record.
   */
  share: number;
  /** The first such line, redacted; empty for `parsed`. */
  example: string;
}

/** {@linkcode ParseQuality} as plain data. */
export interface SavedParseQuality {
  version: 1;
  formats: {
    name: string;
    lines: number;
    records: number;
    /** Lines that could begin a record. */
    beginnings: number;
    parsed: number;
    reasons: { reason: QualityReason; count: number; example: string }[];
  }[];
}

/**
 * Counts, by format, of records read and of what was missing or damaged, each with one redacted example.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ParseQuality } from "./parse_quality.ts";
 *
 * const quality = new ParseQuality();
 * assert(quality.records === 0 && quality.share === 0);
 * ```
 */
export class ParseQuality {
  readonly #formats = new Map<string, FormatQuality>();
  readonly #redact: (text: string) => string;

  /** @param redactor Takes secrets out of examples; default: the built-in patterns. */
  constructor(redactor: (text: string) => string = redact) {
    this.#redact = redactor;
  }

  /** Physical lines. */
  get lines(): number {
    return this.#sum((format) => format.lines);
  }

  /** Records: lines after joining. */
  get records(): number {
    return this.#sum((format) => format.records);
  }

  /**
   * The share of the lines that could begin a record whose header parsed, 0–1; 0 where there are none. Blank and indented lines
   * and what else is clearly a part of a record don't count; others that joined one do.
   */
  get share(): number {
    return shareOf(this.#sum((format) => format.parsed), this.#sum((format) => format.beginnings));
  }

  /**
   * Counts the records of a batch: after joining, before its bytes die.
   *
   * @param doubtful Lines that joined a record although they could have begun one.
   */
  addRecords(batch: LogBatch, format: string, doubtful = 0): void {
    const counts = this.#of(format), { parsed, timestamp, severity, length } = batch;
    let beginnings = length + doubtful;
    let headerless = 0, timeless = 0, levelless = 0, lines = batch.continued;
    let firstHeaderless = -1, firstTimeless = -1, firstLevelless = -1;
    for (let i = 0; i < length; i++) {
      lines += batch.lines[i];
      if (parsed[i] === 0) {
        if (headerless++ === 0) firstHeaderless = i;
        if (kindOfLine(batch, batch.contentStart[i], batch.contentEnd[i]) !== "other") beginnings--;
        continue;
      }
      if (timestamp[i] !== timestamp[i] && timeless++ === 0) firstTimeless = i;
      if (severity[i] === 0 && levelless++ === 0) firstLevelless = i;
    }
    counts.lines += lines;
    counts.records += length;
    counts.beginnings += beginnings;
    counts.parsed += length - headerless;
    this.addReason("no header", { format, count: headerless, batch, row: firstHeaderless });
    this.addReason("no time", { format, count: timeless, batch, row: firstTimeless });
    this.addReason("no level", { format, count: levelless, batch, row: firstLevelless });
  }

  /** Counts `count` more of a reason, with the first line of row `row` of `batch` as the example where there is none yet. */
  addReason(
    reason: QualityReason,
    what: { format: string; count: number; batch: LogBatch; row: number },
  ): void {
    const { format, count, batch, row } = what;
    if (count === 0) return;
    const { reasons } = this.#of(format), known = reasons.get(reason);
    if (known !== undefined) known.count += count;
    else reasons.set(reason, { count, example: exampleOf(batch, row, this.#redact) });
  }

  /** Adds what another one counted. Returns itself. */
  merge(other: ParseQuality): this {
    for (const [name, theirs] of other.#formats) {
      const ours = this.#of(name);
      ours.lines += theirs.lines;
      ours.records += theirs.records;
      ours.beginnings += theirs.beginnings;
      ours.parsed += theirs.parsed;
      for (const [reason, { count, example }] of theirs.reasons) {
        const known = ours.reasons.get(reason);
        if (known === undefined) ours.reasons.set(reason, { count, example });
        else known.count += count;
      }
    }
    return this;
  }

  /** As rows for a table: each format's parsed records, then what was wrong with it. */
  rows(): QualityRow[] {
    const rows: QualityRow[] = [];
    for (const [format, { lines, records, beginnings, parsed, reasons }] of this.#formats) {
      rows.push({ format, reason: "parsed", count: parsed, share: shareOf(parsed, beginnings), example: "" });
      for (const reason of QUALITY_REASONS) {
        const found = reasons.get(reason);
        if (found === undefined) continue;
        const whole = OF_RECORDS.includes(reason) ? records : lines;
        rows.push({
          format,
          reason,
          count: found.count,
          share: shareOf(found.count, whole),
          example: found.example,
        });
      }
    }
    return rows;
  }

  toJSON(): SavedParseQuality {
    const formats = [...this.#formats].map(([name, { reasons, ...counts }]) => ({
      name,
      ...counts,
      reasons: [...reasons].map(([reason, { count, example }]) => ({ reason, count, example })),
    }));
    return { version: VERSION, formats };
  }

  #of(format: string): FormatQuality {
    let counts = this.#formats.get(format);
    if (counts === undefined) {
      counts = { lines: 0, records: 0, beginnings: 0, parsed: 0, reasons: new Map() };
      this.#formats.set(format, counts);
    }
    return counts;
  }

  #sum(count: (format: FormatQuality) => number): number {
    let sum = 0;
    for (const format of this.#formats.values()) sum += count(format);
    return sum;
  }
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** The first line of a row as text, redacted before it is shortened so that no secret is cut out of its pattern. */
function exampleOf(batch: LogBatch, row: number, redact: (text: string) => string): string {
  const start = batch.start[row], end = Math.min(batch.recordEnd[row], start + 16 * EXAMPLE_LENGTH);
  const text = redact(batch.text(start, end).split("\n", 1)[0]);
  return text.length > EXAMPLE_LENGTH ? `${text.slice(0, EXAMPLE_LENGTH - 1)}…` : text;
}
