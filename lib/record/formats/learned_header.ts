/**
 * Logs of systems that no other format knows: the header is learned from what repeats before the messages.
 *
 * @module
 */
import {
  type Format,
  type FormatOptions,
  type HeaderParser,
  markUnparsed,
  type ParserState,
} from "../format.ts";
import { learnHeader, parseHeader } from "../learned/header.ts";
import { Layout } from "../learned/layout.ts";
import type { LogBatch } from "../log_batch.ts";
import { TimestampReader } from "../timestamp_reader.ts";

const DAY = 86_400_000;
/** The day of times of day where no date is known at all: as for times without a year, in 2000. */
const UNKNOWN_DAY = Date.UTC(2000, 0, 1);

class LearnedParser implements HeaderParser {
  readonly #times: TimestampReader;
  readonly #firstDay: number;
  #header: string; // "" until it is learned
  #layouts: Layout[] = [];

  constructor(options: FormatOptions = {}, state?: ParserState) {
    const { header = "", lastTime } = state ?? {};
    this.#times = new TimestampReader(options, typeof lastTime === "number" ? lastTime : NaN);
    this.#firstDay = firstDay(options);
    this.#header = String(header);
    if (this.#header !== "") this.#layouts = parseHeader(this.#header).map((fields) => new Layout(fields));
  }

  parse(batch: LogBatch, from: number, to: number): void {
    if (this.#header === "") {
      const header = learnHeader(batch, from, batch.length);
      this.#header = JSON.stringify(header);
      this.#layouts = header.map((fields) => new Layout(fields));
    }
    for (const layout of this.#layouts) layout.named = batch.named;
    for (let i = from; i < to; i++) if (!this.#line(batch, i)) markUnparsed(batch, i);
  }

  state(): ParserState {
    const { lastTime } = this.#times;
    return { header: this.#header, lastTime: Number.isNaN(lastTime) ? null : lastTime };
  }

  #line(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, start = batch.start[i], end = batch.recordEnd[i];
    for (const layout of this.#layouts) {
      const content = layout.read(bytes, start, end);
      if (content < 0) continue;
      const time = layout.timed ? layout.parts.time(this.#times, this.#firstDay) : NaN;
      if (layout.timed && time !== time) continue;
      if (time === time) this.#times.lastTime = time; // of any layout: it dates the next line without a date, or in a later run
      batch.parsed[i] = 1;
      batch.timestamp[i] = time;
      batch.severity[i] = layout.severity;
      batch.service[i] = layout.serviceStart < 0 ? -1 : batch.nameAt(layout.serviceStart, layout.serviceEnd);
      batch.contentStart[i] = content;
      batch.contentEnd[i] = end;
      return true;
    }
    return false;
  }
}

/** Midnight of the day of a first time without a date. */
function firstDay({ referenceTime, utcOffset = 0 }: FormatOptions): number {
  const east = utcOffset * 60_000;
  return referenceTime === undefined
    ? UNKNOWN_DAY - east
    : Math.floor((referenceTime + east) / DAY) * DAY - east;
}

/**
 * Whatever header repeats before the messages of a file, learned from its first lines: dates and times in any usual order and
 * punctuation, levels, bracketed fields, numbers, names before a colon, columns between bars or tabs. What is learned is kept in
 * the parser's state, so that a later run reads on with the same header.
 *
 * A time without a date is taken as of the day of {@linkcode FormatOptions.referenceTime} for the first line, and of the nearest day
 * for every further one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { learned } from "./learned_header.ts";
 *
 * assert(learned.multiline);
 * ```
 */
export const learned: Format = {
  name: "learned",
  names: "loggers",
  title: "Any other header: what repeats before the messages, learned from the first lines",
  examples: [
    "02.03.2026 10:00:00.120|W|[disk-2]|write of block 17 is slow",
    "02.03.2026 10:00:00.500|I|[net-1]|link is up",
    "02.03.2026 10:00:01.777|I|[disk-2]|synced 12 blocks",
    "02.03.2026 10:00:03.018|E|[disk-1]|cannot read block 4711",
    "02.03.2026 10:00:03.250|I|[net-1]|10.0.0.7 joined",
    "02.03.2026 10:00:04.001|I|[disk-1]|recovered",
  ],
  multiline: true,
  learn(batch) {
    return { header: JSON.stringify(learnHeader(batch, 0, batch.length)), lastTime: null };
  },
  open: (options, state) => new LearnedParser(options, state),
};
