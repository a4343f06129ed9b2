/**
 * What somebody chooses above the dashboard: where the data comes from, and which streams are shown.
 *
 * @module
 */
import { DATA_SOURCES } from "./grafana_target.ts";

/** The variables of the dashboard, as Grafana holds them. */
export function grafanaVariables(): Record<string, unknown>[] {
  const labels = { logs: "Logs", findings: "Findings", metrics: "Metrics" };
  const sources = Object.entries(labels).map(([name, label]) => ({
    ...{ name, label, type: "datasource", query: DATA_SOURCES[name as keyof typeof labels].type },
    ...{ hide: 0, includeAll: false, multi: false, refresh: 1, regex: "", skipUrlSync: false },
    ...{ current: {}, options: [] },
  }));
  const query = JSON.stringify({ find: "terms", field: "deepscan.stream", query: "event.module:deepscan" });
  const stream = {
    ...{ name: "stream", label: "Stream", type: "query", datasource: DATA_SOURCES.findings },
    ...{ query, definition: query, hide: 0, includeAll: true, multi: true, refresh: 2, regex: "", sort: 1 },
    ...{ skipUrlSync: false, current: { text: ["All"], value: ["$__all"] }, options: [] },
  };
  return [...sources, stream];
}
