/**
 * What carries the reading of an input from one run to the next.
 *
 * @module
 */
import type { Format, ParserState } from "./format.ts";
import { FormatChange, type FormatVotes } from "./format_change.ts";
import { LOOSE_LINES } from "./join.ts";
import type { LogBatch } from "./log_batch.ts";

/** Version of {@linkcode ReaderState}. */
export const READER_STATE_VERSION = 1;

/** What carries a reader from one run to the next: plain data, kept with the input's position. */
export interface ReaderState {
  version: 1;
  /** The format's name; `null` while no line was seen. */
  format: string | null;
  /** What the format's parser carries on. */
  parser: ParserState;
  /** The last record's time in milliseconds since the epoch, `null` where none had one. */
  lastTime: number | null;
  /** Whether a record was begun, so that a line without a header continues it. */
  begun: boolean;
  /** Lines without a header since the last one, as `joinLines` counts them; absent = none. */
  loose?: number;
  /** Which formats would read them; absent while that isn't counted. */
  votes?: FormatVotes;
}

/**
 * The state between two rows of a batch.
 *
 * @param before The state as the batch began.
 * @param batch The batch, joined.
 * @param row The first row that was not taken.
 * @param format The batch's format.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatByName } from "./formats/mod.ts";
 * import { LogBatch } from "./log_batch.ts";
 * import { stateBetween } from "./reader_state.ts";
 *
 * const batch = new LogBatch();
 * batch.length = 2;
 * batch.parsed.set([1, 1]);
 * batch.timestamp.set([1_000, 2_000]);
 * const before = { version: 1, format: "iso8601", parser: {}, lastTime: null, begun: false } as const;
 * const { lastTime, begun } = stateBetween(before, batch, 1, formatByName("iso8601"));
 * assert(lastTime === 1_000 && begun);
 * ```
 */
export function stateBetween(
  before: ReaderState,
  batch: LogBatch,
  row: number,
  { multiline }: Format,
): ReaderState {
  const { parsed } = batch, parser = { ...before.parser };
  const lastTime = lastTimeOf(batch, row) ?? before.lastTime;
  if ("lastTime" in parser) parser.lastTime = lastTime;
  const begun = before.begun || parsed.subarray(0, row).includes(1) || row > 0 && !multiline;
  const state = { ...before, parser, lastTime, begun };
  if (parsed[row] === 1) return withLoose(state, 0, {}); // whatever was counted, its header ends it
  let first = row;
  while (first > 0 && parsed[first - 1] === 0) first--;
  const loose = looseBefore(first, before, multiline) + row - first;
  const seen = Math.min(row - first, FormatChange.seenBefore(loose));
  const change = new FormatChange(before.votes);
  for (let i = row - seen; i < row; i++) {
    change.see(batch, [batch.contentStart[i], batch.contentEnd[i]], loose - row + i);
  }
  return withLoose(state, loose, change.votes(loose));
}

/** Lines without a header before row `first`, the first one without of those in a row. */
function looseBefore(first: number, before: ReaderState, multiline: boolean): number {
  const counted = first > 0 ? 0 : before.loose ?? 0;
  return multiline && (first > 0 || before.begun) ? Math.max(counted, LOOSE_LINES) : counted;
}

/**
 * Time of the last record before row `end` that has one, ms since the epoch; `null` where none has.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "./log_batch.ts";
 * import { lastTimeOf } from "./reader_state.ts";
 *
 * const batch = new LogBatch();
 * batch.timestamp.set([1_000, NaN]);
 * assert(lastTimeOf(batch, 2) === 1_000 && lastTimeOf(batch, 0) === null);
 * ```
 */
export function lastTimeOf({ timestamp }: LogBatch, end: number): number | null {
  for (let i = end - 1; i >= 0; i--) if (!Number.isNaN(timestamp[i])) return timestamp[i];
  return null;
}

/**
 * A state with what was counted of lines without a header; fields that say nothing are left out, as they are in every saved
 * position.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withLoose } from "./reader_state.ts";
 *
 * const state = { version: 1, format: "json", parser: {}, lastTime: null, begun: true, loose: 7 } as const;
 * assert(!("loose" in withLoose(state, 0, {})));
 * ```
 */
export function withLoose(state: ReaderState, loose: number, votes: FormatVotes): ReaderState {
  const { loose: _, votes: __, ...rest } = state;
  return {
    ...rest,
    ...(loose > 0 && { loose }),
    ...(Object.keys(votes).length > 0 && { votes }),
  };
}
