/**
 * The form that shows a template best.
 *
 * @module
 */
import type { Form } from "./form.ts";

/** Values in brackets or quotes: what optional parts show. */
function enclosedValues(form: Form): number {
  let values = 0;
  for (let i = 1; i + 1 < form.length; i++) {
    const { words } = form, opened = words[i - 1] !== "" && "([{\"'".includes(words[i - 1]);
    if (form.varies(i) && opened && words[i + 1] !== "" && ")]}\"'".includes(words[i + 1])) values++;
  }
  return values;
}

/** Of the forms of one template the one with most values in brackets, then with most lines, then the oldest. */
export function richestForm(forms: readonly Form[], lines: (form: Form) => number): Form {
  return forms.reduce((best, form) => {
    const more = enclosedValues(form) - enclosedValues(best);
    return more > 0 || (more === 0 && lines(form) > lines(best)) ? form : best;
  });
}
