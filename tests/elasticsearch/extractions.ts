/**
 * What extraction for people who look at data must do, with each version of the server.
 *
 * @module
 */
import assert from "node:assert/strict";
import { gunzipSync, gzipSync } from "node:zlib";
import {
  Dictionary,
  EventRows,
  extractDocuments,
  IndexInput,
  openFiles,
  RecordReader,
  type Table,
} from "../../lib/mod.ts";
import type { Cell } from "../../lib/table/table.ts";
import { REAL_LOGS, testThatNeeds } from "../needs.ts";
import { Shipper } from "../runner/ship/shipper.ts";
import type { ElasticsearchMajor, ElasticsearchServer } from "../services/elasticsearch.ts";
import { NEWEST, withElasticsearch } from "../services/with_elasticsearch.ts";
import { readAll } from "../source/contract.ts";
import { BEGIN, some } from "./given_index.ts";
import { ask, indexAll, makeIndex } from "./indexed.ts";

/** Lines of the real log that are shipped and read again; `DEEPSCAN_LINES=300000` is all of it. */
const LINES = Number(Deno.env.get("DEEPSCAN_LINES") ?? 4000);

/** Registers the tests with a server of one version. */
export function testExtraction(major: ElasticsearchMajor): void {
  withElasticsearch(major, "extractDocuments() reads an index", (server, version) => {
    let count = 0;
    const test = (name: string, run: (server: ElasticsearchServer, index: string) => Promise<void>) =>
      Deno.test(`extractDocuments() ${name} (${version})`, () => run(server(), `documents-${count++}`));
    testWhole(test);
    testTrouble(test);
    if (major === NEWEST) testKilled(test);
    testThatNeeds(["realLogs"], `IndexInput reads line by line what ship sent (${version})`, async () => {
      await sameLines(server(), `lines-${count++}`);
    });
    testThatNeeds(
      ["realLogs"],
      `extractDocuments() gives the events of the files that were shipped (${version})`,
      async () => {
        await sameAsFiles(server(), `shipped-${count++}`);
      },
    );
  });
}

type Register = (name: string, run: (server: ElasticsearchServer, index: string) => Promise<void>) => void;

function testWhole(test: Register): void {
  test("gives tables, a frame, and what was cleaned", async (server, index) => {
    await makeIndex(server, index);
    const documents = some(3000, 1000);
    documents[7].source = {
      "@timestamp": documents[7].source["@timestamp"],
      loglevel: "ERROR",
      message: ["raw", "up"],
    };
    await indexAll(server, index, documents);
    const seen: number[] = [];
    const extracted = await extractDocuments({ nodes: [server.url] }, {
      index,
      onProgress: (read) => void seen.push(read),
    });
    assert.deepEqual([extracted.length, extracted.isComplete, seen.at(-1)], [3000, true, 3000]);
    assert.deepEqual(extracted.events.rows()[7], [
      8,
      "2026-03-02",
      "10:00:07.000",
      "ERROR",
      index,
      "up",
      null,
      null,
    ]);
    assert.deepEqual(extracted.fields.rows()[6], [
      "2026-03-02T10:00:06.000Z",
      "info",
      index,
      "m 6",
      index,
      "m6",
    ]);
    const cleaned = extracted.cleaning.filter(({ documents }) => documents !== 0).rows().map((
      [found, of],
    ) => [found, of]);
    assert.deepEqual(cleaned, [
      ["documents", 3000],
      ...[["no level", 2999], ["no service", 3000], ["several messages in a list", 1]],
    ]);
    const frame = await extracted.frame();
    assert.deepEqual(frame.shape, [3000, 8]);
    const byLevel = frame.groupby(["Level"]).agg({ LineId: "count" });
    assert.deepEqual(byLevel.values, [["INFO", 2999], ["ERROR", 1]]);
  });

  test("reads a span of time, a query and fields of other names", async (server, index) => {
    const properties = { when: { type: "date" }, kind: { type: "keyword" } };
    await makeIndex(server, index, properties);
    const documents = Array.from({ length: 40 }, (_, i) => {
      const source = {
        when: BEGIN + 1000 * i,
        text: `t ${i}`,
        kind: i % 2 === 0 ? "a" : "b",
        host: { name: "h1" },
      };
      return { id: `${i}`, source };
    });
    await indexAll(server, index, documents);
    const { fields } = await extractDocuments({ nodes: [server.url] }, {
      ...{
        index,
        query: { term: { kind: "a" } },
        fields: { time: "when", message: "text" },
        more: ["host.name", "kind"],
      },
      ...{ from: "2026-03-02T10:00:10", to: BEGIN + 15_000 },
    });
    const column = (name: string) => fields.columns.get(name);
    assert.deepEqual(column("message"), ["t 10", "t 12", "t 14"]);
    assert.deepEqual([column("host.name"), column("kind")], [["h1", "h1", "h1"], ["a", "a", "a"]]);
  });

  test("takes no more than its limit, the earliest, and says so", async (server, index) => {
    await makeIndex(server, index);
    await indexAll(server, index, some(3000, 1000));
    const cluster = { nodes: [server.url] }, few = await extractDocuments(cluster, { index, limit: 100 });
    assert.deepEqual([few.length, few.isComplete], [100, false]);
    assert.equal(few.events.columns.get("Content")!.at(-1), "m 99");
    assert.equal((await extractDocuments(cluster, { index, limit: 3000 })).isComplete, true);
  });

  test("gives no rows of an index without documents", async (server, index) => {
    await makeIndex(server, index);
    const extracted = await extractDocuments({ nodes: [server.url] }, { index });
    assert.deepEqual([extracted.length, extracted.events.length, extracted.isComplete], [0, 0, true]);
    await assert.rejects(() => extracted.frame(), /the table has no rows/);
  });
}

