/**
 * What shipping must do, with each version of the server.
 *
 * @module
 */
import assert from "node:assert/strict";
import { gunzipSync, gzipSync } from "node:zlib";
import { logTemplate } from "../../lib/source/elasticsearch/bulk_template.ts";
import { lines, Shipper, text } from "../runner/ship/shipper.ts";
import { withFolder } from "../with_folder.ts";
import { REAL_LOGS, testThatNeeds } from "../needs.ts";
import type { ElasticsearchMajor, ElasticsearchServer } from "../services/elasticsearch.ts";
import { NEWEST, withElasticsearch } from "../services/with_elasticsearch.ts";
import { following } from "./following.ts";
import { ask } from "./indexed.ts";
import { shipHistory } from "./ship_history.ts";

/** Lines of the real log that are shipped. */
const LINES = Number(Deno.env.get("DEEPSCAN_LINES") ?? 20_000);

/** A record as the index has it. */
interface Hit {
  _id: string;
  _source: { event: { original: string; sequence: number } };
  sort: unknown[];
}

/** How fields of shipped documents are indexed. */
const FIELDS = logTemplate({ index: "any", dataStream: false }).template.mappings.properties;
const TIME = "2026-03-02T10:00:00Z";

/** Registers the tests with a server of one version. */
export function testShipping(major: ElasticsearchMajor): void {
  withElasticsearch(major, "ship fills an index", (server, version) => {
    const test = (name: string, run: (server: ElasticsearchServer) => Promise<void>) =>
      Deno.test(`ship ${name} (${version})`, () => run(server()));
    testThatNeeds(
      ["realLogs"],
      `ship fills an index that is equal to the file, line by line (${version})`,
      () => equalToFile(server()),
    );
    test("keeps what a real index refuses or blocks, and says why", refusedAndBlocked);
    test("creates documents under a data stream's name", inDataStream);
    if (major !== NEWEST) return; // what asks nothing new of a server
    test("--follow outlives a server that is killed", outlivesServer);
    test("comes to every line once though it is killed, and the server too", async (server) => {
      const { written, kills, code, said } = await shipHistory({
        ...{ seed: major, url: server.url, index: "history", runs: 8 },
        disturb: async (run) => {
          if (run === 3) await server.kill();
          if (run === 5) await server.start();
        },
      });
      assert.equal(code, 0, said);
      assert.ok(kills > 0, "no run was killed");
      const shipped = (await originals(server, "history-*")).flatMap((original) => original.split("\n"));
      assert.deepEqual(shipped.sort(), written);
    });
  });
}

async function equalToFile(server: ElasticsearchServer): Promise<void> {
  const packed = await Deno.readFile(new URL("hdfs_loglead_2pct/HDFS_2pct.log.gz", REAL_LOGS));
  await using shipper = await Shipper.make({ url: server.url, more: "ship: {index: hdfs, in_flight: 4}" });
  const wanted = new TextDecoder().decode(gunzipSync(packed)).split(/\r?\n/).slice(0, LINES);
  await Deno.writeFile(shipper.path("hdfs.log.gz"), gzipSync(`${wanted.join("\n")}\n`));
  const first = await shipper.ship();
  assert.equal(first.code, 0, first.stderr);
  const found = await originals(server, "hdfs-*");
  assert.equal(found.length, wanted.length);
  assert.ok(found.every((original, i) => original === wanted[i]));
  await Deno.remove(shipper.path("state"), { recursive: true });
  const again = await shipper.ship();
  assert.deepEqual([again.figures.created, again.figures.existing], [0, wanted.length]);
}

