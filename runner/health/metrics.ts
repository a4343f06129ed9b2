/**
 * What is counted and measured, as families of metrics.
 *
 * @module
 */
import type { StoredMetric } from "../../lib/mod.ts";
import type { MetricFamily, Sample } from "./exposition.ts";
import type { ProcessFigures } from "./process_figures.ts";
import type { HealthSnapshot, SourceHealth, StreamHealth } from "./snapshot.ts";

/** Counters that are kept from run to run, by what they are called in the state. */
export const COUNTERS = {
  runs: "Runs that ended, or passes of watch, by whether anything failed in them",
  records: "Records that were read",
  windows: "Windows that were judged",
  anomalous_windows: "Windows that were anomalous",
  late_records: "Records that came too late to be counted in their window",
  untimed_records: "Records without a time",
  unparsed_records: "Records that did not fit their format",
  born_templates: "Templates that were born while scanning",
  failures: "Times that a stream could not be read or judged; without a stream, that something else failed",
  opened_alerts: "Alerts that were opened",
  messages: "Messages that were sent, failed for now, or were given up",
} as const;

/** One of {@linkcode COUNTERS}. */
export type Counter = keyof typeof COUNTERS;

/** What a run measured last, by what it is called in the state. */
const MEASURES: Readonly<Record<string, string>> = {
  run_duration_seconds: "How long the last run took",
  run_peak_memory_bytes: "Most memory that the process of the last run held",
};

/** One that a run measured. */
export type Measure = "run_duration_seconds" | "run_peak_memory_bytes";

/** Begins every name. */
const PREFIX = "deepscan_";

/**
 * The families of a snapshot. Times are seconds since the epoch, lengths of time seconds.
 *
 * @param options Time of the page (ms since the epoch), and how the process does that makes it; absent = it is not the one that runs.
 */
export function metricFamilies(
  snapshot: HealthSnapshot,
  { now, process }: { now: number; process?: ProcessFigures },
): MetricFamily[] {
  const families = [
    ...counterFamilies(snapshot.metrics),
    ...measureFamilies(snapshot.metrics),
    ...runFamilies(snapshot),
    ...streamFamilies(snapshot.streams, now),
    ...sourceFamilies(snapshot.streams, now),
    ...openFamilies(snapshot, now),
    ...process === undefined ? [] : processFamilies(process),
  ];
  return families.map((family) => ({ ...family, name: `${PREFIX}${family.name}` }));
}

function counterFamilies(metrics: readonly StoredMetric[]): MetricFamily[] {
  return Object.entries(COUNTERS).map(([name, help]) => ({
    ...{ name: `${name}_total`, type: "counter", help },
    samples: samplesOf(metrics, name),
  }));
}

function measureFamilies(metrics: readonly StoredMetric[]): MetricFamily[] {
  return Object.entries(MEASURES).map(([name, help]) => gauge(name, help, samplesOf(metrics, name)));
}

function samplesOf(metrics: readonly StoredMetric[], name: string): Sample[] {
  return metrics.filter((metric) => metric.name === name).map(({ labels, value }) => ({ labels, value }));
}

function runFamilies({ run, heartbeat, stateBytes }: HealthSnapshot): MetricFamily[] {
  const time = (value: number | null | undefined) => [{ value: seconds(value) }];
  return [
    gauge("run_finished_timestamp_seconds", "When the last run ended", time(run?.finishedAt)),
    gauge(
      "run_success_timestamp_seconds",
      "When a run ended last in which nothing failed",
      time(run?.succeededAt),
    ),
    gauge("run_failures", "What failed in the last run", [{ value: run?.failures.length ?? NaN }]),
    gauge("runs_skipped", "Runs in a row that found another one at work before the last one", [{
      value: run?.skipped ?? NaN,
    }]),
    gauge("heartbeat_success_timestamp_seconds", "When a sign of life was given last", time(heartbeat?.at)),
    gauge("state_bytes", "Bytes that the state database holds", [{ value: stateBytes }]),
  ];
}

