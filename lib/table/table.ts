/**
 * Named columns that can be looked at and written.
 *
 * @module
 */
import { stringify } from "../csv/stringify.ts";
import { numberText } from "./figures.ts";
import { JUPYTER } from "./jupyter.ts";
import { escapeMarkup } from "./markup.ts";

/** What a cell holds. */
export type Cell = string | number | boolean | null;

const SHOWN_ROWS = 20;
const SHOWN_CHARACTERS = 160;
/** Texts longer than this may be broken into lines. */
const SHORT = 40;

/**
 * A small table of named columns of one length: CSV for files, HTML and text for people. In a Jupyter notebook it shows itself.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Table } from "./table.ts";
 *
 * const table = new Table({ LineId: [1, 2], Content: ["started", null] });
 * assert.equal(table.length, 2);
 * assert.equal(table.toCsv(), "LineId,Content\r\n1,started\r\n2,\r\n");
 * ```
 */
export class Table {
  /** Values by column name, in the order of the columns. */
  readonly columns: ReadonlyMap<string, readonly Cell[]>;
  /** Rows. */
  readonly length: number;

  /**
   * @param columns Values by column name; pairs where names may be whole numbers, which objects put first.
   * @throws {TypeError} if the columns differ in length or a name comes twice.
   */
  constructor(columns: Record<string, ArrayLike<Cell>> | readonly (readonly [string, ArrayLike<Cell>])[]) {
    const entries = Array.isArray(columns) ? columns : Object.entries(columns);
    this.columns = new Map(entries.map(([name, values]) => [name, Array.from<Cell>(values)]));
    this.length = entries[0]?.[1].length ?? 0;
    if (this.columns.size < entries.length) {
      throw new TypeError(
        `Cannot make a table: a column name comes twice in ${entries.map(([name]) => name)}`,
      );
    }
    for (const [name, values] of this.columns) {
      if (values.length !== this.length) {
        throw new TypeError(
          `Cannot make a table: column ${name} has ${values.length} values, the first has ${this.length}`,
        );
      }
    }
  }

  /**
   * A table of objects: one row each, columns as in the first.
   *
   * @example
   * ```ts
   * import assert from "node:assert/strict";
   * import { Table } from "./table.ts";
   *
   * assert.deepEqual(Table.from([{ format: "syslog", share: 1 }]).rows(), [["syslog", 1]]);
   * ```
   */
  static from(rows: readonly object[]): Table {
    const names = Object.keys(rows[0] ?? {});
    return new Table(
      names.map((name) => [name, rows.map((row) => (row as Record<string, Cell>)[name] ?? null)] as const),
    );
  }

  /**
   * The rows of all tables, one after the other; columns as in the first.
   *
   * @throws {TypeError} if the tables have different columns.
   *
   * @example
   * ```ts
   * import assert from "node:assert/strict";
   * import { Table } from "./table.ts";
   *
   * const tables = [new Table({ a: [1] }), new Table({ a: [2, 3] })];
   * assert.deepEqual(Table.concat(tables).rows(), [[1], [2], [3]]);
   * ```
   */
  static concat(tables: readonly Table[]): Table {
    const names = tables[0]?.names ?? [];
    for (const table of tables) {
      if (table.names.join() !== names.join()) {
        throw new TypeError(`Cannot join tables: one has the columns ${names}, another ${table.names}`);
      }
    }
    return new Table(
      names.map((name) => [name, tables.flatMap(({ columns }) => columns.get(name)!)] as const),
    );
  }

  /** Names of the columns. */
  get names(): string[] {
    return [...this.columns.keys()];
  }

  /** Rows `[from, to)` as arrays of cells. */
  rows(from = 0, to: number = this.length): Cell[][] {
    const columns = [...this.columns.values()], rows: Cell[][] = [];
    for (let i = from; i < Math.min(to, this.length); i++) rows.push(columns.map((column) => column[i]));
    return rows;
  }

  /** The first `count` rows. */
  first(count: number): Table {
    return new Table([...this.columns].map(([name, values]) => [name, values.slice(0, count)] as const));
  }

