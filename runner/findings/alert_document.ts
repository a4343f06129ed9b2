/**
 * An alert as a document.
 *
 * @module
 */
import { type Alert, headlineOf, shownReasons } from "../alert/alert.ts";
import { titleOf } from "../alert/message.ts";
import { common, documentId, type FindingDocument, lasting, nameText, severityNumber } from "./document.ts";
import { evidenceFields, reasonFields, threatFields } from "./reasons.ts";

/** OpenTelemetry `SeverityNumber` of an error. */
const ERROR = 17;

/** What a document says beside its alert. */
export interface AlertPlace {
  /** What this DeepScan is called. */
  name: string;
  /** `@timestamp` where the alert has no times, ms since the epoch. */
  time: number;
  /** Identity of the incident that it belongs to; `null` = of none, for it was withdrawn. */
  incident: string | null;
}

/** The state of an alert: `withdrawn` = later lines made all its windows normal. */
export function alertStatus({ status, windows }: Pick<Alert, "status" | "windows">): string {
  return windows === 0 ? "withdrawn" : status;
}

/**
 * The document of an alert: `event.kind: alert`, with what it is about and why.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { raiseAlerts } from "../alert/raise_alerts.ts";
 * import { alertDocument } from "./alert_document.ts";
 *
 * const verdict = { stream: "shop", key: "shop@a", kind: "window" as const, service: "shop", start: 0, end: 300_000,
 *   lines: 9, score: 4, threshold: 1, anomalous: true, reasons: [] };
 * const context = { lineage: "m1", window: 300_000, retention: 0, watermark: 0 };
 * const [alert] = raiseAlerts([verdict], [], context).opened;
 * const document = alertDocument(alert, { name: "deepscan", time: 0, incident: alert.id });
 * assert.equal(document.message, "[medium] shop: anomalous since 1970-01-01 00:00 UTC");
 * ```
 */
export function alertDocument(alert: Alert, { name, time, incident }: AlertPlace): FindingDocument {
  const { start, severity, reasons, detectors, stream, service } = alert;
  const headline = headlineOf(alert),
    shown = shownReasons(alert),
    base = common("alerts", start ?? time, name);
  const isError = headline !== undefined && (headline.level ?? 0) >= ERROR;
  return {
    ...base,
    event: {
      ...base.event,
      ...{ kind: "alert", category: categoriesOf(alert), type: [isError ? "error" : "info"] },
      ...{ id: documentId(name, "alerts", alert.id), severity: severityNumber(severity), ...lasting(alert) },
    },
    message: titleOf(alert),
    service: { name: nameText(service) },
    threat: threatFields(reasons),
    deepscan: {
      stream,
      alert: alertFields(alert),
      incident: incident === null ? undefined : { id: incident },
      headline: headline === undefined ? undefined : reasonFields(headline),
      ...evidenceFields(shown, detectors),
    },
  };
}

function alertFields(alert: Alert) {
  const { id, severity, cause, trouble, lineage, kind, windows, records, score, threshold } = alert;
  return {
    ...{ id, status: alertStatus(alert), severity, cause: nameText(cause), trouble, lineage, kind },
    ...{ windows, records, score, threshold, ratio: score / threshold },
    ...{ first_key: nameText(alert.firstKey), worst_key: nameText(alert.worstKey) },
  };
}

/** What an alert is about, in the words of the Elastic Common Schema. */
function categoriesOf(alert: Alert): string[] {
  const own = alert.kind === "session" ? "session" : "host";
  return alert.reasons.some(({ kind }) => kind === "source") ? ["intrusion_detection", own] : [own];
}
