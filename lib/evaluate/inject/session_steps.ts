/**
 * Steps of a session, to be planted into.
 *
 * @module
 */
import type { RecordedSession } from "../log/divided_log.ts";
import type { LogEdit } from "../log/log_edit.ts";
import type { RecordedLog } from "../log/recorded_log.ts";
import { placeOf } from "./injection.ts";

/** Time between two records that are put in behind a session's last one, ms. */
const STEP = 1000;

/** Records that belong to this session alone, in order of time. */
export function ownRecords({ records }: RecordedLog, session: RecordedSession): number[] {
  return session.records.filter((record) => records[record].keys.length === 1)
    .sort((a, b) => records[a].around - records[b].around || a - b);
}

/** A moment behind a record and before the session's next one; NaN where the record has no time. */
export function timeBehind(
  { records }: RecordedLog,
  steps: readonly number[],
  step: number,
  share: number,
): number {
  const { time } = records[steps[step]], next = records[steps[step + 1]]?.time ?? time + STEP;
  return Math.floor(time + share * Math.max(0, next - time));
}

/** Puts a record behind a step: at its time, or right behind it where it has none. */
export function insertBehind(
  edit: LogEdit,
  log: RecordedLog,
  step: number,
  { bytes, time }: { bytes: Uint8Array; time: number },
): void {
  const { input } = log.records[step];
  edit.insert(input, Number.isNaN(time) ? step + 1 : Math.max(step + 1, placeOf(log, input, time)), bytes);
}
