/**
 * When forms of different shapes are one template without being merged.
 *
 * @module
 */
import type { Form } from "../form.ts";
import { DOTTED, LITERAL, MARK, PLACEHOLDER, PREFIXED, VARIABLE, WILDCARD } from "../mask/token.ts";

const UNITS = new Set([
  ..."ms s sec secs second seconds min mins minutes us ns msec h hours days".split(" "),
  ..."B KB MB GB KiB MiB GiB kB TB".split(" "),
]);
/** Literal words below which units and placeholders are taken as they are. */
const WORDS_NEEDED = 3;
const UNIT_LIMIT = 8;
/** Repeats from which different dotted names count as one unit. */
const LOOSE_REPEATS = 3;

interface Part {
  text: string;
  /** The text without the blank before it. */
  bare: string;
  dotted: boolean;
  /** Whether a value is in it. */
  value: boolean;
}

const VALUE: Part = { text: WILDCARD, bare: WILDCARD, dotted: false, value: true };

/**
 * A key that forms share when they differ only in optional parts: a bracket that holds nothing but a value, ` (…)` with a value, units
 * behind a value, `<`/`>` before one, `v:v` and `v/v` against `v`, a placeholder against a value, and repeats.
 *
 * @param weights Weight of each word, shape [form.length].
 */
export function normalKey(form: Form, weights: Float64Array): string {
  let words = 0;
  for (let i = 0; i < form.length; i++) {
    if (form.kinds[i] === LITERAL || form.kinds[i] === DOTTED) words += weights[i];
  }
  const parts: Part[] = [];
  for (let i = 0; i < form.length;) i = addPart(form, i, parts, words >= WORDS_NEEDED);
  if (!parts.some(({ value }) => value)) return keyOf(parts); // nothing to leave out
  return keyOf(withoutEmptyBrackets(withoutLists(collapse(parts))));
}

const keyOf = (parts: Part[]) => parts.map(({ text }) => text).join("\x01");

/** Adds what stands at `i` to the parts, or leaves it out; returns the next position. */
function addPart(form: Form, i: number, parts: Part[], telling: boolean): number {
  const { kinds, words, blanks } = form;
  const optionalEnd = optionalBracketEnd(form, i);
  if (optionalEnd) return optionalEnd;
  if (telling && kinds[i] === PLACEHOLDER) {
    parts.push(VALUE);
    return i + 1;
  }
  if (telling && parts.at(-1)?.text === WILDCARD) {
    if (kinds[i] === LITERAL && UNITS.has(words[i])) return i + 1;
    const joint = words[i] === ":" || words[i] === "/";
    if (
      kinds[i] === MARK && joint && !blanks[i] && i + 1 < form.length && !blanks[i + 1] && form.varies(i + 1)
    ) {
      return i + 2;
    }
  }
  if (telling && isComparison(form, i)) return i + 1;
  if (form.varies(i)) parts.push(VALUE);
  else {
    const bare = words[i], text = blanks[i] ? " " + bare : bare;
    parts.push({ text, bare, dotted: kinds[i] === DOTTED, value: bare.includes(WILDCARD) });
  }
  return i + 1;
}

/** `<` or `>` before a value, but not `<value>`. */
function isComparison(form: Form, i: number): boolean {
  const { words, kinds, blanks } = form;
  if (kinds[i] !== MARK || (words[i] !== "<" && words[i] !== ">")) return false;
  return blanks[i] > 0 && !blanks[i + 1] && kinds[i + 1] === VARIABLE && words[i + 2] !== ">";
}

/** Where ` (…)` that holds a value, at most one word and no punctuation ends; 0 where there is none at `i`. */
function optionalBracketEnd(form: Form, i: number): number {
  if (form.kinds[i] !== MARK || form.words[i] !== "(" || !form.blanks[i] || i <= 1) return 0;
  let words = 0, values = 0, at = i + 1;
  for (; at < form.length && form.words[at] !== ")"; at++) {
    if (form.kinds[at] === MARK) return 0;
    if (form.varies(at) || form.kinds[at] === PREFIXED) values++;
    else words++;
  }
  return at < form.length && values > 0 && words <= 1 ? at + 1 : 0;
}

/** Immediate repeats of a unit that holds a value become one; different dotted names count as equal from three repeats on. */
function collapse(parts: Part[]): Part[] {
  const kept: Part[] = [];
  for (let at = 0; at < parts.length;) {
    const unit = repeatedUnit(parts, at);
    for (let i = 0; i < unit.size; i++) kept.push(parts[at + i]);
    at += unit.size * unit.count;
  }
  return kept;
}

function repeatedUnit(parts: Part[], at: number): { size: number; count: number } {
  let value = false;
  for (let size = 1; size <= UNIT_LIMIT && at + 2 * size <= parts.length; size++) {
    value ||= parts[at + size - 1].value;
    if (!value || !isEqual(parts[at], parts[at + size], true)) continue;
    for (const loose of [false, true]) {
      const count = repeatsAt(parts, at, size, loose);
      if (count >= (loose ? LOOSE_REPEATS : 2)) return { size, count };
    }
  }
  return { size: 1, count: 1 };
}

const isEqual = (a: Part, b: Part, loose: boolean) => a.bare === b.bare || (loose && a.dotted && b.dotted);

/** How often the unit of `size` parts at `at` stands there in a row. */
function repeatsAt(parts: Part[], at: number, size: number, loose: boolean): number {
  let count = 1;
  for (; at + (count + 1) * size <= parts.length; count++) {
    for (let i = at; i < at + size; i++) if (!isEqual(parts[i], parts[i + count * size], loose)) return count;
  }
  return count;
}

/** `v, v, v` → `v`. */
function withoutLists(parts: Part[]): Part[] {
  const kept: Part[] = [];
  for (const part of parts) {
    const list = part.bare === WILDCARD && kept.at(-1)?.text === "," && kept.at(-2)?.bare === WILDCARD;
    if (list) kept.pop();
    else kept.push(part);
  }
  return kept;
}

/** `(v)` → `()`, whether or not a value was there. */
function withoutEmptyBrackets(parts: Part[]): Part[] {
  const pairs = ["()", "[]", "{}"];
  return parts.filter((part, i) => {
    if (part.bare !== WILDCARD || i === 0 || i + 1 >= parts.length) return true;
    return !pairs.includes(parts[i - 1].bare + parts[i + 1].bare);
  });
}
