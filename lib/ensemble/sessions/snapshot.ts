/**
 * Reading a saved ensemble for sessions.
 *
 * @module
 */
import type { RatedRule } from "./calibration.ts";
import type { Condition } from "./rules.ts";
import { fields, isNumber, isNumbers, isTexts, type SavedMemory } from "./saved.ts";
import type { TailState } from "./tail.ts";

/** The fields of a snapshot; what is known and remembered checks itself where it is restored. */
export interface SessionSnapshot {
  kind: string;
  version: number;
  budget: number;
  adapts: boolean;
  notes: string[];
  rules: RatedRule[];
  tails: TailState[];
  /** Names of other detectors. */
  scorers: string[];
  known: unknown;
  begin: SavedMemory;
}

/**
 * The fields of a snapshot, checked.
 *
 * @param snapshot As it was read, of any shape.
 * @param written What is written: kind, version and the names of other detectors.
 * @throws {TypeError} if the kind or version is another, or a field is missing or of the wrong type.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readSessionSnapshot } from "./snapshot.ts";
 *
 * const written = { kind: "sessions", version: 2, scorers: [] };
 * assert.throws(
 *   () => readSessionSnapshot({ ...written, budget: "much" }, written),
 *   /^TypeError: Cannot restore sessions: the field budget is not what was saved$/,
 * );
 * ```
 */
export function readSessionSnapshot(
  snapshot: unknown,
  { kind, version, scorers }: Pick<SessionSnapshot, "kind" | "version" | "scorers">,
): SessionSnapshot {
  return fields<SessionSnapshot>(snapshot, {
    kind: (value) => value === kind,
    version: (value) => value === version,
    budget: isNumber,
    adapts: isTruth,
    notes: isTexts,
    rules: (value) => Array.isArray(value) && value.length > 0 && value.every(isRule),
    tails: (value) => Array.isArray(value) && value.every(isTail),
    scorers: (value) => JSON.stringify(value) === JSON.stringify(scorers),
    known: isObject,
    begin: isObject,
  });
}

const isTruth = (value: unknown): value is boolean => typeof value === "boolean";
const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;
const isAbsentOr = (value: unknown, check: (value: unknown) => boolean) =>
  value === undefined || check(value);

function isRule(value: unknown): boolean {
  const { name, conditions, frail, rate, recall, forgiven } = (value ?? {}) as RatedRule;
  return typeof name === "string" && isTruth(frail) && [rate, recall, forgiven].every(isNumber) &&
    Array.isArray(conditions) && conditions.length > 0 && conditions.every(isCondition);
}

function isCondition(value: unknown): boolean {
  const { kind, level, joined, unseen } = (value ?? {}) as Condition;
  return Number.isInteger(kind) && isNumber(level) && isAbsentOr(joined, isNumber) &&
    isAbsentOr(unseen, isTruth);
}

function isTail(value: unknown): boolean {
  const { values, reaching, total, scale } = (value ?? {}) as TailState;
  return isNumbers(values) && isNumbers(reaching) && values.length > 0 && values.length === reaching.length &&
    isNumber(total) && isNumber(scale);
}
