/**
 * Immediate repeats of a unit that holds a value, folded into one.
 *
 * @module
 */
import { CLOSE_BRACE, CLOSE_BRACKET, CLOSE_PAREN, COMMA } from "./ascii.ts";
import {
  DOTTED,
  LITERAL,
  MARK,
  NUMBERED,
  PLACEHOLDER,
  PREFIXED,
  prefixedHash,
  SPACED,
  VARIABLE,
  WILDCARD,
} from "./token.ts";
import type { TokenList } from "./token_list.ts";

/** The longest unit, in tokens: `LogSegment(baseOffset=1, size=2, modified=3, largest=Some(4)),` has 22. */
const UNIT_LIMIT = 24;
/** Lists of lists: a unit is only seen to repeat once the lists in it are folded. */
const DEPTH = 3;

/** How a folded repeat was written, so that a template can show it where it never varies. */
export interface Repeat {
  /** Tokens of the unit; in a list with the comma. */
  unit: number;
  /** How often it stood there; for a list (`a, b, c`) how many more values there were. */
  count: number;
  /** A list of values behind commas. */
  list: boolean;
  /** Whether a blank stood between the repeats. */
  spaced: boolean;
}

/** A {@linkcode Repeat} as one number, never 0. */
function packRepeat({ unit, count, list, spaced }: Repeat): number {
  return (spaced ? 1000000 : 0) + (list ? 100000 : 0) + unit * 1000 + Math.min(999, count);
}

/** The {@linkcode Repeat} behind a number. */
export function unpackRepeat(packed: number): Repeat {
  return {
    unit: Math.floor((packed % 100000) / 1000),
    count: packed % 1000,
    list: packed % 1000000 >= 100000,
    spaced: packed >= 1000000,
  };
}

/** What an element of several tokens ends with. */
const CLOSING: readonly number[] = [CLOSE_PAREN, CLOSE_BRACKET, CLOSE_BRACE];

const isValue = (kind: number) => kind === VARIABLE || kind === PREFIXED || kind === NUMBERED;

/** Equal tokens, or words that differ only by their number: `dn1`, `dn27`. */
function alike({ hashes, stems }: TokenList, a: number, b: number): boolean {
  return hashes[a] === hashes[b] || (stems[a] !== 0 && stems[a] === stems[b]);
}

/** How often the unit of `size` tokens at `at` stands there in a row, its first token at least twice; 1 where it holds no value. */
function repeatsAt(tokens: TokenList, at: number, size: number): number {
  if (!holdsValue(tokens, at, size)) return 1;
  let count = 1;
  while (at + (count + 1) * size <= tokens.length && repeats(tokens, at, at + count * size, size)) count++;
  return count;
}

function holdsValue(tokens: TokenList, at: number, size: number): boolean {
  for (let i = 0; i < size; i++) if (isValue(tokens.kinds[at + i])) return true;
  return false;
}

/** Whether the unit of `size` tokens at `at` stands at `from` again. */
function repeats(tokens: TokenList, at: number, from: number, size: number): boolean {
  for (let i = 0; i < size; i++) if (!alike(tokens, at + i, from + i)) return false;
  return true;
}

/** Moves tokens to the front as they are kept; a numbered word of a repeat becomes a value with a prefix. */
class Folder {
  kept = 0;
  constructor(readonly tokens: TokenList) {}

  keep(i: number): void {
    this.tokens.move(i, this.kept++);
  }

  keepUnit(from: number, to: number, repeat: Repeat): void {
    const { tokens } = this;
    for (let i = from; i < to; i++) {
      const name = tokens.kinds[i] === NUMBERED ? tokens.word(i).replace(/\d+/, WILDCARD) : null;
      this.keep(i);
      const at = this.kept - 1;
      if (name !== null) {
        tokens.become(at, PREFIXED, prefixedHash(name, tokens.blanks[at] ? SPACED : 0), name);
      }
    }
    tokens.repeats[this.kept - 1] = packRepeat(repeat);
  }
}

/** Folds `v v v`, `k=v k=v`, `a, b, c` of alike values in place. */
export function foldRepeats(tokens: TokenList): void {
  let values = 0, commas = 0;
  for (let i = 0; i < tokens.length; i++) {
    if (isValue(tokens.kinds[i])) values++;
    else if (tokens.marks[i] === COMMA) commas++;
  }
  if (values < 2) return;
  tokens.findStems();
  for (let depth = 0, before = -1; depth < DEPTH && before !== tokens.length; depth++) {
    before = tokens.length;
    const folder = new Folder(tokens);
    for (let at = 0; at < before;) {
      at = (commas > 0 && foldList(folder, at)) || foldUnit(folder, at) ||
        (commas > 0 && foldPair(folder, at)) || (folder.keep(at), at + 1);
    }
    tokens.length = folder.kept;
  }
}

function foldUnit(folder: Folder, at: number): number {
  const { tokens } = folder, { hashes, stems } = tokens, hash = hashes[at], stem = stems[at];
  const longest = Math.min(UNIT_LIMIT, (tokens.length - at) >> 1);
  for (let size = 1; size <= longest; size++) {
    if (hashes[at + size] !== hash && (stem === 0 || stems[at + size] !== stem)) continue;
    const count = repeatsAt(tokens, at, size);
    if (count < 2) continue;
    const end = at + count * size, spaced = tokens.blanks[at + size] > 0;
    // a unit that ends with a comma takes one more value behind it: a, b, c
    const list = size === 2 && tokens.marks[end - 1] === COMMA && end < tokens.length &&
      alike(tokens, at, end);
    folder.keepUnit(at, list ? at + 1 : at + size, { unit: size, count, list, spaced });
    return list ? end + 1 : end;
  }
  return 0;
}

/** `a, b` of two alike values that are not plain words. */
function foldPair(folder: Folder, at: number): number {
  const { tokens } = folder, kind = tokens.kinds[at];
  if (at + 2 >= tokens.length || tokens.marks[at + 1] !== COMMA) return 0;
  if (kind === MARK || kind === LITERAL || kind === DOTTED || kind === PLACEHOLDER) return 0;
  if (!alike(tokens, at, at + 2)) return 0;
  folder.keepUnit(at, at + 1, { unit: 2, count: 1, list: true, spaced: tokens.blanks[at + 2] > 0 });
  return at + 3;
}

/** `f(1), f(2), f(3)`: alike units of several tokens behind commas. */
function foldList(folder: Folder, at: number): number {
  const { tokens } = folder;
  for (let size = 2; size < UNIT_LIMIT && at + 2 * size < tokens.length; size++) {
    const closing = CLOSING.includes(tokens.marks[at + size - 1]);
    if (!closing || tokens.marks[at + size] !== COMMA || !holdsValue(tokens, at, size)) continue;
    let end = at + size;
    while (tokens.marks[end] === COMMA && continues(tokens, at, end + 1, size)) end += size + 1;
    const count = (end - at - size) / (size + 1), spaced = tokens.blanks[at + size + 1] > 0;
    if (count === 0) continue;
    folder.keepUnit(at, at + size, { unit: size + 1, count, list: true, spaced });
    return end;
  }
  return 0;
}

/** Whether a unit stands at `from` again, with or without a blank before it. */
function continues(tokens: TokenList, at: number, from: number, size: number): boolean {
  if (from + size > tokens.length || tokens.kinds[at] !== tokens.kinds[from]) return false;
  if (!alike(tokens, at, from) && tokens.word(at) !== tokens.word(from)) return false;
  return repeats(tokens, at + 1, from + 1, size - 1);
}
