/**
 * `numeric`: a number far above all that its parameter had.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";
import { QUANTITIES, type QuantityFact } from "../../window/quantity_fact.ts";
import type { Part } from "../part.ts";
import type { Outcome, SeriesDetector, SeriesDetectorKind, SeriesOptions } from "./series_detector.ts";
import { Slots } from "./slots.ts";
import { weightedParts } from "./weighted_parts.ts";

/** Windows whose greatest values are remembered for each slot. */
const MEMORY = 64;
/** Values, and windows with them, for a slot to be known. */
const ENOUGH = { values: 10, windows: 8 };
/** The windows whose values make the tail: this share of them, and at least so many. */
const UPPER = { share: 0.25, least: 4 };
/** The tail's least scale, in logarithms: values that never differed may differ by a quarter. */
const LEAST_SCALE = 0.25;

/** A slot's last windows: logarithms of their greatest values. */
interface Greatest {
  values: number;
  ring: number[];
  next: number;
}

class Quantities implements SeriesDetector<Slots<Greatest>> {
  readonly kind = "numeric";
  readonly #options: SeriesOptions;

  constructor(options: SeriesOptions) {
    this.#options = options;
  }

  start(): Slots<Greatest> {
    return new Slots();
  }

  missing(state: Slots<Greatest>): number {
    return state.length > 0 ? 0 : ENOUGH.windows;
  }

  score(state: Slots<Greatest>, window: EventWindow): number {
    let score = 0;
    for (const fact of quantitiesIn(window)) score = Math.max(score, excess(state, fact).score);
    return score;
  }

  explain(state: Slots<Greatest>, window: EventWindow): Part[] {
    return weightedParts(
      quantitiesIn(window).map((fact) => {
        const { template, slot, greatest } = fact,
          { score, usual } = excess(state, fact);
        return {
          kind: "value" as const,
          template,
          detail: slot,
          weight: score ** 3,
          actual: greatest,
          expected: usual,
          text: quantityText(fact, usual),
        };
      }),
    );
  }

  step(state: Slots<Greatest>, window: EventWindow, { fired }: Outcome): void {
    for (const fact of quantitiesIn(window)) {
      const greatest = state.open(fact.template, fact.slot, () => ({ values: 0, ring: [], next: 0 }));
      if (greatest === undefined) continue;
      const { usual } = excess(state, fact);
      greatest.values += fact.count;
      greatest.ring[greatest.next] = logarithm(
        fired && usual > 0 ? Math.min(fact.greatest, 2 * usual) : fact.greatest,
      );
      greatest.next = (greatest.next + 1) % MEMORY;
    }
  }

  copy(state: Slots<Greatest>): Slots<Greatest> {
    return state.copy(({ values, ring, next }) => ({ values, ring: ring.slice(), next }));
  }

  save(state: Slots<Greatest>): unknown {
    return state.save(this.#options.names, ({ values, ring, next }) => [values, next, ...ring]);
  }

  load(saved: unknown): Slots<Greatest> {
    return Slots.load(saved, this.#options.names, (known) => {
      if (
        !Array.isArray(known) || known.length < 2 || known.length > MEMORY + 2 ||
        !known.every(Number.isFinite)
      ) {
        throw new TypeError("Cannot restore numeric: a slot is not its last windows");
      }
      const [values, next, ...ring] = known as number[];
      return { values, next, ring };
    });
  }
}

function quantitiesIn(window: EventWindow): readonly QuantityFact[] {
  const fact = window.facts?.get(QUANTITIES);
  return Array.isArray(fact) ? fact : [];
}

function logarithm(value: number): number {
  return Math.log1p(Math.max(0, value));
}

/**
 * −log10 of the probability of so great a value, by the tail of the slot's last windows: the share above a high level, and
 * from there on exponential in the logarithm (Hill's estimator).
 */
function excess(
  state: Slots<Greatest>,
  { template, slot, greatest }: QuantityFact,
): { score: number; usual: number } {
  const known = state.find(template, slot);
  if (known === undefined || known.ring.length === 0) return { score: 0, usual: 0 };
  const { ring, values } = known,
    most = Math.max(...ring),
    usual = Math.expm1(most),
    value = logarithm(greatest);
  if (values < ENOUGH.values || ring.length < ENOUGH.windows || value <= most) return { score: 0, usual };
  const sorted = ring.toSorted((a, b) => b - a);
  const upper = Math.max(UPPER.least, Math.ceil(UPPER.share * sorted.length)), level = sorted[upper];
  let scale = 0;
  for (let i = 0; i < upper; i++) scale += (sorted[i] - level) / upper;
  const share = upper / sorted.length;
  return { score: (value - level) / Math.max(scale, LEAST_SCALE) / Math.LN10 - Math.log10(share), usual };
}

/** The value as the log wrote it, and the usual one in the same unit where the log wrote one: `4.1 s, usually at most 0.3 s`. */
function quantityText({ greatest, text = figure(greatest) }: QuantityFact, usual: number): string {
  const [, number, unit = ""] = /^([\d.]+)(\s?[a-zµ%]+)?$/i.exec(text) ?? [],
    scale = greatest / Number(number);
  return `${text}, usually at most ${scale > 0 ? figure(usual / scale) + unit : figure(usual)}`;
}

/** A number with no more digits than a person needs. */
function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/**
 * The greatest value of each numeric parameter in a window, against the greatest of the last 64 windows that had it: the
 * logarithm of its probability under the tail of those, so that a twenty-fold size stands out where sizes are alike, and less
 * where they differ widely.
 *
 * It needs facts {@linkcode QUANTITIES}.
 *
 * @see Hill, "A simple general approach to inference about the tail of a distribution", Annals of Statistics 3, 1975
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { numeric } from "./numeric.ts";
 *
 * assert.equal(numeric.name, "numeric");
 * ```
 */
export const numeric: SeriesDetectorKind<Slots<Greatest>> = {
  name: "numeric",
  title: "A number far above all that its parameter had",
  line: "calibrated",
  least: 2,
  cautious: 8,
  needs: QUANTITIES,
  untimed: true,
  create: (options) => new Quantities(options),
};
