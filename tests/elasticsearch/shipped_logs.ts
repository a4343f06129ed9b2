/**
 * What shipping must do, with each version of the server.
 *
 * @module
 */
import assert from "node:assert/strict";
import { gunzipSync, gzipSync } from "node:zlib";
import { Shipper } from "../runner/ship/shipper.ts";
import { REAL_LOGS, testThatNeeds } from "../needs.ts";
import type { ElasticsearchMajor, ElasticsearchServer } from "../services/elasticsearch.ts";
import { withElasticsearch } from "../services/with_elasticsearch.ts";
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

/** Registers the tests with a server of one version. */
export function testShipping(major: ElasticsearchMajor): void {
  withElasticsearch(major, "ship fills an index", (server, version) => {
    testThatNeeds(
      ["realLogs"],
      `ship fills an index that is equal to the file, line by line (${version})`,
      async () => {
        const packed = await Deno.readFile(new URL("hdfs_loglead_2pct/HDFS_2pct.log.gz", REAL_LOGS));
        await using shipper = await Shipper.make({
          url: server().url,
          more: "ship: {index: hdfs, in_flight: 4}",
        });
        const wanted = new TextDecoder().decode(gunzipSync(packed)).split(/\r?\n/).slice(0, LINES);
        await Deno.writeFile(shipper.path("hdfs.log.gz"), gzipSync(`${wanted.join("\n")}\n`));
        const first = await shipper.ship();
        assert.equal(first.code, 0, first.stderr);
        console.log(
          `${Math.round(first.figures.read / first.figures.elapsed)} documents/s, 4 requests in flight`,
        );
        const found = await originals(server(), "hdfs-*");
        assert.equal(found.length, wanted.length);
        assert.ok(found.every((original, i) => original === wanted[i]));
        await Deno.remove(shipper.path("state"), { recursive: true });
        const again = await shipper.ship();
        assert.deepEqual([again.figures.created, again.figures.existing], [0, wanted.length]);
      },
    );

    Deno.test(`ship keeps what a real index refuses or blocks, and says why (${version})`, async () => {
      await using shipper = await Shipper.make({
        url: server().url,
        more: "ship: {index: kept, patience: 0s}",
      });
      const time = "2026-03-02T10:00:00Z", long = `${time} INFO ${"x".repeat(40_000)}`;
      await ask(server().url, "PUT", "/kept-2026.03.02", {
        mappings: { properties: { message: { type: "keyword" }, "log.file.path": { type: "keyword" } } },
      });
      shipper.append(`${time} INFO short\n${long}\n`);
      const { code, figures, stderr } = await shipper.ship();
      assert.deepEqual([code, figures.created, figures.dropped], [1, 1, 1], stderr);
      assert.match(await Deno.readTextFile(shipper.path("state/ship/dropped.ndjson")), /immense term/);
      await ask(server().url, "PUT", "/kept-2026.03.02/_settings", { "index.blocks.write": true });
      shipper.append(`${time} INFO later\n`);
      const blocked = await shipper.ship();
      assert.deepEqual(
        [blocked.code, blocked.figures.spooled, blocked.figures.dropped],
        [1, 1, 0],
        blocked.stderr,
      );
      await ask(server().url, "PUT", "/kept-2026.03.02/_settings", { "index.blocks.write": false });
      assert.equal((await shipper.ship()).figures.replayed, 1);
      assert.deepEqual(await originals(server(), "kept-*"), [`${time} INFO short`, `${time} INFO later`]);
    });

    Deno.test(`ship comes to every line once though it is killed, and the server too (${version})`, async () => {
      const { written, kills, code, said } = await shipHistory({
        ...{ seed: major, url: server().url, index: "history", runs: 8 },
        disturb: async (run) => {
          if (run === 3) await server().kill();
          if (run === 5) await server().start();
        },
      });
      assert.equal(code, 0, said);
      assert.ok(kills > 0, "no run was killed");
      const shipped = (await originals(server(), "history-*")).flatMap((original) => original.split("\n"))
        .sort();
      assert.deepEqual(shipped, written);
    });
  });
}

/** The originals of all documents, in the order of their sequence. */
async function originals({ url }: ElasticsearchServer, index: string): Promise<string[]> {
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
