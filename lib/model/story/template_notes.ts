/**
 * What is noted of one template while an incident is read.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";
import { burstFrom } from "./burst.ts";
import { KeptRecord } from "./kept_record.ts";

/** Where and how bursts are looked for. */
export interface CellOptions {
  /** Length of a cell, ms. */
  cell: number;
  /** Cells that the spans before the incident have. */
  cells: number;
  /** As for {@linkcode burstFrom}. */
  limit: number;
}

/** A few counts and records, however often the template comes. */
export class TemplateNotes {
  /** Records in the incident, as long before it, and at the same time of the day before. */
  during = 0;
  before = 0;
  dayBefore = 0;
  /** The first one in the incident, the first of its worst level there, the last one so far. */
  first: KeptRecord | null = null;
  worst: KeptRecord | null = null;
  last: KeptRecord | null = null;
  /** The first one of the cell in which they became too many. */
  burst: KeptRecord | null = null;
  #cell = NaN;
  #inCell = 0;
  #cellFirst: KeptRecord | null = null;
  #burstFrom = 0;

  /** Notes a row of the incident, in order of time. */
  addDuring(batch: LogBatch, row: number, { source, cells }: { source: number; cells: CellOptions }): void {
    this.during++;
    this.first ??= new KeptRecord().take(batch, row, source);
    if (batch.severity[row] > (this.worst ?? this.first).severity) {
      this.worst = (this.worst ?? new KeptRecord()).take(batch, row, source);
    }
    if (this.burst === null) this.#count(batch, row, source, cells);
  }

  /** Notes the row as the last one. */
  keepLast(batch: LogBatch, row: number, source: number): void {
    this.last = (this.last ?? new KeptRecord()).take(batch, row, source);
  }

  #count(batch: LogBatch, row: number, source: number, { cell, cells, limit }: CellOptions): void {
    const place = Math.floor(batch.timestamp[row] / cell);
    if (place !== this.#cell) {
      this.#cell = place;
      this.#inCell = 0;
      this.#cellFirst = (this.#cellFirst ?? new KeptRecord()).take(batch, row, source);
      if (this.#burstFrom === 0) {
        this.#burstFrom = burstFrom(Math.max(this.before, this.dayBefore, 0.5) / cells, limit);
      }
    }
    if (++this.#inCell >= this.#burstFrom) this.burst = this.#cellFirst!.copy();
  }
}
