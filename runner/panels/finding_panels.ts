/**
 * Panels about what DeepScan has found.
 *
 * @module
 */
import type { Condition, SearchPanel, Section } from "./panel.ts";

/** Windows that are anomalous, and still are windows. */
const ANOMALOUS: Condition[] = [
  { field: "deepscan.verdict.anomalous", is: true },
  { field: "deepscan.verdict.withdrawn", is: false },
];
/** Templates that training had not seen. */
const NEW: Condition[] = [{ field: "deepscan.template.first_seen", exists: true }];
const WINDOWS = [{ kind: "count", title: "anomalous windows" }] as const;

/** Incidents and alerts: what somebody should look at. */
export const ALERT_PANELS: Section<SearchPanel> = {
  title: "Incidents and alerts",
  panels: [
    {
      ...{ id: "open-incidents", title: "Open incidents", view: "table", of: "incidents", width: 24 },
      about: "Incidents that go on, whenever they began.",
      always: true,
      where: [{ field: "deepscan.incident.status", is: "open" }],
      columns: [
        { field: "event.start", title: "Since" },
        { field: "deepscan.incident.severity", title: "Severity" },
        { field: "message", title: "Incident" },
        { field: "service.name", title: "Services" },
        { field: "deepscan.incident.alert_count", title: "Alerts" },
        { field: "deepscan.incident.records", title: "Records" },
      ],
    },
    {
      ...{ id: "alerts-by-severity", title: "Alerts by severity", view: "bars", of: "alerts", unit: "count" },
      ...{ width: 12, by: "deepscan.alert.severity" },
      about: "Alerts by when what they are about began.",
      measures: [{ kind: "count", title: "alerts" }],
    },
    {
      ...{ id: "alert-errors", title: "Error types of alerts", view: "ranking", of: "alerts", unit: "count" },
      ...{ width: 12, by: "deepscan.headline.title" },
      about: "What alerts about errors say first: their message types, by how many alerts they have caused.",
      where: [{ field: "event.type", is: "error" }],
      measure: { kind: "count", title: "alerts" },
    },
    {
      ...{ id: "latest-alerts", title: "Alerts", view: "table", of: "alerts", width: 24 },
      about: "Alerts, those about the latest events first.",
      columns: [
        { field: "deepscan.alert.severity", title: "Severity" },
        { field: "deepscan.alert.status", title: "Status" },
        { field: "message", title: "Alert" },
        { field: "service.name", title: "Service" },
        { field: "deepscan.headline.title", title: "First reason" },
        { field: "deepscan.alert.ratio", title: "Score / threshold" },
      ],
    },
  ],
};

/** Windows and their scores. */
export const ANOMALY_PANELS: Section<SearchPanel> = {
  title: "Anomalies",
  panels: [
    {
      ...{ id: "anomalies", title: "Anomalous windows", view: "bars", of: "verdicts", unit: "count" },
      ...{ width: 12, by: "deepscan.stream" },
      about: "How often windows are anomalous, by stream.",
      where: ANOMALOUS,
      measures: WINDOWS,
    },
    {
      ...{ id: "anomalies-a-day", title: "Anomalous windows a day", view: "bars", of: "verdicts" },
      ...{ unit: "count", width: 12, by: "deepscan.stream", step: "day" },
      about: "The same by day.",
      where: ANOMALOUS,
      measures: WINDOWS,
    },
    {
      ...{ id: "scores", title: "Highest scores", view: "lines", of: "verdicts", unit: "ratio", width: 12 },
      about:
        "Score of the worst window over its threshold, by stream: above 1 a window is anomalous. Normal windows are here only with `verdicts: all`.",
      where: [{ field: "deepscan.verdict.withdrawn", is: false }],
      measures: [{ kind: "max", field: "deepscan.verdict.ratio", title: "score / threshold" }],
      by: "deepscan.stream",
    },
    {
      ...{ id: "detectors", title: "Detectors", view: "ranking", of: "verdicts", unit: "count", width: 12 },
      about: "Detectors that gave reasons, by anomalous windows.",
      where: ANOMALOUS,
      measure: WINDOWS[0],
      by: "deepscan.reasons.detector",
    },
  ],
};

/** Kinds of messages. */
export const TEMPLATE_PANELS: Section<SearchPanel> = {
  title: "Message types",
  panels: [
    {
      ...{ id: "new-templates", title: "New message types", view: "bars", of: "templates", unit: "count" },
      ...{ width: 12, by: "deepscan.stream" },
      about: "Templates that training had not seen, by when they were first seen.",
      where: NEW,
      measures: [{ kind: "count", title: "new templates" }],
    },
    {
      ...{ id: "error-templates", title: "Error types", view: "ranking", of: "templates", unit: "count" },
      ...{ width: 12, by: "deepscan.template.text.keyword", always: true },
      about: "Templates of level error and fatal, by how many records they have had, whenever.",
      where: [{ field: "deepscan.template.level", is: ["error", "fatal"] }],
      measure: { kind: "sum", field: "deepscan.template.count", title: "records" },
    },
    {
      ...{ id: "latest-templates", title: "Latest new message types", view: "table", of: "templates" },
      ...{ width: 24 },
      about: "Templates that training had not seen.",
      where: NEW,
      columns: [
        { field: "deepscan.stream", title: "Stream" },
        { field: "deepscan.template.level", title: "Level" },
        { field: "deepscan.template.text", title: "Template" },
        { field: "deepscan.template.count", title: "Records" },
      ],
    },
  ],
};