  /** The rows that `wanted` is true of; it is given a row as an object. */
  filter(wanted: (row: Record<string, Cell>) => boolean): Table {
    const names = this.names;
    const kept = Array.from({ length: this.length }, (_, i) => i).filter((i) =>
      wanted(Object.fromEntries(names.map((name) => [name, this.columns.get(name)![i]])))
    );
    return this.#at(kept);
  }

  /**
   * The rows by the values of a column, greatest first; equal ones keep their order, null is least. A table without columns has no
   * rows to sort and is given back.
   *
   * @throws {TypeError} if there is no such column.
   */
  sortedBy(name: string): Table {
    if (this.columns.size === 0) return this;
    const column = this.columns.get(name);
    if (column === undefined) throw new TypeError(`Cannot sort a table: there is no column ${name}`);
    const isBefore = (a: Cell, b: Cell) => b === null || a !== null && a > b;
    const order = Array.from(column.keys());
    return this.#at(
      order.sort((a, b) => column[a] === column[b] ? 0 : isBefore(column[a], column[b]) ? -1 : 1),
    );
  }

  #at(rows: readonly number[]): Table {
    return new Table(
      [...this.columns].map(([name, values]) => [name, rows.map((row) => values[row])] as const),
    );
  }

  /** The table as CSV (RFC 4180) with a line of names; null and NaN are empty. */
  toCsv(): string {
    const rows = this.rows().map((row) => row.map((cell) => Number.isNaN(cell) ? null : cell));
    return stringify([this.names, ...rows], { headers: false });
  }

  /** What Jupyter shows: the first rows as HTML and as text; long texts and long numbers are shortened. */
  [JUPYTER](): Record<string, string> {
    return this.toMimeBundle();
  }

  /**
   * The table as HTML and as text, by MIME type; only the first rows.
   *
   * @param caption A sentence to stand above.
   * @param most Rows that are shown.
   */
  toMimeBundle(caption = "", most = SHOWN_ROWS): Record<string, string> {
    if (this.names.length === 0) return nothing(caption);
    const rows = this.rows(0, most), more = this.length - rows.length;
    const rest = more > 0 ? `… and ${numberText(more)} more rows` : "";
    const styles = [...this.columns.values()].map(styleOf);
    const line = (cells: Cell[]) => cells.map(textOf).join("\t");
    const markup = (cells: Cell[], tag: string) => {
      const parts = cells.map((cell, i) => `<${tag}${styles[i]}>${escapeMarkup(textOf(cell))}</${tag}>`);
      return `<tr>${parts.join("")}</tr>`;
    };
    return {
      "text/plain": [caption, line(this.names), ...rows.map(line), rest].filter((text) => text !== "").join(
        "\n",
      ),
      "text/html": `<table>${caption && `<caption>${escapeMarkup(caption)}</caption>`}<thead>${
        markup(this.names, "th")
      }</thead><tbody>${rows.map((row) => markup(row, "td")).join("")}</tbody></table>${
        rest && `<p>${rest}</p>`
      }`,
    };
  }
}

/** What stands in place of a table that has no columns: of no rows nobody knows which they would have. */
function nothing(caption: string): Record<string, string> {
  const text = [caption, "none"].filter((part) => part !== "").join(": ");
  return { "text/plain": text, "text/html": `<p>${escapeMarkup(text)}</p>` };
}

/** Jupyter aligns everything to the right. The classes are for pages that drop styles. */
function styleOf(column: readonly Cell[]): string {
  if (!column.some((cell) => typeof cell === "string")) return "";
  const long = column.some((cell) => typeof cell === "string" && cell.length > SHORT);
  return ` class="${long ? "long text" : "text"}" style="text-align: left"`;
}

function textOf(cell: Cell): string {
  if (cell === null || Number.isNaN(cell)) return "";
  if (typeof cell === "number") return numberText(cell, 4);
  const text = String(cell);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS - 1).toWellFormed()}…` : text;
}
