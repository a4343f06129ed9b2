import assert from "node:assert/strict";
import { executeNotebook, type Execution, NoPythonError } from "../../runner/notebooks/execute_notebook.ts";
import { testThatNeeds } from "../needs.ts";
import { notebookOf } from "./example_notebook.ts";
import { withFolder } from "../with_folder.ts";

const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");
const SMOKE = `${root}/tests/notebooks/fixtures/smoke.ipynb`;

/** Displays and results that the cells of the smoke notebook send. */
const SMOKE_DISPLAYS = 614;

interface Output {
  output_type: string;
  name?: string;
  text?: string[];
  data?: Record<string, string | string[]>;
  evalue?: string;
}

function execution(notebook: string, html: string, more: Partial<Execution> = {}): Execution {
  const given = { root, notebook, html, python: "python3", timeout: 60, network: false, parameters: null };
  return { ...given, onRemark: () => {}, ...more };
}

/** Outputs by cell id. */
async function outputsOf(path: string): Promise<Record<string, Output[]>> {
  const { cells } = JSON.parse(await Deno.readTextFile(path)) as {
    cells: { id: string; outputs?: Output[] }[];
  };
  return Object.fromEntries(cells.map(({ id, outputs }) => [id, outputs ?? []]));
}

const textOf = (output: Output, kind = "text/plain") =>
  [output.data?.[kind] ?? output.text ?? ""].flat().join("");

testThatNeeds(
  ["python"],
  "executeNotebook() loses no output, and gives equal pages for equal runs",
  async () => {
    await withFolder(async (folder) => {
      const pages: string[] = [];
      for (const number of [1, 2]) {
        const [html, save] = [`${folder}/${number}.html`, `${folder}/${number}.ipynb`];
        const more = { save, parameters: { epochs: 5 }, now: Date.UTC(2026, 2, 9, 8) };
        const result = await executeNotebook(execution(SMOKE, html, more));
        assert.deepEqual(
          { error: result.error, sent: result.sent, stored: result.stored },
          { error: null, sent: SMOKE_DISPLAYS, stored: SMOKE_DISPLAYS },
        );
        assertNothingLost(await outputsOf(save));
        pages.push(await Deno.readTextFile(html));
      }
      const [first, second] = pages.map((page) => page.replace(/, commit [0-9a-f]+/, "")); // somebody may commit meanwhile
      assert.ok(first === second, "two runs gave different pages");
      assertSelfContained(pages[0]);
    });
  },
);

function assertNothingLost(outputs: Record<string, Output[]>) {
  const numbers = Array.from({ length: 300 }, (_, number) => number);
  const expected = [...numbers.map((n) => `awaited ${n}`), ...numbers.map((n) => `not awaited ${n}`)];
  assert.deepEqual(outputs.displays.map((output) => textOf(output)), [...expected, "result of the displays"]);
  const lines = Array.from({ length: 3000 }, (_, number) => `line ${number}\n`).join("");
  assert.deepEqual(outputs.lines.map((output) => [output.name, textOf(output)]), [
    ["stdout", lines],
    ["stderr", "one line on stderr\n"],
  ]);
  assert.match(textOf(outputs.chart[0]), /5 epochs/); // the parameter arrived
  assert.deepEqual(Object.keys(outputs.chart[0].data!).sort(), [
    "application/vnd.vegalite.v5+json",
    "image/svg+xml",
    "text/plain",
  ]);
  assert.ok(textOf(outputs.large[0], "image/svg+xml").length > 3_000_000);
  assert.equal(textOf(outputs.danfo[0]), "mean 2.5 median 2.5\n");
  assert.deepEqual(outputs.update.map((output) => textOf(output)), ["100 %"]);
  assert.equal(outputs["expected-error"][0].evalue, "an error that is meant");
  assert.match(outputs["expected-rejection"].at(-1)!.evalue!, /^Uncaught: Error: a rejection that is meant/);
  assert.match(textOf(outputs.restricted[0]), /run: NotCapable, ffi: NotCapable, net: NotCapable/);
  assert.deepEqual(outputs.last.map((output) => textOf(output)).sort(), [
    '"the last result"',
    "the last display",
    "the last line\n",
  ]);
}

