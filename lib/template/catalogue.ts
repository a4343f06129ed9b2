/**
 * Matching lines against templates that no longer change.
 *
 * @module
 */
import { JUPYTER, type MimeBundle } from "../table/jupyter.ts";
import type { LogBatch } from "../record/log_batch.ts";
import {
  type CatalogueSnapshot,
  exportedTemplates,
  knownTemplates,
  readCatalogueSnapshot,
} from "./catalogue_snapshot.ts";
import { type HandDecisions, mergedFamily, mergedInto, NO_DECISIONS } from "./hand/decisions.ts";
import { Hand } from "./hand/hand.ts";
import type { Form } from "./form.ts";
import { FormMatcher } from "./form_matcher.ts";
import { LineCache } from "./line_cache.ts";
import { Lexer } from "./mask/lexer.ts";
import { shapeOf } from "./mask/sequence.ts";
import { Masker, type Redactor } from "./mask/masker.ts";
import type { Tokens } from "./mask/token_list.ts";
import { NameRegister } from "./name_register.ts";
import { Provisionals } from "./provisionals.ts";
import { restoreForm } from "./saved_form.ts";
import { readProvisional, type SavedProvisional } from "./saved_template.ts";
import type { Template } from "./template.ts";
import { catalogueView } from "./template_table.ts";

/** How a {@linkcode Catalogue} is restored. */
export interface CatalogueOptions {
  /** Takes secrets out of masked text; must be what the training used. Default: the built-in patterns of `lib/record`. */
  redact?: Redactor;
  /** Templates born while scanning at most; further lines are told apart by length and punctuation. Default 20,000. */
  provisionalLimit?: number;
}

/**
 * The frozen templates of a model, and what was born since.
 *
 * Known templates have the numbers `0 … frozen − 1`. What a line is matched with depends on the line and the frozen templates
 * alone, so workers on other machines agree. A line that no template covers gets a provisional one: its id is made from the
 * masked, redacted line, so it is the same whoever meets it first; its number, `frozen` or more, follows the order of birth, which
 * {@linkcode provisional} saves and {@linkcode adopt} repeats.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Miner } from "./miner.ts";
 *
 * const bytes = new TextEncoder().encode("took 12 ms");
 * const miner = new Miner();
 * miner.learnLine(bytes, 0, bytes.length);
 * const { catalogue } = miner.freeze();
 * assert(catalogue.matchLine(bytes, 0, bytes.length) === 0);
 *
 * const other = new TextEncoder().encode("disk is full");
 * const index = catalogue.matchLine(other, 0, other.length);
 * assert(index === catalogue.frozen && catalogue.template(index).provisional);
 * ```
 */
export class Catalogue {
  /** Templates known from the training. */
  readonly frozen: number;
  readonly #snapshot: CatalogueSnapshot;
  readonly #templates: readonly Template[]; // the known ones
  readonly #births: Provisionals;
  readonly #matcher = new FormMatcher("frozen");
  readonly #templateOf = new Map<number, number>(); // form → template
  readonly #outlines: Map<number, number>;
  readonly #names = new NameRegister();
  readonly #lexer = new Lexer();
  readonly #cache = new LineCache();
  readonly #masker: Masker;
  readonly #hand: Hand | null;

