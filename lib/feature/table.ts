/**
 * Named columns that can be looked at and written.
 *
 * @module
 */
import { stringify } from "../csv.ts";

/** What a cell holds. */
export type Cell = string | number | boolean | null;

const SHOWN_ROWS = 20;
const SHOWN_CHARACTERS = 160;

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

  /** The table as CSV (RFC 4180) with a line of names; null and NaN are empty. */
  toCsv(): string {
    const rows = this.rows().map((row) => row.map((cell) => Number.isNaN(cell) ? null : cell));
    return stringify([this.names, ...rows], { headers: false });
  }

  /** What Jupyter shows: the first rows as HTML and as text; long texts and long numbers are shortened. */
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return this.toMimeBundle();
  }

  /** The table as HTML and as text, by MIME type; only the first rows. */
  toMimeBundle(): Record<string, string> {
    const rows = this.rows(0, SHOWN_ROWS), more = this.length - rows.length;
    const rest = more > 0 ? `… and ${more.toLocaleString("en")} more rows` : "";
    const texts = [...this.columns.values()].map(holdsText);
    const line = (cells: Cell[]) => cells.map(textOf).join("\t");
    const markup = (cells: Cell[], tag: string) => {
      const parts = cells.map((cell, i) =>
        `<${tag}${texts[i] ? LEFT : ""}>${escaped(textOf(cell))}</${tag}>`
      );
      return `<tr>${parts.join("")}</tr>`;
    };
    return {
      "text/plain": [line(this.names), ...rows.map(line), rest].filter((text) => text !== "").join("\n"),
      "text/html": `<table><thead>${markup(this.names, "th")}</thead><tbody>${
        rows.map((row) => markup(row, "td")).join("")
      }</tbody></table>${rest && `<p>${rest}</p>`}`,
    };
  }
}

/** Jupyter aligns everything to the right. The class is for pages that drop styles. */
const LEFT = ' class="text" style="text-align: left"';

function holdsText(column: readonly Cell[]): boolean {
  return column.some((cell) => typeof cell === "string");
}

function textOf(cell: Cell): string {
  if (cell === null || Number.isNaN(cell)) return "";
  if (typeof cell === "number") return numberText(cell);
  const text = String(cell);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS - 1).toWellFormed()}…` : text;
}

/** Whole numbers in groups of three digits, others with four significant digits. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return Math.abs(value) < 1e15 ? value.toLocaleString("en") : String(value);
  const size = Math.abs(value);
  return size < 1e-4 || size >= 1e7 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
