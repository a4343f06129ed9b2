/**
 * The events of a window in order of time, each in its chain.
 *
 * @module
 */

/** Events kept of a window; of one with more the order can't be judged. */
export const MOST_EVENTS = 20_000;
/** Stand before the first event of a chain and behind its last one. */
export const BEGINNING = -1, ENDING = -2;
/** Numbers of an event: milliseconds since the first one's time, chain, template. */
const WIDTH = 3;

/** {@linkcode OrderFact} as plain data: `events` are 32-bit numbers in base64. */
export interface SavedOrder {
  from: number;
  overflow: boolean;
  events: string;
}

/**
 * What followed what in a window, chain by chain. A chain is what one process or thread logged.
 *
 * Events of the same millisecond stay in the order in which they came.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { OrderFact } from "./order_fact.ts";
 *
 * const order = new OrderFact();
 * order.add(2000, 1, 7);
 * order.add(1000, 1, 5);
 * order.add(1500, 2, 9); // another process
 * const pairs: [number, number][] = [];
 * order.eachPair((before, after) => pairs.push([before, after]));
 * assert.deepEqual(pairs, [[-1, 5], [-1, 9], [5, 7], [7, -2], [9, -2]]);
 * ```
 */
export class OrderFact {
  /** Whether there were too many events: then none are kept. */
  overflow = false;
  #from = 0;
  #events = new Int32Array(16 * WIDTH);
  #length = 0;

  /** Events kept. */
  get length(): number {
    return this.#length;
  }

  /** Notes an event at `time`, milliseconds UTC. */
  add(time: number, chain: number, template: number): void {
    if (this.overflow) return;
    if (this.#length === MOST_EVENTS) return this.#giveUp();
    if (this.#length === 0) this.#from = Math.floor(time);
    if ((this.#length + 1) * WIDTH > this.#events.length) {
      const wider = new Int32Array(2 * this.#events.length);
      wider.set(this.#events);
      this.#events = wider;
    }
    const at = WIDTH * this.#length++;
    this.#events[at] = Math.floor(time) - this.#from;
    this.#events[at + 1] = chain;
    this.#events[at + 2] = template;
  }

  /** Notes all events of another window. */
  addAll(other: OrderFact): void {
    if (other.overflow) return this.#giveUp();
    for (let i = 0; i < other.#length; i++) {
      const at = i * WIDTH;
      this.add(other.#from + other.#events[at], other.#events[at + 1], other.#events[at + 2]);
    }
  }

  /**
   * Calls back with each event and the one before it in its chain, in order of time; chains that a process is named for have a
   * {@linkcode BEGINNING} and an {@linkcode ENDING}.
   */
  eachPair(tell: (before: number, after: number) => void): void {
    const events = this.#events, last = new Map<number, number>();
    for (const i of this.#inOrder()) {
      const chain = events[i * WIDTH + 1], template = events[i * WIDTH + 2];
      const before = last.get(chain) ?? (chain === 0 ? undefined : BEGINNING);
      if (before !== undefined) tell(before, template);
      last.set(chain, template);
    }
    for (const [chain, template] of last) if (chain !== 0) tell(template, ENDING);
  }

  #inOrder(): Uint32Array {
    const order = Uint32Array.from({ length: this.#length }, (_, i) => i), events = this.#events;
    let sorted = true;
    for (let i = 1; i < this.#length && sorted; i++) sorted = events[i * WIDTH] >= events[(i - 1) * WIDTH];
    return sorted ? order : order.sort((a, b) => events[a * WIDTH] - events[b * WIDTH] || a - b);
  }

  #giveUp(): void {
    this.overflow = true;
    this.#length = 0;
    this.#events = new Int32Array(WIDTH);
  }

  /** Plain data; templates by index. */
  save(): SavedOrder {
    const events = this.#events.slice(0, this.#length * WIDTH);
    return { from: this.#from, overflow: this.overflow, events: new Uint8Array(events.buffer).toBase64() };
  }

  /**
   * As it was saved.
   *
   * @param renamed New template index by old one.
   * @throws {TypeError} if it is not what {@linkcode save} gives.
   */
  static load(saved: unknown, renamed?: Int32Array): OrderFact {
    const { from, overflow, events } = (saved ?? {}) as SavedOrder, fact = new OrderFact();
    const bytes = typeof events === "string" ? bytesOf(events) : null;
    if (
      !Number.isInteger(from) || typeof overflow !== "boolean" || bytes === null ||
      bytes.length % (4 * WIDTH) !== 0
    ) {
      throw new TypeError("Cannot restore an order: it is not a time, a truth and events");
    }
    const numbers = new Int32Array(bytes.buffer, 0, bytes.length / 4);
    if (renamed) { for (let i = 2; i < numbers.length; i += WIDTH) numbers[i] = renamed[numbers[i]]; }
    fact.#from = from;
    fact.overflow = overflow;
    fact.#length = numbers.length / WIDTH;
    fact.#events = numbers.length > 0 ? numbers : new Int32Array(WIDTH);
    return fact;
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.fromBase64(base64);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
