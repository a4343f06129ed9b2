/**
 * Searching bytes for places where one of several sequences can begin.
 *
 * @module
 */
import type { ByteClass } from "../../record/byte_class.ts";

/**
 * Looks at two bytes, and leaps as far as they allow: the longer the shortest beginning, the fewer bytes are looked at.
 *
 * Source: S. Wu, U. Manber, *A Fast Algorithm for Multi-Pattern Searching*, 1994; here positions are sets of bytes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { BeginningSearch } from "./beginning_search.ts";
 *
 * const only = (char: string) => Uint8Array.from({ length: 256 }, (_, byte) => byte === char.charCodeAt(0) ? 1 : 0);
 * const search = new BeginningSearch([Array.from("order-", only)]);
 * const bytes = new TextEncoder().encode("paid order-17");
 * assert.equal(search.next(bytes, 0, bytes.length), 5);
 * assert.equal(search.next(bytes, 6, bytes.length), -1);
 * ```
 */
export class BeginningSearch {
  readonly #length: number; // of the shortest beginning
  readonly #leaps: Uint8Array; // by two bytes, the last ones of as many as the shortest beginning has; by one where it has one

  /** @param beginnings Of each sequence the bytes that its first positions can have, at least one position each. */
  constructor(beginnings: readonly (readonly ByteClass[])[]) {
    const length = this.#length = Math.min(...beginnings.map((sets) => sets.length));
    if (length === 1) {
      this.#leaps = Uint8Array.from(
        { length: 256 },
        (_, byte) => beginnings.some(([set]) => set[byte] === 1) ? 0 : 1,
      );
      return;
    }
    const leaps = this.#leaps = new Uint8Array(1 << 16).fill(length - 1);
    for (const sets of beginnings) {
      for (let at = 1; at < length; at++) shorten(leaps, sets[at - 1], sets[at], length - 1 - at);
    }
  }

  /** The first place at or behind `from` where one of them can begin; -1 = there is none before `end`. */
  next(bytes: Uint8Array, from: number, end: number): number {
    const leaps = this.#leaps, back = this.#length - 1;
    let at = from + back;
    if (back === 0) {
      while (at < end && leaps[bytes[at]] !== 0) at++;
      return at < end ? at : -1;
    }
    while (at < end) {
      const leap = leaps[bytes[at - 1] << 8 | bytes[at]];
      if (leap === 0) return at - back;
      at += leap;
    }
    return -1;
  }
}

function shorten(leaps: Uint8Array, first: ByteClass, second: ByteClass, leap: number): void {
  for (let a = 0; a < 256; a++) {
    if (first[a] === 0) continue;
    for (let b = 0; b < 256; b++) {
      if (second[b] === 1 && leaps[a << 8 | b] > leap) leaps[a << 8 | b] = leap;
    }
  }
}