  /** Use {@linkcode fromJSON} or `Miner.freeze`. */
  private constructor(snapshot: CatalogueSnapshot, options: CatalogueOptions) {
    this.#snapshot = snapshot;
    this.#masker = new Masker(options.redact);
    this.#hand = Hand.restore(snapshot.hand);
    this.frozen = snapshot.templates.length;
    this.#templates = knownTemplates(snapshot);
    this.#births = new Provisionals(this.frozen, this.#names, options.provisionalLimit);
    snapshot.templates.forEach((name, index) => this.#names.restore(name, index));
    for (const [name, index] of snapshot.merged) this.#names.restore(name, index);
    this.#outlines = new Map(snapshot.outlines);
    for (const [key, index] of snapshot.sequences) this.#matcher.remember(key, index);
    for (const { template, form } of snapshot.forms) this.#addForm(restoreForm(form, "forms"), template);
    for (const { from, into } of this.decisions.merges) this.#takeIn(from, this.#names.indexOf(into.id));
  }

  /** What people decided about these templates; a later training is told of it. */
  get decisions(): HandDecisions {
    return this.#snapshot.decisions ?? NO_DECISIONS;
  }

  /**
   * The catalogue with other decisions. A template that was born while scanning and is decided to be part of another is that
   * from here on; all numbers of known ones stay.
   */
  decided(decisions: HandDecisions): Catalogue {
    const { decisions: _, ...snapshot } = this.#snapshot;
    const said = decisions.events.length === 0 ? snapshot : { ...snapshot, decisions };
    return new Catalogue(said, { redact: this.#masker.redact, provisionalLimit: this.#births.limit });
  }

  /** The id and text of the template that an id leads to by people's decisions: its own where they merged it into no other. */
  resolve(id: string, text: string): { id: string; text: string } {
    const into = mergedInto(this.decisions, id);
    if (into === null) return { id, text };
    const index = this.#names.indexOf(into.id), known = index >= 0 && this.template(index).id === into.id;
    return { id: into.id, text: known ? this.template(index).text : this.#masker.redact(into.text) };
  }

  /** Templates, provisional ones too. */
  get size(): number {
    return this.frozen + this.#births.length;
  }

  /** Matches the records `[from, to)`: fills `batch.template`. */
  match(batch: LogBatch, from = 0, to = batch.length): void {
    const { bytes, contentStart, contentEnd, severity, template } = batch;
    for (let i = from; i < to; i++) {
      template[i] = this.matchLine(bytes, contentStart[i], contentEnd[i], severity[i]);
    }
  }

  /** The template of the content `bytes[start, end)`. A provisional one is counted, with its severity. */
  matchLine(bytes: Uint8Array, start: number, end: number, severity = 0): number {
    if (this.#hand !== null) {
      const pinned = this.#hand.pinned(bytes, start, end);
      if (pinned >= 0) return pinned;
      const masked = this.#hand.masked(bytes, start, end);
      if (masked !== null) {
        const { lexer } = this.#hand, { bytes, length } = masked;
        lexer.hash(bytes, 0, length);
        return this.resolveLexed(lexer.firstHash, lexer.secondHash, bytes, 0, length, severity);
      }
    }
    this.#lexer.hash(bytes, start, end);
    return this.resolveLexed(this.#lexer.firstHash, this.#lexer.secondHash, bytes, start, end, severity);
  }

  /**
   * {@linkcode matchLine} for a line whose two hashes a {@linkcode Lexer} has found already, here or in a worker: one that no pin
   * takes, masked.
   */
  resolveLexed(
    firstHash: number,
    secondHash: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    severity = 0,
  ): number {
    let index = this.#cache.get(firstHash, secondHash);
    if (index < 0) {
      index = this.#miss(bytes, start, end);
      this.#cache.set(firstHash, secondHash, index);
    }
    if (index >= this.frozen) this.#births.count(index, severity);
    return index;
  }

  /** The templates known from the training, by their numbers. */
  get known(): Template[] {
    return Array.from({ length: this.frozen }, (_, index) => this.template(index));
  }

  /**
   * The template with this number.
   *
   * @throws {RangeError} if there is none.
   */
  template(index: number): Template {
    const template = this.#templates[index] ?? this.#births.template(index);
    if (template) return { ...template };
    throw new RangeError(
      `Cannot find template: number must be from 0 to ${this.size - 1}, current value is ${index}`,
    );
  }

  /** The number that an id leads to, also when its template became part of another; -1 where it is not known. */
  indexOf(id: string): number {
    return this.#names.indexOf(id);
  }

  /** What was born since, in order of birth. */
  provisional(): SavedProvisional[] {
    return this.#births.saved();
  }

  /** The number of a template that was saved, by its name or by lines like its own; -1 where nothing here is like it. */
  numberOf(saved: SavedProvisional): number {
    const named = this.#names.indexOf(saved.id);
    if (named >= 0) return named;
    const masked = (bytes: Uint8Array, length: number) => this.#knownOf(this.#masker.mask(bytes, 0, length));
    const said = this.#hand?.numberOf(saved.text, masked) ?? -1;
    return said >= 0 || !saved.form ? said : this.#knownOf(restoreForm(saved.form, "form"));
  }

  /** Whether people pinned the template with this number. */
  isPinned(index: number): boolean {
    return this.#hand !== null && this.#hand.numbers.includes(index);
  }

  /**
   * Takes in what earlier runs saved, in their order: what this catalogue knows or covers by now keeps its number, the rest is
   * provisional again.
   *
   * @param adds Whether records of what is known here are added: as where others matched them meanwhile. Default false.
   * @returns The number of each, shape [saved.length].
   * @throws {TypeError} if a field is missing or of the wrong type.
   * @throws {RangeError} if a value is out of range.
   */
  adopt(saved: readonly SavedProvisional[], { adds = false } = {}): Int32Array {
    const births = saved.map((value, i) => readProvisional(value, `provisional[${i}]`));
    return Int32Array.from(births, (birth) => {
      const { size } = this, number = this.#adoptOne(birth, adds ? [birth] : births);
      const isKnown = number >= this.frozen && number < size;
      if (adds && isKnown) this.#births.count(number, birth.severity, birth.count);
      return number;
    });
  }

  /**
   * The frozen templates, in their order, as {@linkcode adopt} takes them: for a later model's catalogue, which may not know
   * all of them.
   */
  exported(): SavedProvisional[] {
    return exportedTemplates(this.#snapshot);
  }

  /** The frozen templates as plain data; what was born since is saved by {@linkcode provisional}. */
  toJSON(): CatalogueSnapshot {
    return this.#snapshot;
  }

  /**
   * The catalogue behind a snapshot; it matches as the one that was saved.
   *
   * @throws {TypeError} if a field is missing, of the wrong type, or of another version.
   * @throws {RangeError} if a value is out of range.
   */
  static fromJSON(snapshot: unknown, options: CatalogueOptions = {}): Catalogue {
    return new Catalogue(readCatalogueSnapshot(snapshot), options);
  }

  #addForm(form: Form, template: number): void {
    this.#templateOf.set(form.index, template);
    if (!this.#matcher.sequences.has(form.key)) this.#matcher.remember(form.key, template);
    this.#matcher.add(form);
  }

  #miss(bytes: Uint8Array, start: number, end: number): number {
    const tokens = this.#masker.mask(bytes, start, end);
    let known = this.#matcher.known(tokens);
    if (known < 0 && this.#masker.redacted(bytes, start, end)) known = this.#matcher.known(tokens);
    if (known < 0) known = this.#covering(tokens);
    return known >= 0 ? known : this.#births.of(tokens);
  }

  /** The known template of a sequence, or -1. */
  #knownOf(tokens: Tokens): number {
    const known = this.#matcher.known(tokens);
    return known >= 0 ? known : this.#covering(tokens);
  }

  /** The known template that covers a sequence which training did not meet, or -1. */
  #covering(tokens: Tokens): number {
    const form = this.#matcher.general(tokens);
    if (form) return this.#templateOf.get(form.index)!;
    return this.#outlines.get(shapeOf(tokens, 0)) ?? this.#outlines.get(0) ?? -1;
  }

  #adoptOne(saved: SavedProvisional, all: readonly SavedProvisional[]): number {
    const known = this.numberOf(saved);
    if (known >= 0) return known;
    const { root, parts, merged } = mergedFamily(this.decisions, saved, all);
    const other = root === saved ? -1 : this.numberOf(root);
    const number = other >= 0 ? other : this.#births.adopt(root, parts);
    for (const part of merged) this.#takeIn(part, number);
    return number;
  }

  /** Lets a template that has no number be part of one that has. */
  #takeIn(from: SavedProvisional, into: number): void {
    if (into < 0 || this.#names.indexOf(from.id) >= 0) return;
    this.#names.restore(from, into);
    if (!from.form) return;
    const index = -1 - this.#templateOf.size; // no other form has it
    this.#addForm(restoreForm({ ...from.form, index: 0 }, "form").numbered(index), into);
  }

  /** What a notebook shows: the known templates, the most frequent first. */
  [JUPYTER](): MimeBundle {
    return catalogueView(this.known);
  }
}
