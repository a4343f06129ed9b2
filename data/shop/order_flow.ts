/**
 * An order on its way: a row of named steps in time.
 *
 * @module
 */
import type { Random } from "./random.ts";

/** One step of an order on its way through the checkout. */
export interface Step {
  name: string;
  time: number;
  level: "INFO" | "WARN" | "ERROR";
  text: string;
}

/** Makes the steps of one order, one after another. */
export class Flow {
  readonly steps: Step[] = [];
  readonly key: string;
  readonly #random: Random;
  #time: number;

  constructor(key: string, time: number, random: Random) {
    this.key = key;
    this.#time = time;
    this.#random = random;
  }

  /** One more step, `median` milliseconds or so after the one before. */
  step(name: string, component: string, text: string, median = 120, level: Step["level"] = "INFO"): this {
    this.#time += Math.round(this.#random.skewed(median));
    const line = `${component} - order=${this.key} ${text}`;
    this.steps.push({ name, time: this.#time, level, text: line });
    return this;
  }
}
