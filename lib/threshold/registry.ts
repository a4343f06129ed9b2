/**
 * All threshold rules, by the names that settings use.
 *
 * @module
 */
import { meanStd } from "./mean_std.ts";
import { quantile } from "./quantile.ts";
import type { ThresholdRule } from "./threshold.ts";

/** Every rule. The contract suite runs over this list. */
export const THRESHOLD_RULES: readonly ThresholdRule[] = [quantile, meanStd];

/**
 * The rule of that name.
 *
 * @throws {RangeError} if there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { thresholdRule } from "./registry.ts";
 *
 * assert.equal(thresholdRule("quantile").name, "quantile");
 * ```
 */
export function thresholdRule(name: string): ThresholdRule {
  const found = THRESHOLD_RULES.find((rule) => rule.name === name);
  if (found) return found;
  const known = THRESHOLD_RULES.map((rule) => rule.name).join(", ");
  throw new RangeError(`Cannot find a threshold rule: ${name} is none of ${known}`);
}
