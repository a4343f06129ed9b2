/**
 * Which forms a new one is worth comparing with.
 *
 * @module
 */
import type { Form } from "./form.ts";
import { firstToken, lastToken } from "./mask/sequence.ts";
import { MARK } from "./mask/token.ts";

/** Forms in one bucket at most; older ones are no longer compared. */
const BUCKET_LIMIT = 64, END_BUCKET_LIMIT = 256;

const NO_FORMS: readonly Form[] = [];

/** By key: forms, or the only one: most buckets have no second, and an array for each would be a fifth of all memory. */
type Buckets = Map<number, Form | Form[]>;

/** The live forms by shape, by everything but one position, and by their first and last token. */
export class FormIndex {
  readonly #byShape: Buckets = new Map();
  readonly #byRest: Buckets = new Map();
  readonly #byEnd: Buckets = new Map();

  /** Adds a form to all buckets. */
  add(form: Form): void {
    push(this.#byShape, form.shape, form, Infinity);
    for (const key of endKeys(form)) push(this.#byEnd, key, form, END_BUCKET_LIMIT);
    for (let i = 0; i < form.length; i++) {
      if (form.kinds[i] !== MARK) push(this.#byRest, form.keyWithout(i), form, BUCKET_LIMIT);
    }
  }

  /** Takes a form out of all buckets. */
  remove(form: Form): void {
    pull(this.#byShape, form.shape, form);
    for (const key of endKeys(form)) pull(this.#byEnd, key, form);
    for (let i = 0; i < form.length; i++) {
      if (form.kinds[i] !== MARK) pull(this.#byRest, form.keyWithout(i), form);
    }
  }

  /** Other forms of the same shape, newest first, at most `limit`. */
  sameShape(form: Form, limit = BUCKET_LIMIT): readonly Form[] {
    return newest(this.#byShape.get(form.shape), form, limit);
  }

  /** Forms that are equal but for token `i`, oldest first; `form` is among them, or none is where it is the only one. */
  sameRest(form: Form, i: number): readonly Form[] {
    const bucket = this.#byRest.get(form.keyWithout(i));
    return Array.isArray(bucket) ? bucket : NO_FORMS;
  }

  /** Other forms with the same first or the same last token, newest first, at most `limit` of each. */
  sameEnds(form: Form, limit: number): readonly Form[] {
    const [first, last] = endKeys(form);
    const begins = newest(this.#byEnd.get(first), form, limit),
      ends = newest(this.#byEnd.get(last), form, limit);
    if (begins.length === 0) return ends;
    return ends.length === 0 ? begins : [...new Set([...begins, ...ends])];
  }
}

const endKeys = (form: Form) => [(firstToken(form) >>> 0) * 2, (lastToken(form) >>> 0) * 2 + 1];

function newest(bucket: Form | Form[] | undefined, form: Form, limit: number): readonly Form[] {
  if (bucket === undefined || bucket === form) return NO_FORMS;
  if (!Array.isArray(bucket)) return limit > 0 ? [bucket] : NO_FORMS;
  const found: Form[] = [], forms = bucket;
  for (let i = forms.length - 1, left = limit; i >= 0 && left > 0; i--, left--) {
    if (forms[i] !== form) found.push(forms[i]);
  }
  return found;
}

function push(buckets: Buckets, key: number, form: Form, limit: number): void {
  const bucket = buckets.get(key);
  if (bucket === undefined) buckets.set(key, form);
  else if (!Array.isArray(bucket)) buckets.set(key, [bucket, form]);
  else {
    bucket.push(form);
    if (bucket.length > limit) bucket.shift();
  }
}

function pull(buckets: Buckets, key: number, form: Form): void {
  const bucket = buckets.get(key);
  if (bucket === form) buckets.delete(key);
  if (!Array.isArray(bucket)) return;
  const at = bucket.indexOf(form);
  if (at < 0) return;
  if (bucket.length === 1) buckets.delete(key);
  else bucket.splice(at, 1);
}
