/**
 * Panels about how DeepScan itself does, by its documents in Elasticsearch.
 *
 * @module
 */
import type { SearchPanel, Section } from "./panel.ts";

/** Runs, their data, and what went wrong. */
export const RUN_PANELS: Section<SearchPanel> = {
  title: "Runs",
  panels: [
    {
      ...{ id: "runs", title: "Runs", view: "bars", of: "runs", unit: "count", width: 8 },
      about: "Runs over time, by whether anything failed in them.",
      measures: [{ kind: "count", title: "runs" }],
      by: "event.outcome",
    },
    {
      ...{ id: "run-duration", title: "Longest runs", view: "lines", of: "runs", unit: "nanoseconds" },
      ...{ width: 8 },
      about: "How long runs took.",
      measures: [{ kind: "max", field: "event.duration", title: "longest run" }],
    },
    {
      ...{ id: "waiting", title: "Waiting and given up", view: "lines", of: "runs", unit: "count", width: 8 },
      about: "Messages and documents that had not been sent: those that wait, and those that were refused.",
      measures: [
        { kind: "max", field: "deepscan.health.messages.due", title: "messages that wait" },
        { kind: "max", field: "deepscan.health.messages.dead", title: "messages given up" },
        { kind: "max", field: "deepscan.health.findings.due", title: "documents that wait" },
        { kind: "max", field: "deepscan.health.findings.dead", title: "documents refused" },
      ],
    },
    {
      ...{ id: "failures", title: "Failures", view: "table", of: "runs", width: 24 },
      about: "Runs in which something could not be read or judged, and what it was.",
      where: [{ field: "event.outcome", is: "failure" }],
      columns: [
        { field: "observer.name", title: "DeepScan" },
        { field: "message", title: "Run" },
        { field: "error.message", title: "What failed" },
      ],
    },
  ],
};

/** What came in, how late, how well it was understood. */
export const DATA_PANELS: Section<SearchPanel> = {
  title: "Data",
  panels: [
    {
      ...{ id: "records", title: "Records read", view: "bars", of: "streams", unit: "count", width: 8 },
      about: "Records that runs read, by stream.",
      measures: [{ kind: "sum", field: "deepscan.health.records", title: "records" }],
      by: "deepscan.stream",
    },
    {
      ...{ id: "lag", title: "Data delay", view: "lines", of: "streams", unit: "seconds", width: 8 },
      about: "How old the newest record of a stream was when a run ended.",
      measures: [{ kind: "max", field: "deepscan.health.lag_seconds", title: "delay" }],
      by: "deepscan.stream",
    },
    {
      ...{ id: "parse-quality", title: "Parse quality", view: "lines", of: "streams", unit: "share" },
      ...{ width: 8, by: "deepscan.stream" },
      about: "Part of the records that fits its format, by stream.",
      measures: [{ kind: "avg", field: "deepscan.health.parsed", title: "parsed" }],
    },
    {
      ...{ id: "late", title: "Late and untimed records", view: "bars", of: "streams", unit: "count" },
      ...{ width: 12 },
      about: "Records that came too late for their window, or without a time.",
      measures: [
        { kind: "sum", field: "deepscan.health.late", title: "late" },
        { kind: "sum", field: "deepscan.health.untimed", title: "without a time" },
      ],
    },
    {
      ...{ id: "births", title: "Message types born in runs", view: "bars", of: "streams", unit: "count" },
      ...{ width: 12, by: "deepscan.stream" },
      about: "Templates that were born while scanning, by the run and the stream.",
      measures: [{ kind: "sum", field: "deepscan.health.births", title: "templates" }],
    },
  ],
};

/** Which models judge, and how old they are. */
export const MODEL_PANELS: Section<SearchPanel> = {
  title: "Models",
  panels: [
    {
      ...{ id: "model-age", title: "Age of models", view: "lines", of: "streams", unit: "seconds" },
      ...{ width: 12, by: "deepscan.stream" },
      about: "How long ago the model that judges a stream was made.",
      measures: [{ kind: "max", field: "deepscan.model.age_seconds", title: "age" }],
    },
    {
      ...{ id: "model-versions", title: "Windows judged by model", view: "bars", of: "streams" },
      ...{ unit: "count", width: 12, by: "deepscan.model.version" },
      about: "Which version of the model judged windows, over time.",
      measures: [{ kind: "sum", field: "deepscan.health.windows", title: "windows" }],
    },
    {
      ...{ id: "models", title: "Models", view: "table", of: "models", width: 24, always: true },
      about: "The card of each model, those made last first.",
      columns: [
        { field: "deepscan.stream", title: "Stream" },
        { field: "deepscan.model.version", title: "Version" },
        { field: "deepscan.model.active", title: "Active" },
        { field: "deepscan.model.to", title: "Trained to" },
        { field: "deepscan.model.records", title: "Records" },
        { field: "deepscan.model.windows", title: "Windows" },
        { field: "deepscan.model.templates", title: "Templates" },
      ],
    },
  ],
};
