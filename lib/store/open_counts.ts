/**
 * How much in the state is still to be seen to: alerts that are open, messages that wait or were given up.
 *
 * @module
 */
import type { State } from "./state.ts";

/** Alerts that are alike. */
export interface AlertCount {
  stream: string;
  /** `pending`, `firing` or `resolved`; those that are closed are not counted. */
  status: string;
  severity: string;
  alerts: number;
}

/** Messages of a channel that are not sent. */
export interface MessageCount {
  channel: string;
  /** `due` = they wait; `dead` = they were given up. */
  status: "due" | "dead";
  messages: number;
  /** Since when the oldest waits, ms since the epoch. */
  since: number;
}

/**
 * Alerts that may still change.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openAlertCounts } from "./open_counts.ts";
 * import { State } from "./state.ts";
 *
 * const state = State.open(":memory:"), alert = { stream: "shop", start: 0, end: 5, body: '{"severity":"high"}' };
 * state.putAlert({ ...alert, id: "a1", status: "firing" });
 * state.putAlert({ ...alert, id: "a2", status: "closed" });
 * assert.deepEqual(openAlertCounts(state), [{ stream: "shop", status: "firing", severity: "high", alerts: 1 }]);
 * state.close();
 * ```
 */
export function openAlertCounts({ database }: Pick<State, "database">): AlertCount[] {
  return database.prepare(`select stream, status, json_extract(body, '$.severity') as severity, count(*) as n
    from alert where status <> 'closed' group by 1, 2, 3 order by 1, 2, 3`).all().map((row) => ({
    ...{ stream: String(row.stream), status: String(row.status), severity: String(row.severity) },
    alerts: Number(row.n),
  }));
}

/** Messages that are not sent, by channel. */
export function unsentCounts({ database }: Pick<State, "database">): MessageCount[] {
  return database.prepare(`select channel, status, count(*) as n, min(queued_at) as since
    from delivery where status <> 'sent' group by 1, 2 order by 1, 2`).all().map((row) => ({
    ...{ channel: String(row.channel), status: row.status === "dead" ? "dead" : "due" },
    ...{ messages: Number(row.n), since: Number(row.since) },
  }));
}
