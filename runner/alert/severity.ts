/**
 * How urgent an alert is.
 *
 * @module
 */
import type { Reason } from "../../lib/mod.ts";
import { SEVERITIES } from "../config/alert_names.ts";

/** One of {@linkcode SEVERITIES}. */
export type Severity = typeof SEVERITIES[number];

/** OpenTelemetry `SeverityNumber` from which a level counts. */
const ERROR = 17, FATAL = 21;

/**
 * Severity from how far the score is above its threshold and from the worst level among the leading templates.
 *
 * One step up each for: a score of 3 thresholds, of 10 thresholds, an error, a fatal error.
 *
 * @param ratio Score divided by threshold; above 1.
 * @param level OpenTelemetry `SeverityNumber`, 0–24.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { severityOf } from "./severity.ts";
 *
 * assert(severityOf(1.2, 9) === "low");
 * assert(severityOf(12, 17) === "critical");
 * ```
 */
export function severityOf(ratio: number, level: number): Severity {
  const steps = Number(ratio >= 3) + Number(ratio >= 10) + Number(level >= ERROR) + Number(level >= FATAL);
  return SEVERITIES[Math.min(steps, SEVERITIES.length - 1)];
}

/** What {@linkcode windowSeverity} must know of a window. */
export interface WindowSeverity {
  score: number;
  threshold: number;
  /** Worst level among its reasons, OpenTelemetry `SeverityNumber`. */
  level: number;
  /** The highest of its threats; `null` without one. */
  threat: Severity | null;
  /** Whether threats alone are what it is about. */
  isThreat: boolean;
}

/**
 * How urgent a window is: at least as its threats are. Where it is about them alone, they say it, with the level of what was
 * logged: much knocking at a door is no worse than the one knock that opens it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { windowSeverity } from "./severity.ts";
 *
 * const guessing = { score: 12, threshold: 1, level: 9, threat: "low" as const, isThreat: true };
 * assert.equal(windowSeverity(guessing), "low");
 * assert.equal(windowSeverity({ ...guessing, isThreat: false }), "high");
 * assert.equal(windowSeverity({ ...guessing, threat: "critical" }), "critical");
 * ```
 */
export function windowSeverity({ score, threshold, level, threat, isThreat }: WindowSeverity): Severity {
  const own = severityOf(isThreat ? 1 : score / threshold, level);
  return threat !== null && compareSeverity(threat, own) > 0 ? threat : own;
}

/** The highest severity among threats; `null` where no reason is one. */
export function threatSeverity(reasons: readonly Reason[]): Severity | null {
  return reasons.reduce<Severity | null>(
    (most, { severity = null }) =>
      severity !== null && (most === null || compareSeverity(severity, most) > 0) ? severity : most,
    null,
  );
}

/** What makes one alert more important than another. */
export interface Important {
  readonly id: string;
  readonly severity: Severity;
  readonly score: number;
  readonly threshold: number;
}

/** The one order of importance: most severe first, then what is farthest above its threshold; the identity decides the rest. */
export function compareAlerts(a: Important, b: Important): number {
  return compareSeverity(b.severity, a.severity) || b.score / b.threshold - a.score / a.threshold ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Above 0 where `a` is the more severe one, below 0 where `b` is. */
export function compareSeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}

const LEVEL_NUMBERS: Record<string, number> = { debug: 5, info: 9, warn: 13, error: ERROR, fatal: FATAL };

/** The level that a reason about levels names, as `SeverityNumber`; 0 for every other reason. */
export function levelOfReason(reason: Reason): number {
  return reason.kind === "level" ? LEVEL_NUMBERS[reason.id] ?? 0 : 0;
}
