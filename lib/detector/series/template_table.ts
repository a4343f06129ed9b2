/**
 * Numbers about each template of a service, as rows of one array.
 *
 * @module
 */
import type { TemplateNames } from "../../feature/event_window.ts";

/** Rows of a {@linkcode TemplateTable} as plain data: an id and its numbers each. */
export type SavedTable = [string, ...number[]][];

/** Stands for all events together where a table has a row for them. */
export const ALL_EVENTS = -1;
const ALL_ID = "*";

/**
 * A row of numbers for each template that a service was seen with: services know few of the templates of a stream.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { TemplateTable } from "./template_table.ts";
 *
 * const table = new TemplateTable(2);
 * const row = table.open(700); // may move the values: first this, then they
 * table.values[row + 1] = 5;
 * assert.equal(table.values[table.find(700) + 1], 5);
 * assert.equal(table.find(3), -1);
 * ```
 */
export class TemplateTable {
  /** Templates in the order of their rows. */
  readonly templates: number[] = [];
  /** Shape [rows, width], with room behind. */
  values: Float64Array;
  readonly #rows = new Map<number, number>();

  /** @param width Numbers a row. */
  constructor(readonly width: number, rows = 8) {
    this.values = new Float64Array(width * rows);
  }

  /** Rows in use. */
  get length(): number {
    return this.templates.length;
  }

  /** Offset of the template's row in {@linkcode values}; -1 = it has none. */
  find(template: number): number {
    const row = this.#rows.get(template);
    return row === undefined ? -1 : row * this.width;
  }

  /** {@linkcode find}, with a new row of zeros where it has none. */
  open(template: number): number {
    const known = this.#rows.get(template);
    if (known !== undefined) return known * this.width;
    const row = this.templates.length, offset = row * this.width;
    if (offset + this.width > this.values.length) {
      const wider = new Float64Array(2 * this.values.length);
      wider.set(this.values);
      this.values = wider;
    }
    this.templates.push(template);
    this.#rows.set(template, row);
    return offset;
  }

  /** Adds to the first number of the template's row; `values[open(template)] += …` would add to values that may be gone. */
  add(template: number, count: number): void {
    const offset = this.open(template);
    this.values[offset] += count;
  }

  /** A table that changes apart from this one. */
  copy(): TemplateTable {
    const copy = new TemplateTable(this.width, Math.max(8, this.length));
    this.templates.forEach((template) => copy.open(template));
    copy.values.set(this.values.subarray(0, this.length * this.width));
    return copy;
  }

  /** Plain data; templates by id. */
  save(names: TemplateNames): SavedTable {
    return this.templates.map((template, row) => [
      template === ALL_EVENTS ? ALL_ID : names.id(template),
      ...this.values.subarray(row * this.width, (row + 1) * this.width),
    ]);
  }

  /**
   * A table as it was saved. Templates that have no number in this run are left out.
   *
   * @throws {TypeError} if it is not what {@linkcode save} gives for this width.
   */
  static load(saved: unknown, width: number, names: TemplateNames): TemplateTable {
    if (!Array.isArray(saved)) throw new TypeError(`Cannot restore a table: it is ${typeof saved}`);
    const table = new TemplateTable(width, Math.max(8, saved.length));
    for (const row of saved) {
      if (!Array.isArray(row) || row.length !== width + 1 || typeof row[0] !== "string") {
        throw new TypeError(`Cannot restore a table: a row is not a name and ${width} numbers`);
      }
      if (!row.every((value, i) => i === 0 || Number.isFinite(value))) {
        throw new TypeError(`Cannot restore a table: the row of ${row[0]} has something else than numbers`);
      }
      const template = row[0] === ALL_ID ? ALL_EVENTS : names.indexOf(row[0]);
      if (row[0] !== ALL_ID && template < 0) continue;
      const offset = table.open(template);
      table.values.set(row.slice(1), offset);
    }
    return table;
  }
}
