/**
 * Panels on the metrics that Prometheus collects of DeepScan.
 *
 * @module
 */
import type { MetricPanel, Section } from "./panel.ts";

/** Series of the streams that are chosen. */
const CHOSEN = '{stream=~"$stream"}';
const added = (name: string, by: string, chosen = "") =>
  `sum by (${by}) (increase(deepscan_${name}_total${chosen}[$__interval]))`;
const latest = (name: string) => `deepscan_${name}${CHOSEN}`;
/** How long ago a time is. */
const since = (name: string, chosen = "") => `time() - deepscan_${name}_timestamp_seconds${chosen}`;

/** How DeepScan does now. */
export const NOW_PANELS: Section<MetricPanel> = {
  title: "Now (Prometheus)",
  panels: [
    {
      ...{ id: "since-success", title: "Since the last run", view: "metrics", shows: "figures", width: 6 },
      about: "How long ago a run ended, one ended in which nothing failed, and a sign of life was given.",
      queries: [
        { query: since("run_finished"), legend: "run" },
        { query: since("run_success"), legend: "run without failure" },
        { query: since("heartbeat_success"), legend: "sign of life" },
      ],
      unit: "seconds",
    },
    {
      ...{ id: "streams-up", title: "Streams", view: "metrics", shows: "figures", width: 6 },
      about: "1 = the last run could read and judge the stream.",
      queries: [{ query: latest("stream_up"), legend: "{{stream}}" }],
      unit: "count",
    },
    {
      ...{ id: "open-alerts", title: "Open alerts", view: "metrics", shows: "figures", width: 6 },
      about: "Alerts that are open, by severity.",
      queries: [{ query: `sum by (severity) (${latest("alerts")})`, legend: "{{severity}}" }],
      unit: "count",
    },
    {
      ...{ id: "outbox", title: "Unsent messages", view: "metrics", shows: "figures", width: 6 },
      about: "Messages that wait (due) or were given up (dead).",
      queries: [{ query: "sum by (status) (deepscan_outbox_messages)", legend: "{{status}}" }],
      unit: "count",
    },
  ],
};

/** How DeepScan did. */
export const METRIC_PANELS: Section<MetricPanel> = {
  title: "Operation (Prometheus)",
  panels: [
    {
      ...{ id: "metric-runs", title: "Runs by outcome", view: "metrics", shows: "bars", width: 8 },
      about: "Runs, or passes of watch, by whether anything failed in them.",
      queries: [{ query: added("runs", "outcome"), legend: "{{outcome}}" }],
      unit: "count",
    },
    {
      ...{ id: "metric-failures", title: "Failures by stream", view: "metrics", shows: "bars", width: 8 },
      about: "Times that a stream could not be read or judged; without a stream, that something else failed.",
      queries: [{ query: added("failures", "stream"), legend: "{{stream}}" }],
      unit: "count",
    },
    {
      ...{ id: "metric-duration", title: "Duration of runs", view: "metrics", shows: "lines", width: 8 },
      about: "How long the last run took.",
      queries: [{ query: "deepscan_run_duration_seconds", legend: "last run" }],
      unit: "seconds",
    },
    {
      ...{ id: "metric-records", title: "Records", view: "metrics", shows: "bars", width: 8 },
      about: "Records that were read, by stream.",
      queries: [{ query: added("records", "stream", CHOSEN), legend: "{{stream}}" }],
      unit: "count",
    },
    {
      ...{ id: "metric-anomalies", title: "Anomalous windows", view: "metrics", shows: "bars", width: 8 },
      about: "Windows that were anomalous, by stream.",
      queries: [{ query: added("anomalous_windows", "stream", CHOSEN), legend: "{{stream}}" }],
      unit: "count",
    },
    {
      ...{ id: "metric-alerts", title: "Opened alerts", view: "metrics", shows: "bars", width: 8 },
      about: "Alerts that were opened, by severity.",
      queries: [{ query: added("opened_alerts", "severity", CHOSEN), legend: "{{severity}}" }],
      unit: "count",
    },
    {
      ...{ id: "metric-lag", title: "Data delay", view: "metrics", shows: "lines", width: 8 },
      about: "How old the newest record is, by stream and input.",
      queries: [
        { query: latest("stream_lag_seconds"), legend: "{{stream}}" },
        { query: latest("source_lag_seconds"), legend: "{{stream}} {{source}}" },
      ],
      unit: "seconds",
    },
    {
      ...{ id: "metric-parsed", title: "Parse quality", view: "metrics", shows: "lines", width: 8 },
      about: "Part of the last records of an input that fits its format.",
      queries: [{ query: latest("source_parsed_ratio"), legend: "{{stream}} {{source}}" }],
      unit: "share",
    },
    {
      ...{ id: "metric-model-age", title: "Age of what models know", view: "metrics", shows: "lines" },
      ...{ width: 8 },
      about: "How long ago the latest record was that the model of a stream has learned from.",
      queries: [{ query: since("model_trained_to", CHOSEN), legend: "{{stream}}" }],
      unit: "seconds",
    },
    {
      ...{ id: "metric-memory", title: "Memory and state", view: "metrics", shows: "lines", width: 12 },
      about: "Most memory that the last run held, what the service holds now, and the size of the state.",
      queries: [
        { query: "deepscan_run_peak_memory_bytes", legend: "last run" },
        { query: "deepscan_process_resident_memory_bytes", legend: "service" },
        { query: "deepscan_state_bytes", legend: "state" },
      ],
      unit: "bytes",
    },
    {
      ...{ id: "metric-lost", title: "Late, untimed, unparsed", view: "metrics", shows: "bars", width: 12 },
      about: "Records that came too late, without a time, or did not fit their format.",
      queries: [
        { query: added("late_records", "stream", CHOSEN), legend: "late {{stream}}" },
        { query: added("untimed_records", "stream", CHOSEN), legend: "untimed {{stream}}" },
        { query: added("unparsed_records", "stream", CHOSEN), legend: "unparsed {{stream}}" },
      ],
      unit: "count",
    },
  ],
};
