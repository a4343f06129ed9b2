import assert from "node:assert/strict";
import { dirname } from "node:path";
import { notebooksPermissions } from "../../runner/notebooks/options.ts";
import { testThatNeeds } from "../needs.ts";
import { runTask } from "../runner/tasks/task.ts";
import { notebookOf } from "./example_notebook.ts";
import { withFolder } from "../with_folder.ts";

const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

/** Runs the command with exactly the rights it says it needs, where the user stands in `cwd`. */
async function notebooks(
  args: string[],
  cwd: string,
  isTerminal = false,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { read, write, run } = notebooksPermissions(args, { root, cwd });
  const rights = Object.entries({ read, write, run }).filter(([, values]) => values.length > 0)
    .map(([name, values]) => `--allow-${name}=${values.join(",")}`);
  const program = `
    import { run } from "${root}/runner/commands/notebooks.ts";
    const write = (file) => (text) => file.writeSync(new TextEncoder().encode(text));
    const context = { root: "${root}", cwd: "${cwd}", isTerminal: ${isTerminal}, now: Date.now, stdout: write(Deno.stdout), stderr: write(Deno.stderr) };
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

/** A cell that goes wrong, and what the task says of it. */
const PROBES: Record<string, [cell: string, said: RegExp]> = {
  failing: [
    'throw new RangeError("Cannot read it: there is none");',
    /^failing: cell 2: RangeError: Cannot read it: there is none\n/,
  ],
  rejection: [
    'Promise.reject(new Error("nobody listens"));\nvoid 0;',
    /^rejection: cell 2: Uncaught: Error: nobody listens\n/,
  ],
  endless: ["while (true);", /^endless: cell 2: no end after 4 s\n/],
  typo: ["const = 3;", /typo\.ipynb: cell 2, line 1, column \d+/],
};

testThatNeeds(
  ["python"],
  "deno task notebooks fails, names the cell and keeps the page apart, whatever goes wrong in a cell",
  async () => {
    await withFolder(async (folder) => {
      await Promise.all(
        Object.entries(PROBES).map(async ([name, [cell, said]]) => {
          const notebook = `${folder}/${name}/${name}.ipynb`, page = `${folder}/${name}.html`;
          await Deno.mkdir(dirname(notebook));
          await Deno.writeTextFile(notebook, notebookOf(["1 + 1", cell, "3"]));
          await Deno.writeTextFile(page, "the last good page");
          const { code, stdout, stderr } = await runTask("notebooks", [
            notebook,
            "--output",
            folder,
            "--timeout",
            "4",
          ]);
          assert.deepEqual([code, stdout], [1, ""], `${name}: ${stderr}`);
          assert.match(stderr.replace(/^Making a Python environment.*\n/, ""), said);
          assert.equal(await Deno.readTextFile(page), "the last good page");
          if (name === "typo") return; // nothing was run
          assert.match(stderr, new RegExp(`${name}: see .*/${name}\\.failed\\.html\n$`));
          const failed = await Deno.readTextFile(`${folder}/${name}.failed.html`);
          const [, message] = said.source.split(`${name}: `);
          assert.ok(new RegExp(`<dt>Failed</dt><dd>${message.replace("\\n", "")}`).test(failed), name);
          assert.ok(/<details class="code" open="">[\s\S]*<div class="output error"/.test(failed), name);
        }),
      );
    });
  },
);

testThatNeeds(
  ["python"],
  "notebooks says on a terminal how far it is, and at the end what all came to",
  async () => {
    await withFolder(async (folder) => {
      for (const name of ["a", "b"]) {
        await Deno.writeTextFile(`${folder}/${name}.ipynb`, notebookOf(["1", "2"]));
      }
      const { code, stdout, stderr } = await notebooks(
        ["a.ipynb", "b.ipynb", "--output", "out"],
        folder,
        true,
      );
      assert.equal(code, 0, stderr);
      assert.match(stdout, /\n2 notebooks: 4 cells, 4 of 4 displays, \d+ s, \d+ MB at the most\n$/);
      assert.ok(stderr.includes("a: cell 1 of 2 …\r\x1b[2Ka: cell 2 of 2 …\r\x1b[2K"), stderr);
    });
  },
);

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
