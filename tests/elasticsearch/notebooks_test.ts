import assert from "node:assert/strict";
import { generateSample } from "../../data/generate.ts";
import { executeNotebook } from "../../runner/notebooks/execute_notebook.ts";
import { testThatNeeds } from "../needs.ts";
import { PROJECT, runTask } from "../runner/tasks/task.ts";
import { withFolder } from "../with_folder.ts";
import { NEWEST, withElasticsearch } from "../services/with_elasticsearch.ts";
import { ask } from "./indexed.ts";

/** Streams of the sample whose documents say what their lines do, to the millisecond, and their files. */
const FILES = { checkout: "shop-checkout.log", app: "shop-app.log", web: "shop-web.access.log" };
const STREAMS = Object.keys(FILES) as (keyof typeof FILES)[];

/** Notebooks that are compared, for time's sake; `DEEPSCAN_NOTEBOOKS=all` makes it all that read logs. */
const FEW = ["01-extract", "04-threshold"], ALL = Deno.env.get("DEEPSCAN_NOTEBOOKS") === "all";

/** A notebook, and what it is told to read: files in one run, an index in the other. */
interface Case {
  name: string;
  /** Of both runs. */
  parameters?: Record<string, unknown>;
  files: string[];
  index: string[];
  /** Cells that show where the logs lie, or lines as they lie there. */
  apart?: string[];
}

/** The cases for a sample in `folder`. */
function casesOf(folder: string): Case[] {
  const labels = `${folder}/order_labels.csv`,
    checkout = { files: [`${folder}/${FILES.checkout}`], index: ["elasticsearch:shop-*"] };
  return [
    { name: "01-extract", ...checkout, apart: ["read", "quality", "extract"] },
    {
      name: "02-preprocess",
      ...checkout,
      parameters: { levelless: `${folder}/auth.log` },
      apart: ["batches"], // as long as what is read at once
    },
    // The networks learn for long, and the same from equal rows.
    {
      name: "03-train",
      ...checkout,
      parameters: { labels, reading: ["ngram"], counting: ["new-template", "isolation-forest"] },
    },
    { name: "04-threshold", ...checkout, parameters: { labels } },
    {
      name: "05-evaluate",
      files: STREAMS.map((name) => `${name}=${folder}/${FILES[name]}`),
      index: STREAMS.map((name) => `${name}=elasticsearch:${name}`),
      parameters: { labels: [`${folder}/labels.csv`, labels], registry: "", streams: STREAMS },
    },
  ];
}

/** Makes a small sample, and ships all of it into one index; an alias of each stream's name sees what is its own. */
async function shipSample(folder: string, url: string): Promise<void> {
  generateSample(`${folder}/sample`, { scale: 0.1 });
  const own = `elasticsearch: { nodes: ["${url}"] }\nship: { index: shop }\nstate: { directory: state }\n`;
  await Deno.writeTextFile(
    `${folder}/deepscan.yaml`,
    await Deno.readTextFile(`${PROJECT}/data/deepscan.yaml`) + own,
  );
  const { code, stderr } = await runTask("deepscan", ["ship"], { cwd: folder });
  assert.equal(code, 0, stderr);
  await ask(url, "POST", "/shop-*/_refresh");
  const actions = STREAMS.map((name) => {
    return {
      add: { index: "shop-*", alias: name, filter: { wildcard: { "log.file.path": `*/${FILES[name]}` } } },
    };
  });
  await ask(url, "POST", "/_aliases", { actions });
}

type Outputs = Record<string, string>;
interface SavedCell {
  id: string;
  outputs?: { data?: Record<string, string | string[]>; text?: string | string[] }[];
}

/** Executes a notebook; what its cells show, as text. */
async function shownBy(name: string, output: string, parameters: Record<string, unknown>): Promise<Outputs> {
  const notebook = `${PROJECT}/notebooks/${name}.ipynb`, save = `${output}.ipynb`;
  const { error } = await executeNotebook({
    ...{ root: PROJECT, notebook, html: `${output}.html`, save, parameters },
    ...{ python: "python3", timeout: 120, network: true, onRemark: () => {} },
  });
  assert.equal(error, null, `${name}: ${error?.message}`);
  const { cells } = JSON.parse(await Deno.readTextFile(save)) as { cells: SavedCell[] };
  const text = (part: string | string[] | undefined) => [part ?? ""].flat().join("");
  const shown = ({ outputs = [] }: SavedCell) =>
    outputs.map(({ data, text: said }) => text(data?.["text/plain"] ?? said)).join("\n");
  // A file without a field for its service is one, under the file's name.
  return Object.fromEntries(
    cells.map((cell) => [cell.id, shown(cell).replaceAll(FILES.checkout, "checkout")]),
  );
}

withElasticsearch(NEWEST, "notebooks read an index", (server, version) => {
  testThatNeeds(
    ["python"],
    `the notebooks show of an index what they show of its files (${version})`,
    () =>
      withFolder(async (folder) => {
        const { url } = server();
        await shipSample(folder, url);
        const cases = casesOf(`${folder}/sample`).filter(({ name }) => ALL || FEW.includes(name));
        for (const one of cases) await assertEqualOutputs(one, folder, url);
      }),
  );
});

async function assertEqualOutputs(
  { name, files, index, parameters, apart = [] }: Case,
  folder: string,
  url: string,
) {
  const elasticsearch = {
    nodes: [url],
    ...(index.length === 1 ? { query: '{"term": {"service.name": "checkout"}}' } : {}),
  };
  const [ofFiles, ofIndex] = await Promise.all([
    shownBy(name, `${folder}/files-${name}`, { ...parameters, logs: files }),
    shownBy(name, `${folder}/index-${name}`, { ...parameters, logs: index, elasticsearch }),
  ]);
  for (const id of ["parameters", ...apart]) {
    assert.ok(id in ofFiles, `${name} has no cell ${id}`);
    delete ofFiles[id];
    delete ofIndex[id];
  }
  assert.ok(Object.values(ofFiles).filter((text) => text !== "").length >= 5, name);
  assert.deepEqual(ofIndex, ofFiles, name);
}
