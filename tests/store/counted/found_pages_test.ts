import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { connect } from "../../../lib/source/elasticsearch/connection.ts";
import { Cluster } from "../../../lib/store/counted/cluster.ts";
import { foundPages } from "../../../lib/store/counted/found_pages.ts";

type Answer = { status?: number; type?: string; body: string; gzip?: boolean };

/** A cluster that answers searches so, one after the other, and what it was asked. */
async function withAnswers(
  answers: Answer[],
  use: (cluster: Cluster, asked: Record<string, unknown>[]) => Promise<void>,
) {
  const asked: Record<string, unknown>[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    asked.push({ url: new URL(request.url).search, ...await request.json() });
    const { status = 200, body, gzip } = answers[asked.length - 1];
    const headers = { "content-type": "application/json", "x-elastic-product": "Elasticsearch" };
    return gzip
      ? new Response(gzipSync(body), { status, headers: { ...headers, "content-encoding": "gzip" } })
      : new Response(body, { status, headers });
  });
  const client = await connect({ nodes: [`http://127.0.0.1:${server.addr.port}`] });
  const pause = () => Promise.resolve();
  try {
    await use(new Cluster(client, { now: () => 0, random: () => 0, pause }), asked);
  } finally {
    await client.close();
    await server.shutdown();
  }
}

function page(numbers: number[], length = 10): string {
  const hits = numbers.map((n) => ({ _source: { n, text: "x".repeat(length) }, sort: [n] }));
  return JSON.stringify({ took: 1, hits: { hits } });
}

Deno.test("Cluster.hits() reads packed answers, and asks again where one is refused for now or not whole", async () => {
  const busy = JSON.stringify({
    error: { type: "es_rejected_execution_exception", reason: "full" },
    status: 429,
  });
  const answers = [{ status: 429, body: busy }, { body: '{"hits":{"hi' }, { body: page([1, 2]), gzip: true }];
  await withAnswers(answers, async (cluster, asked) => {
    const { hits, length } = await cluster.hits<{ n: number }>("read", "a", { size: 2, sort: ["n"] });
    assert.deepEqual([hits.map(({ _source: { n } }) => n), hits[1].sort, length], [
      [1, 2],
      [2],
      page([1, 2]).length,
    ]);
    assert.equal(asked.length, 3);
    assert.deepEqual(asked[2], {
      ...{ url: "?allow_partial_search_results=false", track_total_hits: false },
      ...{ size: 2, sort: ["n"] },
    });
  });
});

Deno.test("Cluster.hits() says in words why it is refused", async () => {
  const error = {
    type: "security_exception",
    reason: "action is granted by the index privileges [read,all]",
  };
  const body = JSON.stringify({ error, status: 403 });
  await withAnswers([{ status: 403, body, gzip: true }], async (cluster) => {
    await assert.rejects(cluster.hits("read a", "a", {}), {
      message: /^Cannot read a: the privilege "read" is missing/,
    });
  });
});

Deno.test("foundPages() asks for what fits into an answer, behind what came, until there is no more", async () => {
  const first = Array.from({ length: 20 }, (_, i) => i);
  const answers = [page(first, 2 << 20), page([20, 21, 22]), page([23])].map((body) => ({ body }));
  await withAnswers(answers, async (cluster, asked) => {
    const read: number[] = [], search = { index: "a", filter: [], sort: ["n"], most: 50 };
    for await (const found of foundPages<{ n: number }>(cluster, search)) {
      read.push(...found.map(({ n }) => n));
    }
    assert.deepEqual(read, Array.from({ length: 24 }, (_, i) => i));
    assert.deepEqual(asked.map(({ size, search_after }) => [size, search_after]), [
      [20, undefined],
      [3, [19]],
      [50, [22]],
    ]);
  });
});
