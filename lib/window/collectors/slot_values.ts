/**
 * The values of records, read once for all collectors that want them.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";
import { lineStart, readable } from "../../record/prefix.ts";
import {
  type NumberedSlot,
  type ParameterColumns,
  ParameterReader,
  type TemplateSource,
} from "../../template/parameter/parameter_reader.ts";
import type { UsualNumbers } from "../quantity_fact.ts";
import { isQuantity, PATH, SECRET, TEXT, TIME, USER, WORD } from "../../template/parameter/kind.ts";

/** Parameters that collectors note, by template id: names of slots. */
export interface WatchedSlots {
  /** Those with numbers worth watching. */
  quantities: Readonly<Record<string, readonly string[]>>;
  /** Those with few values: how often training had each. */
  values: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;
  /** Those noted in sessions; absent = none. */
  sessions?: SessionSlots;
  /** How numbers were spread; absent = nobody knows. */
  spreads?: Readonly<Record<string, Readonly<Record<string, UsualNumbers>>>>;
}

/** What collectors note of sessions. */
export interface SessionSlots {
  /**
   * Parameters with numbers worth watching, by template id and name of the slot: the number above which the record itself is
   * kept.
   */
  quantities: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Whether the times of steps are. */
  times: boolean;
}

/** How {@linkcode SlotValues} reads. */
export interface SlotValuesOptions {
  /** What is watched; `null` = everything, as where it is to be found out what is worth it. */
  watched: WatchedSlots | null;
  /** Must be what the templates were made with. */
  redact: (text: string) => string;
}

/** What a slot is noted for. */
interface SlotUse {
  quantity: boolean;
  value: boolean;
}

/** Kinds whose values are noted as they are: neither quantities nor what hardly ever repeats. */
const NAMED_KINDS = new Set([WORD, TEXT, USER, PATH]);
/** Characters of a value that are kept, and of a record. */
const VALUE_LENGTH = 80, RECORD_LENGTH = 600;

/**
 * Reads the parameters of a record when the first collector asks.
 *
 * @example Used by `QuantityCollector` and `ValueCollector`
 * ```ts
 * import assert from "node:assert/strict";
 * import { Miner } from "../../template/miner.ts";
 * import { SlotValues } from "./slot_values.ts";
 *
 * const { catalogue } = new Miner().freeze();
 * const values = new SlotValues(catalogue, { watched: null, redact: (text) => text });
 * assert.equal(values.columns.length, 0);
 * ```
 */
export class SlotValues {
  /** Values of the record that was read last. */
  columns: ParameterColumns;
  readonly #reader: ParameterReader;
  readonly #redact: (text: string) => string;
  readonly #watched: WatchedSlots | null;
  readonly #templates: TemplateSource;
  readonly #uses: SlotUse[] = [];
  #batch: LogBatch | null = null;
  #offset = -1;

  constructor(templates: TemplateSource, { watched, redact }: SlotValuesOptions) {
    this.#templates = templates;
    this.#watched = watched;
    this.#redact = redact;
    this.#reader = new ParameterReader(templates, { wanted: (template) => this.#watches(template), redact });
    this.columns = this.#reader.read({ template: new Int32Array(0) } as LogBatch, 0, 0);
  }

  /** The values of one record; read once, however many ask for it. */
  read(batch: LogBatch, row: number): ParameterColumns {
    const offset = batch.base + batch.start[row];
    if (this.#batch === batch && this.#offset === offset) return this.columns;
    [this.#batch, this.#offset] = [batch, offset];
    return this.columns = this.#reader.read(batch, row, row + 1);
  }

  /** Whether any parameter of a template is watched. */
  isWatched(template: number): boolean {
    return this.#watches(this.#templates.template(template));
  }

  /** The slot with this number, as columns have it. */
  slot(number: number): NumberedSlot {
    return this.#reader.slots[number];
  }

  /** Whether the value at a place is a number that is watched. */
  isQuantity(i: number): boolean {
    const { kind, slot } = this.columns;
    return isQuantity(kind[i]) && kind[i] !== TIME && this.#use(slot[i]).quantity;
  }

  /** Whether the value at a place is one of few. */
  isValue(i: number): boolean {
    const { kind, slot } = this.columns;
    return NAMED_KINDS.has(kind[i]) && kind[i] !== SECRET && this.#use(slot[i]).value;
  }

  /** The value at a place as the log wrote it, redacted. */
  text(batch: LogBatch, i: number): string {
    const { start, end } = this.columns;
    return this.#redact(batch.text(start[i], Math.min(end[i], start[i] + VALUE_LENGTH)));
  }

  /** A record, redacted, on one line. */
  record(batch: LogBatch, row: number): string {
    const start = lineStart(batch, row), end = Math.min(batch.recordEnd[row], start + RECORD_LENGTH);
    return this.#redact(readable(batch.text(start, end))).trim().replace(/\s*[\r\n]+\s*/g, " ⏎ ");
  }

  #watches({ id }: { id: string }): boolean {
    const watched = this.#watched;
    return watched === null || Object.hasOwn(watched.quantities, id) || Object.hasOwn(watched.values, id);
  }

  #use(slot: number): SlotUse {
    return this.#uses[slot] ??= this.#useOf(this.#reader.slots[slot]);
  }

  #useOf({ template, slot }: NumberedSlot): SlotUse {
    if (this.#watched === null) return { quantity: true, value: true };
    const { id } = this.#templates.template(template), { quantities, values } = this.#watched;
    return {
      quantity: quantities[id]?.includes(slot.name) ?? false,
      value: Object.hasOwn(values[id] ?? {}, slot.name),
    };
  }
}
