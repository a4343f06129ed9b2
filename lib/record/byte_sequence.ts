/**
 * Simple patterns as byte matchers that need no backtracking.
 *
 * @module
 */
import { type ByteClass, overlap, parseClass } from "./byte_class.ts";

/** Between `min` and `max` bytes of a class, as many as there are. */
export interface SequenceItem {
  set: ByteClass;
  min: number;
  max: number;
}

/** A pattern as items in a row; `[keyFrom, keyTo)` are the items of the key. */
export interface ByteSequence {
  items: SequenceItem[];
  keyFrom: number;
  keyTo: number;
}

const LONGEST_REPEAT = 1000; // RE2's own limit for {n}

/**
 * A pattern as a sequence of byte classes, where taking as much as possible from left to right finds just what a regular
 * expression engine finds, in time proportional to the text: literals, `.`, `\d \w \s \D \W \S`, `[...]`, with `?`, `+`, `*`,
 * `{n}`, `{n,}`, `{n,m}`, and one group around a part of it.
 *
 * @returns null for every other pattern; a real engine is needed for those.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseSequence } from "./byte_sequence.ts";
 *
 * assert(parseSequence("blk_-?\\d+")?.items.length === 6);
 * assert(parseSequence("order=(\\d+)")?.keyFrom === 6);
 * assert(parseSequence("a|b") === null);
 * assert(parseSequence("\\d+5") === null); // would have to give a 5 back
 * ```
 */
export function parseSequence(pattern: string): ByteSequence | null {
  const items: SequenceItem[] = [];
  let keyFrom = -1, keyTo = -1;
  for (let at = 0; at < pattern.length;) {
    if (pattern[at] === "(" && pattern[at + 1] !== "?" && keyFrom < 0) {
      keyFrom = items.length;
      at++;
    } else if (pattern[at] === ")" && keyFrom >= 0 && keyTo < 0) {
      keyTo = items.length;
      if (/^[?*+{]/.test(pattern.slice(at + 1))) return null;
      at++;
    } else {
      const parsed = parseItem(pattern.slice(at));
      if (parsed === null) return null;
      items.push(parsed.item);
      at += parsed.length;
    }
  }
  if (keyFrom >= 0 && keyTo < 0) return null;
  if (keyFrom < 0) [keyFrom, keyTo] = [0, items.length];
  const fits = keyIsNeverEmpty(items, keyFrom, keyTo) && neverGivesBack(items) && isLinear(items);
  return fits ? { items, keyFrom, keyTo } : null;
}

function parseItem(pattern: string): { item: SequenceItem; length: number } | null {
  const parsed = parseClass(pattern);
  if (parsed === null || !parsed.set.includes(1)) return null; // [^\d\D] has no byte at all
  const quantifier = /^(?:[?*+]|\{(\d+)(,?)(\d*)\})/.exec(pattern.slice(parsed.length));
  if (quantifier === null) {
    return pattern[parsed.length] === "{"
      ? null
      : { item: { set: parsed.set, min: 1, max: 1 }, length: parsed.length };
  }
  const length = parsed.length + quantifier[0].length;
  if (/^[?*+{]/.test(pattern.slice(length))) return null; // lazy, possessive or doubled
  const [min, max] = boundsOf(quantifier);
  if (!(min <= max && min <= LONGEST_REPEAT && (max <= LONGEST_REPEAT || max === Infinity))) return null;
  return { item: { set: parsed.set, min, max }, length };
}

function boundsOf([text, low, comma, high]: string[]): [number, number] {
  if (text === "?") return [0, 1];
  if (text === "*") return [0, Infinity];
  if (text === "+") return [1, Infinity];
  return [Number(low), high ? Number(high) : comma ? Infinity : Number(low)];
}

/** Every match has a key of at least one byte. */
function keyIsNeverEmpty(items: SequenceItem[], keyFrom: number, keyTo: number): boolean {
  return items.slice(keyFrom, keyTo).some(({ min }) => min > 0);
}

/** What can follow an item of variable length never begins with a byte of that item: giving back can't help. */
function neverGivesBack(items: SequenceItem[]): boolean {
  return items.every((item, i) => {
    if (item.min === item.max) return true;
    for (const later of items.slice(i + 1)) {
      if (later.max > 0 && overlap(item.set, later.set)) return false;
      if (later.min > 0) return true;
    }
    return true;
  });
}

/** No byte is looked at from more than a fixed number of starts, whatever the text. */
function isLinear(items: SequenceItem[]): boolean {
  return items.every((item, i) =>
    item.max !== Infinity || i === 0 || i === items.length - 1 ||
    items.slice(0, i).some((earlier) => earlier.min > 0 && !overlap(earlier.set, item.set))
  );
}
