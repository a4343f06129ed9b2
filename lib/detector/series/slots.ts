/**
 * What is known of templates' parameters.
 *
 * @module
 */
import type { TemplateNames } from "../../feature/event_window.ts";

/** Slots of one service followed at the most: further ones are left alone. */
const MOST_SLOTS = 5000;

/** A parameter with what is known of it. */
export interface Slot<Known> {
  template: number;
  slot: string;
  known: Known;
}

/**
 * What is known of each parameter, by template and slot.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Slots } from "./slots.ts";
 *
 * const slots = new Slots<number[]>();
 * slots.open(3, "bytes", () => [])?.push(700);
 * assert.deepEqual(slots.find(3, "bytes"), [700]);
 * ```
 */
export class Slots<Known> {
  readonly #slots = new Map<string, Slot<Known>>();

  /** Slots followed. */
  get length(): number {
    return this.#slots.size;
  }

  find(template: number, slot: string): Known | undefined {
    return this.#slots.get(`${template} ${slot}`)?.known;
  }

  /** {@linkcode find}, made where nothing is known; `undefined` where there are too many already. */
  open(template: number, slot: string, make: () => Known): Known | undefined {
    const key = `${template} ${slot}`, found = this.#slots.get(key);
    if (found) return found.known;
    if (this.#slots.size >= MOST_SLOTS) return undefined;
    const known = make();
    this.#slots.set(key, { template, slot, known });
    return known;
  }

  copy(copyKnown: (known: Known) => Known): Slots<Known> {
    const copy = new Slots<Known>();
    for (const [key, each] of this.#slots) copy.#slots.set(key, { ...each, known: copyKnown(each.known) });
    return copy;
  }

  save(names: TemplateNames, saveKnown: (known: Known) => unknown): [string, string, unknown][] {
    return Array.from(
      this.#slots.values(),
      ({ template, slot, known }) => [names.id(template), slot, saveKnown(known)],
    );
  }

  /** @throws {TypeError} if it is not what {@linkcode save} gives. */
  static load<Known>(
    saved: unknown,
    names: TemplateNames,
    loadKnown: (saved: unknown) => Known,
  ): Slots<Known> {
    const slots = new Slots<Known>();
    if (!Array.isArray(saved)) throw new TypeError(`Cannot restore slots: they are ${typeof saved}`);
    for (const each of saved) {
      if (
        !Array.isArray(each) || each.length !== 3 || typeof each[0] !== "string" ||
        typeof each[1] !== "string"
      ) {
        throw new TypeError("Cannot restore slots: one is not a template, a slot and what is known");
      }
      const template = names.indexOf(each[0]), known = loadKnown(each[2]);
      if (template >= 0) slots.open(template, each[1], () => known);
    }
    return slots;
  }
}
