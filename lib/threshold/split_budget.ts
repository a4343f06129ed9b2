/**
 * One alert budget for several channels.
 *
 * @module
 */

/**
 * Divides a budget among channels in proportion to their shares.
 *
 * @param total Alerts a day, not negative.
 * @param shares By channel, not negative; they need not sum to 1.
 * @returns Alerts a day by channel, in the same order; they sum to `total`.
 * @throws {RangeError} if the total or a share is negative or not finite, or no share is above 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { splitBudget } from "./split_budget.ts";
 *
 * assert.deepEqual(splitBudget(1, { record: 3, low: 1 }), { record: .75, low: .25 });
 * ```
 */
export function splitBudget<Name extends string>(
  total: number,
  shares: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const entries = Object.entries<number>(shares);
  for (const [name, value] of [["the budget", total] as const, ...entries]) {
    if (!(value >= 0 && value < Infinity)) {
      throw new RangeError(`Cannot divide a budget: ${name} is ${value}`);
    }
  }
  const sum = entries.reduce((sum, [, share]) => sum + share, 0);
  if (sum === 0) throw new RangeError("Cannot divide a budget: no share is above 0");
  return Object.fromEntries(entries.map(([name, share]) => [name, total * share / sum])) as Record<
    Name,
    number
  >;
}