function testTrouble(test: Register): void {
  test("refuses an index that isn't there, and a time that is none", async ({ url }, index) => {
    const cluster = { nodes: [url] };
    await assert.rejects(() => extractDocuments(cluster, { index }), {
      name: "InputError",
      message: /Nothing to read matches/,
    });
    await assert.rejects(() => extractDocuments(cluster, { index, from: "noon" }), {
      name: "RangeError",
      message: /is noon$/,
    });
    await assert.rejects(() => extractDocuments(cluster, { index, limit: 0 }), RangeError);
  });
}

function testKilled(test: Register): void {
  test("comes to every document once though the server is killed meanwhile", async (server, index) => {
    await makeIndex(server, index);
    const text = "x".repeat(300), documents = some(30_000, 100);
    for (const { source } of documents) source.message += text;
    await indexAll(server, index, documents);
    await ask(server.url, "POST", `/${index}/_flush`);
    let back: Promise<void> | null = null;
    const extracted = await extractDocuments({ nodes: [server.url] }, {
      index,
      onProgress: (read) => void (read < 30_000 && (back ??= server.kill().then(() => server.start()))),
    });
    assert.ok(back !== null, "it was over too soon");
    await back;
    assert.equal(extracted.length, 30_000);
    assert.ok(extracted.fields.columns.get("_id")!.every((id, i) => id === `m${i}`));
  });
}

/** A real log, shipped and read again: every line, in its order. */
async function sameLines({ url }: ElasticsearchServer, index: string): Promise<void> {
  const packed = await Deno.readFile(new URL("hdfs_loglead_2pct/HDFS_2pct.log.gz", REAL_LOGS));
  const lines = gunzipSync(packed).toString().trimEnd().split(/\r?\n/).slice(0, LINES);
  await using shipper = await Shipper.make({ url, more: `ship: {index: ${index}, in_flight: 4}` });
  await Deno.writeFile(shipper.path("hdfs.log.gz"), gzipSync(`${lines.join("\n")}\n`));
  const { code, stderr, figures } = await shipper.ship();
  assert.equal(code, 0, stderr);
  await ask(url, "POST", `/${index}-*/_refresh`);
  const fields = { message: ["event.original"] },
    input = new IndexInput({ nodes: [url] }, { index: `${index}-*`, fields });
  const began = performance.now(), bytes = await readAll(input), read = performance.now();
  const extracted = await extractDocuments({ nodes: [url] }, { index: `${index}-*` });
  const rate = (ms: number) => Math.round(1000 * lines.length / ms).toLocaleString("en");
  const rates = `shipped ${rate(1000 * figures.elapsed)} a second, read ${rate(read - began)}`;
  console.log(`${lines.length} lines, ${rates}, as a table ${rate(performance.now() - read)}`);
  assert.equal(extracted.length, lines.length);
  const found = new TextDecoder().decode(bytes).split("\n").slice(0, -1);
  assert.equal(found.length, lines.length);
  assert.equal(found.findIndex((line, i) => line.slice(line.indexOf("\x1f") + 1) !== lines[i]), -1);
}

/** Files, shipped and extracted, beside what `EventRows` makes of them. */
async function sameAsFiles({ url }: ElasticsearchServer, index: string): Promise<void> {
  for (const name of ["HDFS", "HealthApp"]) {
    const own = `${index}-${name.toLowerCase()}`;
    await using shipper = await Shipper.make({ url, more: `ship: {index: ${own}}` });
    const log = await Deno.readTextFile(new URL(`loghub_2k/${name}/${name}_2k.log`, REAL_LOGS));
    shipper.append(`${log.trimEnd()}\n`); // without its end a last line waits
    const { code, stderr } = await shipper.ship();
    assert.equal(code, 0, stderr);
    await ask(url, "POST", `/${own}-*/_refresh`);
    const extracted = await extractDocuments({ nodes: [url] }, {
      index: `${own}-*`,
      level: null,
      service: "shop",
    });
    const expected = await eventsOf(shipper.path("shop.log"));
    assert.ok(expected.length > 1900, `${name} has ${expected.length}`);
    assert.deepEqual(inOrderOfTime(extracted.events.rows()), inOrderOfTime(expected.rows()));
  }
}

async function eventsOf(path: string): Promise<Table> {
  const { inputs } = await openFiles([path]), rows = new EventRows();
  const reader = new RecordReader(inputs[0], { services: new Dictionary(), fallbackService: "shop" });
  for (let batch = await reader.next(); batch !== null; batch = await reader.next()) rows.add(batch);
  reader.close();
  return rows.table();
}

/** Rows without their numbers: in a file a line may stand before earlier ones. */
function inOrderOfTime(rows: Cell[][]): Cell[][] {
  const timeOf = (row: Cell[]) => `${row[1]} ${row[2]}`;
  return rows.toSorted((a, b) => timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0).map((row) =>
    row.slice(1)
  );
}
