/**
 * How the numbers of parameters are spread: what a window is compared with when it is explained.
 *
 * @module
 */
import type { TemplateNames } from "../feature/event_window.ts";
import { savedFields } from "../record/saved_fields.ts";
import { UNITS } from "../template/parameter/kind.ts";
import type { NumberSketch } from "../window/collectors/quantity_collector.ts";
import type { WatchedSlots } from "../window/collectors/slot_values.ts";
import { USUAL_SHARES, type UsualNumbers } from "../window/quantity_fact.ts";

const { arrayOf, fieldsOf, integer, number, refuse, text } = savedFields("watched parameters");

/** A quantile of a sketch is within 1 % of a number of that rank, and rounded: what lies above this lies above that. */
const WITHIN = 1.021;

/** Spreads by template id and name of the slot. */
export type Spreads = NonNullable<WatchedSlots["spreads"]>;

/**
 * The spreads of those parameters whose numbers are watched.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { QuantileSketch } from "../template/parameter/quantile_sketch.ts";
 * import { spreadsOf } from "./usual_numbers.ts";
 *
 * const names = { id: () => "T3", text: () => "", severity: () => 0, indexOf: () => 0 }, sketch = new QuantileSketch();
 * for (let ms = 1; ms <= 100; ms++) sketch.add(ms);
 * const { T3 } = spreadsOf([{ template: 3, slot: "took", kind: 1, sketch }], { T3: ["took"] }, names);
 * assert.equal(T3.took.at[4], 100);
 * ```
 */
export function spreadsOf(
  sketches: Iterable<NumberSketch>,
  watched: WatchedSlots["quantities"],
  names: TemplateNames,
): Spreads {
  const spreads: Record<string, Record<string, UsualNumbers>> = {};
  const all = [...sketches].map((one) => ({ ...one, id: names.id(one.template) }))
    .sort((a, b) => a.id < b.id ? -1 : a.id > b.id ? 1 : a.slot < b.slot ? -1 : 1);
  for (const { id, slot, kind, sketch } of all) {
    if (!watched[id]?.includes(slot)) continue;
    const most = sketch.greatest;
    const quantiles = USUAL_SHARES.map((share) => {
      const value = sketch.quantile(1 - share);
      return Math.min(most, value > 0 ? value * WITHIN : value / WITHIN);
    });
    (spreads[id] ??= {})[slot] = { unit: UNITS[kind], count: sketch.count, at: [...quantiles, most] };
  }
  return spreads;
}

/**
 * What was saved of them; every field is checked.
 *
 * @throws {TypeError} if a field is missing or of the wrong type.
 */
export function readSpreads(saved: unknown, path: string): Spreads {
  const spreads = Object.entries(fieldsOf(saved, path)).map(([id, slots]) => {
    const entries = Object.entries(fieldsOf(slots, `${path}.${id}`));
    return [
      id,
      Object.fromEntries(entries.map(([slot, one]) => [slot, readSpread(one, `${path}.${id}.${slot}`)])),
    ];
  });
  return Object.fromEntries(spreads);
}

function readSpread(saved: unknown, path: string): UsualNumbers {
  const { unit, count, at } = fieldsOf(saved, path), numbers = arrayOf(at, `${path}.at`, number);
  if (numbers.length !== USUAL_SHARES.length + 1) {
    refuse(`${path}.at`, `${USUAL_SHARES.length + 1} numbers`, at);
  }
  return { unit: text(unit, `${path}.unit`), count: integer(count, `${path}.count`, 1), at: numbers };
}
