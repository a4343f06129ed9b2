/**
 * How many records were read: by service, level and slot of time, and by template and hour.
 *
 * @module
 */
import type { Dictionary } from "../record/dictionary.ts";
import { LEVEL_CLASS, LEVELS } from "../record/level.ts";
import type { LogBatch } from "../record/log_batch.ts";
import { type Cell, grown, longer, SlotCounter } from "./slot_counter.ts";
import type { CountedWindow, SessionEvent } from "../window/counted_records.ts";

/** Length of the slots that records are counted in, ms. */
export const COUNT_SLOT = 300_000;
/** Length of the slots that templates are counted in, ms. */
export const TEMPLATE_SLOT = 3_600_000;
/** OpenTelemetry `SeverityNumber` of an error, and the class that it is. */
const ERROR = 17, ERROR_CLASS = LEVEL_CLASS[ERROR];
/** Of a Date (ECMA-262 21.4.1.1), ms; what lies beyond is no time. */
const LARGEST_TIME = 8.64e15;

/** Records of one service in one slot. */
export interface ServiceCount {
  /** Start of the slot, ms. */
  start: number;
  /** Number of the service. */
  service: number;
  /** Records of each class of severity, in the order of `LEVELS`. */
  levels: Float64Array;
}

/** Records of one template in one hour. */
export interface TemplateCount {
  /** Start of the hour, ms. */
  start: number;
  /** Number of the template. */
  template: number;
  /** Whether these are records of errors, or worse. */
  isError: boolean;
  records: number;
}

/** When a template was seen. */
export interface TemplateTimes {
  template: number;
  /** ms. */
  first: number;
  last: number;
  /** Records in all hours. */
  records: number;
}

/** What was counted since it was taken last; a slot of which records came in several stretches is there several times. */
export interface TakenCounts {
  services: Iterable<ServiceCount>;
  templates: Iterable<TemplateCount>;
  /** By template, ascending. */
  times: TemplateTimes[];
}

/**
 * Counts records as they are read. Those without a time are in no slot, and not counted.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../record/log_batch.ts";
 * import { RecordCounts } from "./record_counts.ts";
 *
 * const batch = new LogBatch();
 * batch.length = 3;
 * batch.timestamp.set([1_000, 2_000, 400_000]);
 * batch.severity.set([9, 17, 17]);
 * batch.template.set([4, 7, 7]);
 * batch.service.fill(batch.services.internText("api"), 0, 3);
 *
 * const counts = new RecordCounts(batch.services);
 * counts.add(batch, 0, 3);
 * const { services, templates, times } = counts.take();
 * assert.deepEqual(Array.from(services, ({ start, levels }) => [start, ...levels]), [
 *   [0, 0, 0, 1, 0, 1, 0], // none, debug, info, warn, error, fatal
 *   [300_000, 0, 0, 0, 0, 1, 0],
 * ]);
 * assert.deepEqual([...templates], [
 *   { start: 0, template: 4, isError: false, records: 1 },
 *   { start: 0, template: 7, isError: true, records: 2 },
 * ]);
 * assert.deepEqual(times[1], { template: 7, first: 2_000, last: 400_000, records: 2 });
 * ```
 */
export class RecordCounts {
  readonly #cells = new SlotCounter();
  readonly #templates = new SlotCounter();
  #first = new Float64Array(64).fill(Infinity);
  #last = new Float64Array(64).fill(-Infinity);
  #slot = NaN;
  #hour = NaN;

  /** @param services Names behind the service column of the batches. */
  constructor(readonly services: Dictionary) {}

  /** Numbers that are kept until they are taken. */
  get size(): number {
    return this.#cells.size + this.#templates.size;
  }

  /** Counts the rows `[from, to)` of a batch, whose templates and services are filled in. */
  add(batch: LogBatch, from: number, to: number): void {
    const { timestamp } = batch;
    for (let row = from; row < to;) {
      const begin = row++;
      if (!this.#enter(timestamp[begin])) continue;
      const start = this.#slot, end = start + COUNT_SLOT;
      while (row < to && timestamp[row] >= start && timestamp[row] < end) row++;
      this.#addLevels(batch, begin, row);
      this.#addTemplates(batch, begin, row);
    }
  }

  /** Rows that are all in the present slot. */
  #addLevels({ severity, service }: LogBatch, from: number, to: number): void {
    const counter = this.#cells, cells = counter.room(this.services.size << 3);
    for (let i = from; i < to; i++) {
      const cell = service[i] << 3 | LEVEL_CLASS[severity[i]];
      if (cells[cell]++ === 0) counter.touch(cell);
    }
  }

