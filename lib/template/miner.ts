/**
 * Learning templates from lines.
 *
 * @module
 */
import type { LogBatch } from "../record/log_batch.ts";
import { Catalogue } from "./catalogue.ts";
import type { HandDecisions } from "./hand/decisions.ts";
import { Hand } from "./hand/hand.ts";
import type { TemplateSettings } from "./hand/template_settings.ts";
import { frozenTemplates, templatesOf } from "./learned_templates.ts";
import { LineCache } from "./line_cache.ts";
import { LineLearner } from "./line_learner.ts";
import type { LineageEvent } from "./lineage.ts";
import { Lexer } from "./mask/lexer.ts";
import type { Redactor } from "./mask/masker.ts";
import { type MinerSnapshot, readMinerSnapshot } from "./miner_snapshot.ts";
import { TEMPLATE_VERSION } from "./snapshot.ts";
import type { Template } from "./template.ts";

/** How a {@linkcode Miner} learns. */
export interface MinerOptions {
  /** Live forms at most (about 4 KB each at ten words); the ones unseen longest are no longer learned from. Default 20,000. */
  formLimit?: number;
  /** Takes secrets out of masked text; default: the built-in patterns of `lib/record`. */
  redact?: Redactor;
  /** What people say about templates: masks and pins; default nothing. A restored miner keeps what it was made with. */
  hand?: TemplateSettings;
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
 * import assert from "node:assert/strict";
 * import { Miner } from "./miner.ts";
 *
 * const miner = new Miner();
 * const learn = (line: string) => {
 *   const bytes = new TextEncoder().encode(line);
 *   return miner.learnLine(bytes, 0, bytes.length);
 * };
 * const index = learn("took 12 ms to read block blk_711");
 * assert(learn("took 7 ms to read block blk_52") === index);
 * assert(miner.template(index).text === "took <*> ms to read block blk_<*>");
 * ```
 */
export class Miner {
  readonly #lexer = new Lexer();
  readonly #cache = new LineCache();
  readonly #learner: LineLearner;
  readonly #redact: Redactor | undefined;
  readonly #hand: Hand | null;
  #lines = 0;
  #described: { lines: number; templates: Map<number, Template> } | null = null; // as of that line

  /**
   * @param snapshot Checked: use {@linkcode fromJSON}.
   * @throws {RangeError} if `formLimit` is not a whole number of at least 16.
   * @throws {SyntaxError} if a mask is no pattern, or a pin would take every line.
   */
  constructor(options: MinerOptions = {}, snapshot?: MinerSnapshot) {
    const { formLimit = snapshot?.formLimit ?? 20_000, redact } = options;
    if (!Number.isInteger(formLimit) || formLimit < 16) {
      throw new RangeError(
        `Cannot create miner: formLimit must be a whole number of at least 16, current value is ${formLimit}`,
      );
    }
    this.#redact = redact;
    this.#learner = new LineLearner(formLimit, redact, snapshot);
    this.#hand = snapshot ? Hand.restore(snapshot.hand) : Hand.of(options.hand);
    if (!snapshot) this.#hand?.pins.forEach((text, i) => this.#hand!.numbers[i] = this.#learner.pin(text));
    this.#lines = snapshot?.lines ?? 0;
  }

  /** Everything that happened to templates so far, in order. */
  get lineage(): readonly LineageEvent[] {
    return this.#learner.lineage.events;
  }

  /** How mining goes. */
  get quality(): MiningQuality {
    return {
      lines: this.#lines,
      misses: this.#learner.misses,
      templates: this.#learner.lineage.roots,
      forms: this.#learner.learner.forms.size,
      evicted: this.#learner.evicted,
      outlined: this.#learner.outlined,
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
    if (this.#hand !== null) return this.#learnByHand(this.#hand, bytes, start, end, severity);
    this.#lexer.hash(bytes, start, end);
    return this.resolveLexed(this.#lexer.firstHash, this.#lexer.secondHash, bytes, start, end, severity);
  }

  #learnByHand(hand: Hand, bytes: Uint8Array, start: number, end: number, severity: number): number {
    const pinned = hand.pinned(bytes, start, end);
    if (pinned >= 0) {
      this.#lines++;
      return this.#count(pinned, severity);
    }
    const masked = hand.masked(bytes, start, end), lexer = masked ? hand.lexer : this.#lexer;
    if (masked) [bytes, start, end] = [masked.bytes, 0, masked.length];
    lexer.hash(bytes, start, end);
    return this.resolveLexed(lexer.firstHash, lexer.secondHash, bytes, start, end, severity);
  }

  /**
   * {@linkcode learnLine} for a line whose two hashes a {@linkcode Lexer} has found already, here or in a worker: one that no pin
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
    const { ledger } = this.#learner;
    this.#lines++;
    let index = this.#cache.get(firstHash, secondHash);
    if (index < 0) {
      index = this.#learner.learn(bytes, start, end, this.#lines);
      this.#cache.set(firstHash, secondHash, index);
    } else if (ledger.formOf[index] !== index) index = ledger.live(index);
    return this.#count(index, severity);
  }

  #count(index: number, severity: number): number {
    const { ledger } = this.#learner;
    ledger.counts[index]++;
    ledger.lastLines[index] = this.#lines;
    if (severity > ledger.severities[index]) ledger.severities[index] = severity;
    return index;
  }

  /**
   * Judges all templates again by everything learned so far, as {@linkcode freeze} does first: some become part of others.
   * For the end of a file, not for every line: it costs some 50 µs a form.
   */
  settle(): void {
    this.#learner.settle(this.#lines);
    this.#described = null;
  }

  /** What a once given index is part of now. */
  resolve(index: number): number {
    return this.#learner.lineage.root(index);
  }

  /** The templates as they are now, by the index that {@linkcode resolve} answers, oldest first. */
  templates(): ReadonlyMap<number, Template> {
    if (this.#described?.lines !== this.#lines) {
      this.#described = { lines: this.#lines, templates: templatesOf(this.#learner.learned()) };
    }
    return this.#described.templates;
  }

  /**
   * The template that an index belongs to now.
   *
   * @throws {RangeError} if the index was never given.
   */
  template(index: number): Template {
    const template = this.templates().get(this.resolve(index));
    if (template) return { ...template };
    throw new RangeError(
      `Cannot find template: index must be from 0 to ${
        this.#learner.ledger.size - 1
      }, current value is ${index}`,
    );
  }

  /**
   * The templates as they are now, settled, for matching, and the map from every index given so far to the catalogue's.
   * What is learned afterwards changes neither.
   *
   * @param decisions What people decided about templates of an earlier training: what they merged is one here too, if it is
   * found again. They go on in the catalogue.
   */
  freeze(decisions?: HandDecisions): { catalogue: Catalogue; map: Int32Array } {
    this.settle();
    const frozen = this.#frozen();
    if (decisions === undefined || decisions.events.length === 0) return frozen;
    for (const { from, into } of decisions.merges) {
      const [one, other] = [from, into].map((saved) => frozen.map.indexOf(frozen.catalogue.numberOf(saved)));
      if (one >= 0 && other >= 0) this.#learner.lineage.merge(one, other, this.#lines, "by hand");
    }
    this.#described = null;
    const { catalogue, map } = this.#frozen();
    return { catalogue: catalogue.decided(decisions), map };
  }

  #frozen(): { catalogue: Catalogue; map: Int32Array } {
    const { snapshot, map } = frozenTemplates(this.#learner.learned());
    if (this.#hand !== null) {
      const hand = this.#hand.toJSON();
      snapshot.hand = { ...hand, numbers: hand.numbers.map((index) => map[index]) };
    }
    return { catalogue: Catalogue.fromJSON(snapshot, { redact: this.#redact }), map };
  }

  /** Everything as plain data; a miner restored from it goes on as this one would. */
  toJSON(): MinerSnapshot {
    const hand = this.#hand === null ? {} : { hand: this.#hand.toJSON() };
    return {
      kind: "miner",
      version: TEMPLATE_VERSION,
      lines: this.#lines,
      ...this.#learner.toJSON(),
      ...hand,
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
}
