/**
 * The form that covers several forms.
 *
 * @module
 */
import { type Form, type FormColumns, jointWord } from "../form.ts";
import { NO_WORDS, type Tokens } from "../mask/token_list.ts";
import {
  DOTTED,
  LEARNED,
  LITERAL,
  NUMBERED,
  PREFIXED,
  prefixedHash,
  SPACED,
  VARIABLE,
  VARIABLE_HASH,
  WILDCARD,
} from "../mask/token.ts";
import { opposed } from "./opposites.ts";
import type { Proposal } from "./proposal.ts";
import { skeleton } from "./word_look.ts";

/** The words with an opposite that `forms` hold at the positions `at(form)`; null where two of them are opposites. */
function joinPolar(forms: readonly Form[], at: (form: Form) => number): readonly string[] | null {
  let joined: readonly string[] = NO_WORDS;
  for (const form of forms) {
    const own = form.polarAt(at(form));
    if (own.length === 0) continue;
    if (opposed(joined, own)) return null;
    joined = [...new Set([...joined, ...own])];
  }
  return joined;
}

const oldestFirst = (forms: readonly Form[]) => [...forms].sort((a, b) => a.index - b.index);

const byLearning = (kind: number) => kind === LITERAL || kind === LEARNED || kind === DOTTED;

function copyColumns(form: Form): FormColumns {
  return {
    words: form.words.slice(),
    kinds: form.kinds.slice(),
    hashes: form.hashes.slice(),
    blanks: form.blanks.slice(),
    spans: form.spans.slice(),
    repeats: form.repeats.slice(),
    polar: form.polar.slice(),
    general: true,
  };
}

/** `node<*>` where all words are one name with different numbers, else null. */
function sharedName(forms: readonly Form[], i: number): string | null {
  const named = forms.every((form) => form.kinds[i] === NUMBERED || form.kinds[i] === PREFIXED);
  if (!named || new Set(forms.map((form) => skeleton(form.words[i]))).size !== 1) return null;
  const prefixed = forms.find((form) => form.kinds[i] === PREFIXED) ?? forms[0];
  return prefixed.words[i].replace(/\d+/, WILDCARD);
}

function setVariable(columns: FormColumns, i: number, forms: readonly Form[]): void {
  const name = sharedName(forms, i);
  columns.words[i] = name ?? WILDCARD;
  columns.kinds[i] = name !== null
    ? PREFIXED
    : forms.some((form) => byLearning(form.kinds[i]))
    ? LEARNED
    : VARIABLE;
  columns.hashes[i] = name === null ? VARIABLE_HASH : prefixedHash(name, columns.blanks[i] ? SPACED : 0);
  if (forms.some((form) => form.spans[i])) columns.spans[i] = 1;
}

/**
 * Proposes that forms of one length are the same event but for `positions`; null where opposites would meet.
 * Neighbouring learned words, two of them new, become one value of several words.
 */
export function generalisePositions(
  rule: string,
  members: readonly Form[],
  positions: number[],
): Proposal | null {
  const forms = oldestFirst(members), columns = copyColumns(forms[0]);
  for (let i = 0; i < forms[0].length; i++) {
    if (!positions.includes(i) && !forms[0].varies(i)) continue;
    const polar = joinPolar(forms, () => i);
    if (polar === null) return null;
    columns.polar[i] = polar;
    columns.words[i] = forms.map((form) => form.words[i]).reduce(jointWord);
  }
  for (const i of positions) setVariable(columns, i, forms);
  for (const form of forms) {
    for (let i = 0; i < form.length; i++) if (form.repeats[i] !== columns.repeats[i]) columns.repeats[i] = 0;
  }
  const values = positions.map((i) => forms.map((form) => form.words[i]));
  return { rule, forms, columns: joinNeighbours(columns, positions), values };
}

/** Makes a run of learned words one value of several words where two or more of `positions` are in it. */
function joinNeighbours(columns: FormColumns, positions: number[]): FormColumns {
  const { kinds } = columns;
  for (let from = 0; from < kinds.length; from++) {
    let end = from;
    while (end < kinds.length && kinds[end] === LEARNED) end++;
    if (positions.filter((i) => i >= from && i < end).length >= 2) return cut(columns, from, end);
    from = Math.max(from, end);
  }
  return columns;
}

