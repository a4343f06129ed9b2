/**
 * What happened in a span of time, added up by the state database.
 *
 * @module
 */
import type { StoredAlert, StoredRun } from "./rows.ts";
import type { State } from "./state.ts";

/** Verdicts on the windows of one service that began on one day (or in another span). */
export interface VerdictCount {
  /** Start of the span, ms. */
  time: number;
  stream: string;
  service: string;
  /** Time windows and sessions, how many of them anomalous, and records in all of them. */
  windows: number;
  anomalous: number;
  records: number;
}

/** A span of time that is added up, and in which steps. */
export interface PeriodOptions {
  /** ms since the epoch: `from <= start < to`. */
  from: number;
  to: number;
  /** Length of a step, ms, aligned to the epoch; default: a day, UTC. */
  size?: number;
}

const DAY = 86_400_000;

/**
 * How many windows were judged, by step, stream and service; earliest first. Windows without times are in none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { verdictCounts } from "./period.ts";
 * import { State } from "./state.ts";
 *
 * const state = State.open(":memory:");
 * const verdict = { stream: "shop", key: "db@a", kind: "window" as const, service: "db", start: 5, end: 60_000, lines: 9,
 *   score: 4, threshold: 1, anomalous: true, reasons: [] };
 * state.putVerdicts([verdict, { ...verdict, key: "db@b", anomalous: false }], "v0001");
 * const [count] = verdictCounts(state, { from: 0, to: 60_000 });
 * assert.deepEqual(count, { time: 0, stream: "shop", service: "db", windows: 2, anomalous: 1, records: 18 });
 * state.close();
 * ```
 */
export function verdictCounts(state: State, { from, to, size = DAY }: PeriodOptions): VerdictCount[] {
  return state.database.prepare(
    `select cast(start / ?3 as integer) as step, stream, service, count(*) as windows,
    sum(anomalous) as anomalous, sum(lines) as records from verdict where start >= ?1 and start < ?2
    group by step, stream, service order by step, stream, service`,
  )
    .all(from, to, size).map((row) => ({
      ...{ time: Number(row.step) * size, stream: String(row.stream), service: String(row.service) },
      ...{ windows: Number(row.windows), anomalous: Number(row.anomalous), records: Number(row.records) },
    }));
}

/**
 * The span of time that verdicts are about, ms: first start and last end, which is later than every start; NaN without any.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { verdictSpan } from "./period.ts";
 * import { State } from "./state.ts";
 *
 * const state = State.open(":memory:");
 * assert.deepEqual(verdictSpan(state), { from: NaN, to: NaN });
 * state.close();
 * ```
 */
export function verdictSpan(state: State): { from: number; to: number } {
  const row = state.database.prepare(
    "select min(start) as first, max(max(end, start + 1)) as last from verdict",
  ).get();
  const { first, last } = row as { first: number | null; last: number | null };
  return { from: first ?? NaN, to: last ?? NaN };
}

/**
 * Alerts about a span of time: those that begin in it, if only for an instant, or last into it. Alerts without times are in none,
 * see {@linkcode untimedAlerts}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { alertsWithin } from "./period.ts";
 * import { State } from "./state.ts";
 *
 * const state = State.open(":memory:");
 * state.putAlert({ id: "a1", stream: "shop", status: "closed", start: 5, end: 5, body: "{}" });
 * assert.deepEqual(alertsWithin(state, { from: 5, to: 9 }).map(({ id }) => id), ["a1"]);
 * assert.deepEqual(alertsWithin(state, { from: 0, to: 5 }), []);
 * state.close();
 * ```
 */
export function alertsWithin(
  state: State,
  { from, to }: Pick<PeriodOptions, "from" | "to">,
): StoredAlert[] {
  return state.alerts().filter(({ start, end }) => start < to && (start >= from || end > from));
}

/**
 * Alerts whose records have no times: they belong to no span of time, and no report should lose them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { untimedAlerts } from "./period.ts";
 * import { State } from "./state.ts";
 *
 * const state = State.open(":memory:");
 * state.putAlert({ id: "a1", stream: "shop", status: "closed", start: NaN, end: NaN, body: "{}" });
 * assert.deepEqual(untimedAlerts(state).map(({ id }) => id), ["a1"]);
 * state.close();
 * ```
 */
export function untimedAlerts(state: State): StoredAlert[] {
  return state.alerts().filter(({ start }) => Number.isNaN(start));
}

/**
 * Runs that began within a span of time, ms since the epoch by the clock of the machine; earliest first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { runsWithin } from "./period.ts";
 * import { State } from "./state.ts";
 *
 * const state = State.open(":memory:");
 * state.putRun({ command: "detect", startedAt: 5, finishedAt: 9, lines: 100, windows: 3, anomalous: 1, skipped: 0 });
 * assert.deepEqual(runsWithin(state, { from: 0, to: 10 }).map(({ lines }) => lines), [100]);
 * assert.deepEqual(runsWithin(state, { from: 6, to: 10 }), []);
 * state.close();
 * ```
 */
export function runsWithin(state: State, { from, to }: Pick<PeriodOptions, "from" | "to">): StoredRun[] {
  return state.database.prepare(
    "select * from run where started_at >= ? and started_at < ? order by started_at, id",
  )
    .all(from, to).map((row) => ({
      command: String(row.command),
      ...{ startedAt: Number(row.started_at), finishedAt: Number(row.finished_at) },
      ...{ lines: Number(row.lines), windows: Number(row.windows), anomalous: Number(row.anomalous) },
      skipped: Number(row.skipped),
    }));
}
