/**
 * Learning from a line that has not been met before.
 *
 * @module
 */
import { birthText, Form, formText } from "./form.ts";
import { FormLearner } from "./form_learner.ts";
import type { Learned } from "./learned_templates.ts";
import { Ledger } from "./ledger.ts";
import { Lineage } from "./lineage.ts";
import { Masker, type Redactor } from "./mask/masker.ts";
import type { TokenList } from "./mask/token_list.ts";
import type { MinerSnapshot } from "./miner_snapshot.ts";
import { NoveltyGuard } from "./novelty_guard.ts";
import { Outlines } from "./outlines.ts";
import { saveForm } from "./saved_form.ts";

/** Per live form: templates ever named, normal keys, and sequences remembered, at the most. */
const NAMES_PER_FORM = 10, KEYS_PER_FORM = 4, SEQUENCES_PER_FORM = 6;
/** Outlines told apart, as a part of the live forms; further ones are all one. */
const OUTLINE_SHARE = 0.25;

/**
 * Lines of a form from whose values others are known. What is still new after that is rather an id than a name that recurs, and
 * on text that never repeats it would be all that is remembered. A tenth or ten times of it change nothing.
 */
const TELLING_LINES = 1000;

/** What of a {@linkcode MinerSnapshot} is learned. */
export type LearnedSnapshot = Omit<MinerSnapshot, "kind" | "version" | "lines" | "restoredForms" | "hand">;

/** Masks, redacts, finds or makes the form of a line, names templates and keeps memory bounded. */
export class LineLearner {
  /** Lines that came here. */
  misses = 0;
  /** Forms that had to go for others. */
  evicted = 0;
  /** Lines told apart by length and punctuation only. */
  outlined = 0;
  readonly lineage: Lineage;
  readonly ledger: Ledger = new Ledger();
  readonly learner: FormLearner;
  /** Texts of templates without a live form. */
  readonly texts: Map<number, string>;
  readonly guard: NoveltyGuard;
  readonly outlines: Outlines;
  readonly #masker: Masker;
  readonly #formLimit: number;
  #line = 0;

  /** @param formLimit Live forms at most. */
  constructor(formLimit: number, redact?: Redactor, snapshot?: MinerSnapshot) {
    this.#formLimit = formLimit;
    this.#masker = new Masker(redact);
    this.lineage = snapshot ? Lineage.fromJSON(snapshot.lineage) : new Lineage();
    this.texts = new Map(snapshot?.texts);
    this.guard = new NoveltyGuard(snapshot?.guard);
    this.outlines = new Outlines(formLimit * OUTLINE_SHARE, snapshot?.outlines);
    this.learner = new FormLearner(
      formLimit * KEYS_PER_FORM,
      (from, into, reason) => this.#merge(from, into, reason),
      (a, b) => this.lineage.merge(a, b, this.#line, "optional-part"),
      snapshot,
    );
    if (snapshot) this.#restore(snapshot);
  }

  /** Judges all live forms again; `line` is the number of lines learned. */
  settle(line: number): void {
    this.#line = line;
    this.learner.settle();
  }

  /** What is known of the templates. */
  learned(): Learned {
    const { lineage, ledger, texts, learner } = this, { sequences } = learner.matcher;
    return { lineage, ledger, texts, sequences, forms: learner.forms, outlines: this.outlines.toJSON() };
  }

  /** Everything as plain data. */
  toJSON(): LearnedSnapshot {
    const { size, counts, severities, lastLines, formOf } = this.ledger;
    return {
      formLimit: this.#formLimit,
      misses: this.misses,
      evicted: this.evicted,
      outlined: this.outlined,
      lineage: this.lineage.toJSON(),
      counts: [...counts.subarray(0, size)],
      severities: [...severities.subarray(0, size)],
      lastLines: [...lastLines.subarray(0, size)],
      formOf: [...formOf.subarray(0, size)],
      forms: [...this.learner.forms.values()].map(saveForm),
      sequences: [...this.learner.matcher.sequences],
      known: this.learner.known.toJSON(),
      normal: [...this.learner.normal],
      outlines: this.outlines.toJSON(),
      texts: [...this.texts],
      guard: this.guard.toJSON(),
    };
  }

  #restore(snapshot: MinerSnapshot): void {
    const { ledger, learner } = this;
    for (let i = 0; i < snapshot.counts.length; i++) ledger.begin();
    ledger.counts.set(snapshot.counts);
    ledger.severities.set(snapshot.severities);
    ledger.lastLines.set(snapshot.lastLines);
    ledger.formOf.set(snapshot.formOf);
    for (const form of snapshot.restoredForms ?? []) learner.restore(form);
    for (const [key, index] of snapshot.sequences) learner.matcher.remember(key, index);
    this.misses = snapshot.misses;
    this.evicted = snapshot.evicted;
    this.outlined = snapshot.outlined;
  }

