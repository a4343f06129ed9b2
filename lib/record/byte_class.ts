/**
 * Sets of bytes as regular expressions write them.
 *
 * @module
 */

/** 256 flags: 1 where the byte is in the set. */
export type ByteClass = Uint8Array;

const CLASSES: { [letter: string]: string } = {
  d: "0123456789",
  w: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz",
  s: "\t\n\f\r ",
};
const CONTROLS: { [letter: string]: string } = { t: "\t", n: "\n", r: "\r", f: "\f", v: "\v" };

function setOf(characters: string): ByteClass {
  const set = new Uint8Array(256);
  for (let i = 0; i < characters.length; i++) set[characters.charCodeAt(i)] = 1;
  return set;
}

function complement(set: ByteClass): ByteClass {
  return set.map((flag) => 1 - flag);
}

/** Whether a byte is in both sets. */
export function overlap(a: ByteClass, b: ByteClass): boolean {
  return a.some((flag, byte) => flag === 1 && b[byte] === 1);
}

/** A class and how many characters of the pattern it took. */
export interface ParsedClass {
  set: ByteClass;
  length: number;
}

/**
 * The set of bytes that the item at the head of `pattern` stands for, in RE2's meaning of `\d \w \s . [...]`.
 *
 * @returns null where the item is something else: a group, an anchor, a quantifier, a character that isn't ASCII.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseClass } from "./byte_class.ts";
 *
 * const { set, length } = parseClass("[0-9a-f]{8}")!;
 * assert(length === 8 && set[97] === 1 && set[103] === 0);
 * assert(parseClass("(a|b)") === null);
 * ```
 */
export function parseClass(pattern: string): ParsedClass | null {
  if (pattern[0] === "[") return parseBrackets(pattern);
  if (pattern[0] === "\\") return parseEscape(pattern);
  if (pattern[0] === ".") return { set: complement(setOf("\n")), length: 1 };
  return /^[\x20-\x7e]/.test(pattern) && !/^[\^$*+?()|{}\]]/.test(pattern)
    ? { set: setOf(pattern[0]), length: 1 }
    : null;
}

function parseEscape(pattern: string): ParsedClass | null {
  const letter = pattern[1] ?? "";
  const inside = CLASSES[letter], outside = CLASSES[letter.toLowerCase()], control = CONTROLS[letter];
  if (inside) return { set: setOf(inside), length: 2 };
  if (outside) return { set: complement(setOf(outside)), length: 2 };
  if (control) return { set: setOf(control), length: 2 };
  return /^[!-/:-@[-`{-~]$/.test(letter) ? { set: setOf(letter), length: 2 } : null;
}

function parseBrackets(pattern: string): ParsedClass | null {
  const negated = pattern[1] === "^", set = new Uint8Array(256);
  let at = negated ? 2 : 1;
  if (pattern[at] === "]") return null;
  while (at < pattern.length && pattern[at] !== "]") {
    const low = parseMember(pattern.slice(at));
    if (low === null) return null;
    at += low.length;
    if (pattern[at] === "-" && pattern[at + 1] !== "]" && pattern[at + 1] !== undefined) {
      const high = parseMember(pattern.slice(at + 1));
      const from = onlyByte(low.set), to = high === null ? -1 : onlyByte(high.set);
      if (from < 0 || to < from) return null;
      set.fill(1, from, to + 1);
      at += 1 + high!.length;
    } else low.set.forEach((flag, byte) => set[byte] |= flag);
  }
  return at < pattern.length ? { set: negated ? complement(set) : set, length: at + 1 } : null;
}

/** A character or an escape inside brackets. */
function parseMember(text: string): ParsedClass | null {
  if (text[0] === "\\") return parseEscape(text);
  if (text[0] === "[" || !/^[\x20-\x7e]/.test(text)) return null;
  return { set: setOf(text[0]), length: 1 };
}

function onlyByte(set: ByteClass): number {
  const byte = set.indexOf(1);
  return set.indexOf(1, byte + 1) < 0 ? byte : -1;
}
