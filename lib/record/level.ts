/**
 * Classes of severity: what is counted, charted and compared, where 24 numbers would be too many.
 *
 * @module
 */

/** Severity classes, the calm ones first: the order in which they are numbered, stacked and listed. */
export const LEVELS = ["none", "debug", "info", "warn", "error", "fatal"] as const;

/** A severity class. */
export type Level = typeof LEVELS[number];

/**
 * Place of the class in {@linkcode LEVELS} by OpenTelemetry `SeverityNumber`: 0 none, 1–8 debug, 9–12 info, 13–16 warn,
 * 17–20 error, 21–24 fatal; none for what is no `SeverityNumber`.
 */
export const LEVEL_CLASS: Readonly<Uint8Array> = Uint8Array.from({ length: 256 }, (_, severity) => {
  if (severity === 0 || severity > 24) return 0;
  return severity <= 8 ? 1 : Math.ceil(severity / 4) - 1;
});

/**
 * The class of a severity.
 *
 * @param severity OpenTelemetry `SeverityNumber`, 0–24.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { levelOfSeverity } from "./level.ts";
 *
 * assert.equal(levelOfSeverity(17), "error");
 * ```
 */
export function levelOfSeverity(severity: number): Level {
  return LEVELS[LEVEL_CLASS[severity] ?? 0];
}

/** What OpenTelemetry calls DEBUG, INFO, WARN, ERROR and FATAL. */
const SEVERITY: Record<Level, number> = { none: 0, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 };

/**
 * The OpenTelemetry `SeverityNumber` of a class; 0 for what is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { severityOfLevel } from "./level.ts";
 *
 * assert.deepEqual(["warn", "banana"].map(severityOfLevel), [13, 0]);
 * ```
 */
export function severityOfLevel(level: string): number {
  return Object.hasOwn(SEVERITY, level) ? SEVERITY[level as Level] : 0;
}
