/**
 * The last windows as sums at several scales.
 *
 * @module
 */

/** Windows that sums reach over. */
export const SCALES: readonly number[] = [1, 6, 24];
/** Windows remembered: the greatest scale. */
export const REACH = 24;

/**
 * Which hours of the day the last windows began at: what sums over them are to be expected from.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { RecentHours } from "./recent_counts.ts";
 *
 * const hours = new RecentHours();
 * for (const hour of [1, 2, 2]) hours.push(hour);
 * assert.equal(hours.within(6, 3)[2], 2); // of the last six windows, the one at three o'clock included
 * ```
 */
export class RecentHours {
  /** Windows pushed. */
  windows = 0;
  readonly #hours = new Uint8Array(REACH);

  /** Place of the next window in rings of {@linkcode REACH} numbers. */
  get place(): number {
    return this.windows % REACH;
  }

  /** A window that has passed. */
  push(hour: number): void {
    this.#hours[this.place] = hour;
    this.windows++;
  }

  /** Windows by hour among the last `scale`, the next one, which begins at `hour`, included; shape [24]. */
  within(scale: number, hour: number): Uint8Array {
    const counts = new Uint8Array(24), known = Math.min(scale - 1, this.windows);
    counts[hour]++;
    for (let back = 1; back <= known; back++) counts[this.#hours[(this.windows - back) % REACH]]++;
    return counts;
  }

  /** {@linkcode within} as `hour, windows, …`, latest first; an hour may come again. */
  spans(scale: number, hour: number): number[] {
    const spans = [hour, 1], known = Math.min(scale - 1, this.windows);
    for (let back = 1, place = this.place; back <= known; back++) {
      place = place === 0 ? REACH - 1 : place - 1;
      if (this.#hours[place] === spans[spans.length - 2]) spans[spans.length - 1]++;
      else spans.push(this.#hours[place], 1);
    }
    return spans;
  }

  /** Sum of a ring's last `scale` numbers, the next one's `count` included. */
  sum(ring: Float64Array, offset: number, scale: number, count: number): number {
    const known = Math.min(scale - 1, this.windows);
    for (let back = 1, place = this.place; back <= known; back++) {
      place = place === 0 ? REACH - 1 : place - 1;
      count += ring[offset + place];
    }
    return count;
  }

  copy(): RecentHours {
    const copy = new RecentHours();
    copy.windows = this.windows;
    copy.#hours.set(this.#hours);
    return copy;
  }

  save(): { windows: number; hours: number[] } {
    return { windows: this.windows, hours: [...this.#hours] };
  }

  /** @throws {TypeError} if it is not what {@linkcode save} gives. */
  static load(saved: unknown): RecentHours {
    const { windows, hours } = (saved ?? {}) as { windows?: number; hours?: number[] };
    const whole = (value: unknown, below: number) =>
      Number.isInteger(value) && (value as number) >= 0 && (value as number) < below;
    if (!whole(windows, Infinity) || !Array.isArray(hours) || hours.length !== REACH) {
      throw new TypeError("Cannot restore recent windows: they are not a count and 24 hours");
    }
    if (!hours.every((hour) => whole(hour, 24))) {
      throw new TypeError(`Cannot restore recent windows: their hours are ${hours}`);
    }
    const recent = new RecentHours();
    recent.windows = windows!;
    recent.#hours.set(hours);
    return recent;
  }
}