function streamFamilies(streams: readonly StreamHealth[], now: number): MetricFamily[] {
  const of = (value: (stream: StreamHealth) => number) =>
    streams.map((stream) => ({ labels: { stream: stream.name }, value: value(stream) }));
  const lag = ({ condition }: StreamHealth) =>
    condition?.reached == null ? NaN : Math.max(0, (now - condition.reached) / 1000);
  const models = streams.flatMap(({ name, condition }) =>
    condition?.model == null ? [] : [{ labels: { stream: name, version: condition.model.version }, value: 1 }]
  );
  return [
    gauge(
      "stream_up",
      "1 = the last run could read and judge the stream",
      of(({ condition }) => condition === null ? NaN : Number(condition.failure === "")),
    ),
    gauge(
      "stream_success_timestamp_seconds",
      "When a stream was read and judged last",
      of(({ condition }) => seconds(condition?.succeededAt)),
    ),
    gauge(
      "stream_newest_record_timestamp_seconds",
      "Latest time among the records of a stream",
      of(({ condition }) => seconds(condition?.reached)),
    ),
    gauge("stream_lag_seconds", "How old the newest record of a stream is", of(lag)),
    gauge(
      "stream_open_windows",
      "Windows that are not judged yet",
      of(({ condition }) => condition?.open ?? NaN),
    ),
    gauge("model_info", "Which model judges a stream", models),
    gauge(
      "model_trained_to_timestamp_seconds",
      "Latest time of what the model of a stream has learned from",
      of(
        ({ condition }) => seconds(condition?.model?.to),
      ),
    ),
    ...waitFamilies(streams),
  ];
}

function waitFamilies(streams: readonly StreamHealth[]): MetricFamily[] {
  const waits = streams.flatMap(({ name: stream, waits }) =>
    waits.map(({ detectors, readyAt }) => ({ labels: { stream, detectors: detectors.join(" ") }, readyAt }))
  );
  return [
    gauge(
      "stream_cannot_judge",
      "1 = these detectors can't judge yet; without any: there is no model yet",
      waits.map(({ labels }) => ({ labels, value: 1 })),
    ),
    gauge(
      "stream_can_judge_timestamp_seconds",
      "When they probably can",
      waits.map(({ labels, readyAt }) => ({ labels, value: seconds(readyAt) })),
    ),
  ];
}

function sourceFamilies(streams: readonly StreamHealth[], now: number): MetricFamily[] {
  const sources = streams.flatMap(({ name, sources }) =>
    sources.map((source) => ({ stream: name, ...source }))
  );
  const of = (value: (source: SourceHealth) => number) =>
    sources.map((one): Sample => ({ labels: { stream: one.stream, source: one.source }, value: value(one) }));
  return [
    gauge(
      "source_delivered_timestamp_seconds",
      "When something came from an input last",
      of(({ deliveredAt }) => seconds(deliveredAt)),
    ),
    gauge(
      "source_silence_limit_seconds",
      "How long nothing may come from an input",
      of(({ limit }) => limit === Infinity ? NaN : limit / 1000),
    ),
    gauge(
      "source_lag_seconds",
      "How old the newest record of an input is",
      of(({ newest }) => newest === null ? NaN : Math.max(0, (now - newest) / 1000)),
    ),
    gauge(
      "source_delay_seconds",
      "How old the newest of what came last was by then, at the least",
      of(({ delay }) => delay / 1000),
    ),
    gauge(
      "source_parsed_ratio",
      "Part of its last records that fits its format",
      of(({ parsed }) => parsed ?? NaN),
    ),
    gauge(
      "source_readable",
      "1 = it could be read, and there is something",
      of(({ problem }) => Number(problem === "")),
    ),
  ];
}

function openFamilies({ alerts, unsent }: HealthSnapshot, now: number): MetricFamily[] {
  const waiting = unsent.filter(({ status }) => status === "due");
  return [
    gauge(
      "alerts",
      "Alerts that are open",
      alerts.map(({ alerts: value, stream, status, severity }) => ({
        labels: { stream, status, severity },
        value,
      })),
    ),
    gauge(
      "outbox_messages",
      "Messages that wait (due) or were given up (dead)",
      unsent.map(({ channel, status, messages }) => ({ labels: { channel, status }, value: messages })),
    ),
    gauge(
      "outbox_oldest_seconds",
      "How long the oldest message of a channel waits",
      waiting.map(({ channel, since }) => ({
        labels: { channel },
        value: Math.max(0, (now - since) / 1000),
      })),
    ),
  ];
}

/** Their names don't begin as those of other programs do, so that a collector of many files can tell them apart. */
function processFamilies({ startedAt, cpu, memory, heap, descriptor }: ProcessFigures): MetricFamily[] {
  return [
    gauge("process_start_timestamp_seconds", "When the process began", [{ value: seconds(startedAt) }]),
    {
      name: "process_cpu_seconds_total",
      type: "counter",
      help: "Processor time that it took",
      samples: [{ value: cpu }],
    },
    gauge("process_resident_memory_bytes", "Memory that it holds", [{ value: memory }]),
    gauge("process_heap_bytes", "Memory that its objects take", [{ value: heap }]),
    gauge("process_lowest_free_descriptor", "Grows when files or connections are not given back", [{
      value: descriptor,
    }]),
  ];
}

function gauge(name: string, help: string, samples: readonly Sample[]): MetricFamily {
  return { name, type: "gauge", help, samples };
}

/** ms as seconds; NaN where there is none. */
function seconds(time: number | null | undefined): number {
  return time == null ? NaN : time / 1000;
}
