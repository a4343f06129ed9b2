/**
 * The longest silence of a service while an incident is read.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";
import { KeptRecord } from "./kept_record.ts";
import { isWithin, type StorySpan } from "./story_span.ts";

/** A time in which a service said nothing. */
export interface Silence {
  /** The last record before it, and the first behind it; `null` = it went on to the end. */
  before: KeptRecord;
  after: KeptRecord | null;
  /** ms. */
  length: number;
}

/** Records of one service, in order of time. */
export class ServiceNotes {
  /** Records in the incident, as long before it, and at the same time of the day before. */
  during = 0;
  before = 0;
  dayBefore = 0;
  #last: KeptRecord | null = null;
  #longest: Silence | null = null;

  constructor(private readonly span: StorySpan) {}

  /**
   * Notes a row.
   *
   * @param previous The service's row before it in the same batch, -1 where it is in an earlier one.
   */
  add(batch: LogBatch, row: number, { source, previous }: { source: number; previous: number }): void {
    const { span } = this, time = batch.timestamp[row];
    const isBefore = isWithin(time, span.before), isDuring = isWithin(time, span);
    if (isBefore) this.before++;
    if (isWithin(time, span.dayBefore)) this.dayBefore++;
    if (isDuring) this.during++;
    if (!isBefore && !isDuring) return;
    const lastTime = previous >= 0 ? batch.timestamp[previous] : this.#last?.time ?? NaN,
      length = time - lastTime;
    if (!(time > span.from && length > (this.#longest?.length ?? 0) && lastTime >= span.before.from)) return;
    const before = previous >= 0 ? new KeptRecord().take(batch, previous, source) : this.#last!.copy();
    this.#longest = { before, after: new KeptRecord().take(batch, row, source), length };
  }

  /** Keeps the row as the service's last one in the incident and the span before it. */
  keepLast(batch: LogBatch, row: number, source: number): void {
    this.#last = (this.#last ?? new KeptRecord()).take(batch, row, source);
  }

  /**
   * The longest silence, where no chance explains it: had records come as before, so many of them were missing that none at all has
   * a probability of at most e to the minus `limit`. `null` without one.
   *
   * @param reached Spans before the incident that the log covers from their beginnings.
   */
  silence(limit: number, reached: readonly ("before" | "dayBefore")[]): Silence | null {
    const { span } = this, last = this.#last;
    let longest = this.#longest;
    if (last !== null && span.to - last.time > (longest?.length ?? 0)) {
      longest = { before: last, after: null, length: span.to - last.time };
    }
    if (longest === null || reached.length === 0) return null;
    const records = reached.reduce((sum, name) => sum + this[name], 0);
    const expected = records / reached.length * longest.length / (span.to - span.from);
    return expected >= limit ? longest : null;
  }
}
