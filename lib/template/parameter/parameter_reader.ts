/**
 * The values of whole batches, as columns.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";
import { redact as redactAll } from "../../record/redaction.ts";
import type { Redactor } from "../mask/masker.ts";
import type { Template } from "../template.ts";
import { type PlacedShape, PlaceMemo } from "./place_memo.ts";
import type { Slot } from "./slot.ts";
import { SlotFinder, type SlottedText, slottedText } from "./template_slots.ts";
import { ValueReader } from "./value_reader.ts";

/** Shapes of lines remembered; then all are forgotten, as the cache of templates does. */
const SHAPE_LIMIT = 1 << 15;

/** The values of some rows of a batch: parallel columns, in the order of the rows and of the slots in each. */
export class ParameterColumns {
  /** Values. */
  length = 0;
  /** Row of the batch that each value is of. */
  row: Int32Array = new Int32Array(1024);
  /** Number of its slot, see {@linkcode ParameterReader.slots}. */
  slot: Int32Array = new Int32Array(1024);
  /** Number of its kind, see `VALUE_KINDS`. */
  kind: Uint8Array = new Uint8Array(1024);
  /** Its number in the unit of its kind: ms, bytes, per cent; NaN where it is none. */
  value: Float64Array = new Float64Array(1024);
  /** 53 bits, equal for equal bytes: for counting different values and finding new ones. 0 for every secret. */
  hash: Float64Array = new Float64Array(1024);
  /** Its bytes in the batch, `[start, end)`: they die with the batch. */
  start: Int32Array = new Int32Array(1024);
  end: Int32Array = new Int32Array(1024);

  /** Makes room for one more value. */
  grow(): void {
    const grown = <T extends Int32Array | Uint8Array | Float64Array>(to: T, from: T): T => (to.set(from), to);
    const length = this.row.length * 2;
    this.row = grown(new Int32Array(length), this.row);
    this.slot = grown(new Int32Array(length), this.slot);
    this.kind = grown(new Uint8Array(length), this.kind);
    this.value = grown(new Float64Array(length), this.value);
    this.hash = grown(new Float64Array(length), this.hash);
    this.start = grown(new Int32Array(length), this.start);
    this.end = grown(new Int32Array(length), this.end);
  }
}

/** A slot and the template that it is one of. */
export interface NumberedSlot {
  /** Number of the template in its catalogue. */
  readonly template: number;
  readonly slot: Slot;
}

/** What {@linkcode ParameterReader} reads by: a `Catalogue`, whose templates keep their texts. */
export interface TemplateSource {
  template(index: number): Template;
}

/** How a {@linkcode ParameterReader} reads. */
export interface ParameterReaderOptions {
  /** Which templates' values are wanted; the others cost one look at a column. Default: all. */
  wanted?: (template: Template) => boolean;
  /** Must be what the templates were made with; default: the built-in patterns. */
  redact?: Redactor;
}

/** What is known of a wanted template. */
interface WantedTemplate {
  readonly text: SlottedText;
  /** Number of its first slot; the others follow. */
  readonly firstSlot: number;
}

/**
 * Reads the values at the variable positions of templates: whole batches, without an object for a line or a value. A template
 * that nobody wants costs nothing; the values of a line of another one are where they were in the first line of its shape.
 *
 * Slots are numbered 0, 1, 2, … as their templates are met first; a template's slots follow each other. What outlives a run names
 * them by {@linkcode slotId}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../../record/log_batch.ts";
 * import { Miner } from "../miner.ts";
 * import { ParameterReader } from "./parameter_reader.ts";
 *
 * const batch = new LogBatch(), text = new TextEncoder().encode("served 7 in 2s");
 * batch.bytes.set(text);
 * batch.length = 1;
 * batch.contentEnd[0] = text.length;
 * const miner = new Miner();
 * miner.learn(batch);
 * const { catalogue } = miner.freeze();
 * catalogue.match(batch);
 *
 * const columns = new ParameterReader(catalogue).read(batch);
 * assert.deepEqual([...columns.value.subarray(0, columns.length)], [7, 2000]); // 2 s are 2,000 ms
 * ```
 */
export class ParameterReader {
  /** Slots by number, as far as they were met. */
  readonly slots: readonly NumberedSlot[];
  readonly #slots: NumberedSlot[] = [];
  readonly #templates: TemplateSource;
  readonly #isWanted: (template: Template) => boolean;
  readonly #redact: Redactor;
  readonly #wanted: (WantedTemplate | null | undefined)[] = [];
  readonly #memo = new PlaceMemo<PlacedShape>();
  readonly #finder = new SlotFinder();
  readonly #reader = new ValueReader();
  readonly #columns = new ParameterColumns();

  constructor(templates: TemplateSource, options: ParameterReaderOptions = {}) {
    const { wanted = () => true, redact = redactAll } = options;
    this.slots = this.#slots;
    this.#templates = templates;
    this.#isWanted = wanted;
    this.#redact = redact;
  }

  /** The values of the rows `[from, to)`, whose templates are filled in; valid until the next call. */
  read(batch: LogBatch, from = 0, to = batch.length): ParameterColumns {
    const { template } = batch;
    this.#columns.length = 0;
    for (let row = from; row < to; row++) {
      const index = template[row];
      if (index < 0) continue;
      let wanted = this.#wanted[index];
      if (wanted === undefined) wanted = this.#wanted[index] = this.#ask(index);
      if (wanted !== null) this.#readRow(batch, row, index, wanted);
    }
    return this.#columns;
  }

  #ask(index: number): WantedTemplate | null {
    const template = this.#templates.template(index);
    if (!this.#isWanted(template)) return null;
    const text = slottedText(template.text, this.#redact), firstSlot = this.#slots.length;
    if (text.slots.length === 0) return null;
    for (const slot of text.slots) this.#slots.push({ template: index, slot });
    return { text, firstSlot };
  }

  #readRow(batch: LogBatch, row: number, template: number, wanted: WantedTemplate): void {
    const { bytes, contentStart, contentEnd } = batch,
      reader = this.#reader,
      memo = this.#memo,
      from = contentStart[row];
    const { places } = memo.find(bytes, from, contentEnd[row], template) ??
      this.#learn(bytes, from, template, wanted);
    for (let k = 0; k < places.length; k++) {
      const start = from + memo.offsets[2 * k], end = from + memo.offsets[2 * k + 1];
      reader.read(bytes, start, end, places[k].context);
      const columns = this.#columns, i = columns.length++;
      if (i === columns.row.length) columns.grow();
      columns.row[i] = row;
      columns.slot[i] = wanted.firstSlot + places[k].slot;
      columns.kind[i] = reader.kind;
      columns.value[i] = reader.number;
      columns.hash[i] = reader.hash;
      columns.start[i] = start;
      columns.end[i] = end;
    }
  }

  #learn(bytes: Uint8Array, start: number, template: number, wanted: WantedTemplate): PlacedShape {
    const { lexer } = this.#memo, places = this.#finder.places(wanted.text, lexer, bytes);
    const shape = { template, tokens: lexer.length, places };
    if (this.#memo.size >= SHAPE_LIMIT) this.#memo.clear();
    this.#memo.keep(shape, start);
    return shape;
  }
}
