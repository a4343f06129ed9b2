/**
 * What Grafana asks Elasticsearch and Prometheus for a panel.
 *
 * @see Grafana's `QueryBuilder.ts` and `data_query.go` of the Elasticsearch data source.
 *
 * @module
 */
import { luceneOf } from "./conditions.ts";
import { type Measure, type MetricPanel, MOST_VALUES, type SearchPanel, type TablePanel } from "./panel.ts";
import { type Source, TIME } from "./sources.ts";

/** A data source, chosen by a variable of the dashboard. */
export interface DataSource {
  type: "elasticsearch" | "prometheus";
  uid: string;
}

/** The data sources of the dashboard. */
export const DATA_SOURCES = {
  logs: { type: "elasticsearch", uid: "${logs}" },
  findings: { type: "elasticsearch", uid: "${findings}" },
  metrics: { type: "prometheus", uid: "${metrics}" },
} as const satisfies Record<string, DataSource>;

/** A query to Elasticsearch, as dashboards hold it. */
export interface SearchTarget {
  refId: string;
  datasource: DataSource;
  query: string;
  alias: string;
  timeField: string;
  metrics: { id: string; type: string; field?: string; settings?: Record<string, string> }[];
  bucketAggs: { id: string; type: string; field: string; settings: Record<string, string> }[];
}

/** Shortest step of metrics over time: long enough that a counter is collected several times in it. */
const LEAST_STEP = "5m";
/** Documents of a table. */
const ROWS = "100";

/** Where the documents of a panel come from. */
export function dataSourceOf({ of }: SearchPanel): DataSource {
  return of === "logs" ? DATA_SOURCES.logs : DATA_SOURCES.findings;
}

/** The queries of a panel: one for each measure, so that each has its name. */
export function searchTargets(panel: SearchPanel, source: Source): SearchTarget[] {
  if (panel.view === "table") return [tableTarget(panel, source)];
  const measures = panel.view === "ranking" ? [panel.measure] : panel.measures;
  return measures.map((measure, i) => ({
    ...commonOf(panel, source, i),
    alias: panel.by === undefined ? measure.title : "",
    metrics: [metricOf(measure)],
    bucketAggs: bucketsOf(panel),
  }));
}

function tableTarget(panel: TablePanel, source: Source): SearchTarget {
  const metrics = [{ id: "1", type: "raw_data", settings: { size: ROWS } }];
  return { ...commonOf(panel, source, 0), alias: "", metrics, bucketAggs: [] };
}

function commonOf(panel: SearchPanel, source: Source, index: number) {
  const chosen = source.hasStream ? " AND deepscan.stream:$stream" : "";
  return {
    ...{ refId: String.fromCharCode(65 + index), datasource: dataSourceOf(panel), timeField: TIME },
    query: luceneOf(panel, source) + chosen,
  };
}

function metricOf(measure: Measure): SearchTarget["metrics"][number] {
  return measure.kind === "count"
    ? { id: "1", type: "count" }
    : { id: "1", type: measure.kind, field: measure.field };
}

function bucketsOf(panel: Exclude<SearchPanel, TablePanel>): SearchTarget["bucketAggs"] {
  const isMeasured = panel.view === "ranking" && panel.measure.kind !== "count";
  const by = panel.by === undefined ? [] : [{
    ...{ id: "2", type: "terms", field: panel.by },
    settings: {
      ...{ size: `${MOST_VALUES}`, min_doc_count: "1", order: "desc" },
      orderBy: isMeasured ? "1" : "_count",
    },
  }];
  if (panel.view === "ranking") return by;
  const interval = panel.step === "day" ? "1d" : "auto";
  const settings = { interval, min_doc_count: panel.view === "bars" ? "0" : "1", trimEdges: "0" };
  return [...by, { id: "3", type: "date_histogram", field: TIME, settings }];
}

/** The queries of a panel of metrics. */
export function metricTargets({ queries, shows }: MetricPanel) {
  return queries.map(({ query, legend }, i) => ({
    ...{ refId: String.fromCharCode(65 + i), datasource: DATA_SOURCES.metrics },
    ...{ expr: query, legendFormat: legend, editorMode: "code" },
    ...shows === "figures"
      ? { instant: true, range: false }
      : { instant: false, range: true, interval: LEAST_STEP },
  }));
}
