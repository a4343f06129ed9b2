/**
 * `new-value`: a parameter that has few values has another one.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";
import { type ValueFact, VALUES } from "../../window/value_fact.ts";
import type { Part } from "../part.ts";
import type { SeriesDetector, SeriesDetectorKind, SeriesOptions } from "./series_detector.ts";
import { Slots } from "./slots.ts";
import { weightedParts } from "./weighted_parts.ts";

/** Values of a slot that has few; one with more is forgotten but for their number. */
const FEW = 50;
/** Windows with the slot before its values are known. */
const ENOUGH = 30;

/** The values of a slot and in how many windows each was; `null` = there are too many. */
interface Values {
  windows: number;
  seen: Map<string, number> | null;
}

class NewValues implements SeriesDetector<Slots<Values>> {
  readonly kind = "new-value";
  readonly #options: SeriesOptions;

  constructor(options: SeriesOptions) {
    this.#options = options;
  }

  start(): Slots<Values> {
    return new Slots();
  }

  missing(state: Slots<Values>): number {
    return state.length > 0 ? 0 : ENOUGH;
  }

  score(state: Slots<Values>, window: EventWindow): number {
    let score = 0;
    for (const fact of valuesIn(window)) score = Math.max(score, surprise(state, fact));
    return score;
  }

  explain(state: Slots<Values>, window: EventWindow): Part[] {
    return weightedParts(
      valuesIn(window).map((fact) => ({
        kind: "value" as const,
        template: fact.template,
        detail: fact.slot,
        weight: surprise(state, fact) ** 3,
        actual: 1,
        text: `${fact.value}, which it never was before`,
      })),
    );
  }

  step(state: Slots<Values>, window: EventWindow): void {
    const slots = new Set<Values>();
    for (const { template, slot, value } of valuesIn(window)) {
      const known = state.open(template, slot, () => ({ windows: 0, seen: new Map() }));
      if (known === undefined) continue;
      slots.add(known);
      known.seen?.set(value, (known.seen.get(value) ?? 0) + 1);
      if (known.seen !== null && known.seen.size > FEW) known.seen = null;
    }
    for (const known of slots) known.windows++;
  }

  copy(state: Slots<Values>): Slots<Values> {
    return state.copy(({ windows, seen }) => ({ windows, seen: seen && new Map(seen) }));
  }

  save(state: Slots<Values>): unknown {
    return state.save(this.#options.names, ({ windows, seen }) => [windows, seen && [...seen]]);
  }

  load(saved: unknown): Slots<Values> {
    return Slots.load(saved, this.#options.names, (known) => {
      const [windows, seen] = Array.isArray(known) ? known : [];
      const isPair = (pair: unknown) =>
        Array.isArray(pair) && pair.length === 2 && typeof pair[0] === "string" && Number.isInteger(pair[1]);
      if (!Number.isInteger(windows) || !(seen === null || Array.isArray(seen) && seen.every(isPair))) {
        throw new TypeError("Cannot restore new-value: a slot is not a count and its values");
      }
      return { windows, seen: seen && new Map(seen) };
    });
  }
}

function valuesIn(window: EventWindow): readonly ValueFact[] {
  const fact = window.facts?.get(VALUES);
  return Array.isArray(fact) ? fact : [];
}

/** −log10 of the chance that the slot's next window has a new value: as many as had a value that came once. */
function surprise(state: Slots<Values>, { template, slot, value }: ValueFact): number {
  const known = state.find(template, slot);
  if (known === undefined || known.seen === null || known.windows < ENOUGH || known.seen.has(value)) return 0;
  let once = 0.5;
  for (const count of known.seen.values()) if (count === 1) once++;
  return Math.max(0, -Math.log10(once / (known.windows + 1)));
}

/**
 * A value that a parameter never had, where it has no more than fifty: minus the decimal logarithm of the chance of one, by
 * how many of its values came once (Good, "The population frequencies of species", Biometrika 40, 1953).
 *
 * It needs facts {@linkcode VALUES}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { newValue } from "./new_value.ts";
 *
 * assert.equal(newValue.name, "new-value");
 * ```
 */
export const newValue: SeriesDetectorKind<Slots<Values>> = {
  name: "new-value",
  title: "A parameter that has few values has another one",
  line: "calibrated",
  least: 1.5,
  cautious: 3,
  needs: VALUES,
  untimed: true,
  create: (options) => new NewValues(options),
};
