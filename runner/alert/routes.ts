/**
 * Who is told of an alert.
 *
 * @module
 */
import { type Matcher, matches, type Subject } from "./matcher.ts";

/** The receiver that has no name: the channels of everybody. As a route calls it. */
export const EVERYBODY = "channels";

/** Which alerts go to whom. */
export interface Route {
  about: Matcher;
  /** Names of receivers. */
  to: readonly string[];
  /** Whether later routes are looked at as well. */
  continue: boolean;
}

/**
 * Receivers of an alert: those of the first route that is about it, and of those behind that as long as they say `continue`. Without
 * routes all there are; where none is about it, everybody, and where nobody has channels for everybody, all there are.
 *
 * @param names All receivers that have channels.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { raiseAlerts } from "./raise_alerts.ts";
 * import { receiversOf } from "./routes.ts";
 *
 * const verdict = { stream: "shop", key: "db@a", kind: "window" as const, service: "db", start: 0, end: 300_000,
 *   lines: 9, score: 4, threshold: 1, anomalous: true, reasons: [] };
 * const context = { lineage: "m1", window: 300_000, retention: 0, watermark: 0 };
 * const [alert] = raiseAlerts([verdict], [], context).opened, subject = { alert, incident: alert.id };
 * const names = ["channels", "ann", "bob"], route = { about: { service: "db" }, to: ["ann"], continue: false };
 * assert.deepEqual(receiversOf(subject, [route], names), ["ann"]);
 * assert.deepEqual(receiversOf(subject, [{ ...route, about: { service: "web" } }], names), ["channels"]);
 * assert.deepEqual(receiversOf(subject, [], names), names);
 * ```
 */
export function receiversOf(subject: Subject, routes: readonly Route[], names: readonly string[]): string[] {
  if (routes.length === 0) return [...names];
  const found = new Set<string>();
  for (const { about, to, continue: goesOn } of routes) {
    if (!matches(about, subject, "least")) continue;
    for (const name of to) if (names.includes(name)) found.add(name);
    if (!goesOn) break;
  }
  if (found.size > 0) return [...found];
  return names.includes(EVERYBODY) ? [EVERYBODY] : [...names];
}
