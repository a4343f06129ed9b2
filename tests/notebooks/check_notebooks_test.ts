import assert from "node:assert/strict";
import { checkNotebooks, joinCells } from "../../runner/notebooks/check_notebooks.ts";
import { notebookOf } from "./example_notebook.ts";
import { withFolder } from "../with_folder.ts";

Deno.test("joinCells() knows for every line where it came from", () => {
  const { text, origin } = joinCells([
    { cell_type: "code", source: "const a = 1;\na" },
    { cell_type: "markdown", source: "# Not code" },
    { cell_type: "code", source: ["({ a })\n", "  .a"] },
  ]);
  const lines = text.split("\n");
  assert.equal(lines.length, origin.length);
  assert.equal(origin[lines.indexOf("({ a })")], "cell 2, line 1");
  assert.equal(origin[lines.indexOf("  .a")], "cell 2, line 2");
});

Deno.test("checkNotebooks() names cell and line of types that don't fit, text that doesn't parse, and lint", async () => {
  await withFolder(async (folder) => {
    const notebooks: Record<string, [string[], RegExp | null]> = {
      good: [["const a: number = 1;\na", "({ a })", 'Deno.jupyter.html`<b>${"x"}</b>`'], null],
      types: [["1", "const a = 2;\n\nconst b: string = a;"], /types\.ipynb: cell 2, line 3, column 7/],
      syntax: [["const = 3;"], /syntax\.ipynb: cell 1, line 1/],
      lint: [["let a = 1;\nconsole.log(a);"], /lint\.ipynb: cell 1, line 1/],
      twice: [["const a = 1;", "const a = 2;"], /twice\.ipynb: cell \d, line 1/],
    };
    for (const [name, [cells, expected]] of Object.entries(notebooks)) {
      const path = `${folder}/${name}.ipynb`;
      await Deno.writeTextFile(path, notebookOf(cells));
      const problems = (await checkNotebooks([path])).join("\n");
      if (expected === null) assert.equal(problems, "");
      else assert.match(problems, expected);
      assert.ok(!problems.includes(".check.ts"), problems);
    }
    const left = await Array.fromAsync(Deno.readDir(folder));
    assert.deepEqual(left.filter(({ name }) => !name.endsWith(".ipynb")), []);
  });
});

Deno.test("checkNotebooks() finds outputs that were left in, when asked to", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/a.ipynb`;
    const notebook = JSON.parse(notebookOf(["1"]));
    notebook.cells[0].execution_count = 1;
    await Deno.writeTextFile(path, JSON.stringify(notebook, null, 1));
    assert.deepEqual(await checkNotebooks([path]), []);
    assert.deepEqual(await checkNotebooks([path], { stripped: true }), ["a.ipynb: has outputs, strip them"]);
  });
});

Deno.test("checkNotebooks() refuses a file that is no notebook", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.ipynb`, "# a script");
    await assert.rejects(
      () => checkNotebooks([`${folder}/a.ipynb`]),
      /^SyntaxError: Cannot read .*a\.ipynb: it is not a notebook/,
    );
  });
});
