/**
 * How DeepScan does, for programs.
 *
 * @module
 */
import type { HealthSnapshot, SourceHealth, StreamHealth } from "./snapshot.ts";
import type { HealthStatus } from "./status.ts";
import { jsonWait } from "./waits.ts";

/**
 * All that is known, as plain data; times in ISO 8601, lengths of time in seconds, `null` where there is none.
 *
 * @param now ms since the epoch.
 */
export function jsonHealth(snapshot: HealthSnapshot, { healthy, reasons }: HealthStatus, now: number) {
  const { run, streams, alerts, unsent, heartbeat, stateBytes } = snapshot;
  return {
    ...{ healthy, reasons },
    run: run === null ? null : {
      ...{ started: time(run.startedAt), finished: time(run.finishedAt), succeeded: time(run.succeededAt) },
      ...{ seconds: (run.finishedAt - run.startedAt) / 1000, failures: run.failures, skipped: run.skipped },
    },
    streams: streams.map((stream) => jsonStream(stream, now)),
    alerts,
    outbox: unsent.map(({ since, ...count }) => ({ ...count, since: time(since) })),
    heartbeat: heartbeat === null
      ? null
      : { given: time(heartbeat.at), tried: time(heartbeat.triedAt), error: heartbeat.error },
    stateBytes: Number.isNaN(stateBytes) ? null : stateBytes,
  };
}

function jsonStream({ name, clock, condition, sources, waits }: StreamHealth, now: number) {
  const { reached = null, open = 0, failure = "", model = null, succeededAt = null } = condition ?? {};
  return {
    ...{
      name,
      clock,
      failure,
      open,
      succeeded: time(succeededAt),
      newest: time(reached),
      lag: age(reached, now),
    },
    model: model === null
      ? null
      : { version: model.version, trainedFrom: time(model.from), trainedTo: time(model.to) },
    cannotJudge: waits.map(jsonWait),
    sources: sources.map((source) => jsonSource(source, now)),
  };
}

function jsonSource(
  { source, newest, deliveredAt, delay, limit, parsed, problem }: SourceHealth,
  now: number,
) {
  return {
    ...{
      source,
      newest: time(newest),
      lag: age(newest, now),
      delivered: time(deliveredAt),
      delay: delay / 1000,
    },
    ...{ silenceLimit: limit === Infinity ? null : limit / 1000, parsed, problem },
  };
}

function time(value: number | null): string | null {
  return value === null ? null : new Date(value).toISOString();
}

/** Seconds. */
function age(value: number | null, now: number): number | null {
  return value === null ? null : Math.max(0, (now - value) / 1000);
}
