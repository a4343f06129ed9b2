/**
 * What is noted of one stream while an incident is read: counts and a few records of each template.
 *
 * @module
 */
import { type Level, LEVEL_CLASS, LEVELS } from "../../record/level.ts";
import type { LogBatch } from "../../record/log_batch.ts";
import type { Verdict } from "../../explain/reason.ts";
import { leastBeyondChance } from "../../explain/chance_bound.ts";
import type { Catalogue } from "../../template/catalogue.ts";
import type { Slice } from "../slice.ts";
import { isWithin, type StorySpan } from "./story_span.ts";
import { type CellOptions, TemplateNotes } from "./template_notes.ts";
import { ServiceNotes } from "./service_notes.ts";
import { SessionSteps } from "./session_steps.ts";
import { WantedRecords } from "./wanted_records.ts";

/** Cells that an incident is cut into where bursts are looked for, and how short one is at the least, ms. */
const CELLS = 20, SHORTEST = 10_000;
/** Templates among which bursts are looked for. */
const LOOKS = 1000;

/** Records of one level in one span of time. */
export interface StoryLevel {
  /** Start of the span, ms. */
  time: number;
  level: Level;
  count: number;
}

/** Rows of one stream, in order of time; memory grows with templates, not with records. */
export class StreamNotes {
  /** By template index. */
  readonly templates = new Map<number, TemplateNotes>();
  /** By number of the service. */
  readonly services = new Map<number, ServiceNotes>();
  readonly wanted: WantedRecords;
  readonly session: SessionSteps;
  /** Time of the first record of all, ms; NaN where none has one. */
  since = NaN;
  /** Records that were read, whenever they are. */
  read = 0;
  readonly #ids: string[] = [];
  readonly #levels = new Map<number, Float64Array>();
  readonly #cells: CellOptions;
  #marks: Int32Array = new Int32Array(256);
  #mark = 0;

  /** @param size Length of the spans that levels are counted in, ms. */
  constructor(
    readonly catalogue: Catalogue,
    readonly span: StorySpan,
    { verdicts, size }: { verdicts: readonly Verdict[]; size: number },
  ) {
    this.wanted = new WantedRecords(verdicts);
    this.session = new SessionSteps(verdicts);
    this.size = size;
    const length = span.to - span.from, cell = Math.max(SHORTEST, length / CELLS);
    this.#cells = { cell, cells: length / cell, limit: leastBeyondChance(LOOKS * length / cell) };
  }

  /** Length of the spans that levels are counted in, ms. */
  readonly size: number;

  /** Takes what was read next; templates are looked up only of rows that count. */
  add({ batch, from, to, source }: Slice): void {
    const { timestamp, template } = batch, { span } = this;
    this.read += to - from;
    const last = new Map<number, number>(); // row by service
    let matched = false;
    for (let row = from; row < to; row++) {
      const time = timestamp[row];
      if (Number.isNaN(time)) continue;
      if (!(time >= this.since)) this.since = time;
      const isDuring = isWithin(time, span), isBefore = isWithin(time, span.before);
      if (isDuring || isBefore || (time >= span.to && time < span.until)) this.#countLevel(batch, row);
      const isDayBefore = isWithin(time, span.dayBefore);
      if (!isDuring && !isBefore && !isDayBefore) continue;
      if (!matched) this.catalogue.match(batch, from, to);
      matched = true;
      this.#addToService(batch, row, source, last);
      const notes = this.#notesOf(template[row]);
      if (isBefore) notes.before++;
      if (isDayBefore) notes.dayBefore++;
      if (!isDuring) continue;
      notes.addDuring(batch, row, { source, cells: this.#cells });
      this.wanted.see(batch, row, { source, template: this.#idOf(template[row]) });
      this.session.see(batch, row, source);
    }
    if (matched) this.#keepLast(batch, from, to, source);
    for (const [service, row] of last) this.services.get(service)!.keepLast(batch, row, source);
  }

  /** Records by span of time and level, earliest first. */
  levels(): StoryLevel[] {
    return [...this.#levels].sort(([a], [b]) => a - b).flatMap(([cell, counts]) =>
      LEVELS.map((level, i) => ({ time: cell * this.size, level, count: counts[i] }))
        .filter(({ count }) => count > 0)
    );
  }

  #countLevel({ timestamp, severity }: LogBatch, row: number): void {
    const cell = Math.floor(timestamp[row] / this.size);
    let counts = this.#levels.get(cell);
    if (counts === undefined) this.#levels.set(cell, counts = new Float64Array(LEVELS.length));
    counts[LEVEL_CLASS[severity[row]]]++;
  }

  /** @param last The last row of each service in this batch that lies in the incident or right before it. */
  #addToService(batch: LogBatch, row: number, source: number, last: Map<number, number>): void {
    const service = batch.service[row], time = batch.timestamp[row];
    let notes = this.services.get(service);
    if (notes === undefined) this.services.set(service, notes = new ServiceNotes(this.span));
    notes.add(batch, row, { source, previous: last.get(service) ?? -1 });
    if (isWithin(time, this.span) || isWithin(time, this.span.before)) last.set(service, row);
  }

  /** Of each template the last of these rows. */
  #keepLast(batch: LogBatch, from: number, to: number, source: number): void {
    const { template, timestamp } = batch, { span } = this, mark = ++this.#mark;
    for (let row = to - 1; row >= from; row--) {
      const time = timestamp[row];
      if (!isWithin(time, span) && !isWithin(time, span.before)) continue;
      const index = template[row];
      if (index >= this.#marks.length) this.#marks = grown(this.#marks, index);
      if (this.#marks[index] === mark) continue;
      this.#marks[index] = mark;
      this.#notesOf(index).keepLast(batch, row, source);
    }
  }

  #notesOf(index: number): TemplateNotes {
    let notes = this.templates.get(index);
    if (notes === undefined) this.templates.set(index, notes = new TemplateNotes());
    return notes;
  }

  #idOf(index: number): string {
    return this.#ids[index] ??= this.catalogue.template(index).id;
  }
}

function grown(marks: Int32Array, index: number): Int32Array {
  const larger = new Int32Array(Math.max(index + 1, 2 * marks.length));
  larger.set(marks);
  return larger;
}
