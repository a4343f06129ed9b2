/**
 * The inside of a JSON string as the bytes that it stands for.
 *
 * @module
 */
import { escapeAt, putCodePoint } from "../../source/json_string.ts";
import { LINE_LIMIT } from "../lines.ts";

/**
 * Takes the escapes out of a string's inside and remembers where each byte came from.
 *
 * @see RFC 8259 § 7.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { UnescapedText } from "./unescaped_text.ts";
 *
 * const raw = new TextEncoder().encode(String.raw`a \"b\"`), text = new UnescapedText(), target = new Uint8Array(80);
 * const end = text.decode(raw, { start: 0, end: raw.length }, target);
 * assert(new TextDecoder().decode(target.subarray(0, end)) === 'a "b"');
 * assert(text.offsets[2] === 2 && text.offsets[3] === 4);
 * ```
 */
export class UnescapedText {
  /** Offset in the raw bytes of each byte decoded last, and the one behind the last. */
  readonly offsets = new Int32Array(LINE_LIMIT + 17);

  /**
   * Decodes `bytes[range.start, range.end)` into `target`, as much of it as fits; offset behind the last byte written.
   * Half of a surrogate pair becomes U+FFFD, an escape that is none stays as it is.
   */
  decode(bytes: Uint8Array, range: { start: number; end: number }, target: Uint8Array): number {
    const { end } = range, offsets = this.offsets, limit = Math.min(offsets.length - 1, target.length) - 4;
    let p = range.start, to = 0;
    while (p < end && to < limit) {
      const from = p, byte = bytes[p], escape = byte === 92 ? escapeAt(bytes, p, end) : -1;
      offsets[to] = from;
      if (escape < 0) {
        target[to++] = byte;
        p++;
        continue;
      }
      const behind = putCodePoint(escape >> 4, target, to);
      while (++to < behind) offsets[to] = from;
      p += escape & 15;
    }
    offsets[to] = p;
    return to;
  }
}
