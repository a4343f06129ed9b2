/**
 * Forms that have something in common with the one that is judged.
 *
 * @module
 */
import type { Form } from "../form.ts";
import type { FormIndex } from "../form_index.ts";

/** A form, and the weight of the words in which it agrees with the judged one. */
export interface Near {
  form: Form;
  agreeing: number;
}

/** Below the weight of one agreeing word no rule compares two forms of one shape. */
const NEAR = 1;

/** Other forms of the same shape that agree with `form` in words of a weight of 1 or more, newest first. */
export function nearForms(form: Form, weights: Float64Array, forms: FormIndex): Near[] {
  const near: Near[] = [];
  for (const other of forms.sameShape(form)) {
    const agreeing = agreeingWeight(form, other, weights);
    if (agreeing >= NEAR) near.push({ form: other, agreeing });
  }
  return near;
}

/** Weight of the words in which two forms of one length agree. */
function agreeingWeight({ hashes }: Form, other: Form, weights: Float64Array): number {
  const others = other.hashes;
  let sum = 0;
  for (let i = 0; i < hashes.length; i++) if (hashes[i] === others[i]) sum += weights[i];
  return sum;
}
