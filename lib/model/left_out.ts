/**
 * What a training leaves out, and what it takes in all the same because there is too much of it.
 *
 * @module
 */
import { savedFields } from "../record/saved_fields.ts";
import type { Exclusion } from "./excluded_windows.ts";
import { markSequels, type RowContents } from "./sequels.ts";
import type { HistoryRow } from "./window_history.ts";

const { amount, arrayOf, fieldsOf, integer, nullOr, number, refuse, text } = savedFields("what was left out");

/**
 * Share of a service's windows, or of the sessions, that alerts may keep from being learned: what is more than that has become
 * usual, as a fifth of the last sessions does while a log is scanned.
 */
const MOST_LEFT_OUT = 1 / 5;
/** The same of the windows in which the service says anything at all: what most of them have is what it does. */
const MOST_SPEAKING = 1 / 2;
/** Why windows are excluded. */
const REASONS = ["alert", "sequel", "asked", "label"] as const;

/** Windows that a training left out for one reason, or took in all the same. */
export interface LeftOut extends Pick<Exclusion, "why" | "name" | "title"> {
  /** Time windows and sessions that were not learned from. */
  windows: number;
  sessions: number;
  /** Time windows and sessions that were: so many of them are no exception. */
  takenIn: number;
  /** Which part all of them are of the windows of their service, or of the sessions; of several services the largest. */
  share: number;
  /** First start and last end of all of them, ms; NaN where they have no times. */
  from: number;
  to: number;
}

/** The windows of a service, or all sessions. */
interface Group {
  rows: HistoryRow[];
  /** Rows by exclusion. */
  excluded: Map<Exclusion, HistoryRow[]>;
}

/**
 * Decides on the exclusions of all rows: what goes on behind an alert is left out with it; of alerts that cover too much the longest are taken in, until what is left out is
 * an exception again; what a person said holds however much it is.
 *
 * @param rows Of the whole training; `leftOut` is set or taken away where that is decided otherwise.
 * @param contents What count vectors stand for; without it nothing goes on.
 * @returns A line for each exclusion that has windows here, earliest first.
 *
 * @example Two of twelve windows are left out, six would not be
 * ```ts
 * import assert from "node:assert/strict";
 * import { leaveOut } from "./left_out.ts";
 *
 * const alert = { why: "alert" as const, name: "a1", title: "disk full", certain: false, windows: [] };
 * const rows = (excluded: number) =>
 *   Array.from({ length: 12 }, (_, i) => ({
 *     ...{ kind: "window" as const, service: 0, start: i, end: i + 1, lines: 5, vector: 1, sequence: null },
 *     ...(i < excluded ? { leftOut: alert } : {}),
 *   }));
 * assert.deepEqual(leaveOut(rows(2)).map(({ windows, takenIn }) => [windows, takenIn]), [[2, 0]]);
 * assert.deepEqual(leaveOut(rows(6)).map(({ windows, takenIn }) => [windows, takenIn]), [[0, 6]]);
 * ```
 */
export function leaveOut(rows: readonly HistoryRow[], contents?: RowContents): LeftOut[] {
  const groups = groupsOf(rows, contents), found = new Map<Exclusion, LeftOut>();
  for (const group of groups) {
    const taken = new Set(takenIn(group));
    for (const [exclusion, own] of group.excluded) {
      note(found, exclusion, { own, share: own.length / group.rows.length, isTaken: taken.has(exclusion) });
      if (taken.has(exclusion)) { for (const row of own) delete row.leftOut; }
    }
  }
  return [...found.values()].sort((a, b) => order(a.from) - order(b.from) || (a.name < b.name ? -1 : 1));
}

function groupsOf(rows: readonly HistoryRow[], contents: RowContents | undefined): Group[] {
  const groups = Map.groupBy(rows, ({ kind, service }) => kind === "session" ? -1 : service);
  return [...groups.values()].map((own) => {
    if (contents !== undefined) markSequels(own.toSorted((a, b) => order(a.end) - order(b.end)), contents);
    const excluded = Map.groupBy(
      own.filter(({ leftOut }) => leftOut !== undefined),
      ({ leftOut }) => leftOut!,
    );
    return { rows: own, excluded };
  });
}

/** What alerts exclude that is too much, longest first. */
function takenIn({ rows, excluded }: Group): Exclusion[] {
  const doubtful = [...excluded].filter(([{ certain }]) => !certain).sort(([, a], [, b]) =>
    b.length - a.length
  );
  const sure = [...excluded].filter(([{ certain }]) => certain).flatMap(([, own]) => own);
  const all = rows.length - sure.length, spoken = speaking(rows) - speaking(sure);
  const isTooMuch = (left: typeof doubtful) => {
    const own = left.flatMap(([, rows]) => rows);
    return own.length > MOST_LEFT_OUT * all || speaking(own) > MOST_SPEAKING * spoken;
  };
  let count = 0;
  while (count < doubtful.length && isTooMuch(doubtful.slice(count))) count++;
  return doubtful.slice(0, count).map(([exclusion]) => exclusion);
}

function speaking(rows: readonly HistoryRow[]): number {
  return rows.reduce((sum, { lines }) => sum + (lines > 0 ? 1 : 0), 0);
}

function note(
  found: Map<Exclusion, LeftOut>,
  exclusion: Exclusion,
  { own, share, isTaken }: { own: readonly HistoryRow[]; share: number; isTaken: boolean },
): void {
  const { why, name, title } = exclusion;
  const sums = found.get(exclusion) ??
    { why, name, title, windows: 0, sessions: 0, takenIn: 0, share: 0, from: NaN, to: NaN };
  found.set(exclusion, sums);
  if (isTaken) sums.takenIn += own.length;
  else if (own[0].kind === "session") sums.sessions += own.length;
  else sums.windows += own.length;
  sums.share = Math.max(sums.share, share);
  for (const { start, end } of own) {
    if (!(start >= sums.from)) sums.from = Number.isNaN(start) ? sums.from : start;
    if (!(end <= sums.to)) sums.to = Number.isNaN(end) ? sums.to : end;
  }
}

function order(time: number): number {
  return Number.isNaN(time) ? Number.MAX_VALUE : time;
}

/** {@linkcode LeftOut} as plain data. */
export type SavedLeftOut = Omit<LeftOut, "from" | "to"> & { from: number | null; to: number | null };

/** What was left out, as plain data. */
export function saveLeftOut(leftOut: readonly LeftOut[]): SavedLeftOut[] {
  const time = (value: number) => Number.isNaN(value) ? null : value;
  return leftOut.map((one) => ({ ...one, from: time(one.from), to: time(one.to) }));
}

/**
 * What {@linkcode saveLeftOut} gave; every field is checked.
 *
 * @throws {TypeError} if a field is missing or of the wrong type.
 */
export function readLeftOut(saved: unknown, path: string): LeftOut[] {
  return arrayOf(saved, path, (each, at) => {
    const { why, name, title, windows, sessions, takenIn, share, from, to } = fieldsOf(each, at);
    return {
      why: REASONS.find((each) => each === why) ?? refuse(`${at}.why`, `one of ${REASONS.join(", ")}`, why),
      name: text(name, `${at}.name`),
      title: text(title, `${at}.title`),
      windows: integer(windows, `${at}.windows`),
      sessions: integer(sessions, `${at}.sessions`),
      takenIn: integer(takenIn, `${at}.takenIn`),
      share: amount(share, `${at}.share`),
      from: nullOr(from, `${at}.from`, number) ?? NaN,
      to: nullOr(to, `${at}.to`, number) ?? NaN,
    };
  });
}
