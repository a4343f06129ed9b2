/**
 * Notebooks as they are committed: without outputs.
 *
 * @module
 */

/**
 * A notebook's text without outputs, execution counts and what only a run knows. Order of keys and cell ids are kept, for small
 * differences; equals `nbstripout --keep-id`.
 *
 * @throws {SyntaxError} if it is not JSON.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { strip } from "./strip_notebooks.ts";
 *
 * const cell = { cell_type: "code", metadata: {}, source: [], outputs: [{}], execution_count: 7 };
 * const stripped = JSON.parse(strip(JSON.stringify({ cells: [cell], metadata: {} })));
 * assert.deepEqual(stripped.cells[0], { ...cell, outputs: [], execution_count: null });
 * ```
 */
export function strip(text: string): string {
  const notebook = JSON.parse(text);
  for (const cell of notebook.cells) {
    delete cell.metadata?.execution;
    if (cell.cell_type !== "code") continue;
    cell.outputs = [];
    cell.execution_count = null;
  }
  // Everything about the kernel's version, which changes with every release of Deno.
  notebook.metadata.language_info = { name: "typescript" };
  return JSON.stringify(notebook, null, 1) + "\n";
}
