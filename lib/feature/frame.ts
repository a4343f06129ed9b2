/**
 * Tables as danfo DataFrames.
 *
 * @module
 */
import { JUPYTER } from "../table/jupyter.ts";
import { type Cell, Table } from "../table/table.ts";

/** The part of danfo's `DataFrame` that is named here; the rest is danfo's own. */
export interface DataFrame {
  readonly columns: string[];
  readonly shape: [number, number];
  readonly values: unknown[][];
  // deno-lint-ignore no-explicit-any
  [member: string]: any;
}

// Not a literal in the import below: only a call of frameOf or joinFrames may load danfo, and only notebooks and tests map it.
const DANFO = "danfojs-node";

/**
 * A danfo DataFrame with the columns of a table. Danfo is loaded by the first call (about a second), never before; from then on
 * its DataFrames and Series show themselves in a notebook as {@linkcode Table} does.
 *
 * @throws {TypeError} if the table has no rows, which danfo can't hold, or danfo isn't in the import map.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { frameOf } from "./frame.ts";
 * import { Table } from "../table/table.ts";
 *
 * const frame = await frameOf(new Table({ LineId: [1, 2], Level: ["INFO", null] }));
 * assert.deepEqual(frame.shape, [2, 2]);
 * ```
 */
export async function frameOf(table: Table): Promise<DataFrame> {
  if (table.length === 0) throw new TypeError("Cannot make a frame: the table has no rows");
  const danfo = await import(DANFO);
  showItself(danfo.DataFrame.prototype);
  return new danfo.DataFrame(table.rows(), { columns: table.names });
}

/** How rows of two frames are joined. */
export interface JoinOptions {
  /** Columns whose values must be equal; both frames have them. */
  on: readonly string[];
  /** Whose rows stay where the other frame has none like them. Default `inner`: neither's. */
  how?: "inner" | "left" | "right" | "outer";
}

/**
 * Two frames as one: every row of the first beside each row of the second that has equal values in the columns `on`. What a row
 * doesn't find is NaN, danfo's null. Rows with equal values come together.
 *
 * @throws {TypeError} if one of the frames hasn't got one of the columns.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { frameOf, joinFrames } from "./frame.ts";
 * import { Table } from "../table/table.ts";
 *
 * const events = await frameOf(new Table({ EventId: ["E1", "E2"], Level: ["INFO", "WARN"] }));
 * const texts = await frameOf(new Table({ EventId: ["E2"], template: ["disk is full"] }));
 * const { columns, values } = await joinFrames(events, texts, { on: ["EventId"], how: "left" });
 * assert.deepEqual([columns, ...values], [["EventId", "Level", "template"], ["E1", "INFO", NaN], ["E2", "WARN", "disk is full"]]);
 * ```
 */
export async function joinFrames(
  left: DataFrame,
  right: DataFrame,
  { on, how = "inner" }: JoinOptions,
): Promise<DataFrame> {
  for (const column of on) {
    if (left.columns.includes(column) && right.columns.includes(column)) continue;
    throw new TypeError(`Cannot join frames: one of them hasn't got the column ${column}`);
  }
  const danfo = await import(DANFO);
  return danfo.merge({ left, right, on: [...on], how });
}

/** danfo itself only prints to the console. The class that DataFrame and Series are made from learns it, so both know. */
function showItself(prototype: object): void {
  const above = Object.getPrototypeOf(prototype);
  if (above !== Object.prototype) return showItself(above);
  const value = function (this: DataFrame) {
    return tableOf(this).toMimeBundle();
  };
  Object.defineProperty(prototype, JUPYTER, { value, configurable: true });
}

/**
 * A DataFrame or Series of danfo as a table. Its index is the first column, called `index`, unless it only numbers the rows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { frameOf, tableOf } from "./frame.ts";
 * import { Table } from "../table/table.ts";
 *
 * const frame = await frameOf(new Table({ lines: [1, 2, 6] }));
 * assert.deepEqual(tableOf(frame).names, ["lines"]);
 * assert.deepEqual(tableOf(frame.describe()).names, ["index", "lines"]);
 * ```
 */
export function tableOf(frame: DataFrame): Table {
  const { index, columns, values: cells } = frame, series = !Array.isArray(cells[0]);
  const values = (series ? cells.map((cell) => [cell]) : cells) as Cell[][];
  const rows = values.map((row) => row.map((cell) => cell ?? null));
  const named: [string, Cell[]][] = columns.map((name, column) => [name, rows.map((row) => row[column])]);
  const numbered = (index as Cell[]).every((name, row) => name === row);
  return new Table(numbered ? named : [["index", index as Cell[]], ...named]);
}
