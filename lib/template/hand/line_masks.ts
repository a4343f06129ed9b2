/**
 * User masks: what they match in a line is a value.
 *
 * @module
 */
import { WILDCARD } from "../mask/token.ts";
import { BeginningSearch } from "./beginning_search.ts";
import { type MaskPattern, maskPattern } from "./mask_pattern.ts";
import type { UserMask } from "./template_settings.ts";

const VALUE = new TextEncoder().encode(WILDCARD);

/**
 * Finds what masks match in one line after another, from left to right: of several masks that match in one place the first in
 * their order, and what is masked is not looked at again. A line without any is left after a search for their beginnings.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LineMasks } from "./line_masks.ts";
 *
 * const masks = new LineMasks([{ pattern: "order-[A-Z]{3}\\d+", name: "order" }]);
 * const line = new TextEncoder().encode("paid order-ABC17 twice");
 * assert(masks.apply(line, 0, line.length));
 * assert.equal(new TextDecoder().decode(masks.bytes.subarray(0, masks.length)), "paid <*> twice");
 * assert.deepEqual([...masks.spans.subarray(0, 3)], [5, 16, 0]); // from, to, number of the mask
 * ```
 */
export class LineMasks {
  /** The line masked last, every match written `<*>`: `bytes[0, length)`. */
  bytes: Uint8Array = new Uint8Array(1024);
  length = 0;
  /** Its matches, three numbers each: first byte, byte behind the last, number of the mask. */
  spans: Int32Array = new Int32Array(3 * 16);
  /** How many there are. */
  count = 0;
  readonly #patterns: readonly MaskPattern[];
  readonly #search: BeginningSearch | null;
  readonly #anywhere: readonly MaskPattern[]; // those of which no beginning is known

  /** @throws {SyntaxError} if a mask is no pattern in RE2's syntax, or matches the empty text. */
  constructor(masks: readonly UserMask[]) {
    this.#patterns = masks.map(({ pattern }) => maskPattern(pattern));
    const known = this.#patterns.flatMap(({ beginning }) => beginning === null ? [] : [beginning]);
    this.#search = known.length === 0 ? null : new BeginningSearch(known);
    this.#anywhere = this.#patterns.filter(({ beginning }) => beginning === null);
  }

  /** Whether a mask matches in `bytes[start, end)`; the line is then masked in {@linkcode bytes}. */
  apply(bytes: Uint8Array, start: number, end: number): boolean {
    this.count = 0;
    let at = this.#anywhere.length > 0 ? start : this.#search!.next(bytes, start, end);
    if (at < 0) return false;
    for (const pattern of this.#patterns) pattern.begin();
    while ((at = this.#place(bytes, at, start, end)) >= 0) at = this.#match(bytes, at, start, end);
    if (this.count > 0) this.#write(bytes, start, end);
    return this.count > 0;
  }

  /** The next place at or behind `at` where a mask may match; -1 = there is none. */
  #place(bytes: Uint8Array, at: number, start: number, end: number): number {
    let next = this.#search === null ? -1 : this.#search.next(bytes, at, end);
    for (const pattern of this.#anywhere) {
      const place = pattern.next(bytes, at, start, end);
      if (place >= 0 && (next < 0 || place < next)) next = place;
    }
    return next;
  }

  /** Notes the match at `at`, if there is one; where to go on. */
  #match(bytes: Uint8Array, at: number, start: number, end: number): number {
    for (let i = 0; i < this.#patterns.length; i++) {
      const to = this.#patterns[i].endOf(bytes, at, start, end);
      if (to <= at) continue;
      this.#note(at, to, i);
      return to;
    }
    return at + 1;
  }

  #note(from: number, to: number, mask: number): void {
    if (this.count * 3 === this.spans.length) {
      const grown = new Int32Array(this.spans.length * 2);
      grown.set(this.spans);
      this.spans = grown;
    }
    this.spans.set([from, to, mask], 3 * this.count++);
  }

  /** The line with a value in the place of every match. */
  #write(bytes: Uint8Array, start: number, end: number): void {
    const most = end - start + this.count * VALUE.length;
    if (this.bytes.length < most) this.bytes = new Uint8Array(most * 2);
    const { bytes: to, spans } = this;
    let at = start, length = 0;
    for (let i = 0; i < this.count; i++) {
      while (at < spans[3 * i]) to[length++] = bytes[at++];
      for (let k = 0; k < VALUE.length; k++) to[length++] = VALUE[k];
      at = spans[3 * i + 1];
    }
    while (at < end) to[length++] = bytes[at++];
    this.length = length;
  }
}
