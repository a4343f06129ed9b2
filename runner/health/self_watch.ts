/**
 * How DeepScan watches itself: what each run, or pass of a service, notes of how it went, and what it tells.
 *
 * @module
 */
import type { MetricLabels, State } from "../../lib/mod.ts";
import type { Alert } from "../alert/alert.ts";
import type { Config } from "../config.ts";
import type { Context } from "../context.ts";
import { storedAlert } from "../detect/commit.ts";
import { hasFailed, type Posted } from "../detect/deliveries.ts";
import type { StreamFailure } from "../detect/failure.ts";
import type { StreamOutcome } from "../detect/outcome.ts";
import { findingsFailed, type FindingsReport } from "../findings/findings_report.ts";
import { expositionOf } from "./exposition.ts";
import { giveSign, isAskedFor } from "./heartbeat.ts";
import { type Counter, metricFamilies } from "./metrics.ts";
import { modelAgeRemarks } from "./model_age.ts";
import { peakMemory } from "./process_figures.ts";
import { readRun, type RunCondition, saveRun } from "./run_condition.ts";
import { runCounts } from "./run_counts.ts";
import { type HealthSnapshot, healthSnapshot } from "./snapshot.ts";
import { heartbeatTried, readHeartbeat } from "./stored_heartbeat.ts";
import { runStreams, watchStream } from "./stream_watch.ts";
import { writeWhole } from "./whole_file.ts";

/** Where nothing happens, a service notes that it is alive this often, and writes its metrics, ms. */
const NOTED = 15_000;

/** What a run has seen, before anybody is told of it. */
export interface SeenRun {
  /** Filled with alerts about inputs, and with what can't be judged yet. */
  streams: StreamOutcome[];
  failures: readonly StreamFailure[];
  /** Puts alerts into their incidents. */
  join: (alerts: readonly Alert[]) => void;
  /** Writes alerts down as findings; absent = nobody asked. */
  record?: (alerts: readonly Alert[]) => void;
}

/** How a run went. */
export interface EndedRun extends Pick<SeenRun, "streams" | "failures"> {
  delivery: Posted;
  findings: FindingsReport;
  startedAt: number;
  skipped: number;
}

/** Watches the runs of one process. */
export class SelfWatch {
  readonly #config: Config;
  readonly #context: Context;
  /** What was counted and is not stored yet. */
  readonly #counted = new Map<string, { name: Counter; labels: MetricLabels; amount: number }>();
  #notedAt = -Infinity;
  /** The last sign of life that was tried. */
  #sign: { kind: string; at: number } | null = null;
  #snapshot: HealthSnapshot | null = null;

  /** @param config The settings, with the streams that its runs are about. */
  constructor(config: Config, context: Context) {
    this.#config = config;
    this.#context = context;
  }

  /** What is known of runs before those of this process. */
  begin(state: State): void {
    this.#snapshot = healthSnapshot(state, this.#config);
  }

  /** What was known behind the last run; `null` before it. */
  get snapshot(): HealthSnapshot | null {
    return this.#snapshot;
  }

