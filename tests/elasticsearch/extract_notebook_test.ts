import assert from "node:assert/strict";
import { executeNotebook } from "../../runner/notebooks/execute_notebook.ts";
import { testThatNeeds } from "../needs.ts";
import { elasticsearchNeed, NEWEST } from "../services/with_elasticsearch.ts";
import { emptyElasticsearch } from "../services/kept_server.ts";
import { BEGIN } from "./given_index.ts";
import { indexAll, type Indexed, makeIndex } from "./indexed.ts";

const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

/** Documents of two services over some hours, as Logstash's plain pattern leaves them, some with what wants cleaning. */
function documents(): Indexed[] {
  return Array.from({ length: 600 }, (_, i) => {
    const time = new Date(BEGIN + 30_000 * i).toISOString(), loglevel = i % 50 === 0 ? "ERROR" : "INFO";
    const text = `order ${i} ${i % 50 === 0 ? "failed" : "packed"}`;
    const source = {
      "@timestamp": i % 10 === 0 ? time.replace(".000Z", "+00:00") : time,
      ...(i % 7 === 0 ? {} : { loglevel }),
      service: { name: i % 3 === 0 ? "web" : "shop" },
      message: i % 4 === 0 ? [`${time} ${loglevel} ${text}`, text] : text,
    };
    return { id: `d${i}`, source };
  });
}

/** Outputs of a cell, as text. */
async function outputOf(saved: string, id: string): Promise<string> {
  const { cells } = JSON.parse(await Deno.readTextFile(saved));
  const cell = cells.find((cell: { id: string }) => cell.id === id);
  return cell.outputs.map((output: { data?: Record<string, string | string[]>; text?: string }) =>
    [output.data?.["text/plain"] ?? output.text ?? ""].flat().join("")
  ).join("\n");
}

testThatNeeds(
  ["python", elasticsearchNeed(NEWEST)],
  "the notebook 01-extract reads a real index instead of files",
  async () => {
    await using server = await emptyElasticsearch(NEWEST);
    await makeIndex(server, "server-logs");
    await indexAll(server, "server-logs", documents());
    const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "notebook" })),
      save = `${folder}/run.ipynb`;
    try {
      const { error, sent, stored } = await executeNotebook({
        ...{ root, notebook: `${root}/notebooks/01-extract.ipynb`, html: `${folder}/page.html`, save },
        parameters: {
          logs: ["elasticsearch:server-logs"],
          elasticsearch: { nodes: [server.url], to: "2026-03-02T14:10:00Z" },
        },
        ...{ python: "python3", timeout: 300, network: true, onRemark: () => {} },
      });
      assert.equal(error, null, `${error?.message}`);
      assert.equal(sent, stored);
      const cleaned = await outputOf(save, "extract"),
        rows = cleaned.split("\n").map((line) => line.split("\t"));
      const counts = Object.fromEntries(rows.map(([found, count]) => [found, count]));
      assert.equal(counts.documents, "500"); // 250 minutes of the 300
      assert.equal(counts["no level"], "72");
      assert.equal(counts["several messages in a list"], "125");
      assert.equal(counts["time in another form"], "50");
      assert.match(await outputOf(save, "frame"), /order 0 failed/);
      assert.match(await outputOf(save, "services"), /shop\tINFO\t\d+/);
      assert.match(await Deno.readTextFile(`${folder}/page.html`), /elasticsearch\.nodes = /);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