async function refusedAndBlocked(server: ElasticsearchServer): Promise<void> {
  await using shipper = await Shipper.make({ url: server.url, more: "ship: {index: kept, patience: 0s}" });
  const day = "/kept-2026.03.02", long = `${TIME} INFO ${"x".repeat(40_000)}`;
  await ask(server.url, "PUT", day, {
    mappings: { properties: { ...FIELDS, message: { type: "keyword" } } },
  });
  shipper.append(`${TIME} INFO short\n${long}\n`);
  const { code, figures, stderr } = await shipper.ship();
  assert.deepEqual([code, figures.created, figures.dropped], [1, 1, 1], stderr);
  assert.match(await Deno.readTextFile(shipper.path("state/ship/dropped.ndjson")), /immense term/);
  for (const block of ["write", "read_only_allow_delete"]) { // by a person, and by a disk that is full
    await ask(server.url, "PUT", `${day}/_settings`, { [`index.blocks.${block}`]: true });
    shipper.append(`${TIME} INFO while ${block}\n`);
    const { code, figures, stderr } = await shipper.ship();
    assert.deepEqual([code, figures.spooled, figures.dropped], [1, 1, 0], stderr);
    assert.match(stderr, /Cannot send logs: .*(writing to the index is blocked|the index is read-only)/);
    await ask(server.url, "PUT", `${day}/_settings`, { [`index.blocks.${block}`]: null });
    assert.equal((await shipper.ship()).figures.replayed, 1);
  }
  const came = ["short", "while write", "while read_only_allow_delete"];
  assert.deepEqual(await originals(server, "kept-*"), came.map((text) => `${TIME} INFO ${text}`));
}

/** The distribution for tests has no data streams: an index of that name takes what one would take. */
async function inDataStream(server: ElasticsearchServer): Promise<void> {
  const more = "ship: {index: logs-shop-default, data_stream: true, patience: 0s}";
  await using shipper = await Shipper.make({ url: server.url, more });
  await ask(server.url, "PUT", "/logs-shop-default", { mappings: { properties: FIELDS } });
  shipper.append(text(lines(0, 100)));
  const { code, figures, stderr } = await shipper.ship();
  assert.deepEqual([code, figures.created], [0, 100], stderr);
  assert.deepEqual(await originals(server, "logs-shop-default"), lines(0, 100));
}

async function outlivesServer(server: ElasticsearchServer): Promise<void> {
  await withFolder(async (folder) => {
    const all = lines(0, 3000), count = async () => (await originals(server, "followed-*")).length;
    await Deno.writeTextFile(
      `${folder}/deepscan.yaml`,
      `elasticsearch: {nodes: ["${server.url}"], compression: true, timeout: 5s}
streams: [{name: shop, inputs: ["*.log"]}]\nstate: {directory: state}\nship: {index: followed, patience: 1s}\n`,
    );
    const append = (from: number, to: number) =>
      Deno.writeTextFile(`${folder}/shop.log`, text(all.slice(from, to)), { append: true });
    await append(0, 1000);
    const run = following(folder);
    await run.until(async () => await count() === 1000);
    await server.kill();
    await append(1000, 2000);
    await run.until(() => run.said().includes("logs wait in"));
    await server.start();
    await append(2000, 3000);
    await run.until(async () => await count() === 3000);
    const { code, said } = await run.end();
    assert.equal(code, 0, said);
    assert.match(said, /no node of the cluster can be reached[^]*the cluster takes logs again/);
    assert.deepEqual(await originals(server, "followed-*"), all);
  });
}

/** The originals of all documents, in the order of their sequence. */
async function originals({ url }: ElasticsearchServer, pattern: string): Promise<string[]> {
  const indices = await ask(url, "GET", `/${pattern}`) as Record<string, unknown>;
  const index = Object.keys(indices).join(); // what comes meanwhile may have no shards yet
  if (index === "") return [];
  await ask(url, "GET", `/_cluster/health/${index}?wait_for_status=yellow&timeout=60s`);
  await ask(url, "POST", `/${index}/_refresh`);
  const found: string[] = [];
  let after: unknown[] | undefined;
  for (;;) {
    const { hits } = await ask(url, "POST", `/${index}/_search`, {
      ...{ size: 10_000, _source: ["event.original"], search_after: after },
      sort: [{ "event.sequence": "asc" }, { "log.file.path": "asc" }],
    }) as { hits: { hits: Hit[] } };
    if (hits.hits.length === 0) return found;
    for (const hit of hits.hits) found.push(hit._source.event.original);
    after = hits.hits.at(-1)!.sort;
  }
}
