/**
 * Pins: texts of templates that people gave.
 *
 * @module
 */
import { WILDCARD } from "../mask/token.ts";

/** What stands for a value in the text of a template: `<*>`, or what redaction left in the place of a secret. */
const VALUES = /<(?:\*|secret|jwt|aws-key|private-key|email|card|redacted)>/g;
const SPACE = 0x20, TAB = 0x09;
const encoder = new TextEncoder();
const isBlank = (byte: number) => byte === SPACE || byte === TAB;

/** A pin: its literal parts, and how a line must begin and end. */
interface Pin {
  /** In their order; the first is what the line begins with, the last what it ends with; both may be empty. */
  parts: Uint8Array[];
}

/**
 * The text of a pin as it is kept: without blanks around it, blanks one blank, values that follow each other one value.
 *
 * @throws {SyntaxError} if it has no letter or digit of its own: it would take every line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { pinText } from "./pinned_texts.ts";
 *
 * assert.equal(pinText(" paid by <email> with <*><*>"), "paid by <*> with <*>");
 * assert.throws(() => pinText("<*> - <*>"), SyntaxError);
 * ```
 */
export function pinText(text: string): string {
  const kept = text.trim().replace(/[ \t]+/g, " ").replace(VALUES, WILDCARD).replace(
    /<\*>(?:<\*>)+/g,
    WILDCARD,
  );
  if (/[\p{L}\p{N}]/u.test(kept.replaceAll(WILDCARD, ""))) return kept;
  throw new SyntaxError(
    `Cannot pin a template: its text must have a letter or digit beside values, current value is ${
      JSON.stringify(text)
    }`,
  );
}

/**
 * Which pin a line belongs to: the first in their order that it matches. `<*>` is any text, also none; a blank is any blanks;
 * everything else stands for itself. A pin's parts are looked for one after the other, so a line costs time in proportion to its
 * length and the pin's, and nothing is ever tried twice.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { PinnedTexts } from "./pinned_texts.ts";
 *
 * const pins = new PinnedTexts(["session opened for <*>", "session <*> for <*>"]);
 * const find = (line: string) => pins.find(new TextEncoder().encode(line), 0, line.length);
 * assert.deepEqual(["session opened for ann", "session closed for ann", "no session"].map(find), [0, 1, -1]);
 * ```
 */
export class PinnedTexts {
  readonly #pins: readonly Pin[];
  readonly #byFirst: (number[] | null)[]; // pins by the first byte of their lines, in their order; `null` = there are none

  /** @throws {SyntaxError} if a text has no letter or digit of its own. */
  constructor(texts: readonly string[]) {
    this.#pins = texts.map((text) => ({
      parts: pinText(text).split(WILDCARD).map((part) => encoder.encode(part)),
    }));
    this.#byFirst = Array.from({ length: 256 }, (_, byte) => {
      const numbers = [...this.#pins.keys()].filter((number) => {
        const [first] = this.#pins[number].parts;
        return first.length === 0 || first[0] === byte;
      });
      return numbers.length === 0 ? null : numbers;
    });
  }

  /** The number of the first pin that `bytes[start, end)` matches; -1 = none. */
  find(bytes: Uint8Array, start: number, end: number): number {
    while (start < end && isBlank(bytes[start])) start++;
    const numbers = start < end ? this.#byFirst[bytes[start]] : null;
    if (numbers === null) return -1;
    while (isBlank(bytes[end - 1])) end--;
    for (const number of numbers) if (matches(this.#pins[number].parts, bytes, start, end)) return number;
    return -1;
  }
}

function matches(parts: readonly Uint8Array[], bytes: Uint8Array, start: number, end: number): boolean {
  let at = partEnd(parts[0], bytes, start, end);
  if (at < 0 || parts.length === 1) return at === end;
  const last = partStart(parts[parts.length - 1], bytes, at, end);
  if (last < 0) return false;
  for (let i = 1; i < parts.length - 1; i++) {
    at = nextEnd(parts[i], bytes, at, last);
    if (at < 0) return false;
  }
  return true;
}

/** Where the part ends that begins at `at`; -1 = it doesn't stand there. A blank within it is any blanks, one at its end is one. */
function partEnd(part: Uint8Array, bytes: Uint8Array, at: number, end: number): number {
  for (let i = 0; i < part.length; i++) {
    if (at >= end) return -1;
    if (part[i] === SPACE) {
      if (!isBlank(bytes[at++])) return -1;
      if (i < part.length - 1) { while (at < end && isBlank(bytes[at])) at++; }
    } else if (bytes[at++] !== part[i]) return -1;
  }
  return at;
}

/** Where the part begins that ends at `end`, at `least` or behind; -1 = it doesn't stand there. */
function partStart(part: Uint8Array, bytes: Uint8Array, least: number, end: number): number {
  let at = end;
  for (let i = part.length - 1; i >= 0; i--) {
    if (at <= least) return -1;
    if (part[i] === SPACE) {
      if (!isBlank(bytes[--at])) return -1;
      if (i > 0) { while (at > least && isBlank(bytes[at - 1])) at--; }
    } else if (bytes[--at] !== part[i]) return -1;
  }
  return at;
}

/** Where the part ends that begins first at or behind `from`; -1 = it is nowhere before `end`. */
function nextEnd(part: Uint8Array, bytes: Uint8Array, from: number, end: number): number {
  const first = part[0];
  for (let at = from; at < end; at++) {
    if (bytes[at] !== first && !(first === SPACE && isBlank(bytes[at]))) continue;
    const to = partEnd(part, bytes, at, end);
    if (to >= 0) return to;
  }
  return -1;
}