/** Asserts by patterns, without printing the megabytes of the page. */
function assertSelfContained(page: string) {
  const wanted = [
    /<meta content="default-src 'none'; base-uri 'none'; form-action 'none';[^"]*" http-equiv="Content-Security-Policy"/,
    /<dt>Rendered<\/dt><dd>2026-03-09 08:00 UTC<\/dd>/,
    /<dt>DeepScan<\/dt><dd>\d+\.\d+\.\d+(, commit [0-9a-f]{12})?<\/dd>/,
    /<dt>Deno<\/dt><dd>\d+\.\d+\.\d+<\/dd>/,
    /<title>Smoke<\/title>/,
    /<img alt="Loss by epoch: 5 epochs/,
  ];
  const forbidden = [
    /<(script|iframe|link|object|base)\b/i,
    /@import/,
    /\s(src|srcset|action|data|poster)\s*=\s*["']?(https?:)?\/\//i,
    /url\(\s*["']?(https?:)?\/\//i,
  ];
  const small = page.replaceAll(/base64,[A-Za-z0-9+/=]+/g, "");
  const names = small.replaceAll(/="[^"<>]*"/g, '=""'); // an event handler's name, not its mention in a value
  assert.equal(/<[a-z][^<>]*\son[a-z]+=""/i.exec(names)?.[0], undefined);
  for (const pattern of wanted) assert.ok(pattern.test(small), `not found: ${pattern}`);
  for (const pattern of forbidden) assert.equal(pattern.exec(small)?.[0], undefined, `found: ${pattern}`);
}

testThatNeeds(["python"], "executeNotebook() names the cell that failed, and why", async () => {
  const cases: [string, (string | { source: string; tags: string[] })[], number, RegExp][] = [
    ["error", ["1", 'throw new RangeError("too far");', "3"], 2, /^RangeError: too far$/],
    [
      "rejection",
      ['Promise.reject(new Error("nobody listens")); void 0;', "2"],
      1,
      /^Uncaught: Error: nobody listens/,
    ],
    [
      "timer",
      ['setTimeout(() => { throw new Error("in a timer"); }, 0); void 0;', "2"],
      1,
      /^Uncaught: Error: in a timer/,
    ],
    ["syntax", ["1", "const = 2;"], 2, /^SyntaxError: the cell does not parse$/],
    [
      "display",
      ['({ [Symbol.for("Jupyter.display")]() { throw new Error("no picture"); } })'],
      1,
      /no picture/,
    ],
    ["endless", ["1", "while (true);", "3"], 2, /^no end after 4 s$/],
    ["dead", ["Deno.exit(3);"], 1, /^the Deno kernel died$/],
  ];
  await withFolder(async (folder) => {
    for (const [name, cells, cell, message] of cases) {
      const [notebook, html] = [`${folder}/${name}.ipynb`, `${folder}/${name}.html`];
      await Deno.writeTextFile(notebook, notebookOf(cells));
      await Deno.writeTextFile(html, "the last good page");
      const { error } = await executeNotebook(execution(notebook, html, { timeout: 4 }));
      assert.equal(error?.cell, cell, `${name}: ${error?.message}`);
      assert.match(error.message, message);
      assert.equal(await Deno.readTextFile(html), "the last good page");
      assert.match(await Deno.readTextFile(`${folder}/${name}.failed.html`), /<title>/);
    }
  });
});

Deno.test("executeNotebook() says so where there is no Python", async () => {
  const missing = execution(SMOKE, "/nowhere/a.html", { python: "/nowhere/python3" });
  await assert.rejects(() => executeNotebook(missing), (error) => {
    assert.ok(error instanceof NoPythonError);
    assert.match(
      error.message,
      /^Cannot execute notebooks: no \/nowhere\/python3 found; install Python 3\.10 or newer/,
    );
    return true;
  });
});

Deno.test("executeNotebook() says so where Python ends in the middle of a notebook, and takes no progress for a result", async () => {
  await withFolder(async (folder) => {
    const python = `${folder}/python`, progress: [cell: number, of: number][] = [];
    const script = `#!/bin/sh\necho '{"cell": 1, "of": 3}'\necho killed >&2\nexit 137\n`;
    await Deno.writeTextFile(python, script, { mode: 0o755 });
    const onProgress = (cell: number, of: number) => void progress.push([cell, of]);
    await assert.rejects(executeNotebook(execution(SMOKE, `${folder}/smoke.html`, { python, onProgress })), {
      message: `Cannot execute ${SMOKE}: Python ended with code 137\nkilled`,
    });
    assert.deepEqual(progress, [[1, 3]]);
  });
});

testThatNeeds(
  ["python"],
  "executeNotebook() starts a kernel again that died before it answered, at most twice",
  async () => {
    await withFolder(async (folder) => {
      // The first starts end as they do where another program has taken a port.
      const starts = `${folder}/starts`, real = Deno.execPath();
      const deno = (deaths: number) =>
        `#!/bin/sh\necho start >> ${starts}\n[ $(wc -l < ${starts}) -le ${deaths} ] && exit 1\nexec ${real} "$@"\n`;
      const python = `${folder}/python`, notebook = `${folder}/short.ipynb`, html = `${folder}/short.html`;
      await Deno.writeTextFile(python, `#!/bin/sh\nPATH=${folder}:$PATH exec python3 "$@"\n`, {
        mode: 0o755,
      });
      await Deno.writeTextFile(notebook, notebookOf(["6 * 7"]));

      const remarks: string[] = [], onRemark = (remark: string) => void remarks.push(remark);
      await Deno.writeTextFile(`${folder}/deno`, deno(2), { mode: 0o755 });
      const { error, stored } = await executeNotebook(execution(notebook, html, { python, onRemark }));
      assert.deepEqual([error, stored], [null, 1]);
      assert.equal(
        remarks.filter((remark) => remark.endsWith("it is started again")).length,
        2,
        remarks.join("\n"),
      );

      await Deno.writeTextFile(starts, "");
      await Deno.writeTextFile(`${folder}/deno`, deno(3), { mode: 0o755 });
      await assert.rejects(executeNotebook(execution(notebook, html, { python })), /Kernel died/);
      assert.equal(await Deno.readTextFile(starts), "start\n".repeat(3));
    });
  },
);
