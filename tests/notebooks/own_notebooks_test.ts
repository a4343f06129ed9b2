import assert from "node:assert/strict";
import { generateSample } from "../../data/generate.ts";
import { checkNotebooks } from "../../runner/notebooks/check_notebooks.ts";
import { executeNotebook, type ExecutionResult } from "../../runner/notebooks/execute_notebook.ts";
import { testThatNeeds } from "../needs.ts";
import { type Browser, startBrowser } from "../services/browser.ts";

const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");
const NAMES = ["01-extract", "02-preprocess", "03-train", "04-threshold"];

/** Parameters that make each notebook read the sample in `folder`. */
function parametersOn(folder: string): Record<string, Record<string, unknown>> {
  const checkout = `${folder}/shop-checkout.log`;
  return {
    "01-extract": { files: [`${folder}/*.log`] },
    "02-preprocess": { file: checkout, levelless: `${folder}/auth.log` },
    "03-train": { file: checkout, labels: `${folder}/order_labels.csv` },
    "04-threshold": { file: checkout, labels: `${folder}/order_labels.csv` },
  };
}

/** Executes one of the project's notebooks on the sample in `folder`. */
async function execute(
  name: string,
  html: string,
  parameters: Record<string, unknown>,
): Promise<ExecutionResult> {
  return await executeNotebook({
    ...{ root, notebook: `${root}/notebooks/${name}.ipynb`, html, parameters },
    ...{ python: "python3", timeout: 120, network: false, onRemark: () => {} },
  });
}

Deno.test("the notebooks are all there, fit their types, and are committed without outputs", async () => {
  const found = await Array.fromAsync(Deno.readDir(`${root}/notebooks`));
  const names = found.map(({ name }) => name).filter((name) => name.endsWith(".ipynb")).sort();
  assert.deepEqual(names, NAMES.map((name) => `${name}.ipynb`));
  assert.deepEqual(
    await checkNotebooks(names.map((name) => `${root}/notebooks/${name}`), { stripped: true }),
    [],
  );
});

Deno.test("the notebooks import nothing but the door, danfo and the CSV module", async () => {
  for (const name of NAMES) {
    const { cells } = JSON.parse(await Deno.readTextFile(`${root}/notebooks/${name}.ipynb`));
    const code = cells.map(({ source }: { source: string[] }) => source.join("")).join("\n");
    const imports = [...code.matchAll(/^\s*(?:\}|import .*) from "([^"]+)"/gm)].map((match) => match[1]);
    assert.ok(imports.includes("deepscan"));
    assert.deepEqual(imports.filter((one) => !["deepscan", "@std/csv", "danfojs-node"].includes(one)), []);
  }
});

/** A page of one of the notebooks, and how its run went. */
interface RenderedPage {
  name: string;
  path: string;
  result: ExecutionResult;
}

let rendering: Promise<{ folder: string; pages: RenderedPage[] }> | null = null;

/** All notebooks, run once on a small sample; the folder stays until the tests of this file are over. */
function rendered() {
  return rendering ??= (async () => {
    const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "notebooks" }));
    addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
    generateSample(`${folder}/sample`, { scale: 0.3 });
    const pages: RenderedPage[] = [];
    for (const [name, parameters] of Object.entries(parametersOn(`${folder}/sample`))) {
      const path = `${folder}/${name}.html`;
      pages.push({ name, path, result: await execute(name, path, parameters) });
    }
    return { folder, pages };
  })();
}

testThatNeeds(
  ["python"],
  "the notebooks run on the sample without losing an output or leaving an object raw",
  async () => {
    for (const { name, path, result } of (await rendered()).pages) {
      assert.equal(result.error, null, `${name}: ${result.error?.message}`);
      assert.ok(
        result.sent > 5 && result.stored === result.sent,
        `${name}: ${result.stored} of ${result.sent}`,
      );
      assertReadable(await Deno.readTextFile(path), name);
    }
  },
);

testThatNeeds(["python"], "the notebooks give equal pages for equal runs, training and all", async () => {
  const { folder } = await rendered(), again = `${folder}/again/03-train.html`;
  const { error } = await execute("03-train", again, parametersOn(`${folder}/sample`)["03-train"]);
  assert.equal(error, null);
  const once = await Deno.readTextFile(`${folder}/03-train.html`);
  assert.ok(once === await Deno.readTextFile(again), "two runs gave different pages");
});

testThatNeeds(
  ["python", "chromium"],
  "the notebooks' pages draw every chart in a browser, fetch nothing, and nothing sticks out of them",
  async () => {
    await using browser = await startBrowser();
    for (const { name, path } of (await rendered()).pages) await assertShown(browser, path, name);
  },
);

function assertReadable(page: string, name: string) {
  const text = page.replaceAll(/base64,[A-Za-z0-9+/=]+/g, "").replaceAll(/<style[\s\S]*?<\/style>/g, "");
  const ugly = [
    /DataFrame \{/,
    /\$dataIncolumnFormat/,
    /\[object Object\]/,
    /<td[^>]*>undefined</,
    /<td[^>]*>NaN</,
    /application\/vnd\.jupyter\.stderr/,
  ];
  for (const pattern of ugly) assert.equal(pattern.exec(text)?.[0], undefined, `${name}: ${pattern}`);
  assert.ok(!text.includes("\u001b["), `${name}: colour codes are left`);
  assert.match(text, /<table/);
}

async function assertShown(browser: Browser, path: string, name: string) {
  const page = await browser.open(`file://${path}`, { width: 1200, colourScheme: "light" });
  const complaints = page.complaints.filter((complaint) => !complaint.startsWith("request: data:")); // in the page itself
  assert.deepEqual(complaints, [], name);
  const drawn = await page.evaluate("[...document.images].every((image) => image.naturalWidth > 100)");
  assert.equal(drawn, true, `${name}: a chart is not drawn`);
  const fits = await page.evaluate("document.documentElement.scrollWidth <= 1200");
  assert.equal(fits, true, `${name}: something sticks out of the page`);
  await page.close();
}
