/**
 * Learning templates from lines.
 *
 * @module
 */
import type { LogBatch } from "../record/log_batch.ts";
import { Catalogue } from "./catalogue.ts";
import { birthText, Form, formText, outlineText } from "./form.ts";
import { FormLearner } from "./form_learner.ts";
import { Ledger } from "./ledger.ts";
import { LineCache } from "./line_cache.ts";
import { Lineage, type LineageEvent } from "./lineage.ts";
import { Lexer } from "./mask/lexer.ts";
import { shapeOf } from "./mask/sequence.ts";
import { Masker, type Redactor } from "./mask/masker.ts";
import type { TokenList } from "./mask/token_list.ts";
import { WILDCARD } from "./mask/token.ts";
import { type MinerSnapshot, readMinerSnapshot } from "./miner_snapshot.ts";
import { NoveltyGuard } from "./novelty_guard.ts";
import { saveForm } from "./saved_form.ts";
import { richestForm } from "./richest_form.ts";
import { TEMPLATE_VERSION } from "./snapshot.ts";
import type { Template } from "./template.ts";

/** Per live form: templates ever named, and sequences remembered, at the most. */
const NAMES_PER_FORM = 10, SEQUENCES_PER_FORM = 6;
/** Outlines told apart, as a part of the live forms; further ones are all one. */
const OUTLINE_SHARE = 0.25;

/** How a {@linkcode Miner} learns. */
export interface MinerOptions {
  /** Live forms at most (about 3.5 KB each); the ones unseen longest are no longer learned from. Default 20,000. */
  formLimit?: number;
  /** Takes secrets out of masked text; default: the built-in patterns of `lib/record`. */
  redact?: Redactor;
}

/** How mining goes. */
export interface MiningQuality {
  /** Lines learned. */
  lines: number;
  /** Lines whose masked sequence was not in the cache. */
  misses: number;
  /** Templates now. */
  templates: number;
  /** Live forms. */
  forms: number;
  /** Forms that had to go for others; their counts and names stay. */
  evicted: number;
  /** Lines told apart by length and punctuation only, because nearly every line was new. */
  outlined: number;
}

/**
 * Learns the templates of log lines, one line at a time.
 *
 * A line that has been seen before, but for its values, costs one pass over its bytes and one look-up. A new one becomes a form,
 * which is compared with others; where they are one event they are merged. So the number that a line is given may become part of
 * an older one: read it through {@linkcode resolve}, or through the map that {@linkcode freeze} gives.
 *
 * @example
 * ```ts
 * import { Miner } from "./miner.ts";
 *
 * const miner = new Miner();
 * const learn = (line: string) => {
 *   const bytes = new TextEncoder().encode(line);
 *   return miner.learnLine(bytes, 0, bytes.length);
 * };
 * const index = learn("took 12 ms to read block blk_711");
 * console.assert(learn("took 7 ms to read block blk_52") === index);
 * console.assert(miner.template(index).text === "took <*> ms to read block blk_<*>");
 * ```
 */
export class Miner {
  readonly #lexer = new Lexer();
  readonly #cache = new LineCache();
  readonly #masker: Masker;
  readonly #redact: Redactor | undefined;
  readonly #formLimit: number;
  readonly #learner: FormLearner;
  readonly #lineage: Lineage;
  readonly #ledger = new Ledger();
  readonly #guard: NoveltyGuard;
  readonly #outlines = new Map<number, number>(); // shape without first word → index; 0 → all further ones
  readonly #texts = new Map<number, string>(); // of templates without a live form
  #lines = 0;
  #misses = 0;
  #evicted = 0;
  #outlined = 0;

