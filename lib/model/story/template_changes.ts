/**
 * What came more or less often in an incident than before it.
 *
 * @module
 */
import { beyondChance } from "../../explain/chance_bound.ts";

/** Records of a template in spans of one length. */
export interface TemplateCounts {
  /** In the incident. */
  during: number;
  /** Right before it; `null` = the log doesn't reach back so far. */
  before: number | null;
  /** At the same time of the day before; likewise. */
  dayBefore: number | null;
}

/** What became of a template: `new` came without having come before, `vanished` stayed away. */
export type ChangeKind = "new" | "more" | "less" | "vanished";

/** How a template's rate differs from both before. */
export interface RateChange {
  kind: ChangeKind;
  /** Times as many as before; of both the nearer one. Infinity for `new`, 0 for `vanished`. */
  factor: number;
  /** By how much chance is ruled out, natural logarithm; see `beyondChance`. `leastBeyondChance` says how much it must be
   * where several are looked at. */
  certainty: number;
}

/**
 * Whether a template came more often than in any of the spans before, or less often than in each of them. Were nothing different,
 * each of two spans of one length would have half of the records.
 *
 * @returns `null` where it is as before, or there is nothing to compare with.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rateChange } from "./template_changes.ts";
 *
 * assert.equal(rateChange({ during: 40, before: 1, dayBefore: 2 })?.kind, "more");
 * assert.equal(rateChange({ during: 0, before: 50, dayBefore: 40 })?.kind, "vanished");
 * assert.equal(rateChange({ during: 40, before: 1, dayBefore: 45 }), null); // it is so every day
 * ```
 */
export function rateChange({ during, before, dayBefore }: TemplateCounts): RateChange | null {
  const known = [before, dayBefore].filter((count) => count !== null);
  if (known.length === 0) return null;
  const most = Math.max(...known), least = Math.min(...known);
  if (during > most) {
    const certainty = beyondChance({ share: during / (during + most), usual: 0.5, count: during + most });
    return { kind: most === 0 ? "new" : "more", factor: during / most, certainty };
  }
  if (during >= least) return null;
  const certainty = beyondChance({ share: least / (during + least), usual: 0.5, count: during + least });
  return { kind: during === 0 ? "vanished" : "less", factor: during / least, certainty };
}
