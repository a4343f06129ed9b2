/**
 * All that is known of how DeepScan does, read from the state: what the page of metrics, the health endpoint and the command show.
 *
 * @module
 */
import {
  type AlertCount,
  type MessageCount,
  openAlertCounts,
  type State,
  type StoredMetric,
  unsentCounts,
} from "../../lib/mod.ts";
import type { Config } from "../config.ts";
import { readRun, readStream, type RunCondition, type StreamCondition } from "./run_condition.ts";
import { silenceLimit } from "./source_troubles.ts";
import { readHeartbeat, type StoredHeartbeat } from "./stored_heartbeat.ts";
import { detectorWaits, type Wait } from "./waits.ts";
import { readWatchedSource, type WatchedSource } from "./watched_source.ts";

/** A source as it is shown. */
export interface SourceHealth extends WatchedSource {
  source: string;
  /** How long it may be silent, ms; Infinity = for ever. */
  limit: number;
}

/** A stream as it is shown. */
export interface StreamHealth {
  name: string;
  clock: "wall" | "data";
  /** `null` = it was not read yet. */
  condition: StreamCondition | null;
  sources: SourceHealth[];
  waits: Wait[];
}

/** What is known. */
export interface HealthSnapshot {
  /** `null` = there was no run yet. */
  run: RunCondition | null;
  streams: StreamHealth[];
  alerts: AlertCount[];
  unsent: MessageCount[];
  heartbeat: StoredHeartbeat | null;
  /** What was counted and measured. */
  metrics: StoredMetric[];
  /** Bytes that the state holds. */
  stateBytes: number;
}

/** Before there was a run. */
export const NO_SNAPSHOT: HealthSnapshot = {
  ...{ run: null, streams: [], alerts: [], unsent: [], heartbeat: null, metrics: [], stateBytes: NaN },
};

/**
 * What the state knows of the streams that the settings name.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { State } from "../../lib/mod.ts";
 * import { parseConfig } from "../config.ts";
 * import { healthSnapshot } from "./snapshot.ts";
 *
 * const { streams } = await parseConfig("streams: [{name: shop, inputs: [shop.log]}]", "/etc/deepscan.yaml");
 * const state = State.open(":memory:"), { run, streams: [shop] } = healthSnapshot(state, { streams });
 * assert.deepEqual([run, shop.name, shop.condition], [null, "shop", null]);
 * state.close();
 * ```
 */
export function healthSnapshot(state: State, { streams }: Pick<Config, "streams">): HealthSnapshot {
  const run = state.conditions.get("run"), heartbeat = state.conditions.get("heartbeat");
  return {
    run: run === null ? null : readRun(run),
    streams: streams.map((stream) => streamHealth(state, stream)),
    alerts: openAlertCounts(state),
    unsent: unsentCounts(state),
    heartbeat: heartbeat === null ? null : readHeartbeat(heartbeat),
    metrics: state.metrics.all(),
    stateBytes: state.space.used,
  };
}

function streamHealth(state: State, stream: Config["streams"][number]): StreamHealth {
  const { name, clock, inputs, health } = stream, saved = state.conditions.get("stream", name);
  const condition = saved === null ? null : readStream(saved);
  const sources = inputs.flatMap((source) => {
    const saved = state.conditions.get("source", name, source);
    if (saved === null) return [];
    const watched = readWatchedSource(saved), isWall = clock === "wall";
    return [{ ...watched, source, limit: isWall ? silenceLimit(watched, health.no_data) : Infinity }];
  });
  return { name, clock, condition, sources, waits: condition === null ? [] : waitsOf(condition, stream) };
}

/** What can't be judged yet of a stream: all of it, or by some detectors. */
export function waitsOf(
  { noModel, waiting, reached, succeededAt }: StreamCondition,
  stream: Pick<Config["streams"][number], "name" | "window" | "clock">,
): Wait[] {
  if (noModel !== null) return [{ detectors: [], services: [], ...noModel }];
  const judgedTo = stream.clock === "wall" ? succeededAt ?? reached : reached; // of a live log windows end without lines
  return detectorWaits(waiting, stream, judgedTo ?? NaN);
}
