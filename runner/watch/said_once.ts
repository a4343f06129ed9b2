/**
 * What a service says of itself, without saying it again at every pass.
 *
 * @module
 */

/** Time after which something that still holds is said again, ms. */
const AGAIN = 3_600_000;
/** Lines that are remembered at most. */
const MOST = 1_000;

/**
 * Passes lines on, except those that were said within the hour.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SaidOnce } from "./said_once.ts";
 *
 * const said: string[] = [];
 * const once = new SaidOnce((text) => said.push(text), () => 0);
 * once.say("note: shop.log was rotated\n");
 * once.say("note: shop.log was rotated\nweb: 1,000 lines\n");
 * assert.deepEqual(said, ["note: shop.log was rotated\n", "web: 1,000 lines\n"]);
 * ```
 */
export class SaidOnce {
  /** When lines were said last, ms since the epoch; the one said last is the last. */
  readonly #said = new Map<string, number>();

  /** @param now ms since the epoch. */
  constructor(private readonly write: (text: string) => void, private readonly now: () => number) {}

  /** Says one line or more, each ended by a line break. */
  say(text: string): void {
    for (const line of text.split("\n").filter((line) => line !== "")) {
      const now = this.now(), last = this.#said.get(line);
      if (last !== undefined && Math.abs(now - last) < AGAIN) continue;
      this.#said.delete(line);
      this.#said.set(line, now);
      if (this.#said.size > MOST) this.#said.delete(this.#said.keys().next().value!);
      this.write(`${line}\n`);
    }
  }

  /** Lines that begin like this are news again. */
  forget(start: string): void {
    for (const line of this.#said.keys()) if (line.startsWith(start)) this.#said.delete(line);
  }
}
