/**
 * One scan among several that go through time together.
 *
 * @module
 */
import type { Pace } from "./paced_records.ts";

/**
 * A scan that goes on only as far as time has come. Lanes are led one after the other, so that what they do to a common state comes in
 * one order, whatever their inputs take to be read.
 *
 * @example Two steps of a scan that counts them
 * ```ts
 * import assert from "node:assert/strict";
 * import { Lane } from "./lane.ts";
 *
 * const seen: number[] = [], lane = new Lane(10);
 * await lane.begin(async () => {
 *   do seen.push(lane.time); while (await lane.goesOn());
 * });
 * await lane.advance(20);
 * await lane.end();
 * assert.deepEqual(seen, [10, 20]);
 * ```
 */
export class Lane implements Pace {
  isWatched = false;
  readAt = -Infinity;
  #time: number;
  #isOver = false;
  #arrived = Promise.withResolvers<void>();
  #gate = Promise.withResolvers<boolean>();

  /** @param time Where it begins, ms. */
  constructor(time: number) {
    this.#time = time;
  }

  get time(): number {
    return this.#time;
  }

  /** Begins a scan and returns where it waits for time to go on, or has ended. It must say itself what goes wrong. */
  async begin(scan: () => Promise<void>): Promise<void> {
    scan().finally(() => {
      this.#isOver = true;
      this.#arrived.resolve();
    });
    await this.#arrived.promise;
  }

  /** Lets the scan go on up to a time, ms. */
  async advance(time: number): Promise<void> {
    this.#time = time;
    await this.#open(true);
  }

  /** Says that time ends here, and returns when the scan has ended. */
  async end(): Promise<void> {
    await this.#open(false);
  }

  async goesOn(): Promise<boolean> {
    this.#gate = Promise.withResolvers();
    this.#arrived.resolve();
    return await this.#gate.promise;
  }

  async #open(goesOn: boolean): Promise<void> {
    if (this.#isOver) return;
    this.#arrived = Promise.withResolvers();
    this.#gate.resolve(goesOn);
    await this.#arrived.promise;
  }
}
