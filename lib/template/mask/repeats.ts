/**
 * Immediate repeats of a unit that holds a value, folded into one.
 *
 * @module
 */
import { COMMA } from "./ascii.ts";
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

/** The longest unit, in tokens. */
const UNIT_LIMIT = 8;

/** How a folded repeat was written, so that a template can show it where it never varies. */
export interface Repeat {
  /** Tokens of the unit. */
  unit: number;
  /** How often it stood there; for a list (`a, b, c`) how many more values there were. */
  count: number;
  /** A list of values behind commas. */
  list: boolean;
  /** Whether a blank stood between the repeats. */
  spaced: boolean;
}

/** A {@linkcode Repeat} as one number, never 0. */
export function packRepeat({ unit, count, list, spaced }: Repeat): number {
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

const isValue = (kind: number) => kind === VARIABLE || kind === PREFIXED || kind === NUMBERED;

/** Equal tokens, or words that differ only by their number: `dn1`, `dn27`. */
function alike(tokens: TokenList, a: number, b: number): boolean {
  if (tokens.hashes[a] === tokens.hashes[b]) return true;
  const numbered = (i: number) => tokens.kinds[i] === PREFIXED || tokens.kinds[i] === NUMBERED;
  return numbered(a) && numbered(b) && tokens.stemHash(a) === tokens.stemHash(b);
}

/** How often the unit of `size` tokens at `at` stands there in a row; 1 where it holds no value. */
function repeatsAt(tokens: TokenList, at: number, size: number): number {
  let holdsValue = false;
  for (let i = 0; i < size && !holdsValue; i++) holdsValue = isValue(tokens.kinds[at + i]);
  if (!holdsValue) return 1;
  for (let count = 1;; count++) {
    const from = at + count * size;
    if (from + size > tokens.length) return count;
    for (let i = 0; i < size; i++) if (!alike(tokens, at + i, from + i)) return count;
  }
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
  let values = 0;
  for (let i = 0; i < tokens.length; i++) if (isValue(tokens.kinds[i])) values++;
  if (values < 2) return;
  const folder = new Folder(tokens);
  for (let at = 0; at < tokens.length;) {
    at = foldUnit(folder, at) || foldPair(folder, at) || (folder.keep(at), at + 1);
  }
  tokens.length = folder.kept;
}

function foldUnit(folder: Folder, at: number): number {
  const { tokens } = folder;
  for (let size = 1; size <= UNIT_LIMIT && at + 2 * size <= tokens.length; size++) {
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
