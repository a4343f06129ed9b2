/**
 * How the alert budget is divided among the detectors of a service's windows.
 *
 * @module
 */
import type { SeriesDetectorKind } from "../../detector/series/series_detector.ts";
import { splitBudget } from "../../threshold/split_budget.ts";

/** Parts of the budget; those of detectors that a service has no facts for go to the others. */
const SHARES: Readonly<Record<string, number>> = {
  "record": 0.2,
  "low": 0.15,
  "cusum": 0.15,
  "order": 0.1,
  "total": 0.1,
  "heartbeat": 0.1,
  "vanished": 0.05,
  "rare": 0.05,
  "numeric": 0.1,
  "new-value": 0.05,
  "new-template": 0.3,
  "new-error": 0.1,
};
/**
 * What the parts sum to, in budgets: many an alert is raised by several detectors at once, and alerts near each other are one
 * incident.
 */
const OVERLAP = 1.5;
/** The part of a detector that is not named above. */
const OTHER_SHARE = 0.05;

/**
 * Alerts a day of each kind.
 *
 * @param alertsPerDay The whole budget.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { heartbeat } from "../../detector/series/heartbeat.ts";
 * import { record } from "../../detector/series/record.ts";
 * import { budgets } from "./shares.ts";
 *
 * assert.ok(Math.abs(budgets([record, heartbeat], 3).record - 3) < 1e-9);
 * ```
 */
export function budgets(kinds: readonly SeriesDetectorKind[], alertsPerDay: number): Record<string, number> {
  const shares = kinds.map(({ name }) => [name, SHARES[name] ?? OTHER_SHARE] as const);
  const overlap = kinds.length > 1 ? OVERLAP : 1;
  return splitBudget(overlap * alertsPerDay, Object.fromEntries(shares));
}
