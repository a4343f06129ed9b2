/**
 * Alerts by what people call them: an identity, or the beginning of one.
 *
 * @module
 */

/**
 * The alerts that a name may mean: the one of this identity, else all whose identities begin so; none for an empty name.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { alertsNamed } from "./named_alerts.ts";
 *
 * const alerts = ["a1", "a12", "b2"].map((id) => ({ id }));
 * assert.deepEqual(alertsNamed("a1", alerts), [{ id: "a1" }]);
 * assert.deepEqual(alertsNamed("a", alerts), [{ id: "a1" }, { id: "a12" }]);
 * assert.deepEqual(alertsNamed("", alerts), []);
 * ```
 */
export function alertsNamed<Alert extends { id: string }>(name: string, alerts: readonly Alert[]): Alert[] {
  const exact = alerts.find(({ id }) => id === name);
  if (exact !== undefined) return [exact];
  return name === "" ? [] : alerts.filter(({ id }) => id.startsWith(name));
}
