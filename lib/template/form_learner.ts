/**
 * Forms and what is learned from them.
 *
 * @module
 */
import { Form } from "./form.ts";
import { FormIndex } from "./form_index.ts";
import { FormMatcher } from "./form_matcher.ts";
import type { TokenList } from "./mask/token_list.ts";
import { cluster } from "./rule/cluster.ts";
import { gap } from "./rule/gap.ts";
import { KnownValues } from "./rule/known_values.ts";
import { leaveOneOut } from "./rule/leave_one_out.ts";
import { type Near, nearForms } from "./rule/near.ts";
import { normalKey } from "./rule/normal_key.ts";
import { opposed } from "./rule/opposites.ts";
import { pair } from "./rule/pair.ts";
import type { LearningRule, Proposal } from "./rule/proposal.ts";
import { WordWeights } from "./rule/word_weights.ts";
import { templateId } from "./template.ts";

/** The reasons to take forms for one event, surest first; the first that finds something decides. */
const RULES: readonly LearningRule[] = [leaveOneOut, pair, cluster, gap];
const KNOWN_VALUES_LIMIT = 50_000;
/** Rounds of settling at the most: the second finds a tenth of what the first does, the fourth nothing on any log tried. */
const SETTLING_ROUNDS = 4;

/** Told when the template of one index becomes part of another's. */
export type MergeListener = (from: Form, into: number, reason: string) => void;

/**
 * The live forms. A form that is added is judged by every rule; when one takes it and others for one event, they are replaced by
 * the form that covers them, which is judged again.
 */
export class FormLearner {
  readonly matcher: FormMatcher = new FormMatcher("learning");
  readonly known: KnownValues;
  /** Live forms by index, in the order in which they were last indexed. */
  readonly forms: Map<number, Form> = new Map();
  /** Hash of a normal key → the index of the form that had it first. */
  readonly normal: Map<string, number>;
  readonly #index = new FormIndex();
  readonly #words = new WordWeights();
  readonly #limit: number;
  readonly #onMerge: MergeListener;
  readonly #onUnion: (a: number, b: number) => void;

  /**
   * @param limit Normal keys remembered at most.
   * @param onMerge Told of each form that went into another.
   * @param onUnion Told of two forms that are one template and stay two forms.
   */
  constructor(limit: number, onMerge: MergeListener, onUnion: (a: number, b: number) => void, saved?: {
    known: [string, number][];
    normal: [string, number][];
  }) {
    this.#limit = limit;
    this.#onMerge = onMerge;
    this.#onUnion = onUnion;
    this.known = new KnownValues(KNOWN_VALUES_LIMIT, saved?.known);
    this.normal = new Map(saved?.normal);
  }

  /** Adds a form that no form covers, and learns from it. */
  add(form: Form): void {
    this.matcher.remember(form.key, form.index);
    this.#learn(form);
  }

  /** Remembers what stands at the learned positions of a form in tokens that it covers. */
  meet(form: Form, tokens: TokenList): void {
    for (const value of this.matcher.learnedValues(form, tokens)) this.known.meet(value);
  }

  /** Puts a form back without learning from it. */
  restore(form: Form): void {
    this.forms.set(form.index, form);
    this.#words.count(form, 1);
    this.#index.add(form);
    this.matcher.add(form);
  }

  /** Takes a form out; the sequences that it answered keep its index. */
  remove(form: Form): void {
    this.forms.delete(form.index);
    this.#words.count(form, -1);
    this.#index.remove(form);
    this.matcher.remove(form);
  }

  /** Takes out the tenth of the forms that was unseen longest. */
  evict(lastLine: (index: number) => number): Form[] {
    const forms = [...this.forms.values()].sort((a, b) => lastLine(a.index) - lastLine(b.index));
    const evicted = forms.slice(0, Math.ceil(forms.length / 10));
    for (const form of evicted) this.remove(form);
    return evicted;
  }

  /** Drops the oldest sequences over the limit, a tenth at once, but none that is a live form's own. */
  forgetSequences(limit: number, live: (index: number) => number): void {
    if (this.matcher.sequences.size <= limit) return;
    this.matcher.forgetOldest(limit * 0.9, (key, index) => this.forms.get(live(index))?.key === key);
  }

  /**
   * Judges all live forms again, by what is known now: a form is judged when it comes, and what came after it (values that recur,
   * how common each word is) would often have decided otherwise. In an order that the forms alone decide, so that the order of
   * the lines matters less.
   */
  settle(): void {
    for (let round = 0, changed = true; changed && round < SETTLING_ROUNDS; round++) {
      changed = false;
      for (const form of [...this.forms.values()].sort((a, b) => a.key - b.key)) {
        if (this.forms.get(form.index) === form && this.#judge(form)) changed = true;
      }
    }
  }

  #learn(form: Form): void {
    this.restore(form);
    this.#judge(form);
  }

  /** Whether a rule took the form and others for one event. */
  #judge(form: Form): boolean {
    const weights = this.#words.weights(form), forms = this.#index;
    this.#unite(form, normalKey(form, weights));
    const shared = this.#words.shared(form, weights);
    let found: Near[] | null = null;
    const near = () => found ??= nearForms(form, weights, shared, forms);
    for (const rule of RULES) {
      const proposal = rule(form, weights, { forms, shared, near, words: this.#words, known: this.known });
      if (proposal && this.#accept(proposal)) return true;
    }
    return false;
  }

  /** Equal normal keys are one template. */
  #unite(form: Form, normal: string): void {
    const key = templateId(normal, true), index = this.normal.get(key);
    if (index !== undefined) return this.#onUnion(index, form.index);
    this.normal.set(key, form.index);
    if (this.normal.size <= this.#limit) return;
    for (const oldest of this.normal.keys()) {
      if (this.normal.size <= this.#limit * 0.9) break;
      this.normal.delete(oldest);
    }
  }

  /** Replaces forms by the one that covers them; false where it equals a form that holds an opposite. */
  #accept({ rule, forms, columns, values }: Proposal): boolean {
    const merged = new Form(Math.min(...forms.map(({ index }) => index)), columns);
    const answer = this.matcher.sequences.get(merged.key) ?? -1, twin = this.forms.get(answer);
    if (twin && twin.key === merged.key && !forms.includes(twin)) {
      if (opposing(twin, merged)) return false;
      this.matcher.takeIn(merged, twin);
      forms = [...forms, twin];
    }
    for (const words of values) this.known.learn(words);
    for (const form of forms) this.#absorb(form, merged, rule);
    for (const form of this.#covered(merged)) {
      if (!this.matcher.covers(merged, form)) continue; // what the ones before brought in may oppose it
      this.matcher.takeIn(merged, form);
      this.#absorb(form, merged, rule);
    }
    if (answer < 0) this.matcher.remember(merged.key, merged.index);
    this.#learn(merged);
    return true;
  }

  #absorb(form: Form, merged: Form, rule: string): void {
    this.remove(form);
    if (form.index !== merged.index) this.#onMerge(form, merged.index, rule);
  }

  /** Live forms that a merged one covers too. */
  #covered(merged: Form): Form[] {
    const near = merged.spanning
      ? this.#index.sameEnds(merged, Infinity).filter((form) => !form.spanning)
      : this.#index.sameShape(merged, Infinity);
    return near.filter((form) => this.matcher.covers(merged, form));
  }
}

/** Whether two forms of one sequence hold opposites at a position. */
const opposing = (a: Form, b: Form) => a.polar.some((words, i) => opposed(words, b.polar[i]));
