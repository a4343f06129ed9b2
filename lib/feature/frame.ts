/**
 * Tables as danfo DataFrames.
 *
 * @module
 */
import type { Table } from "./table.ts";

/** The part of danfo's `DataFrame` that is named here; the rest is danfo's own. */
export interface DataFrame {
  readonly columns: string[];
  readonly shape: [number, number];
  readonly values: unknown[][];
  // deno-lint-ignore no-explicit-any
  [member: string]: any;
}

// Not a literal in the import below: nothing but a call of frameOf may load danfo, and only notebooks and tests map it.
const DANFO = "danfojs-node";

/**
 * A danfo DataFrame with the columns of a table. Danfo is loaded by the first call (about a second), never before.
 *
 * @throws {TypeError} if the table has no rows, which danfo can't hold, or danfo isn't in the import map.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { frameOf } from "./frame.ts";
 * import { Table } from "./table.ts";
 *
 * const frame = await frameOf(new Table({ LineId: [1, 2], Level: ["INFO", null] }));
 * assert.deepEqual(frame.shape, [2, 2]);
 * ```
 */
export async function frameOf(table: Table): Promise<DataFrame> {
  if (table.length === 0) throw new TypeError("Cannot make a frame: the table has no rows");
  const danfo = await import(DANFO);
  return new danfo.DataFrame(table.rows(), { columns: table.names });
}
