/**
 * Data of a report for tests.
 *
 * @module
 */
import { LOOK_FURTHER } from "../../../runner/alert/message.ts";
import type { Alert } from "../../../runner/alert/alert.ts";
import type { Incident } from "../../../runner/alert/incidents.ts";
import type { ReportData } from "../../../runner/report/report.ts";
import { sampleAlert, sampleReason } from "../alert/sample_alert.ts";

const DAY = Date.UTC(2026, 2, 2);

/** A chart as the chart room draws it. */
export const CHART =
  '<svg xmlns="http://www.w3.org/2000/svg" class="marks" width="9" height="9" viewBox="0 0 9 9" ' +
  'role="img" aria-label="Levels, 1 &gt; 0"><g clip-path="url(#a-0)"><path d="M0,0h9" stroke="#000"></path>' +
  "<text>onclick=1</text></g></svg>";

/** An alert that is an incident by itself. */
export function alone(alert: Alert): Incident {
  const { id, severity, start, end } = alert;
  return { id, alerts: [alert], severity, start, end };
}

/** A report with one of everything; each of the alerts is an incident by itself. */
export function sampleReport(
  { alerts, ...some }: Partial<ReportData> & { alerts?: Alert[] } = {},
): ReportData {
  const shown = alerts ?? [sampleAlert(), sampleAlert({ key: "b", reasons: [sampleReason({ share: 1 })] })];
  return {
    title: "DeepScan report",
    generatedAt: DAY + 90_000_000,
    from: DAY,
    to: DAY + 86_400_000,
    streams: [{
      ...{ name: "shop", format: "iso8601", inputs: ["a.log", "b.log"], services: 2, records: 182_044 },
      ...{ windows: 288, anomalous: 1, alerts: 1, late: 3 },
    }],
    charts: [{ caption: "Lines by level", light: CHART, dark: CHART.replace("a-0", "a-1") }],
    incidents: shown.map(alone),
    meanings: new Map(),
    program: LOOK_FURTHER,
    parseQuality: [{
      ...{ stream: "shop", format: "iso8601", records: 1000, parsed: 998 },
      problems: [{ reason: "no header", count: 2, example: "at com.shop.Checkout" }],
    }],
    models: [{
      ...{
        stream: "shop",
        version: "v1",
        trainedFrom: DAY - 86_400_000,
        trainedTo: DAY,
        windows: 288,
        templates: 61,
      },
      thresholds: [{
        ...{ detector: "autoencoder", rule: "quantile", value: 0.0182731, nominal: 0.005, realised: 0.0049 },
        ...{ windows: 58, note: "too few windows to certify .5 %" },
      }],
    }],
    notJudged: [{ stream: "db", text: "cannot judge yet: 14 more hours of history are needed" }],
    ...some,
  };
}