  /** @throws {RangeError} if `formLimit` is not a whole number of at least 16. */
  constructor(options: MinerOptions = {}, snapshot?: MinerSnapshot) {
    const { formLimit = snapshot?.formLimit ?? 20_000, redact } = options;
    if (!Number.isInteger(formLimit) || formLimit < 16) {
      throw new RangeError(
        `Cannot create miner: formLimit must be a whole number of at least 16, current value is ${formLimit}`,
      );
    }
    this.#formLimit = formLimit;
    this.#redact = redact;
    this.#masker = new Masker(redact);
    this.#learner = new FormLearner(
      formLimit * 4,
      (from, into, reason) => this.#merge(from, into, reason),
      (a, b) => this.#lineage.merge(a, b, this.#lines, "optional-part"),
      snapshot,
    );
    this.#lineage = snapshot ? Lineage.fromJSON(snapshot.lineage) : new Lineage();
    this.#guard = new NoveltyGuard(snapshot?.guard);
    if (snapshot) this.#restore(snapshot);
  }

  /** Everything that happened to templates so far, in order. */
  get lineage(): readonly LineageEvent[] {
    return this.#lineage.events;
  }

  /** How mining goes. */
  get quality(): MiningQuality {
    let templates = 0;
    for (let i = 0; i < this.#lineage.size; i++) if (this.#lineage.root(i) === i) templates++;
    return {
      lines: this.#lines,
      misses: this.#misses,
      templates,
      forms: this.#learner.forms.size,
      evicted: this.#evicted,
      outlined: this.#outlined,
    };
  }

  /** Learns from the records `[from, to)` and fills `batch.template` with indices. */
  learn(batch: LogBatch, from = 0, to = batch.length): void {
    const { bytes, contentStart, contentEnd, severity, template } = batch;
    for (let i = from; i < to; i++) {
      template[i] = this.learnLine(bytes, contentStart[i], contentEnd[i], severity[i]);
    }
  }

  /** Learns from the content `bytes[start, end)` and returns its index, to be read through {@linkcode resolve}. */
  learnLine(bytes: Uint8Array, start: number, end: number, severity = 0): number {
    this.#lexer.hash(bytes, start, end);
    return this.resolveLexed(this.#lexer.firstHash, this.#lexer.secondHash, bytes, start, end, severity);
  }

  /** {@linkcode learnLine} for a line whose two hashes a {@linkcode Lexer} has found already, here or in a worker. */
  resolveLexed(
    firstHash: number,
    secondHash: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    severity = 0,
  ): number {
    this.#lines++;
    let index = this.#cache.get(firstHash, secondHash);
    if (index < 0) {
      index = this.#ledger.live(this.#miss(bytes, start, end));
      this.#cache.set(firstHash, secondHash, index);
    } else if (this.#ledger.formOf[index] !== index) index = this.#ledger.live(index);
    const ledger = this.#ledger;
    ledger.counts[index]++;
    ledger.lastLines[index] = this.#lines;
    if (severity > ledger.severities[index]) ledger.severities[index] = severity;
    return index;
  }

  /** What a once given index is part of now. */
  resolve(index: number): number {
    return this.#lineage.root(index);
  }

  /** The template that an index belongs to now. */
  template(index: number): Template {
    return this.#templates().get(this.resolve(index))!;
  }

  /**
   * The templates as they are now, for matching, and the map from every index given so far to the catalogue's.
   * What is learned afterwards changes neither.
   */
  freeze(): { catalogue: Catalogue; map: Int32Array } {
    const templates = this.#templates(), numbers = new Map([...templates.keys()].map((root, i) => [root, i]));
    const number = (index: number) => numbers.get(this.resolve(index))!;
    const map = Int32Array.from({ length: this.#lineage.size }, (_, index) => number(index));
    const merged = [...map.keys()].filter((index) => this.resolve(index) !== index);
    const catalogue = Catalogue.fromJSON({
      kind: "catalogue",
      version: TEMPLATE_VERSION,
      templates: [...templates].map(([root, { text, severity, count }]) => ({
        ...this.#lineage.name(root),
        text,
        severity,
        count,
      })),
      merged: merged.map((index) => [this.#lineage.name(index), number(index)]),
      forms: [...this.#learner.forms.values()].sort((a, b) => a.index - b.index)
        .map((form) => ({ template: number(form.index), form: saveForm(form) })),
      sequences: [...this.#learner.matcher.sequences].map(([key, index]) => [key, number(index)]),
      outlines: [...this.#outlines].map(([key, index]) => [key, number(index)]),
    }, { redact: this.#redact });
    return { catalogue, map };
  }

  /** Everything as plain data; a miner restored from it goes on as this one would. */
  toJSON(): MinerSnapshot {
    const { size, counts, severities, lastLines, formOf } = this.#ledger;
    return {
      kind: "miner",
      version: TEMPLATE_VERSION,
      formLimit: this.#formLimit,
      lines: this.#lines,
      misses: this.#misses,
      evicted: this.#evicted,
      outlined: this.#outlined,
      lineage: this.#lineage.toJSON(),
      counts: [...counts.subarray(0, size)],
      severities: [...severities.subarray(0, size)],
      lastLines: [...lastLines.subarray(0, size)],
      formOf: [...formOf.subarray(0, size)],
      forms: [...this.#learner.forms.values()].map(saveForm),
      sequences: [...this.#learner.matcher.sequences],
      known: this.#learner.known.toJSON(),
      normal: [...this.#learner.normal],
      outlines: [...this.#outlines],
      texts: [...this.#texts],
      guard: this.#guard.toJSON(),
    };
  }

  /**
   * The miner behind a snapshot.
   *
   * @throws {TypeError} if a field is missing, of the wrong type, or of another version.
   * @throws {RangeError} if a value is out of range.
   */
  static fromJSON(snapshot: unknown, options: { redact?: Redactor } = {}): Miner {
    return new Miner(options, readMinerSnapshot(snapshot));
  }

  #restore(snapshot: MinerSnapshot): void {
    const ledger = this.#ledger, learner = this.#learner;
    for (let i = 0; i < snapshot.counts.length; i++) ledger.begin();
    ledger.counts.set(snapshot.counts);
    ledger.severities.set(snapshot.severities);
    ledger.lastLines.set(snapshot.lastLines);
    ledger.formOf.set(snapshot.formOf);
    for (const form of snapshot.restoredForms ?? []) learner.restore(form);
    for (const [key, index] of snapshot.sequences) learner.matcher.remember(key, index);
    for (const [key, index] of snapshot.outlines) this.#outlines.set(key, index);
    for (const [index, text] of snapshot.texts) this.#texts.set(index, text);
    this.#lines = snapshot.lines;
    this.#misses = snapshot.misses;
    this.#evicted = snapshot.evicted;
    this.#outlined = snapshot.outlined;
  }

  /** A line that is not in the cache: its very sequence, a form that covers it, or a new form. */
  #miss(bytes: Uint8Array, start: number, end: number): number {
    this.#misses++;
    const { matcher, forms } = this.#learner, tokens = this.#masker.mask(bytes, start, end);
    let known = matcher.known(tokens);
    // nothing of a line is kept where nothing is learned, so there is nothing to redact
    const redacted = known < 0 && !this.#guard.closed && this.#masker.redacted(bytes, start, end);
    if (redacted) known = matcher.known(tokens);
    if (known >= 0) {
      forms.get(this.#ledger.live(known))?.observe(tokens);
      return known;
    }
    const form = matcher.general(tokens);
    form?.observe(tokens);
    if (form) matcher.takeIn(form, tokens);
    const index = form ? form.index : this.#birth(tokens);
    matcher.remember(tokens.key, index);
    this.#forgetSequences();
    return index;
  }

  #birth(tokens: TokenList): number {
    const named = this.#ledger.size >= this.#formLimit * NAMES_PER_FORM;
    if (!this.#guard.admits(this.#lines) || named) return this.#outline(tokens);
    const text = birthText(tokens), known = this.#lineage.find(text);
    if (known >= 0) return known; // evicted, or told apart only by bytes that are no text
    const index = this.#begin(text);
    if (this.#learner.forms.size >= this.#formLimit) this.#evict();
    this.#learner.add(Form.of(index, tokens));
    return index;
  }

  #begin(text: string): number {
    this.#ledger.begin();
    return this.#lineage.birth(text, this.#lines);
  }

  /** The template of all lines of this length and punctuation. */
  #outline(tokens: TokenList): number {
    this.#outlined++;
    const full = this.#outlines.size >= this.#formLimit * OUTLINE_SHARE, own = shapeOf(tokens, 0);
    const key = full && !this.#outlines.has(own) ? 0 : own;
    const outline = this.#outlines.get(key);
    if (outline !== undefined) return outline;
    const text = key === 0 ? WILDCARD : outlineText(tokens), known = this.#lineage.find(text);
    const index = known >= 0 ? known : this.#begin(text);
    if (known < 0) this.#texts.set(index, text);
    this.#outlines.set(key, index);
    return index;
  }

  #merge(from: Form, into: number, reason: string): void {
    this.#ledger.cover(from.index, into);
    this.#lineage.merge(from.index, into, this.#lines, reason);
  }

  /** The tenth of the forms that was unseen longest goes; names, counts and known sequences stay. */
  #evict(): void {
    const { lastLines } = this.#ledger, forms = [...this.#learner.forms.values()];
    forms.sort((a, b) => lastLines[a.index] - lastLines[b.index]);
    for (const form of forms.slice(0, Math.ceil(forms.length / 10))) {
      this.#learner.remove(form);
      this.#texts.set(form.index, formText(form));
      this.#evicted++;
    }
  }

  /** Drops the oldest sequences over the limit, a tenth at once, but none that is a live form's own. */
  #forgetSequences(): void {
    const { matcher, forms } = this.#learner, limit = this.#formLimit * SEQUENCES_PER_FORM;
    if (matcher.sequences.size <= limit) return;
    matcher.forgetOldest(limit * 0.9, (key, index) => forms.get(this.#ledger.live(index))?.key === key);
  }

  /** All templates by the index of their root, oldest first. */
  #templates(): Map<number, Template> {
    const { counts, severities, size } = this.#ledger, members = new Map<number, Form[]>();
    const templates = new Map<number, Template>();
    for (let index = 0; index < size; index++) {
      const root = this.resolve(index), form = this.#learner.forms.get(index);
      const template = templates.get(root) ??
        { id: this.#lineage.name(root).id, text: "", severity: 0, count: 0, provisional: false };
      template.count += counts[index];
      template.severity = Math.max(template.severity, severities[index]);
      template.text ||= this.#texts.get(index) ?? "";
      templates.set(root, template);
      if (form) members.set(root, [...members.get(root) ?? [], form]);
    }
    for (const [root, forms] of members) {
      templates.get(root)!.text = formText(richestForm(forms, (form) => counts[form.index]));
    }
    return templates;
  }
}
