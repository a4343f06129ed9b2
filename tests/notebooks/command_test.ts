import assert from "node:assert/strict";
import { notebooksPermissions } from "../../runner/notebooks/options.ts";
import { testThatNeeds } from "../needs.ts";
import { notebookOf, withFolder } from "./example_notebook.ts";

const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

/** Runs the command with exactly the rights it says it needs, where the user stands in `cwd`. */
async function notebooks(
  args: string[],
  cwd: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { read, write, run } = notebooksPermissions(args, { root, cwd });
  const rights = Object.entries({ read, write, run }).filter(([, values]) => values.length > 0)
    .map(([name, values]) => `--allow-${name}=${values.join(",")}`);
  const program = `
    import { run } from "${root}/runner/commands/notebooks.ts";
    const write = (file) => (text) => file.writeSync(new TextEncoder().encode(text));
    const context = { root: "${root}", cwd: "${cwd}", isTerminal: false, stdout: write(Deno.stdout), stderr: write(Deno.stderr) };
    try {
      Deno.exit(await run(${JSON.stringify(args)}, context));
    } catch (error) {
      console.error(error.name + ": " + error.message);
      Deno.exit(error.name === "UsageError" ? 2 : 1);
    }`;
  const child = new Deno.Command("deno", {
    args: ["run", "--quiet", "--no-prompt", `--config=${root}/tests/deno.json`, ...rights, "-"],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(program));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}

testThatNeeds(["python"], "notebooks checks, executes and renders with the rights it asks for", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(
      `${folder}/a.ipynb`,
      notebookOf(["1 + 1", 'Deno.env.get("DEEPSCAN_PARAMETERS")']),
    );
    await Deno.writeTextFile(`${folder}/p.json`, '{ "days": 3, "a": { "seed": 7 } }');
    const { code, stdout, stderr } = await notebooks(
      ["a.ipynb", "--params", "p.json", "--output", "out"],
      folder,
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^a: 2 cells, 2 of 2 displays, [\d.]+ s, \d+ MB: .*\/out\/a\.html\n$/);
    assert.match(
      await Deno.readTextFile(`${folder}/out/a.html`),
      /\{&quot;days&quot;:3,&quot;seed&quot;:7\}|\{"days":3,"seed":7\}/,
    );
  });
});

testThatNeeds(["python"], "notebooks stops at the first that fails and says what was not run", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.ipynb`, notebookOf(["1", 'throw new Error("no data");']));
    await Deno.writeTextFile(`${folder}/b.ipynb`, notebookOf(["2"]));
    const { code, stdout, stderr } = await notebooks(["a.ipynb", "b.ipynb", "--output", "out"], folder);
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(
      stderr,
      /a: cell 2: Error: no data\na: see .*\/out\/a\.failed\.html\nnot run after that: b\n$/,
    );
  });
});

Deno.test("notebooks runs nothing when a notebook doesn't pass the check", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.ipynb`, notebookOf(["1", 'const a: number = "x";\na']));
    const { code, stdout, stderr } = await notebooks(["a.ipynb", "--output", "out"], folder);
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /a\.ipynb: cell 2, line 1, column 7/);
    await assert.rejects(() => Deno.stat(`${folder}/out`), Deno.errors.NotFound);
  });
});

Deno.test("notebooks --strip and --check agree on what is committed", async () => {
  await withFolder(async (folder) => {
    const notebook = JSON.parse(notebookOf(["1"]));
    notebook.cells[0].outputs = [{ output_type: "stream", name: "stdout", text: "1" }];
    await Deno.writeTextFile(`${folder}/a.ipynb`, JSON.stringify(notebook));
    const before = await notebooks(["--check", "a.ipynb"], folder);
    assert.deepEqual([before.code, before.stderr], [1, "a.ipynb: has outputs, strip them\n"]);
    assert.equal((await notebooks(["--strip", "a.ipynb"], folder)).stdout, "stripped a.ipynb\n");
    const after = await notebooks(["--check", "a.ipynb"], folder);
    assert.deepEqual(after, { code: 0, stdout: "1 notebooks are well\n", stderr: "" });
    assert.equal((await notebooks(["--strip", "a.ipynb"], folder)).stdout, "");
  });
});

Deno.test("notebooks refuses a name that it doesn't know, and a missing Python", async () => {
  await withFolder(async (folder) => {
    const unknown = await notebooks(["09-nothing"], folder);
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /^UsageError: Cannot run notebooks: there is no 09-nothing, known are /);
    await Deno.writeTextFile(`${folder}/a.ipynb`, notebookOf(["1"]));
    const missing = await notebooks(["a.ipynb", "--python", "./no-python3"], folder);
    assert.equal(missing.code, 1);
    assert.match(
      missing.stderr,
      /NoPythonError: Cannot execute notebooks: no .*\/no-python3 found; install Python 3\.10/,
    );
  });
});
