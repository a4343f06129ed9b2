import assert from "node:assert/strict";
import { strip } from "../../runner/notebooks/strip_notebooks.ts";

Deno.test("strip() takes out what a run leaves behind and nothing else", () => {
  const cell = (outputs: unknown[], execution_count: number | null, metadata: object) => {
    return { cell_type: "code", execution_count, id: "a", metadata, outputs, source: ["1 + 1"] };
  };
  const notebook = (code: object, language_info: object) => {
    const text = { cell_type: "markdown", id: "b", metadata: { tags: ["x"] }, source: ["# A"] };
    const metadata = { kernelspec: { name: "deno" }, language_info };
    return JSON.stringify({ cells: [text, code], metadata, nbformat: 4, nbformat_minor: 5 }, null, 1) + "\n";
  };
  const run = notebook(
    cell([{ output_type: "stream", text: "2" }], 3, { tags: ["y"], execution: { a: 1 } }),
    {
      name: "typescript",
      version: "6.0.3",
    },
  );
  const stripped = notebook(cell([], null, { tags: ["y"] }), { name: "typescript" });
  assert.equal(strip(run), stripped);
  assert.equal(strip(stripped), stripped);
});

Deno.test("strip() refuses what is not JSON", () => {
  assert.throws(() => strip("print(1)"), SyntaxError);
});
