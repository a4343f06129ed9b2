/**
 * Where two forms of any length agree from their ends, and whether two texts are variations of one.
 *
 * @module
 */
import type { Form } from "../form.ts";
import { MARK, VARIABLE, VARIABLE_HASH } from "../mask/token.ts";
import { differenceCost } from "./difference.ts";
import type { Knowledge } from "./proposal.ts";

/** How many forms with the same first, and the same last token are looked at. */
const COMPARED = 48;
/** What the differences in a context may cost, each and in all. */
const COST_EACH = 0.25, COST_IN_ALL = 1;

/** How many tokens a form and another agree in from the front and from the back. */
export interface Context {
  other: Form;
  before: number;
  after: number;
}

/** Tokens `[from, end)` of a form. */
export interface Text {
  form: Form;
  from: number;
  end: number;
}

/** The forms that agree with `form` at both ends by words of a weight of `needed` or more. */
export function contextsOf(
  form: Form,
  weights: Float64Array,
  knowledge: Knowledge,
  needed: number,
): Context[] {
  const contexts: Context[] = [];
  if (mostAgreeing(weights, knowledge.shared) < needed) return contexts;
  const sums = runningSums(weights), total = sums[form.length];
  for (const other of knowledge.forms.sameEnds(form, COMPARED)) {
    if (other.length < 3 || agreementBound(form, other, weights, knowledge.shared) < needed) continue;
    const context = agreement(form, other, knowledge);
    if (sums[context.before] + total - sums[form.length - context.after] >= needed) contexts.push(context);
  }
  return contexts;
}

function runningSums(weights: Float64Array): Float64Array {
  const sums = new Float64Array(weights.length + 1);
  for (let i = 0; i < weights.length; i++) sums[i + 1] = sums[i] + weights[i];
  return sums;
}

/** What the agreement with any form can weigh at the most: a word counts from both ends. */
function mostAgreeing(weights: Float64Array, shared: number[]): number {
  let sum = 0;
  for (const i of shared) sum += weights[i];
  return 2 * sum;
}

/** Cheap upper bound: the weight of words at positions that agree from either end. */
function agreementBound(form: Form, other: Form, weights: Float64Array, shared: number[]): number {
  const { hashes } = form, others = other.hashes, longer = other.length - form.length;
  let bound = 0;
  for (let n = 0; n < shared.length; n++) {
    const i = shared[n];
    if (i < others.length && hashes[i] === others[i]) bound += weights[i];
    if (longer !== 0 && i + longer >= 0 && hashes[i] === others[i + longer]) bound += weights[i];
  }
  return bound;
}

/** Walks from both ends while tokens are equal or cheap to take for values of one variable. */
function agreement(form: Form, other: Form, knowledge: Knowledge): Context {
  const n = form.length, m = other.length, shorter = Math.min(n, m);
  let left = COST_IN_ALL;
  const agrees = (i: number, j: number) => {
    if (form.hashes[i] === other.hashes[j]) return true;
    if (i === 0 || left <= 0) return false;
    const cost = differenceCost(form, i, other, j, knowledge);
    if (cost > COST_EACH) return false;
    left -= cost;
    return left >= 0;
  };
  const context: Context = { other, before: 0, after: 0 };
  while (context.before < shorter && agrees(context.before, context.before)) context.before++;
  while (context.after < shorter - context.before && agrees(n - 1 - context.after, m - 1 - context.after)) {
    context.after++;
  }
  if (context.before + context.after >= shorter) openGap(form, context);
  return context;
}

/** Where one form is all context, the value that borders on the rest of the other is given back to the gap. */
function openGap(form: Form, context: Context): void {
  const { other, before, after } = context, n = form.length, m = other.length, shorter = Math.min(n, m);
  const gluedBehind = (each: Form, at: number) =>
    each.length > shorter && each.hashes[at] === VARIABLE_HASH && !each.blanks[at];
  const gluedAfter = (each: Form) => each.length > shorter && each.length > before && !each.blanks[before];
  if (after > 0 && (gluedBehind(form, n - after) || gluedBehind(other, m - after))) context.after--;
  else if (
    before > 0 && form.hashes[before - 1] === VARIABLE_HASH && (gluedAfter(form) || gluedAfter(other))
  ) {
    context.before--;
  } else if (before > 0 && form.hashes[before - 1] !== other.hashes[before - 1]) context.before--;
  else if (after > 0 && form.hashes[n - after] !== other.hashes[m - after]) context.after--;
}

const literal = (form: Form, i: number) => !form.varies(i) && form.kinds[i] !== MARK;

/**
 * Whether two texts are variations of one (then other rules judge them) and not two values: one continues the other, both begin
 * with a value, or they share half of their literal words.
 */
export function alike(a: Text, b: Text): boolean {
  const n = a.end - a.from, m = b.end - b.from, shorter = Math.min(n, m);
  const same = (i: number, j: number) => a.form.hashes[i] === b.form.hashes[j];
  let front = 0, back = 0;
  while (front < shorter && same(a.from + front, b.from + front)) front++;
  while (back < shorter - front && same(a.end - 1 - back, b.end - 1 - back)) back++;
  if (front + back >= shorter) return true;
  if (front > 0 && a.form.kinds[a.from] === VARIABLE) return true;
  const fewer = Math.min(literals(a), literals(b));
  if (n === m) {
    let equal = 0, equalWords = 0;
    for (let i = 0; i < n; i++) {
      if (!same(a.from + i, b.from + i)) continue;
      equal++;
      if (literal(a.form, a.from + i)) equalWords++;
    }
    return fewer > 0 ? equalWords * 2 >= fewer : equal * 2 >= n;
  }
  if (fewer === 0) return (front + back) * 2 > shorter;
  let words = 0;
  for (let i = 0; i < front; i++) if (literal(a.form, a.from + i)) words++;
  for (let i = 1; i <= back; i++) if (literal(a.form, a.end - i)) words++;
  return words * 2 > fewer;
}

function literals({ form, from, end }: Text): number {
  let count = 0;
  for (let i = from; i < end; i++) if (literal(form, i)) count++;
  return count;
}
