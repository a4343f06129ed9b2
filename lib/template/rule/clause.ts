/**
 * What must stay literal.
 *
 * @module
 */
import type { Form } from "../form.ts";
import { LEARNED, MARK, VARIABLE } from "../mask/token.ts";

/** Literal words that each learned one needs once there are three learned ones. */
const LITERAL_PER_LEARNED = 0.7;

/**
 * Whether enough stays when `positions` become variable: with three or more learned words in all, .7 literal words for each;
 * and in every clause (what stands between `:`, `;` and `]`) in which two or more words vary, at least one that does not.
 *
 * @param weights Weight of each word, shape [form.length].
 */
export function keepsEnough(form: Form, weights: Float64Array, positions: readonly number[]): boolean {
  let literal = 0, learned = positions.length;
  for (let i = 0; i < form.length; i++) {
    if (positions.includes(i)) continue;
    if (form.kinds[i] === LEARNED) learned++;
    literal += weights[i];
  }
  if (learned >= 3 && literal < learned * LITERAL_PER_LEARNED) return false;
  return everyClauseKeepsAWord(form, positions);
}

function everyClauseKeepsAWord(form: Form, positions: readonly number[]): boolean {
  let literal = 0, learned = 0;
  for (let i = 0; i <= form.length; i++) {
    const mark = i < form.length && form.kinds[i] === MARK;
    if (i === form.length || (mark && [":", ";", "]"].includes(form.words[i]))) {
      if (learned >= 2 && literal === 0) return false;
      literal = learned = 0;
    } else if (positions.includes(i) || form.kinds[i] === LEARNED) learned++;
    else if (!mark && form.kinds[i] !== VARIABLE && /[A-Za-z]/.test(form.words[i])) literal++;
  }
  return true;
}
