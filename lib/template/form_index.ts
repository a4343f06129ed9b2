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

/** The live forms by shape, by everything but one position, and by their first and last token. */
export class FormIndex {
  readonly #byShape = new Map<number, Form[]>();
  readonly #byRest = new Map<number, Form[]>();
  readonly #byEnd = new Map<number, Form[]>();

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
  sameShape(form: Form, limit = BUCKET_LIMIT): Form[] {
    return newest(this.#byShape.get(form.shape), form, limit);
  }

  /** Forms that are equal but for token `i`, oldest first; `form` is among them. */
  sameRest(form: Form, i: number): readonly Form[] {
    return this.#byRest.get(form.keyWithout(i)) ?? [];
  }

  /** Other forms with the same first or the same last token, newest first, at most `limit` of each. */
  sameEnds(form: Form, limit: number): Set<Form> {
    const found = new Set<Form>();
    for (const key of endKeys(form)) {
      for (const other of newest(this.#byEnd.get(key), form, limit)) found.add(other);
    }
    return found;
  }
}

const endKeys = (form: Form) => [(firstToken(form) >>> 0) * 2, (lastToken(form) >>> 0) * 2 + 1];

function newest(bucket: readonly Form[] | undefined, form: Form, limit: number): Form[] {
  const found: Form[] = [];
  if (!bucket) return found;
  for (let i = bucket.length - 1, left = limit; i >= 0 && left > 0; i--, left--) {
    if (bucket[i] !== form) found.push(bucket[i]);
  }
  return found;
}

function push(buckets: Map<number, Form[]>, key: number, form: Form, limit: number): void {
  const bucket = buckets.get(key);
  if (!bucket) buckets.set(key, [form]);
  else {
    bucket.push(form);
    if (bucket.length > limit) bucket.shift();
  }
}

function pull(buckets: Map<number, Form[]>, key: number, form: Form): void {
  const bucket = buckets.get(key);
  const at = bucket ? bucket.indexOf(form) : -1;
  if (at < 0) return;
  if (bucket!.length === 1) buckets.delete(key);
  else bucket!.splice(at, 1);
}
