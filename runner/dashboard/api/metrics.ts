/**
 * Figures for Prometheus.
 *
 * @module
 */
import { expositionOf, type MetricFamily } from "../../health/exposition.ts";
import { metricFamilies } from "../../health/metrics.ts";
import { processFigures } from "../../health/process_figures.ts";
import type { Site } from "../site.ts";

/** All that is known of DeepScan, as `watch` answers it, and what only the process knows that serves the pages. */
export function metricsText(site: Site): string {
  const { source } = site, now = source.now(), process = processFigures(now, source.path);
  return expositionOf([...metricFamilies(source.health, { now, process }), ...ownFamilies(site)]);
}

function ownFamilies(site: Site): MetricFamily[] {
  const { clients, requests } = site.process();
  return [
    {
      name: "deepscan_dashboard_requests_total",
      type: "counter",
      help: "Requests that the dashboard has answered",
      samples: [{ value: requests }],
    },
    {
      name: "deepscan_dashboard_listening_pages",
      type: "gauge",
      help: "Pages that are told of changes",
      samples: [{ value: clients }],
    },
  ];
}