  /**
   * Looks at what came from the inputs, and raises, carries on and ends the alerts about that; before people are told.
   *
   * @returns What a person should know.
   */
  look(state: State, { streams, failures, join, record }: SeenRun): string[] {
    const now = this.#context.now();
    const watched = runStreams(this.#config.streams, { outcomes: streams, failures })
      .map((run) => watchStream(state, run, now));
    const conditions = watched.flatMap(({ conditions }) => conditions);
    const changed = watched.flatMap(({ changed }) => changed);
    for (const alert of watched.flatMap(({ opened }) => opened)) {
      streams.find(({ name }) => name === alert.stream)?.opened.push(alert);
    }
    if (conditions.length + changed.length > 0) {
      state.transaction(() => {
        for (const condition of conditions) state.conditions.put(condition);
        for (const alert of changed) state.putAlert(storedAlert(alert));
        join(changed);
        record?.(changed);
      });
    }
    return modelAgeRemarks(state, this.#config, { streams, now });
  }

  /**
   * Notes how a run went, gives the sign of life and writes the metrics.
   *
   * @returns What a person should know. Nothing of it fails the run.
   */
  async end(state: State, run: EndedRun): Promise<string[]> {
    const finishedAt = this.#context.now(), problems = problemsOf(run), succeeded = problems.length === 0;
    for (const { name, labels, amount } of runCounts({ ...run, succeeded })) {
      this.#count(name, labels, amount);
    }
    const saved = state.conditions.get("run"), before = saved === null ? null : readRun(saved);
    const isSame = before !== null && succeeded === (before.failures.length === 0);
    const isIdle = isSame &&
      run.streams.every(({ records, opened, trained }) => records + opened.length === 0 && !trained);
    if (isIdle && Math.abs(finishedAt - this.#notedAt) < NOTED) return [];
    this.#notedAt = finishedAt;
    this.#note(state, {
      ...{ startedAt: run.startedAt, finishedAt, failures: problems, skipped: run.skipped },
      succeededAt: succeeded ? finishedAt : before?.succeededAt ?? null,
    });
    const remark = await this.#giveSign(state, run, problems);
    this.#snapshot = healthSnapshot(state, this.#config);
    return [remark, this.#writeMetrics(this.#snapshot)].filter((one) => one !== "");
  }

  #count(name: Counter, labels: MetricLabels, amount: number): void {
    const key = JSON.stringify([name, labels]), known = this.#counted.get(key);
    if (known === undefined) this.#counted.set(key, { name, labels, amount });
    else known.amount += amount;
  }

  #note(state: State, run: RunCondition): void {
    state.transaction(() => {
      state.conditions.put({ kind: "run", names: [], detail: saveRun(run) });
      for (const { name, labels, amount } of this.#counted.values()) state.metrics.add(name, labels, amount);
      state.metrics.set("run_duration_seconds", {}, (run.finishedAt - run.startedAt) / 1000);
      state.metrics.set("run_peak_memory_bytes", {}, peakMemory());
    });
    this.#counted.clear();
  }

  async #giveSign(state: State, { streams }: EndedRun, problems: RunCondition["failures"]): Promise<string> {
    const { heartbeat } = this.#config.health, at = this.#context.now(), failed = problems.length > 0;
    if (heartbeat === undefined || !isAskedFor(heartbeat, failed)) return "";
    const kind = failed ? "fail" : "success", last = this.#sign;
    if (last?.kind === kind && Math.abs(at - last.at) < heartbeat.every) return "";
    this.#sign = { kind, at };
    const records = streams.reduce((sum, { records }) => sum + records, 0);
    const sign = { failures: problems.map(({ message }) => message), records, at };
    const error = await giveSign(heartbeat, sign, {
      env: (name) => this.#context.env(name),
      readText: (path) => Deno.readTextFile(path),
    });
    const saved = state.conditions.get("heartbeat"), before = saved === null ? null : readHeartbeat(saved);
    state.conditions.put({
      kind: "heartbeat",
      names: [],
      detail: heartbeatTried(before, { now: at, kind, error }),
    });
    return error === "" ? "" : `the heartbeat was not heard: ${error}`;
  }

  #writeMetrics(snapshot: HealthSnapshot): string {
    const { metrics } = this.#config.health;
    if (metrics === undefined) return "";
    try {
      writeWhole(metrics.file, expositionOf(metricFamilies(snapshot, { now: this.#context.now() })));
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  }
}

/** What failed in a run: streams, messages that were given up, channels and the cluster that can't be used. */
function problemsOf({ failures, delivery, findings }: EndedRun): RunCondition["failures"] {
  const problems = failures.map(({ stream, message }) => ({ stream, message }));
  const general = (message: string) => problems.push({ stream: "", message });
  if (hasFailed(delivery)) {
    for (const message of delivery.broken) general(message);
    for (const { key, error } of delivery.dead) general(`given up: ${key}: ${error}`);
  }
  if (findingsFailed(findings)) general(`findings: ${findings.failure || "documents were refused for good"}`);
  return problems;
}
