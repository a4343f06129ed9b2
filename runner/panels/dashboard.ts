/**
 * The dashboard: all panels, in the order of somebody who looks what is wrong.
 *
 * @module
 */
import { ALERT_PANELS, ANOMALY_PANELS, TEMPLATE_PANELS } from "./finding_panels.ts";
import { DATA_PANELS, MODEL_PANELS, RUN_PANELS } from "./health_panels.ts";
import { LOG_PANELS } from "./log_panels.ts";
import { METRIC_PANELS, NOW_PANELS } from "./metric_panels.ts";
import type { MetricPanel, SearchPanel, Section } from "./panel.ts";

/** What it is called. */
export const DASHBOARD = {
  id: "deepscan",
  title: "DeepScan",
  about: "Logs, what DeepScan found in them, and how DeepScan does.",
} as const;

/** Sections that Elasticsearch has the data of. */
export const SEARCH_SECTIONS: readonly Section<SearchPanel>[] = [
  ...[ALERT_PANELS, ANOMALY_PANELS, LOG_PANELS, TEMPLATE_PANELS],
  ...[RUN_PANELS, DATA_PANELS, MODEL_PANELS],
];

/** Sections that Prometheus has the data of. */
export const METRIC_SECTIONS: readonly Section<MetricPanel>[] = [NOW_PANELS, METRIC_PANELS];

/** All panels that Elasticsearch is asked for. */
export const SEARCH_PANELS: readonly SearchPanel[] = SEARCH_SECTIONS.flatMap(({ panels }) => panels);
