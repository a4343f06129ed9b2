/**
 * Events as a table with loghub's column names.
 *
 * @module
 */
import { levelOfSeverity } from "../record/level.ts";
import type { LogBatch } from "../record/log_batch.ts";
import { redact } from "../record/redaction.ts";
import type { TemplateName } from "./feature_space.ts";
import { type Cell, Table } from "../table/table.ts";

/** Settings of {@linkcode EventRows}. */
export interface EventRowsOptions {
  /** Names of the template with this index. Default: none, so events have no id and no template. */
  template?: (index: number) => TemplateName;
  /** What takes secrets out of a message. Default: the built-in redaction. */
  redact?: (text: string) => string;
}

const COLUMNS = ["LineId", "Date", "Time", "Level", "Component", "Content", "EventId", "EventTemplate"];

/**
 * Copies the events of one input out of its batches, for people and notebooks: a row a record, messages redacted.
 *
 * `LineId` is the number of the record's first physical line, from 1; date and time are UTC; a level is the severity's class in
 * capitals; what a line doesn't have is null.
 *
 * Source: column names of the loghub collection, J. Zhu et al., *Loghub*, ISSRE 2023.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../record/log_batch.ts";
 * import { EventRows } from "./event_rows.ts";
 *
 * const batch = new LogBatch();
 * batch.bytes.set(new TextEncoder().encode("started"));
 * batch.length = batch.lines[0] = 1;
 * batch.contentEnd[0] = 7;
 * batch.severity[0] = 9;
 * batch.service[0] = batch.services.internText("api");
 *
 * const events = new EventRows({ template: () => ({ id: "E1", text: "started" }) });
 * events.add(batch);
 * assert.deepEqual(events.table().rows()[0], [
 *   1, "1970-01-01", "00:00:00.000", "INFO", "api", "started", "E1", "started",
 * ]);
 * ```
 */
export class EventRows {
  readonly #template: ((index: number) => TemplateName) | null;
  readonly #redact: (text: string) => string;
  readonly #columns: Cell[][] = COLUMNS.map(() => []);
  #line = 1;

  constructor(options: EventRowsOptions = {}) {
    this.#template = options.template ?? null;
    this.#redact = options.redact ?? redact;
  }

  /** Copies all records of a batch; batches come in the order of the input. */
  add(batch: LogBatch): void {
    this.#line += batch.continued;
    for (let i = 0; i < batch.length; i++) {
      this.#rowOf(batch, i).forEach((cell, column) => this.#columns[column].push(cell));
      this.#line += batch.lines[i];
    }
  }

  /** All rows so far. */
  table(): Table {
    return new Table(COLUMNS.map((name, column) => [name, this.#columns[column]] as const));
  }

  #rowOf(batch: LogBatch, i: number): Cell[] {
    const [date, time] = dateAndTime(batch.timestamp[i]);
    const severity = batch.severity[i], service = batch.service[i], index = batch.template[i];
    const template = index < 0 || this.#template === null ? null : this.#template(index);
    return [
      this.#line,
      date,
      time,
      severity === 0 ? null : levelOfSeverity(severity).toUpperCase(),
      service < 0 ? null : batch.services.text(service),
      this.#redact(batch.text(batch.contentStart[i], batch.contentEnd[i])),
      template?.id ?? null,
      template?.text ?? null,
    ];
  }
}

function dateAndTime(timestamp: number): [string | null, string | null] {
  if (Number.isNaN(timestamp)) return [null, null];
  const [date, time] = new Date(timestamp).toISOString().split("T");
  return [date, time.slice(0, -1)];
}
