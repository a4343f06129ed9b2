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

/**
 * Other forms of the same shape that agree with `form` in words of a weight of 1 or more, newest first.
 *
 * @param shared Positions in which any other form can agree with it.
 */
export function nearForms(form: Form, weights: Float64Array, shared: number[], forms: FormIndex): Near[] {
  const near: Near[] = [], { hashes } = form;
  let most = 0;
  for (const i of shared) most += weights[i];
  if (most < NEAR) return near;
  for (const other of forms.sameShape(form)) {
    const others = other.hashes;
    let agreeing = 0;
    for (let n = 0; n < shared.length; n++) {
      const i = shared[n];
      if (hashes[i] === others[i]) agreeing += weights[i];
    }
    if (agreeing >= NEAR) near.push({ form: other, agreeing });
  }
  return near;
}
