/**
 * `order`: events follow each other as they never do.
 *
 * @module
 */
import type { EventWindow, TemplateNames } from "../../feature/event_window.ts";
import { ORDER } from "../../window/collectors/order_collector.ts";
import { BEGINNING, ENDING, MOST_EVENTS, OrderFact } from "../../window/collectors/order_fact.ts";
import type { Part } from "../part.ts";
import type { SeriesDetector, SeriesDetectorKind, SeriesOptions } from "./series_detector.ts";
import { weightedParts } from "./weighted_parts.ts";

/** Times that a template was followed by anything, for its followers to be known. */
const ENOUGH = 20;
/** Added to each count, so that what was never seen is not impossible. */
const SMOOTHING = 0.05;
/** Surprises that a score is the mean of: a swap of two makes three. */
const LARGEST = 3;
/** Pairs remembered; when there are more, those seen once are forgotten. */
const MOST_PAIRS = 20_000;
/** Ids of a chain's beginning and its end. */
const BEGINNING_ID = "^", ENDING_ID = "$";

/** What follows a template. */
interface Followers {
  total: number;
  counts: Map<number, number>;
}

interface OrderState {
  contexts: Map<number, Followers>;
  /** Templates that follow anything. */
  known: Set<number>;
  pairs: number;
}

/** A pair that surprises, and how often it came. */
interface Surprise {
  before: number;
  after: number;
  surprise: number;
  count: number;
}

class Order implements SeriesDetector<OrderState> {
  readonly kind = "order";
  readonly #names: TemplateNames;

  constructor({ names }: SeriesOptions) {
    this.#names = names;
  }

  start(): OrderState {
    return { contexts: new Map(), known: new Set(), pairs: 0 };
  }

  missing({ contexts }: OrderState): number {
    for (const { total } of contexts.values()) if (total >= ENOUGH) return 0;
    return 1;
  }

  score(state: OrderState, window: EventWindow): number {
    return this.#largest(state, window).reduce((sum, { surprise }) => sum + surprise, 0) / LARGEST;
  }

