/**
 * Session windows by key.
 *
 * @module
 */
import { EXTRA, SessionColumns } from "./session_columns.ts";
import { SessionKeys } from "./session_keys.ts";

/**
 * Which windows a key has: the first lies under the key's own number, further ones hang on it by `next`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LIVE } from "./session_columns.ts";
 * import { SessionTable } from "./session_table.ts";
 *
 * const table = new SessionTable();
 * const key = table.keys.intern(new TextEncoder().encode("a"), 0, 1);
 * table.makeRoom();
 * table.columns.flags[key] = LIVE;
 * table.columns.next[key] = -1;
 * table.held = 1;
 * table.forEach(() => true); // forget every one
 * assert.equal(table.keys.size, 0);
 * ```
 */
export class SessionTable {
  /** Keys that have windows. */
  readonly keys: SessionKeys = new SessionKeys();
  /** Everything about each window, by number. */
  readonly columns: SessionColumns = new SessionColumns();
  /** Windows in the table. */
  held = 0;

  /** Makes room for the numbers that {@linkcode keys} has given. */
  makeRoom(): void {
    this.columns.makeRoom(this.keys.capacity);
  }

  /** A number for a further window of a key, hung on the key's own. */
  hang(number: number): number {
    const window = this.keys.reserve();
    this.makeRoom();
    const { flags, next } = this.columns;
    flags[window] = EXTRA;
    next[window] = next[number];
    next[number] = window;
    return window;
  }

  /** Takes a further window off; `before` is the one that it hangs on. */
  unhang(window: number, before: number): void {
    this.columns.next[before] = this.columns.next[window];
    this.#free(window);
  }

  /** Visits every window with its key's number; those for which `visit` is true are forgotten. */
  forEach(visit: (window: number, number: number) => boolean): void {
    const { flags, next } = this.columns;
    for (let number = 0; number < this.keys.end; number++) {
      if (flags[number] === 0 || (flags[number] & EXTRA) !== 0) continue;
      for (let before = number, window = next[number]; window >= 0; window = next[before]) {
        if (visit(window, number)) this.unhang(window, before);
        else before = window;
      }
      if (visit(number, number)) this.#forgetFirst(number);
    }
  }

  /** Forgets the window under a key's own number; a further one takes its place, or the key goes too. */
  #forgetFirst(number: number): void {
    const window = this.columns.next[number];
    if (window >= 0) {
      this.columns.move(window, number);
      this.#free(window);
      return;
    }
    this.columns.free(number);
    this.keys.remove(number);
    this.held--;
  }

  #free(window: number): void {
    this.columns.free(window);
    this.keys.release(window);
    this.held--;
  }

  /** Forgets everything. */
  clear(): void {
    this.keys.clear();
    this.columns.clear();
    this.held = 0;
  }
}
