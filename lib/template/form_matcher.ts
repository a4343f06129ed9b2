/**
 * The form of a sequence of tokens, among all forms.
 *
 * @module
 */
import { covers, newPolarWords, type Strictness } from "./cover.ts";
import type { Form } from "./form.ts";
import { firstToken, shapeOf } from "./mask/sequence.ts";
import { TOKEN_LIMIT } from "./mask/lexer.ts";
import { skeletonKey } from "./mask/skeleton.ts";
import { LEARNED, VARIABLE_HASH } from "./mask/token.ts";
import { phrase } from "./rule/generalise.ts";
import type { Tokens } from "./mask/token_list.ts";

/**
 * Finds the form of a line: by its very sequence, else the general form of the same shape that agrees in most tokens, else a
 * form with values of several tokens. The answer depends on the sequence and the forms alone.
 */
export class FormMatcher {
  readonly #bySequence = new Map<number, number>(); // key → whatever number its owner gave it
  readonly #byShape = new Map<number, Form[]>();
  readonly #spanning = new Map<number, Form[]>(); // by first token
  readonly #bySkeleton = new Map<number, Form>(); // frozen forms by their sequence without digits, the oldest of equals
  readonly #ends = new Int32Array(TOKEN_LIMIT * 2);
  readonly #strictness: Strictness;

  constructor(strictness: Strictness) {
    this.#strictness = strictness;
  }

  /** Every sequence that has an answer of its own, oldest first. */
  get sequences(): ReadonlyMap<number, number> {
    return this.#bySequence;
  }

  /** The number remembered for this very sequence, or -1. */
  known(tokens: Tokens): number {
    return this.#bySequence.get(tokens.key) ?? -1;
  }

  /** Remembers the answer for a sequence. */
  remember(key: number, number: number): void {
    this.#bySequence.set(key, number);
  }

  /** Forgets the oldest answers, down to `limit` or as far as `keep` lets it: what it keeps becomes the newest. */
  forgetOldest(limit: number, keep: (key: number, number: number) => boolean): void {
    const kept: [number, number][] = [];
    for (const [key, number] of this.#bySequence) {
      if (this.#bySequence.size <= limit) break;
      this.#bySequence.delete(key);
      if (keep(key, number)) kept.push([key, number]);
    }
    for (const [key, number] of kept) this.#bySequence.set(key, number);
  }

  /** Makes a form findable by more than its own sequence: a general one, and, when frozen, one whose words have digits. */
  add(form: Form): void {
    if (this.#strictness === "frozen") this.#addSkeleton(form);
    if (!form.general) return;
    push(form.spanning ? this.#spanning : this.#byShape, form.spanning ? firstToken(form) : form.shape, form);
  }

  /** Takes a form out again. */
  remove(form: Form): void {
    if (!form.general) return;
    pull(form.spanning ? this.#spanning : this.#byShape, form.spanning ? firstToken(form) : form.shape, form);
  }

  /** The general form that covers the tokens, or, when frozen, one that is equal but for digits in words; or null. */
  general(tokens: Tokens): Form | null {
    const first = firstToken(tokens), firsts = first === VARIABLE_HASH ? [first] : [first, VARIABLE_HASH];
    for (const hash of firsts) {
      const form = this.#best(this.#byShape.get(shapeOf(tokens, hash)), tokens);
      if (form) return form;
    }
    for (const hash of firsts) {
      const form = this.#best(this.#spanning.get(hash), tokens);
      if (form) return form;
    }
    return this.#likeSkeleton(tokens);
  }

  /** Whether the form covers the tokens. */
  covers(form: Form, tokens: Tokens): boolean {
    return covers(form, tokens, this.#strictness, this.#ends);
  }

  /** Lets a form hold the words with an opposite that stand at its learned positions in tokens that it covers. */
  takeIn(form: Form, tokens: Tokens): void {
    if (!hasPolar(tokens) || !this.covers(form, tokens)) return;
    for (const [i, words] of newPolarWords(form, tokens, this.#ends)) {
      form.polar[i] = [...form.polar[i], ...words];
    }
  }

  /** The words and texts of `tokens` that stand at the learned positions of a form that covers them. */
  learnedValues(form: Form, tokens: Tokens & { blanks: Uint8Array }): string[] {
    if (!this.covers(form, tokens)) return [];
    const values: string[] = [];
    for (let i = 0, from = 0; i < form.length; from = this.#ends[i++]) {
      if (form.kinds[i] === LEARNED) values.push(phrase(tokens, from, this.#ends[i]));
    }
    return values;
  }

  #addSkeleton(form: Form): void {
    const key = skeletonKey(form);
    if (key !== null && !this.#bySkeleton.has(key)) this.#bySkeleton.set(key, form);
  }

  #likeSkeleton(tokens: Tokens): Form | null {
    if (this.#bySkeleton.size === 0) return null;
    const key = skeletonKey(tokens);
    return key === null ? null : this.#bySkeleton.get(key) ?? null;
  }

  /** The covering form that has most tokens of its own in common; of equals the older one. */
  #best(forms: Form[] | undefined, tokens: Tokens): Form | null {
    if (!forms) return null;
    let best: Form | null = null, most = -1;
    for (const form of forms) {
      if (!this.covers(form, tokens)) continue;
      let literal = 0;
      for (let i = 0; i < form.length; i++) if (!form.varies(i)) literal++;
      if (literal < most || (literal === most && best!.index < form.index)) continue;
      best = form;
      most = literal;
    }
    return best;
  }
}

function hasPolar(tokens: Tokens): boolean {
  for (let i = 0; i < tokens.length; i++) if (tokens.polarAt(i).length > 0) return true;
  return false;
}

function push(lists: Map<number, Form[]>, key: number, form: Form): void {
  const list = lists.get(key);
  if (list) list.push(form);
  else lists.set(key, [form]);
}

function pull(lists: Map<number, Form[]>, key: number, form: Form): void {
  const list = lists.get(key);
  const at = list ? list.indexOf(form) : -1;
  if (at < 0) return;
  if (list!.length === 1) lists.delete(key);
  else list!.splice(at, 1);
}
