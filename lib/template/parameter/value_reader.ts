/**
 * What one value is, from its bytes.
 *
 * @module
 */
import { TimestampReader } from "../../record/timestamp_reader.ts";
import * as byteClass from "../mask/byte_class.ts";
import { isDay, isMonth } from "../mask/calendar.ts";
import { isHostName } from "../mask/host_name.ts";
import { isQuote } from "../mask/quoted.ts";
import { joinHashes } from "../mask/token.ts";
import * as valueKind from "./kind.ts";
import { QuantityReader } from "./quantity.ts";
import * as slotRole from "./role.ts";
import type { Unit } from "./unit.ts";

// Own constants are folded into the machine code, imported ones are read at every use.
const { AT_SIGN, BACKSLASH, BLANK, BYTE_CLASS, CAPITAL, DIGIT, DOT, HEX_LETTER } = byteClass;
const { HYPHEN, LETTER, OTHER, PUNCTUATION, SLASH, UNDERSCORE } = byteClass;
const { ADDRESS, HOST, ID, NUMBER, PATH, SECRET, TEXT, TIME, URL_KIND, USER, WORD } = valueKind;
const { FILE_ROLE, HOST_ROLE, ID_ROLE, NO_ROLE, SECRET_ROLE, USER_ROLE } = slotRole;

const COLON = 0x3a, SLASH_BYTE = 0x2f, POINT = 0x2e, T = 0x54, OPEN = 0x5b, CLOSE = 0x5d;

const isDigit = (byte: number) => (byte ^ 0x30) < 10;

/** What the text around a value says about it. */
export interface ValueContext {
  /** The unit that stands behind it, or `null`. */
  readonly unit: Unit | null;
  /** What its name says; see `role.ts`. */
  readonly role: number;
}

/** Nothing is known of what stands around. */
export const NO_CONTEXT: ValueContext = { unit: null, role: NO_ROLE };

/**
 * Reads values one by one: kind, number in the unit of the kind, and a hash. One pass over the bytes, a second one over short
 * parts of some; allocates nothing and never throws.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { VALUE_KINDS } from "./kind.ts";
 * import { ValueReader } from "./value_reader.ts";
 *
 * const reader = new ValueReader(), bytes = new TextEncoder().encode("10.0.0.7:80 1.5KB");
 * reader.read(bytes, 0, 11);
 * assert.equal(VALUE_KINDS[reader.kind], "address");
 * reader.read(bytes, 12, 17);
 * assert.deepEqual([VALUE_KINDS[reader.kind], reader.number], ["size", 1536]);
 * ```
 */
export class ValueReader {
  /** The kind of the value read last. */
  kind: number = TEXT;
  /** Its number in the unit of its kind; NaN where it is none. */
  number = NaN;
  /** 53 bits, equal for equal bytes; 0 for every secret. */
  hash = 0;
  readonly #quantity = new QuantityReader();
  readonly #times = new TimestampReader();

  /** Reads `bytes[start, end)`. */
  read(bytes: Uint8Array, start: number, end: number, context: ValueContext = NO_CONTEXT): void {
    let classes = 0, first = 0x811c9dc5, second = 0x2545f491;
    for (let i = start; i < end; i++) {
      const byte = bytes[i];
      classes |= BYTE_CLASS[byte];
      first = Math.imul(first ^ byte, 0x01000193);
      second = Math.imul(second ^ byte, 0x5bd1e995) + (second >>> 15) | 0;
    }
    this.number = NaN;
    if (context.role === SECRET_ROLE) {
      this.kind = SECRET;
      this.hash = 0;
      return;
    }
    first = Math.imul(first ^ (first >>> 16), 0x85ebca6b);
    second = Math.imul(second ^ (second >>> 15), 0xc2b2ae35);
    this.hash = joinHashes(first ^ (first >>> 13), second ^ (second >>> 16));
    if (context.role === ID_ROLE && (classes & ~(DIGIT | HYPHEN)) === 0 && classes & DIGIT) {
      this.kind = ID;
      return;
    }
    if (
      classes & PUNCTUATION && end - start > 2 && isQuote(bytes[start]) && bytes[end - 1] === bytes[start]
    ) {
      classes = classesOf(bytes, ++start, --end);
    }
    const kind = this.#kindOf(bytes, start, end, classes);
    this.kind = context === NO_CONTEXT ? kind : this.#inContext(kind, classes, context);
  }

