/**
 * One user mask: where it matches in a line.
 *
 * @module
 */
import { RE2JS } from "re2js";
import type { ByteClass } from "../../record/byte_class.ts";
import { parseSequence, type SequenceItem } from "../../record/byte_sequence.ts";

/** Positions of a match's beginning that are looked at to find it. */
const BEGINNING = 12;
const WORD = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
const IS_WORD: ByteClass = Uint8Array.from(
  { length: 256 },
  (_, byte) => WORD.includes(String.fromCharCode(byte)) ? 1 : 0,
);
const decoder = new TextDecoder("utf-8", { ignoreBOM: true }), encoder = new TextEncoder();

/** A mask's matches in one line after another. */
export interface MaskPattern {
  /** The bytes that each of a match's first positions can have, at most {@linkcode BEGINNING}; `null` = a match can begin with any. */
  readonly beginning: readonly ByteClass[] | null;
  /** Where the match ends that begins at `at` in the line `[start, end)`; -1 = none begins there, none is ever empty. */
  endOf(bytes: Uint8Array, at: number, start: number, end: number): number;
  /** Told before the first question about a line. */
  begin(): void;
  /** Where the next match begins at or behind `at`; -1 = there is none. Only asked where {@linkcode beginning} is `null`. */
  next(bytes: Uint8Array, at: number, start: number, end: number): number;
}

/**
 * The matcher of a pattern: over bytes where it is simple (see `parseSequence`; `\b` around it may stand too), else the
 * linear-time engine, which is asked only about lines with the pattern's literal beginning, where it has one.
 *
 * @throws {SyntaxError} if it is no pattern in RE2's syntax, or matches the empty text.
 */
export function maskPattern(pattern: string): MaskPattern {
  let engine: RE2JS;
  try {
    engine = RE2JS.compile(pattern);
  } catch (cause) {
    throw maskError(pattern, (cause as Error).message.replace(/^error parsing regexp: /, ""), cause);
  }
  if (engine.matches("")) throw maskError(pattern, "it matches the empty text");
  const [, before, inner, behind] = /^(\\b)?([^]*?)(\\b)?$/.exec(pattern)!;
  const items = inner.replace(/\\./g, "").includes("(") ? null : parseSequence(inner)?.items ?? null;
  if (items === null || !countsCharacters(items) || (behind && !endsInWord(items))) {
    return new EnginePattern(engine, pattern);
  }
  return new BytePattern(items, before !== undefined, behind !== undefined);
}

function maskError(pattern: string, reason: string, cause?: unknown): SyntaxError {
  return new SyntaxError(`Cannot read a mask: ${reason}, current value is ${JSON.stringify(pattern)}`, {
    cause,
  });
}

/** Whether bytes and characters come to the same: what takes in characters of several bytes takes in any number of them. */
function countsCharacters(items: readonly SequenceItem[]): boolean {
  return items.every(({ set, min, max }) => !set.includes(1, 128) || (min <= 1 && max === Infinity));
}

/** Whether the end of a match is a border of a word wherever the engine would look for one: giving bytes back finds no other. */
function endsInWord(items: readonly SequenceItem[]): boolean {
  const last = items.findLastIndex(({ min }) => min > 0);
  if (last === items.length - 1 && items[last].min === items[last].max) return true;
  return items.slice(last).every(({ set }) => set.every((flag, byte) => flag <= IS_WORD[byte]));
}

/** Items over bytes. */
class BytePattern implements MaskPattern {
  readonly beginning: readonly ByteClass[];

  constructor(
    readonly items: readonly SequenceItem[],
    readonly wordBefore: boolean,
    readonly wordBehind: boolean,
  ) {
    this.beginning = beginningOf(items);
  }

  begin(): void {}

  next(): number {
    return -1;
  }

  endOf(bytes: Uint8Array, from: number, start: number, end: number): number {
    if ((bytes[from] & 0xc0) === 0x80) return -1; // within a character
    if (this.wordBefore && !isBorder(bytes, from, start, end)) return -1;
    let at = from;
    for (const { set, min, max } of this.items) {
      const first = at, stop = max < end - at ? at + max : end;
      while (at < stop && set[bytes[at]] === 1) at++;
      if (at - first < min) return -1;
    }
    return this.wordBehind && !isBorder(bytes, at, start, end) ? -1 : at;
  }
}

function isBorder(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  const before = at > start ? IS_WORD[bytes[at - 1]] : 0, behind = at < end ? IS_WORD[bytes[at]] : 0;
  return before !== behind;
}

