/** Notebooks made for a test. */

/** The text of a notebook with these code cells; a cell may name its tags. */
export function notebookOf(cells: (string | { source: string; tags: string[] })[]): string {
  return JSON.stringify({
    cells: cells.map((cell, index) => ({
      cell_type: "code",
      execution_count: null,
      id: `cell-${index}`,
      metadata: typeof cell === "string" ? {} : { tags: cell.tags },
      outputs: [],
      source: typeof cell === "string" ? cell : cell.source,
    })),
    metadata: {
      kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
      language_info: { name: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  });
}
