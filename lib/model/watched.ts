/**
 * Which parameters of a stream's templates are worth watching.
 *
 * @module
 */
import { savedFields } from "../record/saved_fields.ts";
import type { TemplateNames } from "../feature/event_window.ts";
import type { WatchedSlots } from "../window/collectors/slot_values.ts";
import type { Facts } from "../window/facts.ts";
import { QUANTITIES, type QuantityFact } from "../window/quantity_fact.ts";
import { type ValueFact, VALUES } from "../window/value_fact.ts";

const { arrayOf, fieldsOf, refuse, text } = savedFields("watched parameters");

/** Numbers that a parameter must have had in training to be watched. */
const ENOUGH_NUMBERS = 30;
/** Different values that a watched parameter had at the most, and windows that it was in at the least. */
const FEW_VALUES = 50, ENOUGH_WINDOWS = 30;

/** What is known of one parameter. */
interface SlotSum {
  template: number;
  slot: string;
  numbers: number;
  windows: number;
  values: Set<string>;
}

/** Nothing is watched. */
export const NOTHING_WATCHED: WatchedSlots = { quantities: {}, values: {} };

/**
 * Chooses from the facts of training: parameters with enough numbers, and those that had few values in many windows.
 *
 * @param windows Facts of each window, by the names of collectors.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { watchedSlots } from "./watched.ts";
 *
 * const names = { id: (i: number) => `T${i}`, text: () => "", severity: () => 0, indexOf: () => 0 };
 * const fact = { template: 3, slot: "ms", count: 40, least: 1, greatest: 9 };
 * const { quantities } = watchedSlots([new Map([["quantities", [fact]]])], names);
 * assert.deepEqual(quantities, { T3: ["ms"] });
 * ```
 */
export function watchedSlots(
  windows: Iterable<ReadonlyMap<string, unknown>>,
  names: TemplateNames,
): WatchedSlots {
  const slots = new Map<string, SlotSum>();
  const sumOf = (template: number, slot: string) => {
    const key = `${template} ${slot}`;
    return slots.get(key) ??
      slots.set(key, { template, slot, numbers: 0, windows: 0, values: new Set() }).get(key)!;
  };
  for (const facts of windows) {
    for (const { template, slot, count } of (facts.get(QUANTITIES) ?? []) as QuantityFact[]) {
      sumOf(template, slot).numbers += count;
    }
    const seen = new Set<SlotSum>();
    for (const { template, slot, value } of (facts.get(VALUES) ?? []) as ValueFact[]) {
      const sum = sumOf(template, slot);
      if (sum.values.size <= FEW_VALUES) sum.values.add(value);
      seen.add(sum);
    }
    for (const sum of seen) sum.windows++;
  }
  const chosen = (isChosen: (sum: SlotSum) => boolean) =>
    byTemplate([...slots.values()].filter(isChosen), names);
  return {
    quantities: chosen(({ numbers }) => numbers >= ENOUGH_NUMBERS),
    values: chosen(({ values, windows }) =>
      values.size > 0 && values.size <= FEW_VALUES && windows >= ENOUGH_WINDOWS
    ),
  };
}

/**
 * What was noted of a window in training, without what is not watched.
 *
 * @param names Names of the collectors, in the order of `facts`.
 */
export function watchedFacts(
  facts: Facts,
  collectors: readonly string[],
  { quantities, values }: WatchedSlots,
  names: TemplateNames,
): Facts {
  const isIn =
    (slots: Readonly<Record<string, readonly string[]>>) =>
    ({ template, slot }: { template: number; slot: string }) =>
      slots[names.id(template)]?.includes(slot) ?? false;
  return facts.map((fact, i) => {
    if (collectors[i] === QUANTITIES) return (fact as QuantityFact[] | undefined)?.filter(isIn(quantities));
    if (collectors[i] === VALUES) return (fact as ValueFact[] | undefined)?.filter(isIn(values));
    return fact;
  });
}

/**
 * What was saved of them; every field is checked.
 *
 * @throws {TypeError} if a field is missing or of the wrong type.
 */
export function readWatched(saved: unknown, path: string): WatchedSlots {
  const { quantities, values } = fieldsOf(saved, path);
  return {
    quantities: readSlots(quantities, `${path}.quantities`),
    values: readSlots(values, `${path}.values`),
  };
}

function readSlots(saved: unknown, path: string): Record<string, string[]> {
  if (Array.isArray(saved)) throw new TypeError(`Cannot restore watched parameters: ${path} is a list`);
  const entries = Object.entries(fieldsOf(saved, path));
  return Object.fromEntries(entries.map(([id, slots]) => {
    const names = arrayOf(slots, `${path}.${id}`, text);
    return [id, names.length > 0 ? names : refuse(`${path}.${id}`, "at least one parameter", slots)];
  }));
}

function byTemplate(slots: readonly SlotSum[], names: TemplateNames): Record<string, string[]> {
  const named = Map.groupBy(slots, ({ template }) => names.id(template));
  return Object.fromEntries(
    [...named].sort(([a], [b]) => a < b ? -1 : 1).map((
      [id, own],
    ) => [id, own.map(({ slot }) => slot).sort()]),
  );
}
