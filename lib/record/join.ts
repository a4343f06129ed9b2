/**
 * Physical lines → records.
 *
 * @module
 */
import { kindOfLine } from "./continuation.ts";
import type { LogBatch } from "./log_batch.ts";

/** So many lines that don't look like a part of a record join it all the same; what follows them are rows of their own. */
export const LOOSE_LINES = 50;
/** Bytes of a record that are kept together as its text at the most; its lines are counted beyond. */
const RECORD_LIMIT = 65_536;

/** Where joining stands between two lines. */
export interface JoinState {
  /** Whether a record was begun, so that a line without a header can continue it. */
  begun: boolean;
  /** Lines since the last header that joined although they could be records, and rows without a header. */
  loose: number;
}

/** How {@linkcode joinLines} joins. */
export interface JoinOptions extends JoinState {
  /** Whether records have several lines at all; default true. Where not, every line is a row. */
  multiline?: boolean;
  /** Told of each line that is a row without a header, with `loose` before it; returns whether to stop behind it. */
  onLoose?: (line: number, loose: number) => boolean;
}

/** What {@linkcode joinLines} did. */
export interface Joined extends JoinState {
  /** Lines that joined a record although they look like no part of one. */
  doubtful: number;
  /** Lines taken: all of them, unless it was stopped. */
  taken: number;
}

/**
 * Joins lines whose header didn't parse to the record before them, in one compacting pass: `recordEnd` and `lines` grow,
 * the content stays that of the first line. Lines at the front that continue a record of an earlier batch are counted in
 * `batch.continued`; before any record was begun they stay rows.
 *
 * A line that the format itself tells to be a part (`parsed` 2), or that looks like one ({@linkcode kindOfLine}), always joins;
 * of others only the first
 * {@linkcode LOOSE_LINES} behind a header do. So a log whose format changes does not vanish in its last record.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { joinLines } from "./join.ts";
 * import { findLines } from "./lines.ts";
 * import { LogBatch } from "./log_batch.ts";
 *
 * const batch = new LogBatch();
 * const { written } = new TextEncoder().encodeInto("failed\n  at main\nstopped\n", batch.bytes);
 * findLines(batch, written);
 * batch.parsed.set([1, 0, 1]);
 * joinLines(batch, { begun: false, loose: 0 });
 * assert(batch.length === 2 && batch.lines[0] === 2);
 * ```
 */
export function joinLines(batch: LogBatch, options: JoinOptions): Joined {
  const { parsed, length } = batch, { begun, loose, multiline = true, onLoose } = options;
  const joined: Joined = { begun, loose, doubtful: 0, taken: length };
  let rows = 0;
  batch.continued = 0;
  for (let i = 0; i < joined.taken; i++) {
    if (parsed[i] === 1) {
      joined.begun = true;
      joined.loose = 0;
    } else if (multiline && joined.begun && joins(batch, i, rows - 1, joined)) continue;
    else {
      parsed[i] = 0;
      const before = joined.loose++;
      if (onLoose !== undefined && onLoose(i, before)) joined.taken = i + 1;
    }
    if (rows !== i) moveRow(batch, i, rows);
    rows++;
  }
  batch.length = rows;
  return joined;
}

/** Joins line `i` to row `row` (-1 = to a record of an earlier batch) if it is, or may be, a part of it. */
function joins(batch: LogBatch, i: number, row: number, joined: Joined): boolean {
  const { recordEnd, lines, start, parsed } = batch;
  const kind = parsed[i] === 2 ? "part" : kindOfLine(batch, start[i], recordEnd[i]);
  if (kind !== "part" && joined.loose >= LOOSE_LINES) return false;
  if (kind !== "part") joined.loose++;
  if (kind === "other") joined.doubtful++;
  if (row < 0) batch.continued++;
  else {
    lines[row]++;
    if (recordEnd[i] - start[row] <= RECORD_LIMIT) recordEnd[row] = recordEnd[i];
  }
  return true;
}

function moveRow(batch: LogBatch, from: number, to: number): void {
  batch.start[to] = batch.start[from];
  batch.contentStart[to] = batch.contentStart[from];
  batch.contentEnd[to] = batch.contentEnd[from];
  batch.recordEnd[to] = batch.recordEnd[from];
  batch.lines[to] = batch.lines[from];
  batch.parsed[to] = batch.parsed[from];
  batch.timestamp[to] = batch.timestamp[from];
  batch.severity[to] = batch.severity[from];
  batch.service[to] = batch.service[from];
}