/** Makes the tokens `[from, end)` one value of several tokens. */
function cut(columns: FormColumns, from: number, end: number): FormColumns {
  const keep = <T>(column: Iterable<T>): T[] => Array.from(column).filter((_, i) => i <= from || i >= end);
  const spans = keep(columns.spans);
  spans[from] = 1;
  return {
    words: keep(columns.words),
    kinds: Uint8Array.from(keep(columns.kinds)),
    hashes: Int32Array.from(keep(columns.hashes)),
    blanks: Uint8Array.from(keep(columns.blanks)),
    spans: Uint8Array.from(spans),
    repeats: new Int32Array(spans.length), // they count tokens that are gone
    polar: keep(columns.polar),
    general: true,
  };
}

/** Which tokens of a form stand outside a gap: the first `before` and the last `after`. */
export interface Frame {
  before: number;
  after: number;
}

/**
 * Proposes that `form` and `others` are one event, with one value of several tokens between the frame's ends;
 * null where opposites would meet in a value of one token.
 */
export function generaliseSpan(
  rule: string,
  form: Form,
  others: readonly Form[],
  frame: Frame,
): Proposal | null {
  const { before, after } = frame, forms = oldestFirst([form, ...others]);
  const length = before + 1 + after;
  // position i of the result in a form
  const source = (i: number, of: Form) => i <= before ? i : of.length - length + i;
  const columns = spanColumns(form, length, before, source);
  for (let i = 0; i < length; i++) {
    if (i === before) {
      const polar = joinPolar(forms.filter((each) => each.length === length), () => before);
      if (polar === null) return null;
      columns.polar[i] = polar;
    } else if (!joinToken(columns, i, forms, (of) => source(i, of))) return null;
  }
  return { rule, forms, columns, values: [forms.map((each) => phrase(each, before, each.length - after))] };
}

/** Tokens `[from, end)` as they are written, values as `<*>`: what a text is known by. */
export function phrase(tokens: Tokens & { blanks: Uint8Array }, from: number, end: number): string {
  let text = tokens.word(from);
  for (let i = from + 1; i < end; i++) text += (tokens.blanks[i] ? " " : "") + tokens.word(i);
  return text;
}

function spanColumns(
  form: Form,
  length: number,
  gap: number,
  source: (i: number, of: Form) => number,
): FormColumns {
  const at = Array.from({ length }, (_, i) => source(i, form));
  const columns: FormColumns = {
    words: at.map((i) => form.words[i]),
    kinds: Uint8Array.from(at, (i) => form.kinds[i]),
    hashes: Int32Array.from(at, (i) => form.hashes[i]),
    blanks: Uint8Array.from(at, (i) => form.blanks[i]),
    spans: Uint8Array.from(at, (i) => form.spans[i]),
    repeats: Int32Array.from(at, (i) => form.repeats[i]),
    polar: at.map((i) => form.polar[i]),
    general: true,
  };
  columns.words[gap] = WILDCARD;
  columns.kinds[gap] = LEARNED;
  columns.hashes[gap] = VARIABLE_HASH;
  columns.spans[gap] = 1;
  columns.repeats[gap] = 0;
  return columns;
}

/** Lets token `i` of the columns cover the same token of all forms; false where opposites would meet. */
function joinToken(
  columns: FormColumns,
  i: number,
  forms: readonly Form[],
  at: (form: Form) => number,
): boolean {
  const differs = forms.some((form) => form.hashes[at(form)] !== columns.hashes[i]);
  if (!differs && columns.hashes[i] !== VARIABLE_HASH) return true;
  const polar = joinPolar(forms, at);
  if (polar === null) return false;
  columns.polar[i] = polar;
  if (forms.some((form) => form.spans[at(form)])) columns.spans[i] = 1;
  if (!differs) {
    if (forms.some((form) => form.kinds[at(form)] === LEARNED)) columns.kinds[i] = LEARNED;
    columns.words[i] = forms.map((form) => form.words[at(form)]).reduce(jointWord);
    return true;
  }
  columns.words[i] = WILDCARD;
  columns.hashes[i] = VARIABLE_HASH;
  columns.kinds[i] = forms.some((form) => byLearning(form.kinds[at(form)])) ? LEARNED : VARIABLE;
  return true;
}