/** What the first positions can be that every match has: of each position the union over all ways to get there. */
function beginningOf(items: readonly SequenceItem[]): ByteClass[] {
  const sets: ByteClass[] = [];
  let places = behind(items, [{ item: 0, taken: 0 }]);
  while (sets.length < BEGINNING && places.every(({ item }) => item < items.length)) {
    const open = places.filter(({ item, taken }) => taken < items[item].max), set = new Uint8Array(256);
    for (const { item } of open) items[item].set.forEach((flag, byte) => set[byte] |= flag);
    sets.push(set);
    places = behind(items, open.map(({ item, taken }) => ({ item, taken: taken + 1 })));
  }
  return sets;
}

/** How many bytes an item has taken. */
interface Place {
  item: number;
  taken: number;
}

/** The places themselves, and those that they lead to without a further byte; each once. */
function behind(items: readonly SequenceItem[], places: readonly Place[]): Place[] {
  const all = [...places], seen = new Set<string>();
  for (const { item, taken } of all) {
    if (item < items.length && taken >= items[item].min) all.push({ item: item + 1, taken: 0 });
  }
  return all.filter(({ item, taken }) => !seen.has(`${item} ${taken}`) && seen.add(`${item} ${taken}`));
}

/** Any other pattern: text, line by line, through the engine. Each question goes on where the one before ended. */
class EnginePattern implements MaskPattern {
  readonly beginning: readonly ByteClass[] | null;
  readonly #engine: RE2JS;
  #text: string | null = null;
  #ascii = true;
  #matchStart = -1; // of the first match at or behind what was asked last; in bytes, as all here
  #matchEnd = -1;

  constructor(engine: RE2JS, pattern: string) {
    this.#engine = engine;
    const plain = beginningText(pattern);
    this.beginning = plain.length < 2
      ? null
      : Array.from(plain.slice(0, BEGINNING), (char) => oneByte(char.charCodeAt(0)));
  }

  begin(): void {
    this.#text = null;
    this.#matchStart = -1;
  }

  endOf(bytes: Uint8Array, at: number, start: number, end: number): number {
    return this.next(bytes, at, start, end) === at ? this.#matchEnd : -1;
  }

  next(bytes: Uint8Array, at: number, start: number, end: number): number {
    if (this.#text === null) {
      this.#text = decoder.decode(bytes.subarray(start, end));
      this.#ascii = this.#text.length === end - start;
      this.#matchStart = this.#engine.test(this.#text) ? at - 1 : end; // an automaton says no much faster than a match is found
    }
    if (this.#matchStart < at) this.#find(at, start, end);
    return this.#matchStart >= end ? -1 : this.#matchStart;
  }

  #find(at: number, start: number, end: number): void {
    const matcher = this.#engine.matcher(this.#text!), from = this.#charOf(at - start);
    if (!matcher.find(from)) this.#matchStart = this.#matchEnd = end;
    else {
      this.#matchStart = start + this.#byteOf(matcher.start());
      this.#matchEnd = matcher.end() > matcher.start() ? start + this.#byteOf(matcher.end()) : -1;
    }
  }

  #byteOf(char: number): number {
    return this.#ascii ? char : encoder.encode(this.#text!.slice(0, char)).length;
  }

  #charOf(byte: number): number {
    if (this.#ascii) return byte;
    let at = 0, char = 0;
    for (const each of this.#text!) {
      if (at >= byte) break;
      at += encoder.encode(each).length;
      char += each.length;
    }
    return char;
  }
}

/** Plain ASCII characters that every match begins with; empty where none are known. */
function beginningText(pattern: string): string {
  const [, literal = ""] =
    /^(?:\\b)?((?:[\w \-/:=,;@#%&!"'<>~]|\\[.\-/[\](){}*+?^$|\\])+)(?![*?{])/.exec(pattern) ?? [];
  return hasBar(pattern) ? "" : literal.replace(/\\(.)/g, "$1");
}

function oneByte(byte: number): ByteClass {
  const set = new Uint8Array(256);
  set[byte] = 1;
  return set;
}

/** Whether the pattern may have alternatives at its top: then its beginning is not every match's. */
function hasBar(pattern: string): boolean {
  let depth = 0;
  const plain = pattern.replace(/\\./g, "").replace(/\[\^?\]?[^\]]*\]/g, "");
  for (const char of plain) {
    if (char === "(") depth++;
    else if (char === ")") depth--;
    else if (char === "|" && depth === 0) return true;
  }
  return false;
}
