/**
 * Values of parameters that a window has more of than training had.
 *
 * @module
 */
import type { TemplateNames } from "../feature/event_window.ts";
import type { ValueFact } from "../window/value_fact.ts";
import { beyondChance, leastBeyondChance } from "./chance_bound.ts";

/** A value that stands out. */
export interface OverRepresented {
  /** Template index. */
  template: number;
  /** Name of the parameter. */
  slot: string;
  value: string;
  /** Records of the window with it, and their part of those with the parameter, 0–1. */
  count: number;
  share: number;
  /** Its part in training, 0–1. */
  usual: number;
}

/** How often training had each value, by template id and parameter. */
export type UsualValues = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>
>;

/** Records with the value at the least, its part of all, and that as times its usual part. */
const LEAST = { count: 5, share: 0.3, ratio: 3 };

/**
 * Values that a window has far more of than training had: at least five records and 30 % of those with the parameter, three
 * times its usual part, and beyond chance (see {@linkcode beyondChance}) for all values of the window together; a value that
 * training never had counts as had once.
 *
 * @param facts What a `ValueCollector` noted of the window.
 * @returns The largest difference of parts first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { overRepresented } from "./over_represented.ts";
 *
 * const names = { id: (i: number) => `T${i}`, text: () => "", severity: () => 0, indexOf: () => 3 };
 * const facts = [
 *   { template: 3, slot: "host", value: "db1", count: 10 },
 *   { template: 3, slot: "host", value: "db2", count: 90 },
 * ];
 * const usual = { T3: { host: { db1: 900, db2: 100 } } };
 * const [{ value, share, usual: before }] = overRepresented(facts, usual, names);
 * assert.deepEqual([value, share, before], ["db2", .9, .1]);
 * ```
 */
export function overRepresented(
  facts: readonly ValueFact[],
  usual: UsualValues,
  names: TemplateNames,
): OverRepresented[] {
  const bySlot = Map.groupBy(facts, ({ template, slot }) => `${template} ${slot}`),
    found: OverRepresented[] = [],
    least = leastBeyondChance(facts.length);
  for (const own of bySlot.values()) {
    const { template, slot } = own[0], known = usual[names.id(template)]?.[slot];
    if (known === undefined) continue;
    const all = own.reduce((sum, { count = 1 }) => sum + count, 0);
    const before = Object.values(known).reduce((sum, count) => sum + count, 0);
    for (const { value, count = 1 } of own) {
      const share = count / all,
        part = Object.hasOwn(known, value) ? known[value] / before : 1 / (before + 1);
      const isMore = share >= LEAST.ratio * part && beyondChance({ share, usual: part, count: all }) >= least;
      if (count < LEAST.count || share < LEAST.share || !isMore) continue;
      found.push({ template, slot, value, count, share, usual: Object.hasOwn(known, value) ? part : 0 });
    }
  }
  return found.sort((a, b) => (b.share - b.usual) - (a.share - a.usual));
}
