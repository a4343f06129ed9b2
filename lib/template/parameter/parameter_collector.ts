/**
 * The statistics of all slots of all templates, in one pass over lines whose templates are still being learned.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";
import { redact as redactAll } from "../../record/redaction.ts";
import { Lexer } from "../mask/lexer.ts";
import type { Redactor } from "../mask/masker.ts";
import type { Miner } from "../miner.ts";
import type { Template } from "../template.ts";
import { Layout, type SlotSummary } from "./layout.ts";
import { PlaceMemo } from "./place_memo.ts";
import { ShapeStatistics } from "./shape_statistics.ts";
import { SlotFinder } from "./template_slots.ts";
import { ValueReader } from "./value_reader.ts";

/** Shapes of lines, and values with statistics of their own among them, before they are folded into their templates. */
const SHAPE_LIMIT = 1 << 14, STATISTICS_LIMIT = 1 << 12;
/** Slots that statistics are kept of at the most; lines of further templates are counted as {@linkcode ParameterCollector.unkept}. */
const SLOT_LIMIT = 10_000;
/** Bytes of a line whose values are looked at. */
const LINE_LIMIT = 4096;
/** Characters of an example. */
const EXAMPLE_LENGTH = 300;

/** A template and what is known of its values. */
export interface TemplateParameters {
  readonly template: Template;
  /** The message of a line of it, redacted. */
  readonly example: string;
  /** One for each `<*>` of the text, in order. */
  readonly slots: readonly SlotSummary[];
}

/**
 * Collects the values of lines while a miner learns their templates: by the shape of the line first, and when all is learned (or
 * there are too many shapes) shapes are folded into the slots of the template that their lines have come to. So lines are read
 * once, and the answer hardly depends on when the miner found out what varies.
 *
 * Exact are: values that masking recognises (numbers, addresses, ids …), and words that learning found to vary. Of a value of
 * several words that holds a number or the like, its text with `<*>` in the place of that is counted.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../../record/log_batch.ts";
 * import { Miner } from "../miner.ts";
 * import { ParameterCollector } from "./parameter_collector.ts";
 *
 * const batch = new LogBatch(), text = new TextEncoder().encode("took 12 ms\ntook 7 ms");
 * batch.bytes.set(text);
 * batch.length = 2;
 * batch.contentStart.set([0, 11]);
 * batch.contentEnd.set([10, 20]);
 * const miner = new Miner(), collector = new ParameterCollector(miner);
 * miner.learn(batch);
 * collector.add(batch);
 * const [{ template, slots: [took] }] = collector.finish();
 * assert.deepEqual([template.text, took.slot.name, took.statistics.unit], ["took <*> ms", "took", "ms"]);
 * assert.equal(took.statistics.quantiles.greatest, 12);
 * ```
 */
export class ParameterCollector {
  /** Lines whose values were not kept: longer than 4,096 bytes, or of one template too many. */
  unkept = 0;
  readonly #miner: Miner;
  readonly #redact: Redactor;
  readonly #memo = new PlaceMemo<ShapeStatistics>();
  readonly #layouts = new Map<string, Layout>();
  readonly #other = new Lexer();
  readonly #reader = new ValueReader();
  readonly #finder = new SlotFinder();
  #statistics = 0;
  #slots = 0;
  #batches = 0;

  /** @param redact Takes secrets out of what is shown; default: the built-in patterns. */
  constructor(miner: Miner, redact: Redactor = redactAll) {
    this.#miner = miner;
    this.#redact = redact;
  }

  /** Adds the rows `[from, to)`, which the miner has just learned. */
  add(batch: LogBatch, from = 0, to = batch.length): void {
    const { bytes, contentStart, contentEnd, template } = batch, memo = this.#memo;
    const touched: ShapeStatistics[] = [], mark = ++this.#batches;
    for (let row = from; row < to; row++) {
      const start = contentStart[row],
        end = contentEnd[row],
        shape = memo.find(bytes, start, end, template[row]);
      if (shape === undefined) {
        this.#begin(bytes, start, end, template[row]);
        continue;
      }
      shape.count++;
      if (shape.statistics === null) {
        shape.begin(this.#other, this.#reader);
        this.#statistics += shape.places.length;
      }
      shape.add(bytes, start, memo.offsets, this.#reader);
      if (shape.batch === mark) continue;
      shape.batch = mark;
      touched.push(shape);
    }
    for (const shape of touched) shape.settle();
  }

  #begin(bytes: Uint8Array, start: number, end: number, template: number): void {
    if (end - start > LINE_LIMIT) {
      this.unkept++;
      return;
    }
    if (this.#memo.size >= SHAPE_LIMIT || this.#statistics >= STATISTICS_LIMIT) this.#fold(); // settles what it merges
    this.#memo.keep(new ShapeStatistics(template, bytes.slice(start, end), this.#memo.lexer, bytes), start);
  }

  /** The templates as they are when the miner has settled, the most frequent first, with what is known of their values. */
  finish(): TemplateParameters[] {
    this.#miner.settle();
    this.#fold();
    const found = new Map<number, Layout>(), templates = this.#miner.templates();
    for (const layout of this.#layouts.values()) {
      const root = this.#miner.resolve(layout.template),
        template = templates.get(root)!,
        known = found.get(root);
      const now = known ??
        (layout.text.text === template.text ? layout : new Layout(root, template.text, this.#redact));
      if (layout !== now) now.take(layout, this.#finder);
      found.set(root, now);
    }
    return [...found].map(([root, layout]) => ({
      template: { ...templates.get(root)! },
      example: this.#exampleOf(layout),
      slots: layout.summaries(templates.get(root)!.id, this.#redact),
    })).sort((a, b) => b.template.count - a.template.count || (a.template.id < b.template.id ? -1 : 1));
  }

  #exampleOf({ example }: Layout): string {
    const text = this.#redact(new TextDecoder().decode(example));
    return text.length > EXAMPLE_LENGTH ? `${text.slice(0, EXAMPLE_LENGTH - 1).toWellFormed()}…` : text;
  }

  /** Shapes become statistics of slots of the template that their lines are part of now. */
  #fold(): void {
    const templates = this.#miner.templates();
    for (const shape of this.#memo.shapes()) {
      const root = this.#miner.resolve(shape.template),
        { text } = templates.get(root)!,
        key = `${root} ${text}`;
      let layout = this.#layouts.get(key);
      if (layout === undefined) {
        layout = new Layout(root, text, this.#redact);
        if (this.#slots + layout.text.slots.length > SLOT_LIMIT) {
          this.unkept += shape.count;
          continue;
        }
        this.#slots += layout.text.slots.length;
        this.#layouts.set(key, layout);
      }
      layout.add(shape, this.#finder, this.#other, this.#reader);
    }
    this.#memo.clear();
    this.#statistics = 0;
  }
}
