/**
 * Named columns that can be looked at and written.
 *
 * @module
 */
import { stringify } from "../csv.ts";

/** What a cell holds. */
export type Cell = string | number | boolean | null;

const SHOWN_ROWS = 20;

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

  /** The table as CSV (RFC 4180) with a line of names; null and NaN are empty. */
  toCsv(): string {
    const rows = this.rows().map((row) => row.map((cell) => Number.isNaN(cell) ? null : cell));
    return stringify([this.names, ...rows], { headers: false });
  }

  /** What Jupyter shows: the first rows as HTML and as text. */
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    const rows = this.rows(0, SHOWN_ROWS), more = this.length - rows.length;
    const rest = more > 0 ? `… and ${more} more rows` : "";
    const line = (cells: Cell[]) => cells.map(textOf).join("\t");
    const markup = (cells: Cell[], tag: string) =>
      `<tr>${cells.map((cell) => `<${tag}>${escaped(textOf(cell))}</${tag}>`).join("")}</tr>`;
    return {
      "text/plain": [line(this.names), ...rows.map(line), rest].filter((text) => text !== "").join("\n"),
      "text/html": `<table><thead>${markup(this.names, "th")}</thead><tbody>${
        rows.map((row) => markup(row, "td")).join("")
      }</tbody></table>${rest && `<p>${rest}</p>`}`,
    };
  }
}

function textOf(cell: Cell): string {
  return cell === null || Number.isNaN(cell) ? "" : String(cell);
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
