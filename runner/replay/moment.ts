/**
 * A moment at which nothing comes but time goes on.
 *
 * @module
 */
import type { Stretch } from "../../lib/mod.ts";

/**
 * A stretch without records: what closes at its watermark closes now.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Moment } from "./moment.ts";
 *
 * const { watermark, records } = new Moment(60_000);
 * assert.deepEqual([watermark, records], [60_000, 0]);
 * ```
 */
export class Moment implements Stretch {
  readonly records = 0;
  readonly bytes = 0;
  readonly isWhole = true;

  /** @param watermark Time (ms) up to which everything has been handed out. */
  constructor(readonly watermark: number) {}

  times(): [least: number, greatest: number] {
    return [Infinity, -Infinity];
  }

  *within(): Generator<Stretch> {}

  addTo(): void {}

  noteIn(): void {}

  countIn(): void {}
}
