/**
 * What a panel of a dashboard shows, whoever draws it: `kibana.ts` and `grafana.ts` make their files of this one description.
 *
 * @module
 */

/** What panels are about. `runs` and `streams` are the two kinds of documents that tell how runs went. */
export type SourceName =
  | "logs"
  | "alerts"
  | "incidents"
  | "verdicts"
  | "templates"
  | "models"
  | "runs"
  | "streams";

/** What documents must be, beside what their source asks for. */
export type Condition =
  /** A field has this value, or one of these. */
  | { field: string; is: string | boolean | readonly string[] }
  /** A field is there at all. */
  | { field: string; exists: true };

/** A figure of the documents that fall together. */
export type Measure =
  | { kind: "count"; title: string }
  | { kind: "max" | "sum" | "avg"; field: string; title: string };

/** What figures are in. Elasticsearch keeps lengths of events in nanoseconds. */
export type Unit = "count" | "ratio" | "share" | "seconds" | "nanoseconds" | "bytes";

/** What all panels have. */
interface PanelBase {
  /** What it is called within its dashboard: of small letters, digits and dashes. */
  id: string;
  title: string;
  /** What it says and what it is good for, in a sentence. */
  about: string;
  /** Columns of the 24 that a dashboard has. */
  width: 6 | 8 | 12 | 16 | 24;
}

/** What all panels over documents have. */
interface DocumentPanel extends PanelBase {
  of: SourceName;
  where?: readonly Condition[];
}

/** Figures over time: one, several, or one by the values of a field. */
export interface TimePanel extends DocumentPanel {
  view: "bars" | "lines";
  measures: readonly [Measure, ...Measure[]];
  /** A field whose values are the series; only with a single measure. */
  by?: string;
  unit: Unit;
  /** Length of the steps; default: so that it fits the time that is shown. */
  step?: "day";
}

/** The values of a field that come to most. */
export interface RankingPanel extends DocumentPanel {
  view: "ranking";
  measure: Measure;
  by: string;
  unit: Unit;
  /** Whether the time that is shown does not matter. */
  always?: boolean;
}

/** Documents, the newest first. */
export interface TablePanel extends DocumentPanel {
  view: "table";
  columns: readonly { field: string; title: string }[];
  /** Whether the time that is shown does not matter. */
  always?: boolean;
}

/** Metrics that Prometheus collects; Grafana only. */
export interface MetricPanel extends PanelBase {
  view: "metrics";
  shows: "bars" | "lines" | "figures";
  queries: readonly { query: string; legend: string }[];
  unit: Unit;
}

/** A panel that Elasticsearch is asked for. */
export type SearchPanel = TimePanel | RankingPanel | TablePanel;

/** Any panel. */
export type Panel = SearchPanel | MetricPanel;

/** Panels under one heading. */
export interface Section<P extends Panel = Panel> {
  title: string;
  panels: readonly P[];
}

/** Values of a panel's field that a ranking, or series over time, shows at the most. */
export const MOST_VALUES = 12;

/** Every field that a panel reads, beside those that its source asks for. */
export function fieldsOf(panel: SearchPanel): string[] {
  const measured = (measures: readonly Measure[]) =>
    measures.flatMap((measure) => measure.kind === "count" ? [] : [measure.field]);
  const asked = (panel.where ?? []).map(({ field }) => field);
  if (panel.view === "table") return [...asked, ...panel.columns.map(({ field }) => field)];
  if (panel.view === "ranking") return [...asked, panel.by, ...measured([panel.measure])];
  return [...asked, ...panel.by === undefined ? [] : [panel.by], ...measured(panel.measures)];
}
