/**
 * When learning stops because nothing repeats.
 *
 * @module
 */

/** Lines of one window, and births in it from which the next one is not learned from. */
const WINDOW = 8192, BIRTHS = 6000;

/**
 * Watches how many lines are new. Where nearly all of them are, there is nothing to learn and much to remember, so for the next
 * window new lines are only told apart by length and punctuation.
 */
export class NoveltyGuard {
  #windowEnd = WINDOW;
  #births = 0;
  #closed = false;

  /** @param state As {@linkcode toJSON} gave it. */
  constructor(state?: [windowEnd: number, births: number, closed: boolean]) {
    if (state) [this.#windowEnd, this.#births, this.#closed] = state;
  }

  /** Whether this window is not learned from. */
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
    this.#births++;
    return !this.#closed;
  }

  toJSON(): [windowEnd: number, births: number, closed: boolean] {
    return [this.#windowEnd, this.#births, this.#closed];
  }
}
