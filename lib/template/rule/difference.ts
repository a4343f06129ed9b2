/**
 * How much it costs to take two words for values of one variable.
 *
 * @module
 */
import type { Form } from "../form.ts";
import { LEARNED, MARK, NUMBERED, PLACEHOLDER, PREFIXED } from "../mask/token.ts";
import { announces, isAssigned, isVerbPlace, wordBefore } from "./cues.ts";
import { areOpposites, opposed } from "./opposites.ts";
import type { Knowledge } from "./proposal.ts";
import { isBoolean, isIdentifier, isPackage, looksLikeValue, skeleton } from "./word_look.ts";

/** Two plain words: dearer than any agreement pays for in a short line. */
const PLAIN_WORDS = 2.5;

/**
 * The cost of taking token `i` of `form` and token `j` of `other` for values of one variable, 0 or more; `Infinity` for what must
 * never be one: punctuation, booleans, opposites. The costs need their order (value-like < known < plain), and plain
 * words must stay dear: at 1.5 real systems lose .03 of GA, at 4 nothing moves.
 */
export function differenceCost(form: Form, i: number, other: Form, j: number, knowledge: Knowledge): number {
  const kind = form.kinds[i], otherKind = other.kinds[j], word = form.words[i], otherWord = other.words[j];
  if (kind === MARK || otherKind === MARK || isBoolean(word) || isBoolean(otherWord)) return Infinity;
  if (areOpposites(word, otherWord) || opposed(form.polarAt(i), other.polarAt(j))) return Infinity;
  if (form.varies(i) && other.varies(j)) return 0;
  if (form.varies(i)) return againstVariable(form, i, other, j, kind, knowledge);
  if (other.varies(j)) return againstVariable(form, i, form, i, otherKind, knowledge);
  if (kind === PLACEHOLDER || otherKind === PLACEHOLDER) {
    if (kind === otherKind) return 0.2;
    const value = kind === PLACEHOLDER ? otherWord : word;
    const likely = isIdentifier(value) || knowledge.known.has(value) || announces(wordBefore(form, i));
    return likely ? 0.5 : PLAIN_WORDS;
  }
  const numbered = (each: number) => each === NUMBERED || each === PREFIXED;
  if (numbered(kind) && numbered(otherKind)) {
    if (skeleton(word) === skeleton(otherWord)) return 0.1;
    if (kind === PREFIXED && otherKind === PREFIXED) return 0.2;
  }
  if (isPackage(word) && isPackage(otherWord)) return 0.2;
  return betweenWords(form, i, otherWord, knowledge);
}

/** A word (token `j` of `holder`) against a variable of the given kind at position `i` of `form`. */
function againstVariable(
  form: Form,
  i: number,
  holder: Form,
  j: number,
  variable: number,
  knowledge: Knowledge,
): number {
  const kind = holder.kinds[j], word = holder.words[j];
  if (kind === PLACEHOLDER || kind === PREFIXED || kind === NUMBERED || isAssigned(form, i)) return 0.1;
  if (variable === LEARNED || isIdentifier(word) || knowledge.known.has(word)) return 0.2;
  return i === 0 ? 2 : 0.7;
}

/** Two words, by how value-like they are. */
function betweenWords(form: Form, i: number, otherWord: string, knowledge: Knowledge): number {
  if (isVerbPlace(form, i)) return Infinity;
  const before = wordBefore(form, i);
  const like = (word: string) => looksLikeValue(word) || (before !== "=" && knowledge.known.has(word));
  const one = like(form.words[i]), two = like(otherWord);
  const cost = one && two ? 0.4 : one || two ? 0.9 : PLAIN_WORDS;
  if (knowledge.words.leads(form, i)) return cost + 0.6;
  return isAssigned(form, i) || announces(before) ? cost - 0.2 : cost;
}