  #inContext(kind: number, classes: number, { unit, role }: ValueContext): number {
    if (role === ID_ROLE) {
      if (kind === NUMBER || kind === WORD) {
        this.number = NaN;
        return kind === WORD ? WORD : ID;
      }
      return kind;
    }
    if (kind === NUMBER && unit !== null) {
      this.number *= unit.factor;
      return unit.kind;
    }
    const name = kind === WORD || kind === ID || kind === NUMBER || (kind === TEXT && !(classes & BLANK));
    if (!name || role === NO_ROLE) return kind;
    if (kind === NUMBER) {
      if (role === FILE_ROLE) return kind;
      this.number = NaN;
      return ID;
    }
    return role === USER_ROLE ? USER : role === HOST_ROLE ? HOST : role === FILE_ROLE ? PATH : kind;
  }

  #kindOf(bytes: Uint8Array, start: number, end: number, classes: number): number {
    if (start >= end) return TEXT;
    if ((classes & (DOT | DIGIT)) === (DOT | DIGIT)) {
      if (isIpv4(bytes, bytes[start] === SLASH_BYTE ? start + 1 : start, end)) return ADDRESS;
    }
    if (classes & DIGIT && this.#quantity.read(bytes, start, end)) {
      this.number = this.#quantity.number;
      return this.#quantity.kind;
    }
    if (!(classes & ~(LETTER | CAPITAL | HYPHEN | UNDERSCORE))) return classes & LETTER ? WORD : TEXT;
    if (classes & DIGIT && this.#isTime(bytes, start, end)) return TIME;
    if (classes & BLANK) return TEXT;
    if (classes & SLASH && isUrl(bytes, start, end)) return URL_KIND;
    if (classes & PUNCTUATION && isColonAddress(bytes, start, end)) return ADDRESS;
    return this.#nameOf(bytes, start, end, classes);
  }

  /** What has letters, digits and marks between them. */
  #nameOf(bytes: Uint8Array, start: number, end: number, classes: number): number {
    if (classes & AT_SIGN && classes & LETTER) return USER;
    if (classes & (SLASH | BACKSLASH)) {
      const leads = bytes[start] === SLASH_BYTE || (classes & LETTER) !== 0;
      return leads ? PATH : TEXT;
    }
    const host = portStart(bytes, start, end);
    if (classes & DOT && isHostName(bytes, start, host)) return HOST;
    if (host < end && classes & LETTER && !(classesOf(bytes, start, host) & (PUNCTUATION | OTHER))) {
      return HOST;
    }
    if (classes & PUNCTUATION) return TEXT;
    if (classes & DIGIT) return ID;
    return classes & OTHER ? TEXT : WORD;
  }

  /** `2026-03-02T10:00:00Z`, `2026-03-02`, `10:00:00.123`, `Mar  3 10:00:00`. */
  #isTime(bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if (length < 5 || length > 48) return false;
    if (!isDigit(bytes[start])) return end - start > 4 && (isMonth(bytes, start) || isDay(bytes, start));
    if (isClock(bytes, start, end)) return true;
    if (length < 8) return false;
    const time = this.#times.iso(bytes, start, end);
    if (time === time && this.#times.end === end) {
      this.number = time;
      return true;
    }
    return isDate(bytes, start, end);
  }
}

/** Union of the classes of `bytes[start, end)`. */
function classesOf(bytes: Uint8Array, start: number, end: number): number {
  let classes = 0;
  for (let i = start; i < end; i++) classes |= BYTE_CLASS[bytes[i]];
  return classes;
}

