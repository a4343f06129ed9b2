import assert from "node:assert/strict";
import { basename, dirname } from "node:path";
import { checkNotebooks } from "../../runner/notebooks/check_notebooks.ts";
import { testThatNeeds } from "../needs.ts";
import { startBrowser } from "../services/browser.ts";
import { codeOf, executeOn, makeData, NOTEBOOKS, parametersOn, type Rendered } from "./sample_notebooks.ts";
import { assertShareable } from "./shown_page.ts";

Deno.test("the notebooks are all there, fit their types, and are committed without outputs", async () => {
  const names = NOTEBOOKS.map((path) => basename(path, ".ipynb"));
  assert.deepEqual(names, [
    ...["01-extract", "02-preprocess", "03-train", "04-threshold", "05-evaluate", "06-incident"],
    ...["model-card", "period"],
  ]);
  for (const paths of Object.values(Object.groupBy(NOTEBOOKS, dirname))) {
    assert.deepEqual(await checkNotebooks(paths!, { stripped: true }), []);
  }
});

Deno.test("the notebooks import nothing but the door, danfo and the CSV module", () => {
  for (const path of NOTEBOOKS) {
    const code = codeOf(path).map(({ text }) => text).join("\n");
    const imports = [...code.matchAll(/^\s*(?:\}|import .*) from "([^"]+)"/gm)].map((match) => match[1]);
    assert.ok(imports.includes("deepscan"), path);
    assert.deepEqual(
      imports.filter((one) => !["deepscan", "@std/csv", "danfojs-node"].includes(one)),
      [],
      path,
    );
  }
});

Deno.test("the notebooks have a parameter cell each, and what it names of the sample can be put elsewhere", () => {
  for (const path of NOTEBOOKS) {
    const cells = codeOf(path).filter(({ tags }) => tags.includes("parameters"));
    assert.equal(cells.length, 1, path);
    assert.match(
      cells[0].text,
      /parametersFrom\([\s\S]*Deno\.env\.get\("DEEPSCAN_PARAMETERS"\)\);\nparameters;\n?$/,
      path,
    );
    const mentions = cells[0].text.match(/\.\.\/data\//g)?.length ?? 0;
    assert.equal(Object.values(parametersOn("/elsewhere", path)).flat().length, mentions, path);
  }
});

/** All notebooks, run on the same data. */
interface Run {
  folder: string;
  pages: Rendered[];
}

let first: Promise<Run> | null = null;

/** The first run of all notebooks; the folder stays until the tests of this file are over. */
function firstRun(): Promise<Run> {
  return first ??= (async () => {
    const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "notebooks" }));
    addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
    await makeData(`${folder}/data`);
    return { folder, pages: await executeOn(`${folder}/data`, `${folder}/once`) };
  })();
}

testThatNeeds(
  ["python"],
  "the notebooks run on the sample without losing an output or leaving an object raw",
  async () => {
    for (const { name, page, result } of (await firstRun()).pages) {
      assert.equal(result.error, null, `${name}: ${result.error?.message}`);
      assert.ok(
        result.sent > 2 && result.stored === result.sent,
        `${name}: ${result.stored} of ${result.sent}`,
      );
      assertReadable(await Deno.readTextFile(page), name);
    }
  },
);

testThatNeeds(["python"], "the notebooks give equal pages for equal runs, training and all", async (t) => {
  const { folder, pages } = await firstRun();
  const again = await executeOn(`${folder}/data`, `${folder}/again`);
  for (const [i, { name, page, result }] of again.entries()) {
    assert.equal(result.error, null, `${name}: ${result.error?.message}`);
    assert.equal(result.stored, result.sent, name); // how often something live is shown differs
    const [one, other] = await Promise.all([pages[i].page, page].map(contentOf));
    const at = Array.from(one).findIndex((line, k) => line !== other[k]);
    assert.ok(
      one.join("\n") === other.join("\n"),
      `${name}: two runs gave different pages: ${one[at]?.slice(0, 300)} and ${other[at]?.slice(0, 300)}`,
    );
  }
  await t.step(costOf(pages, again), () => {}); // a step, because a quiet test prints nothing else
});

/** Lines of a page; somebody may commit between two runs. */
async function contentOf(page: string): Promise<string[]> {
  return (await Deno.readTextFile(page)).replace(/, commit [0-9a-f]+/, "").split("\n");
}

/** What both runs took. */
function costOf(...runs: Rendered[][]): string {
  const results = runs.flat().map(({ result }) => result);
  const seconds = results.reduce((total, one) => total + one.seconds, 0);
  const peak = runs.flat().toSorted((a, b) => b.result.peakMemory - a.result.peakMemory)[0];
  const each = runs[0].map(({ name, result }) => `${name} ${result.seconds.toFixed(0)} s`).join(", ");
  return `${results.length} runs, ${Math.round(seconds)} s (${each}); at the most ` +
    `${Math.round(peak.result.peakMemory / 2 ** 20)} MB (${peak.name})`;
}

testThatNeeds(
  ["python", "chromium"],
  "the notebooks' pages draw every chart in a browser with the network off, fit screen, phone and paper, and pass axe",
  async () => {
    await using browser = await startBrowser();
    for (const { name, page } of (await firstRun()).pages) await assertShareable(browser, page, name);
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
    /class="output (error|text remark)"/,
  ];
  for (const pattern of ugly) assert.equal(pattern.exec(text)?.[0], undefined, `${name}: ${pattern}`);
  assert.ok(!text.includes("\u001b["), `${name}: colour codes are left`);
  for (
    const wanted of [
      /<table/,
      /<dt>Rendered<\/dt><dd>2026-03-09 08:00 UTC</,
      /<dt>Parameters<\/dt><dd><code>\w+ = /,
    ]
  ) {
    assert.match(text, wanted, name);
  }
}