  explain(state: OrderState, window: EventWindow): Part[] {
    return weightedParts(
      this.#largest(state, window).map(({ before, after, surprise, count }) => {
        const { total, counts } = state.contexts.get(before)!;
        return {
          kind: "order" as const,
          template: before === BEGINNING ? after : before,
          detail: before === BEGINNING || after === ENDING ? "" : this.#names.id(after),
          weight: surprise,
          actual: count,
          expected: count * (counts.get(after) ?? 0) / total,
          text: this.#text(before, after),
        };
      }),
    );
  }

  #text(before: number, after: number): string {
    if (before === BEGINNING) return "came first, which it hardly ever does";
    return after === ENDING
      ? "nothing followed, which hardly ever happens"
      : `followed by: ${this.#names.text(after)}`;
  }

  blind(window: EventWindow): string | undefined {
    const fact = window.facts?.get(ORDER);
    return fact instanceof OrderFact && fact.overflow ? `more than ${MOST_EVENTS} events` : undefined;
  }

  step(state: OrderState, window: EventWindow): void {
    orderIn(window)?.eachPair((before, after) => {
      let followers = state.contexts.get(before);
      if (followers === undefined) state.contexts.set(before, followers = { total: 0, counts: new Map() });
      const count = followers.counts.get(after) ?? 0;
      if (count === 0) state.pairs++;
      followers.counts.set(after, count + 1);
      followers.total++;
      state.known.add(after);
    });
    if (state.pairs > MOST_PAIRS) forgetSingles(state);
  }

  #largest(state: OrderState, window: EventWindow): Surprise[] {
    const order = orderIn(window);
    if (order === undefined) return [];
    const found = new Map<string, Surprise>(), repeats: Surprise[] = [];
    order.eachPair((before, after) => {
      const surprise = surpriseOf(state, before, after);
      if (surprise <= 0) return;
      const key = `${before} ${after}`, known = found.get(key);
      if (known) known.count++;
      else found.set(key, { before, after, surprise, count: 1 });
    });
    for (const each of found.values()) {
      for (let i = 0; i < Math.min(LARGEST, each.count); i++) repeats.push(each);
    }
    return repeats.sort((a, b) => b.surprise - a.surprise || a.before - b.before || a.after - b.after).slice(
      0,
      LARGEST,
    );
  }

  copy({ contexts, known, pairs }: OrderState): OrderState {
    const copied = new Map<number, Followers>();
    for (const [before, { total, counts }] of contexts) {
      copied.set(before, { total, counts: new Map(counts) });
    }
    return { contexts: copied, known: new Set(known), pairs };
  }

  save({ contexts }: OrderState): unknown {
    const id = (template: number) =>
      template === BEGINNING ? BEGINNING_ID : template === ENDING ? ENDING_ID : this.#names.id(template);
    return Array.from(contexts, ([before, { total, counts }]) => [
      id(before),
      total,
      Array.from(counts, ([after, count]) => [id(after), count]),
    ]);
  }

  load(saved: unknown): OrderState {
    const state = this.start(),
      refuse = (): never => {
        throw new TypeError("Cannot restore order: it is not a list of templates with their followers");
      };
    const indexOf = (id: unknown) =>
      typeof id !== "string"
        ? refuse()
        : id === BEGINNING_ID
        ? BEGINNING
        : id === ENDING_ID
        ? ENDING
        : this.#names.indexOf(id);
    if (!Array.isArray(saved)) refuse();
    for (const context of saved as unknown[]) {
      if (!Array.isArray(context) || context.length !== 3 || !Array.isArray(context[2])) refuse();
      const [id, total, pairs] = context as [unknown, number, unknown[]], before = indexOf(id);
      if (!Number.isInteger(total) || total < 1) refuse();
      const followers: Followers = { total, counts: new Map() };
      for (const pair of pairs) {
        if (!Array.isArray(pair) || pair.length !== 2 || !Number.isInteger(pair[1]) || pair[1] < 1) refuse();
        const [afterId, count] = pair as [unknown, number], after = indexOf(afterId);
        if (after < 0 && afterId !== ENDING_ID) continue;
        followers.counts.set(after, count);
        state.known.add(after);
        state.pairs++;
      }
      if (before >= 0 || id === BEGINNING_ID) state.contexts.set(before, followers);
    }
    return state;
  }
}

function orderIn(window: EventWindow): OrderFact | undefined {
  const fact = window.facts?.get(ORDER);
  return fact instanceof OrderFact && !fact.overflow ? fact : undefined;
}

/** −log10 of the probability of the follower; 0 where one of both isn't known well. */
function surpriseOf({ contexts, known }: OrderState, before: number, after: number): number {
  const followers = contexts.get(before);
  if (followers === undefined || followers.total < ENOUGH || !known.has(after)) return 0;
  const count = followers.counts.get(after) ?? 0;
  return -Math.log10((count + SMOOTHING) / (followers.total + SMOOTHING * known.size));
}

function forgetSingles(state: OrderState): void {
  for (const [before, followers] of state.contexts) {
    for (const [after, count] of followers.counts) if (count === 1) followers.counts.delete(after);
    if (followers.counts.size === 0) state.contexts.delete(before);
  }
  state.pairs = Array.from(state.contexts.values()).reduce((sum, { counts }) => sum + counts.size, 0);
}

/**
 * Pairs of events that follow each other in one process or thread: the mean of a window's three most surprising ones, as
 * minus decimal logarithms of their probabilities (a first-order Markov chain). Templates that are new or that were followed
 * by little yet say nothing.
 *
 * It needs the facts of `lib/window/collectors/order_collector.ts`.
 *
 * @see Ye, "A Markov chain model of temporal behavior for anomaly detection", IEEE Workshop on Information Assurance, 2000
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { order } from "./order.ts";
 *
 * assert.equal(order.name, "order");
 * ```
 */
export const order: SeriesDetectorKind<OrderState> = {
  name: "order",
  title: "Events that follow each other as they never do",
  line: "calibrated",
  least: 1.5,
  cautious: 4,
  needs: ORDER,
  untimed: true,
  create: (options) => new Order(options),
};
