/**
 * Whether a form covers a sequence of tokens.
 *
 * @module
 */
import type { Form } from "./form.ts";
import {
  DOTTED,
  LEARNED,
  MARK,
  NUMBERED,
  PLACEHOLDER,
  PREFIXED,
  VARIABLE,
  VARIABLE_HASH,
} from "./mask/token.ts";
import type { Tokens } from "./mask/token_list.ts";
import { opposed } from "./rule/opposites.ts";
import { sameButForDigits } from "./mask/skeleton.ts";
import { isBooleanToken } from "./rule/word_look.ts";

/** Tokens that a value of several tokens takes in inside a line, and at its end. */
const INSIDE_LIMIT = 16, END_LIMIT = 40;

/**
 * How strict a learned position is about words with an opposite: while *learning* it takes one in whose opposite it does not
 * hold; a *frozen* one takes only those that it held when it was frozen, so that no order of lines can make it hold both.
 */
export type Strictness = "learning" | "frozen";

/** Whether token `i` of the form, standing for one token, can be token `j`. */
function accepts(form: Form, i: number, tokens: Tokens, j: number, strictness: Strictness): boolean {
  const hash = tokens.hashes[j], kind = tokens.kinds[j];
  if (form.spans[i] === 0 && form.hashes[i] === hash) {
    return hash !== VARIABLE_HASH || admits(form.polar[i], tokens.polarAt(j), strictness);
  }
  if (form.spans[i] === 0) {
    const slot = form.kinds[i];
    if (slot === VARIABLE) {
      return kind === PREFIXED || kind === NUMBERED || kind === DOTTED || kind === PLACEHOLDER;
    }
    if (strictness === "frozen" && slot !== LEARNED) return sameButForDigits(form.word(i), tokens.word(j));
    if (slot !== LEARNED || kind === MARK) return false;
  }
  return !isBooleanToken(kind, hash) && admits(form.polar[i], tokens.polarAt(j), strictness);
}

/** Whether a position that holds the words `polar` can take in `words`. */
function admits(polar: readonly string[], words: readonly string[], strictness: Strictness): boolean {
  if (words.length === 0) return true;
  return strictness === "frozen" ? words.every((word) => polar.includes(word)) : !opposed(polar, words);
}

/**
 * Whether `form` covers `tokens` from position `i` of the form and `j` of the tokens on.
 *
 * @param ends Filled with where in `tokens` each token of the form ends, shape [form.length].
 */
function coversFrom(
  form: Form,
  i: number,
  tokens: Tokens,
  j: number,
  strictness: Strictness,
  ends: Int32Array,
): boolean {
  for (; i < form.length; i++, j++) {
    if (j >= tokens.length) return false;
    if (form.spans[i] === 1) return spanCovers(form, i, tokens, j, strictness, ends);
    if (!accepts(form, i, tokens, j, strictness)) return false;
    ends[i] = j + 1;
  }
  return j === tokens.length;
}

function spanCovers(
  form: Form,
  i: number,
  tokens: Tokens,
  j: number,
  strictness: Strictness,
  ends: Int32Array,
): boolean {
  const last = i === form.length - 1;
  const least = last ? tokens.length : j + 1;
  const most = last ? Math.min(tokens.length, j + END_LIMIT) : Math.min(tokens.length, j + INSIDE_LIMIT);
  for (let end = least; end <= most; end++) {
    if (end === j + 1 && !accepts(form, i, tokens, j, strictness)) continue;
    ends[i] = end;
    if (last || coversFrom(form, i + 1, tokens, end, strictness, ends)) return true;
  }
  return false;
}

/** Whether `form` covers all of `tokens`; `ends` as a scratch column of at least [form.length]. */
export function covers(form: Form, tokens: Tokens, strictness: Strictness, ends: Int32Array): boolean {
  if (form.length > tokens.length || (!form.spanning && form.length !== tokens.length)) return false;
  return coversFrom(form, 0, tokens, 0, strictness, ends);
}

/** The words with an opposite that stand at learned positions of `form` in `tokens` and are new there, by position. */
export function newPolarWords(
  form: Form,
  tokens: Tokens,
  ends: Int32Array,
): [position: number, words: string[]][] {
  const found: [number, string[]][] = [];
  for (let i = 0, j = 0; i < form.length; j = ends[i++]) {
    if (!form.varies(i) || ends[i] !== j + 1) continue;
    const words = tokens.polarAt(j).filter((word) => !form.polar[i].includes(word));
    if (words.length > 0) found.push([i, words]);
  }
  return found;
}
