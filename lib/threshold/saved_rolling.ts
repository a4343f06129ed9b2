/**
 * A rolling calibration as plain data.
 *
 * @module
 */
import type { BudgetLine } from "./budget_line.ts";
import type { SavedRing } from "./score_ring.ts";

/** As it is saved: plain JSON data. */
export interface SavedRolling extends SavedRing {
  version: 1;
  /** `null` = no line. */
  value: number | null;
  level: number | null;
  by: BudgetLine["by"];
  /** Scores added since the start; when the last alert began and last fired, -1 = none. */
  seen: number;
  began: number;
  fired: number;
}

/** What is saved. */
export interface RollingParts {
  ring: SavedRing;
  line: BudgetLine;
  seen: number;
  began: number;
  fired: number;
}

/**
 * Plain data of a rolling calibration.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { loadRolling, saveRolling } from "./saved_rolling.ts";
 *
 * const line = { value: Infinity, level: Infinity, by: "none" } as const;
 * const parts = { ring: { scores: "", origins: "" }, line, seen: 0, began: -1, fired: -1 };
 * assert.deepEqual(loadRolling(JSON.parse(JSON.stringify(saveRolling(parts)))), parts);
 * ```
 */
export function saveRolling(
  { ring, line: { value, level, by }, seen, began, fired }: RollingParts,
): SavedRolling {
  const finite = (line: number) => line === Infinity ? null : line;
  return { version: 1, ...ring, value: finite(value), level: finite(level), by, seen, began, fired };
}

/**
 * Its parts again.
 *
 * @throws {TypeError} if it is not what {@linkcode saveRolling} gives.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { loadRolling } from "./saved_rolling.ts";
 *
 * assert.throws(() => loadRolling({ version: 2 }), TypeError);
 * ```
 */
export function loadRolling(saved: unknown): RollingParts {
  const refuse = (what: string) => new TypeError(`Cannot restore a calibration: ${what}`);
  if (typeof saved !== "object" || saved === null) throw refuse(`${saved} is no object`);
  const { version, scores, origins, value, level, by, seen, began, fired } = saved as SavedRolling;
  if (version !== 1) throw refuse(`its version is ${version}`);
  for (const [name, line] of [["value", value], ["level", level]] as const) {
    if (line !== null && !Number.isFinite(line)) throw refuse(`its ${name} is ${line}`);
  }
  if (!["counted", "tail", "least", "none"].includes(by)) throw refuse(`its line is drawn by ${by}`);
  for (const [name, count] of [["seen", seen], ["began", began], ["fired", fired]] as const) {
    if (!Number.isInteger(count) || count < (name === "seen" ? 0 : -1)) throw refuse(`${name} is ${count}`);
  }
  const line = { value: value ?? Infinity, level: level ?? Infinity, by };
  return { ring: { scores, origins }, line, seen, began, fired };
}