  /** The index of the template that people pin to `text`: no form ever leads to it, so nothing merges it. */
  pin(text: string): number {
    const known = this.lineage.find(text);
    if (known >= 0) return known;
    const index = this.#begin(text, "pinned");
    this.texts.set(index, this.#masker.redact(text));
    return index;
  }

  /** The index of a line that has not been met lately: that of its very sequence, of a form that covers it, or of a new form. */
  learn(bytes: Uint8Array, start: number, end: number, line: number): number {
    this.#line = line;
    this.misses++;
    const { matcher, forms } = this.learner, tokens = this.#masker.mask(bytes, start, end);
    let known = matcher.known(tokens);
    // nothing of a line is kept where nothing is learned, so there is nothing to redact
    const redacted = known < 0 && !this.guard.closed && this.#masker.redacted(bytes, start, end);
    if (redacted) known = matcher.known(tokens);
    if (known >= 0) {
      forms.get(this.ledger.live(known))?.observe(tokens);
      return this.ledger.live(known);
    }
    const form = matcher.general(tokens);
    form?.observe(tokens);
    if (form) {
      matcher.takeIn(form, tokens);
      if (this.ledger.counts[form.index] < TELLING_LINES) this.learner.meet(form, tokens);
    }
    const index = form ? this.#remembered(tokens, form.index) : this.#birth(tokens);
    this.learner.forgetSequences(this.#formLimit * SEQUENCES_PER_FORM, (each) => this.ledger.live(each));
    return this.ledger.live(index);
  }

  #birth(tokens: TokenList): number {
    const named = this.ledger.size >= this.#formLimit * NAMES_PER_FORM;
    if (!this.guard.admits(this.#line) || named) return this.#remembered(tokens, this.#outline(tokens));
    const text = birthText(tokens), known = this.lineage.find(text);
    if (known >= 0) return this.#remembered(tokens, known); // evicted, or told apart only by bytes that are no text
    const index = this.#begin(text);
    if (this.learner.forms.size >= this.#formLimit) this.#evict();
    this.learner.add(Form.of(index, tokens));
    return index;
  }

  #remembered(tokens: TokenList, index: number): number {
    this.learner.matcher.remember(tokens.key, index);
    return index;
  }

  #begin(text: string, reason = "new"): number {
    this.ledger.begin();
    return this.lineage.birth(text, this.#line, reason);
  }

  /** The template of all lines of this length and punctuation. */
  #outline(tokens: TokenList): number {
    this.outlined++;
    return this.outlines.find(tokens, (text) => {
      const known = this.lineage.find(text), index = known >= 0 ? known : this.#begin(text);
      if (known < 0) this.texts.set(index, text);
      return index;
    });
  }

  #merge(from: Form, into: number, reason: string): void {
    this.ledger.cover(from.index, into);
    this.lineage.merge(from.index, into, this.#line, reason);
  }

  /** The forms unseen longest go; names, counts and known sequences stay. */
  #evict(): void {
    for (const form of this.learner.evict((index) => this.ledger.lastLines[index])) {
      this.texts.set(form.index, formText(form));
      this.evicted++;
    }
  }
}
