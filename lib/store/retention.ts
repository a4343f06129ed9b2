/**
 * What a state forgets to stay within its limits.
 *
 * @module
 */
import type { State } from "./state.ts";

/** What {@linkcode shrinkTo} may forget. */
export interface ShrinkOptions {
  /** ms since the epoch, by the time in the lines: what ended later may still change. `-Infinity` = all of the stream may. */
  settledBefore: (stream: string) => number;
  /** Verdicts that one step forgets, so that a transaction stays short; default 5,000. */
  step?: number;
  /** Steps at the most; default: as many as it takes. */
  steps?: number;
}

/** What was forgotten. */
export interface Shrunk {
  verdicts: number;
  alerts: number;
  /** Windows that had ended by then were forgotten, ms; NaN where none was. */
  until: number;
}

/**
 * Forgets the oldest verdicts, and closed alerts and counts that are as old, until what a state holds is no larger than `bytes`, or nothing
 * more may be forgotten. To be called in a transaction, or outside with one for each step.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { shrinkTo } from "./retention.ts";
 * import { State } from "./state.ts";
 *
 * const state = State.open(":memory:");
 * const verdict = { stream: "shop", kind: "window" as const, service: "db", lines: 9, score: 0, threshold: 1, anomalous: false, reasons: [] };
 * state.putVerdicts(
 *   Array.from({ length: 9000 }, (_, i) => ({ ...verdict, key: `db@${i}`, start: i, end: i + 1 })),
 *   "v0001",
 * );
 * const half = state.space.used / 2, { until } = shrinkTo(state, half, { settledBefore: () => 8000, step: 1000 });
 * assert.ok(state.space.used <= half && until < 8000);
 * assert.ok(state.verdicts().every(({ end }) => end >= until));
 * state.close();
 * ```
 */
export function shrinkTo(state: State, bytes: number, options: ShrinkOptions): Shrunk {
  const { settledBefore, step = 5000, steps = Infinity } = options;
  const shrunk = { verdicts: 0, alerts: 0, until: NaN };
  for (let i = 0; i < steps && state.space.used > bytes; i++) {
    const cut = oldestEnd(state, step);
    if (cut === null) break;
    let forgotten = 0;
    for (const stream of state.judgedStreams()) {
      const before = Math.min(cut, settledBefore(stream));
      const { verdicts, alerts } = state.prune(stream, before, step);
      if (before > -Infinity) state.counts.forget(stream, before);
      shrunk.verdicts += verdicts;
      shrunk.alerts += alerts;
      forgotten += verdicts + alerts;
    }
    if (forgotten === 0) break;
    shrunk.until = cut;
  }
  return shrunk;
}

/** A time by which so many windows had ended that nobody has said anything of; `null` = there is none. */
function oldestEnd(state: State, count: number): number | null {
  const row = state.database.prepare(`select max(end) + 1 as cut from (select end from verdict
    where start is not null and (alert = '' or alert not in (select alert from feedback)) order by start limit ?)`)
    .get(count);
  return row?.cut == null ? null : Number(row.cut);
}
