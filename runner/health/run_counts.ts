/**
 * What a run adds to the counters.
 *
 * @module
 */
import type { MetricLabels } from "../../lib/mod.ts";
import type { Posted } from "../detect/deliveries.ts";
import type { StreamFailure } from "../detect/failure.ts";
import type { StreamOutcome } from "../detect/outcome.ts";
import type { Counter } from "./metrics.ts";

/** What came of a run. */
export interface CountedRun {
  streams: readonly StreamOutcome[];
  failures: readonly StreamFailure[];
  delivery: Pick<Posted, "sent" | "failed" | "dead">;
  /** Whether nothing failed. */
  succeeded: boolean;
}

/** So much more of something. */
export interface CountedMore {
  name: Counter;
  labels: MetricLabels;
  amount: number;
}

/**
 * What a run adds, zeros too for what every stream has: a counter that is not there can't be told from one that stopped.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { emptyOutcome } from "../detect/outcome.ts";
 * import { runCounts } from "./run_counts.ts";
 *
 * const streams = [{ ...emptyOutcome("shop"), records: 7 }], delivery = { sent: [], failed: [], dead: [] };
 * const counts = runCounts({ streams, failures: [], delivery, succeeded: true });
 * assert.deepEqual(counts.find(({ name }) => name === "records"), { name: "records", labels: { stream: "shop" }, amount: 7 });
 * ```
 */
export function runCounts({ streams, failures, delivery, succeeded }: CountedRun): CountedMore[] {
  const messages = Object.entries({ sent: delivery.sent, failed: delivery.failed, given_up: delivery.dead });
  return [
    { name: "runs", labels: { outcome: succeeded ? "success" : "failure" }, amount: 1 },
    ...streams.flatMap(streamCounts),
    ...failures.map(({ stream }): CountedMore => ({ name: "failures", labels: { stream }, amount: 1 })),
    ...messages.map(([outcome, { length }]): CountedMore => ({
      name: "messages",
      labels: { outcome },
      amount: length,
    })),
  ];
}

function streamCounts(outcome: StreamOutcome): CountedMore[] {
  const { name: stream, records, windows, anomalous, late, untimed, births, sources, opened } = outcome;
  const unparsed = sources.reduce((sum, source) => sum + source.unparsed, 0);
  const counts = {
    records,
    windows,
    late_records: late,
    untimed_records: untimed,
    unparsed_records: unparsed,
  };
  const all = { ...counts, anomalous_windows: anomalous.length, born_templates: births, failures: 0 };
  return [
    ...Object.entries(all).map(([name, amount]) => ({ name: name as Counter, labels: { stream }, amount })),
    ...opened.map(({ severity }): CountedMore => ({
      name: "opened_alerts",
      labels: { stream, severity },
      amount: 1,
    })),
  ];
}
