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

const { arrayOf, fieldsOf, integer, refuse, text } = savedFields("watched parameters");

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
  values: Map<string, number>;
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
      slots.set(key, { template, slot, numbers: 0, windows: 0, values: new Map() }).get(key)!;
  };
  for (const facts of windows) {
    for (const { template, slot, count } of (facts.get(QUANTITIES) ?? []) as QuantityFact[]) {
      sumOf(template, slot).numbers += count;
    }
    const seen = new Set<SlotSum>();
    for (const { template, slot, value, count = 1 } of (facts.get(VALUES) ?? []) as ValueFact[]) {
      const sum = sumOf(template, slot), known = sum.values.get(value);
      if (known !== undefined || sum.values.size <= FEW_VALUES) sum.values.set(value, (known ?? 0) + count);
      seen.add(sum);
    }
    for (const sum of seen) sum.windows++;
  }
  const sums = [...slots.values()];
  return {
    quantities: byTemplate(
      sums.filter(({ numbers }) => numbers >= ENOUGH_NUMBERS),
      names,
      (own) => own.map(({ slot }) => slot).sort(),
    ),
    values: byTemplate(
      sums.filter(({ values, windows }) =>
        values.size > 0 && values.size <= FEW_VALUES && windows >= ENOUGH_WINDOWS
      ),
      names,
      (own) => Object.fromEntries(own.map(({ slot, values }) => [slot, Object.fromEntries(values)])),
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
  const isQuantity = ({ template, slot }: QuantityFact) =>
    quantities[names.id(template)]?.includes(slot) ?? false;
  const isValue = ({ template, slot }: ValueFact) => Object.hasOwn(values[names.id(template)] ?? {}, slot);
  return facts.map((fact, i) => {
    if (collectors[i] === QUANTITIES) return (fact as QuantityFact[] | undefined)?.filter(isQuantity);
    if (collectors[i] === VALUES) return (fact as ValueFact[] | undefined)?.filter(isValue);
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
    values: readValues(values, `${path}.values`),
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

/** How often each value of each parameter was there. */
function readValues(saved: unknown, path: string): Record<string, Record<string, Record<string, number>>> {
  const entries = (value: unknown, at: string) => {
    const found = Object.entries(fieldsOf(value, at));
    return Array.isArray(value) || found.length === 0 ? refuse(at, "at least one entry", value) : found;
  };
  if (Array.isArray(saved)) throw new TypeError(`Cannot restore watched parameters: ${path} is a list`);
  return Object.fromEntries(
    Object.entries(fieldsOf(saved, path)).map(([id, slots]) => [
      id,
      Object.fromEntries(
        entries(slots, `${path}.${id}`).map(([slot, values]) => [
          slot,
          Object.fromEntries(
            entries(values, `${path}.${id}.${slot}`).map(([value, count]) => [
              value,
              integer(count, `${path}.${id}.${slot}`, 1),
            ]),
          ),
        ]),
      ),
    ]),
  );
}

function byTemplate<T>(
  slots: readonly SlotSum[],
  names: TemplateNames,
  of: (slots: readonly SlotSum[]) => T,
): Record<string, T> {
  const named = Map.groupBy(slots, ({ template }) => names.id(template));
  return Object.fromEntries([...named].sort(([a], [b]) => a < b ? -1 : 1).map(([id, own]) => [id, of(own)]));
}
