/**
 * When learning stops because nothing repeats.
 *
 * @module
 */

/**
 * Lines of one window, and births in it that end learning. Of logs that repeat, a sixth of the first 4,000 lines are births at the
 * most (25 packages, hundreds of events each), so the numbers are far from any of them.
 */
const WINDOW = 4096, BIRTHS = 3000;

/**
 * Watches how many lines are new. Where nearly all of them are, there is nothing to learn and much to remember, so for the rest of
 * the window and all of the next new lines are only told apart by length and punctuation.
 */
export class NoveltyGuard {
  #windowEnd = WINDOW;
  #births = 0;
  #closed = false;

  /** @param state As {@linkcode toJSON} gave it. */
  constructor(state?: [windowEnd: number, births: number, closed: boolean]) {
    if (state) [this.#windowEnd, this.#births, this.#closed] = state;
  }

  /** Whether nothing is learned now. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Told of a line that nothing covers; answers whether it may be learned from. */
  admits(line: number): boolean {
    if (line >= this.#windowEnd) {
      this.#closed = this.#births > BIRTHS;
      this.#births = 0;
      this.#windowEnd = line + WINDOW;
    }
    if (++this.#births > BIRTHS) this.#closed = true;
    return !this.#closed;
  }

  toJSON(): [windowEnd: number, births: number, closed: boolean] {
    return [this.#windowEnd, this.#births, this.#closed];
  }
}
