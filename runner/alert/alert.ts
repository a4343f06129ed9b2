/**
 * An alert: one trouble, however many windows it lasts.
 *
 * @module
 */
import type { DetectorShare, Reason, Verdict } from "../../lib/mod.ts";
import { causeId, isDefinite, leadingReason } from "./cause.ts";
import { digest } from "./digest.ts";
import { type Evidence, isEvidence, summarise } from "./evidence.ts";
import type { Severity } from "./severity.ts";

/** Version of the saved form. */
export const ALERT_VERSION = 4;

/** What can be the state of an alert; see `raise_alerts.ts`. */
export const STATUSES = ["pending", "firing", "resolved", "closed"] as const;

/** What a person is told about, once. Plain data; times are milliseconds since the epoch, `null` where lines have none. */
export interface Alert {
  version: number;
  /** Identity: {@linkcode alertId} of how it began. */
  id: string;
  stream: string;
  /** The service of its windows; for sessions that of the first one. */
  service: string;
  kind: "session" | "window";
  /** What led the window that opened it; see `causeOf` in `cause.ts`. */
  cause: string;
  /** Identity of the alert that its service's trouble began with; see `raise_alerts.ts`. */
  trouble: string;
  /** Reasons that its windows have had, by `causeId`, in the order in which they came: what is among them is no news. */
  known: string[];
  /** Name of the line of models that judged: children with a changed threshold share it. */
  lineage: string;
  /**
   * `pending` = too few windows for people to hear of it; `firing` = it goes on; `resolved` = over, unless lines come late;
   * `closed` = nothing can change it any more.
   */
  status: typeof STATUSES[number];
  /** Whether it ever was worth telling. One that was not is closed without a word. */
  fired: boolean;
  severity: Severity;
  /** Key of the window that opened it. */
  firstKey: string;
  /** Key of its worst window: the most severe one, then the one with the highest score. */
  worstKey: string;
  /** The reason that led that window, by `causeId`; it is among {@linkcode reasons}. Empty without one. */
  headline: string;
  start: number | null;
  end: number | null;
  /** Anomalous windows; 0 when later lines made all of them normal. */
  windows: number;
  /** Records in them. */
  records: number;
  /** Highest score, and what it is compared with. */
  score: number;
  threshold: number;
  /** The most telling reasons of all windows: shares averaged, counts added up. */
  reasons: Reason[];
  /** The detectors that raised it: shares averaged, most first. */
  detectors: DetectorShare[];
  /** What it takes to go on; see {@linkcode Evidence}. */
  evidence: Evidence;
}

/**
 * The identity of the alert that `verdict` opens: a hash of stream, service (or that it is a session), window key,
 * model lineage and cause, 16 hexadecimal digits. Equal input gives an equal identity, so a repeat is an update.
 */
export function alertId(verdict: Verdict, { lineage, cause }: { lineage: string; cause: string }): string {
  const place = verdict.kind === "session" ? ["session"] : ["service", verdict.service];
  const parts = [verdict.stream, ...place, verdict.key, lineage, cause];
  return digest(JSON.stringify(parts));
}

/**
 * The reason that the alert is titled by: what leads its worst window, or where that says no more than how much there was the one
 * that leads all windows together. `undefined` where none of its windows has one.
 */
export function headlineOf({ headline, reasons }: Alert): Reason | undefined {
  const own = reasons.find((reason) => causeId(reason) === headline);
  if (own !== undefined && (isDefinite(own) || own.actual === 0)) return own;
  return leadingReason(reasons, ({ level = 0 }) => level) ?? own;
}

/** Reasons that have a part in the alert that can be seen, and the one that it is titled by. */
export function shownReasons(alert: Alert): Reason[] {
  const headline = headlineOf(alert);
  return alert.reasons.filter((reason) =>
    reason === headline || reason.kind === "source" || reason.share >= 0.005
  );
}

/** What an alert shows when later lines made all its windows normal. */
const WITHOUT_WINDOWS = {
  severity: "low" as Severity,
  start: null,
  end: null,
  windows: 0,
  records: 0,
  score: 0,
  threshold: 1,
  headline: "",
  reasons: [],
  detectors: [],
};

/**
 * A new alert, as `verdict` opens it; its evidence is still empty.
 *
 * @param began Name of the line of models that judged, and what leads the window.
 */
export function newAlert(verdict: Verdict, began: { lineage: string; cause: string }): Alert {
  const id = alertId(verdict, began);
  return {
    version: ALERT_VERSION,
    id,
    trouble: id,
    stream: verdict.stream,
    service: verdict.service,
    kind: verdict.kind,
    ...began,
    known: [],
    status: "pending",
    fired: false,
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
  const { level: _level, from: _from, to: _to, worst, ...sums } = summary;
  const { key: worstKey, headline, severity } = worst;
  return { ...alert, ...sums, worstKey, headline, severity, evidence };
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
    STATUSES.some((status) => status === alert.status) && typeof alert.fired === "boolean" &&
    Array.isArray(alert.known) && isEvidence(alert.evidence);
  if (!complete) {
    throw new TypeError(`Cannot read alert: a field is missing or of the wrong type in ${alert.id}`);
  }
  return alert as Alert;
}
