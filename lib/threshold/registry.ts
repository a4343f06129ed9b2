/**
 * All threshold rules, by the names that settings use.
 *
 * @module
 */
import { bestFBeta } from "./best_f_beta.ts";
import { budget } from "./budget.ts";
import { conformal } from "./conformal.ts";
import { mad } from "./mad.ts";
import { meanStd } from "./mean_std.ts";
import { pot } from "./pot.ts";
import { quantile } from "./quantile.ts";
import type { ThresholdRule } from "./threshold.ts";

/** The rules that settings name. */
export const THRESHOLD_RULES: readonly ThresholdRule[] = [quantile, meanStd, conformal, pot, mad];

/** Every rule. The contract suite runs over this list. */
export const ALL_THRESHOLD_RULES: readonly ThresholdRule[] = [
  budget,
  quantile,
  conformal,
  pot,
  meanStd,
  mad,
  bestFBeta,
];

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
  const found = ALL_THRESHOLD_RULES.find((rule) => rule.name === name);
  if (found) return found;
  const known = ALL_THRESHOLD_RULES.map((rule) => rule.name).join(", ");
  throw new RangeError(`Cannot find a threshold rule: ${name} is none of ${known}`);
}
