/**
 * Answers that are given again as long as nothing has changed: many who look at the same cost as much as one.
 *
 * @module
 */

/** An answer, and what it was made of. */
interface Kept {
  version: string;
  at: number;
  value: Promise<unknown>;
}

/** Answers that are kept, and for how long although nothing was written, ms: some tell how long ago something was. */
const KEPT = 64, FRESH = 10_000;

/**
 * Keeps the latest answers.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Answers } from "./answers.ts";
 *
 * const answers = new Answers();
 * let made = 0;
 * const ask = (version: string) => answers.get("overview", { version, now: 0 }, () => Promise.resolve(++made));
 * assert.deepEqual([await ask("1"), await ask("1"), await ask("2")], [1, 1, 2]);
 * ```
 */
export class Answers {
  readonly #kept = new Map<string, Kept>();

  /**
   * The answer to a question, made anew where something has changed.
   *
   * @param about `version`: what is otherwise when something has changed; `now`: ms since the epoch.
   */
  get<T>(
    question: string,
    { version, now }: { version: string; now: number },
    make: () => Promise<T>,
  ): Promise<T> {
    const known = this.#kept.get(question);
    if (known !== undefined && known.version === version && Math.abs(now - known.at) < FRESH) {
      return known.value as Promise<T>;
    }
    const value = make();
    this.#kept.delete(question);
    if (this.#kept.size >= KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(question, { version, at: now, value });
    value.catch(() => this.#kept.delete(question)); // whoever asked is told; the next one asks anew
    return value;
  }
}