/** Where `:port` at the end of a name begins; `end` where there is none. */
function portStart(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && end - at < 6 && isDigit(bytes[at - 1])) at--;
  return at < end && at - 1 > start && bytes[at - 1] === COLON ? at - 1 : end;
}

/** `12:30`, `12:30:45`, `12:30:45.123`. */
function isClock(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start, groups = 0;
  for (;;) {
    const from = at;
    while (at < end && at - from < 2 && isDigit(bytes[at])) at++;
    if (at === from) return false;
    groups++;
    if (at < end && bytes[at] === COLON && groups < 3) at++;
    else break;
  }
  if (groups < 2) return false;
  if (groups === 2 && at - start < 5) return false;
  if (at < end && (bytes[at] === POINT || bytes[at] === 0x2c)) {
    for (at++; at < end && isDigit(bytes[at]);) at++;
  }
  return at === end;
}

/** Four digits or two, a mark, two digits, the mark again; what stands behind is the time of day or a year. */
function isDate(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && at - start < 4 && isDigit(bytes[at])) at++;
  const mark = bytes[at], first = at - start;
  if ((first !== 4 && first !== 2) || (mark !== 0x2d && mark !== SLASH_BYTE)) return false;
  const month = ++at;
  while (at < end && at - month < 3 && BYTE_CLASS[bytes[at]] & (DIGIT | LETTER)) at++;
  if (at - month < 2 || bytes[at] !== mark) return false;
  const day = ++at;
  while (at < end && at - day < 4 && isDigit(bytes[at])) at++;
  if (at - day < 2) return false;
  return at === end || bytes[at] === T || bytes[at] === 0x20 || bytes[at] === COLON;
}

/** A scheme and `://`. */
function isUrl(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && at - start < 20 && BYTE_CLASS[bytes[at]] & (LETTER | DIGIT | DOT | HYPHEN)) at++;
  return at > start && at + 3 < end && bytes[at] === COLON && bytes[at + 1] === SLASH_BYTE &&
    bytes[at + 2] === SLASH_BYTE;
}

/** Four groups of up to three digits, a port or the length of a prefix behind them. */
function isIpv4(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  for (let group = 0; group < 4; group++) {
    const from = at;
    while (at < end && at - from < 3 && isDigit(bytes[at])) at++;
    if (at === from) return false;
    if (group < 3 && bytes[at++] !== POINT) return false;
  }
  if (at >= end) return at === end;
  if (bytes[at] !== COLON && bytes[at] !== SLASH_BYTE) return false;
  for (at++; at < end; at++) if (!isDigit(bytes[at])) return false;
  return bytes[end - 1] !== COLON && bytes[end - 1] !== SLASH_BYTE;
}

/** IPv6 or a hardware address; `[::1]:80`. */
function isColonAddress(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] !== OPEN) return isGroups(bytes, start, end);
  let close = start + 1;
  while (close < end && bytes[close] !== CLOSE) close++;
  if (close === end || !isGroups(bytes, start + 1, close)) return false;
  return close + 1 === end || bytes[close + 1] === COLON;
}

/** Groups of hexadecimal digits with colons between them: eight, six pairs, or fewer with `::` among them. */
function isGroups(bytes: Uint8Array, start: number, end: number): boolean {
  let colons = 0, digits = 0, doubled = false;
  for (let i = start; i < end; i++) {
    if (bytes[i] === COLON) {
      if (i > start && bytes[i - 1] === COLON) doubled = true;
      colons++;
      digits = 0;
    } else if (BYTE_CLASS[bytes[i]] & (DIGIT | HEX_LETTER)) {
      if (++digits > 4) return false;
    } else if (bytes[i] !== POINT || colons === 0) return false;
  }
  return end - start > 2 && (colons === 7 || colons === 5 || (doubled && colons >= 2));
}