  #addTemplates({ template, timestamp, severity }: LogBatch, from: number, to: number): void {
    const counter = this.#templates;
    let most = 0;
    for (let i = from; i < to; i++) if (template[i] > most) most = template[i];
    this.#grow(most);
    const templates = counter.room(most << 1 | 1), first = this.#first, last = this.#last;
    for (let i = from; i < to; i++) {
      const number = template[i], time = timestamp[i], cell = number << 1 | Number(severity[i] >= ERROR);
      if (templates[cell]++ === 0) counter.touch(cell);
      if (time > last[number]) last[number] = time;
      if (time < first[number]) first[number] = time;
    }
  }

  /** Counts records that were counted elsewhere, by time windows: they are in the slot that their window begins in. */
  addWindow({ start, pairs, service: name }: CountedWindow, renamed?: Int32Array): void {
    const service = this.services.internText(name);
    for (let i = 0; i < pairs.length; i += 2) {
      const template = pairs[i] >>> 3;
      this.#addOne(
        start,
        { service, level: pairs[i] & 7, template: renamed?.[template] ?? template },
        pairs[i + 1],
      );
    }
  }

  /** Counts a record that was read elsewhere. */
  addEvent({ time, severity, template, service: name }: SessionEvent, renamed?: Int32Array): void {
    const service = this.services.internText(name), level = LEVEL_CLASS[severity];
    this.#addOne(time ?? NaN, { service, level, template: renamed?.[template] ?? template }, 1);
  }

  /** What was counted since the last call. */
  take(): TakenCounts {
    this.#leave(NaN);
    const times: TemplateTimes[] = [], sums = this.#templates.sums();
    for (let template = 0; template < this.#last.length; template++) {
      if (this.#last[template] === -Infinity) continue;
      const records = (sums[template << 1] ?? 0) + (sums[template << 1 | 1] ?? 0);
      times.push({ template, first: this.#first[template], last: this.#last[template], records });
    }
    this.#first.fill(Infinity);
    this.#last.fill(-Infinity);
    return {
      services: servicesOf(this.#cells.take()),
      templates: templatesOf(this.#templates.take()),
      times,
    };
  }

  #addOne(
    time: number,
    { service, level, template }: { service: number; level: number; template: number },
    records: number,
  ): void {
    if (!this.#enter(time)) return;
    addTo(this.#cells, service << 3 | level, records);
    addTo(this.#templates, template << 1 | Number(level >= ERROR_CLASS), records);
    this.#grow(template);
    this.#last[template] = Math.max(this.#last[template], time);
    this.#first[template] = Math.min(this.#first[template], time);
  }

  /** Goes to the slot that a time is in; `false` = it is no time. */
  #enter(time: number): boolean {
    if (time >= this.#slot && time < this.#slot + COUNT_SLOT) return true;
    if (!(time >= -LARGEST_TIME && time <= LARGEST_TIME)) return false;
    this.#leave(Math.floor(time / COUNT_SLOT) * COUNT_SLOT);
    return true;
  }

  #leave(slot: number): void {
    this.#cells.leave(this.#slot);
    this.#slot = slot;
    const hour = Math.floor(slot / TEMPLATE_SLOT) * TEMPLATE_SLOT;
    if (hour === this.#hour) return;
    this.#templates.leave(this.#hour);
    this.#hour = hour;
  }

  #grow(template: number): void {
    if (template < this.#last.length) return;
    const length = longer(template, this.#last);
    this.#first = grown(this.#first, new Float64Array(length).fill(Infinity));
    this.#last = grown(this.#last, new Float64Array(length).fill(-Infinity));
  }
}

function addTo(counter: SlotCounter, cell: number, records: number): void {
  const counts = counter.room(cell);
  if (counts[cell] === 0) counter.touch(cell);
  counts[cell] += records;
}

function* templatesOf(cells: Iterable<Cell>): Generator<TemplateCount> {
  for (const [start, cell, records] of cells) {
    yield { start, template: cell >>> 1, isError: (cell & 1) === 1, records };
  }
}

/** Cells of a slot and a service stand together. */
function* servicesOf(cells: Iterable<Cell>): Generator<ServiceCount> {
  let row: ServiceCount | null = null;
  for (const [start, cell, count] of cells) {
    const service = cell >>> 3;
    if (row === null || row.start !== start || row.service !== service) {
      if (row !== null) yield row;
      row = { start, service, levels: new Float64Array(LEVELS.length) };
    }
    row.levels[cell & 7] += count;
  }
  if (row !== null) yield row;
}
