/**
 * Numbers that are far larger in a window than training had them.
 *
 * @module
 */
import type { TemplateNames } from "../feature/event_window.ts";
import { type QuantityFact, USUAL_SHARES, type UsualNumbers } from "../window/quantity_fact.ts";
import { beyondChance, leastBeyondChance } from "./chance_bound.ts";

/** Numbers of a parameter that lie above what is usual. */
export interface OverNumbers {
  /** Template index. */
  template: number;
  /** Name of the parameter. */
  slot: string;
  /** What they lie above, and its unit: `ms`, `B`, `%` or empty. */
  above: number;
  unit: string;
  /** Their part of the window's numbers, and the part that training had, 0–1. */
  share: number;
  usual: number;
}

/** How training's numbers of each parameter were spread, by template id and name of the slot. */
export type UsualSpreads = Readonly<Record<string, Readonly<Record<string, UsualNumbers>>>>;

/** Numbers of the window above a quantile at the least, their part of all, and that as times the usual part. */
const LEAST = { count: 5, share: 0.3, ratio: 3 };

/**
 * Parameters whose numbers lie above a quantile of training's far more often than usual: at least five and 30 % of them, three
 * times the usual part, and beyond chance (see {@linkcode beyondChance}) for all quantiles of all parameters together. Of several
 * quantiles the one that is farthest from chance is told.
 *
 * @param facts What a `QuantityCollector` noted of the window.
 * @returns The largest difference of parts first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { overNumbers } from "./over_numbers.ts";
 *
 * const names = { id: (i: number) => `T${i}`, text: () => "", severity: () => 0, indexOf: () => 3 };
 * const usual = { T3: { duration: { unit: "ms", count: 900, at: [80, 110, 200, 800, 900] } } };
 * const fact = { template: 3, slot: "duration", count: 40, least: 70, greatest: 12_000, above: [30, 30, 30, 29, 29] };
 * const [{ above, share, usual: before }] = overNumbers([fact], usual, names);
 * assert.deepEqual([above, share], [900, 29 / 40]);
 * assert(before < .002);
 * ```
 */
export function overNumbers(
  facts: readonly QuantityFact[],
  usual: UsualSpreads,
  names: TemplateNames,
): OverNumbers[] {
  const least = leastBeyondChance(facts.length * (USUAL_SHARES.length + 1)), found: OverNumbers[] = [];
  for (const fact of facts) {
    const known = usual[names.id(fact.template)]?.[fact.slot], counts = fact.above;
    if (known === undefined || counts === undefined) continue;
    let most = least, telling: OverNumbers | null = null;
    counts.forEach((count, i) => {
      const share = count / fact.count, part = USUAL_SHARES[i] ?? 1 / (known.count + 1);
      if (count < LEAST.count || share < LEAST.share || share < LEAST.ratio * part) return;
      const beyond = beyondChance({ share, usual: part, count: fact.count });
      if (!(beyond > most)) return;
      most = beyond;
      const { template, slot } = fact;
      telling = { template, slot, above: known.at[i], unit: known.unit, share, usual: part };
    });
    if (telling !== null) found.push(telling);
  }
  return found.sort((a, b) => (b.share - b.usual) - (a.share - a.usual));
}
