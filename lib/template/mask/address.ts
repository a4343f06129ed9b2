/**
 * Hardware and IPv6 addresses.
 *
 * @module
 */
import * as ascii from "./ascii.ts";
import * as byteClass from "./byte_class.ts";

// Own constants are folded into the machine code, imported ones are read at every use.
const { COLON, FULL_STOP } = ascii;
const { BYTE_CLASS, DIGIT, HEX_LETTER, WORD_END } = byteClass;

/** The end of a MAC or IPv6 address that begins at `start`, or 0. */
export function addressEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start, groups = 0, colons = 0, digits = 0, doubled = false, anyDigit = false;
  for (; at < end; at++) {
    const byte = bytes[at], cls = BYTE_CLASS[byte];
    if (cls & (DIGIT | HEX_LETTER)) {
      if (cls & DIGIT) anyDigit = true;
      if (++digits > 4) return 0;
    } else if (byte === COLON) {
      if (digits > 0) groups++;
      else if (at > start && bytes[at - 1] === COLON) doubled = true;
      digits = 0;
      colons++;
    } else if (cls & WORD_END || byte === FULL_STOP) break;
    else return 0;
  }
  if (digits > 0) groups++;
  if (bytes[at - 1] === COLON) {
    at--;
    colons--;
    if (bytes[at - 1] === COLON) return 0;
  }
  const enough = colons >= 5 || (doubled && groups >= 2);
  const hasNumber = anyDigit || (colons === 5 && at - start === 17);
  return enough && hasNumber ? at : 0;
}
