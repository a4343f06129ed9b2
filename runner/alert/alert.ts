/**
 * An alert: one trouble, however many windows it lasts.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Reason, Verdict } from "../../lib/mod.ts";
import { type Evidence, isEvidence, summarise } from "./evidence.ts";
import { type Severity, severityOf } from "./severity.ts";

/** Version of the saved form. */
export const ALERT_VERSION = 1;

/** What a person is told about, once. Plain data; times are milliseconds since the epoch, `null` where lines have none. */
export interface Alert {
  version: number;
  /** Identity: {@linkcode alertId} of how it began. */
  id: string;
  stream: string;
  /** The service of its windows; for sessions that of the first one. */
  service: string;
  kind: "session" | "window";
  /** What its windows have in common beside stream and service; see {@linkcode causeOf}. */
  cause: string;
  /** Name of the line of models that judged: children with a changed threshold share it. */
  lineage: string;
  /** `closed` = nothing can change it any more. */
  status: "firing" | "closed";
  severity: Severity;
  /** Key of the window that opened it. */
  firstKey: string;
  /** Key of the window with the highest score. */
  worstKey: string;
  start: number | null;
  end: number | null;
  /** Anomalous windows; 0 when later lines made all of them normal. */
  windows: number;
  /** Records in them. */
  lines: number;
  /** Highest score, and what it is compared with. */
  score: number;
  threshold: number;
  /** The most telling reasons of all windows: shares averaged, counts added up. */
  reasons: Reason[];
  /** What it takes to go on; see {@linkcode Evidence}. */
  evidence: Evidence;
}

/**
 * What makes two anomalous sessions the same trouble: their leading reason. Windows of a service that follow each other
 * are one trouble, whatever leads them.
 */
export function causeOf(verdict: Verdict): string {
  if (verdict.kind === "window") return "window";
  const [leading] = verdict.reasons;
  return leading === undefined ? "unknown" : `${leading.kind}:${leading.id}`;
}

/**
 * The identity of the alert that `verdict` opens: a hash of stream, service (or that it is a session), window key,
 * model lineage and cause, 16 hexadecimal digits. Equal input gives an equal identity, so a repeat is an update.
 */
export function alertId(verdict: Verdict, lineage: string): string {
  const place = verdict.kind === "session" ? ["session"] : ["service", verdict.service];
  const parts = [verdict.stream, ...place, verdict.key, lineage, causeOf(verdict)];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

/** What an alert shows when later lines made all its windows normal. */
const WITHOUT_WINDOWS = {
  severity: "low" as Severity,
  start: null,
  end: null,
  windows: 0,
  lines: 0,
  score: 0,
  threshold: 1,
  reasons: [],
};

/**
 * A new alert, as `verdict` opens it; its evidence is still empty.
 *
 * @param lineage Name of the line of models that judged.
 */
export function newAlert(verdict: Verdict, lineage: string): Alert {
  return {
    version: ALERT_VERSION,
    id: alertId(verdict, lineage),
    stream: verdict.stream,
    service: verdict.service,
    kind: verdict.kind,
    cause: causeOf(verdict),
    lineage,
    status: "firing",
    firstKey: verdict.key,
    worstKey: verdict.key,
    ...WITHOUT_WINDOWS,
    evidence: { settled: null, members: [] },
  };
}

/** `alert` with new evidence, and everything that follows from it. */
export function withEvidence(alert: Alert, evidence: Evidence): Alert {
  const summary = summarise(alert.kind, evidence);
  if (summary === null) return { ...alert, ...WITHOUT_WINDOWS, worstKey: alert.firstKey, evidence };
  const { level, from: _from, to: _to, ...shown } = summary;
  return { ...alert, ...shown, evidence, severity: severityOf(summary.score / summary.threshold, level) };
}

/**
 * The alert in a stored body, as `JSON.stringify` wrote it.
 *
 * @throws {TypeError} if it is not an alert of this version.
 */
export function parseAlert(body: string): Alert {
  const alert = JSON.parse(body) as Partial<Alert>;
  if (alert.version !== ALERT_VERSION) {
    throw new TypeError(`Cannot read alert: expected version ${ALERT_VERSION}, got ${alert.version}`);
  }
  const complete = typeof alert.id === "string" && typeof alert.stream === "string" &&
    (alert.status === "firing" || alert.status === "closed") && isEvidence(alert.evidence);
  if (!complete) {
    throw new TypeError(`Cannot read alert: a field is missing or of the wrong type in ${alert.id}`);
  }
  return alert as Alert;
}
