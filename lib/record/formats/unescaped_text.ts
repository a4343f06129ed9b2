/**
 * The inside of a JSON string as the bytes that it stands for.
 *
 * @module
 */
import { LINE_LIMIT } from "../lines.ts";

/** What `\b`, `\f`, `\n`, `\r` and `\t` stand for; any other escaped byte stands for itself. */
const CONTROLS: Record<number, number> = { 98: 8, 102: 12, 110: 10, 114: 13, 116: 9 };

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
      offsets[to] = p;
      const byte = bytes[p++];
      if (byte !== 92 || p >= end) target[to++] = byte;
      else if (bytes[p] !== 117) {
        target[to++] = CONTROLS[bytes[p]] ?? bytes[p];
        p++;
      } else {
        const code = hexadecimal(bytes, p + 1, end);
        if (code < 0) target[to++] = byte;
        else {
          to = this.#encode(code, target, to);
          p += 5;
        }
      }
    }
    offsets[to] = p;
    return to;
  }

  #encode(code: number, target: Uint8Array, to: number): number {
    const from = this.offsets[to];
    if (code >= 0xd800 && code < 0xe000) code = 0xfffd;
    if (code < 0x80) target[to++] = code;
    else {
      if (code < 0x800) target[to++] = 0xc0 | code >> 6;
      else {
        target[to++] = 0xe0 | code >> 12;
        this.offsets[to] = from;
        target[to++] = 0x80 | code >> 6 & 63;
      }
      this.offsets[to] = from;
      target[to++] = 0x80 | code & 63;
    }
    return to;
  }
}

/** The number of the four hexadecimal digits at `p`, -1 where they are none. */
function hexadecimal(bytes: Uint8Array, p: number, end: number): number {
  if (p + 4 > end) return -1;
  let code = 0;
  for (const stop = p + 4; p < stop; p++) {
    const digit = bytes[p] - 48 >>> 0, letter = (bytes[p] | 32) - 97 >>> 0;
    if (digit > 9 && letter > 5) return -1;
    code = code << 4 | (digit < 10 ? digit : letter + 10);
  }
  return code;
}
