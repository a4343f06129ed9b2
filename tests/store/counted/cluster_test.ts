import assert from "node:assert/strict";
import { connect } from "../../../lib/source/elasticsearch/connection.ts";
import { Cluster } from "../../../lib/store/counted/cluster.ts";

/** A server that answers with these statuses, one after the other, then with 200; what was waited, and how often it was asked. */
async function answers(statuses: number[], repeatable: boolean) {
  let asked = 0;
  const waits: number[] = [],
    headers = { "content-type": "application/json", "x-elastic-product": "Elasticsearch" };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => {
    return new Response("{}", { status: statuses[asked++] ?? 200, headers });
  });
  const client = await connect({ nodes: [`http://127.0.0.1:${server.addr.port}`] });
  const pause = (ms: number) => Promise.resolve(void waits.push(ms));
  const cluster = new Cluster(client, { now: () => 0, random: () => 0, pause });
  try {
    const request = { method: "PUT", path: "/a", body: {}, repeatable } as const;
    const status = await cluster.ask("write", request).then(
      ({ status }) => status,
      ({ message }) => message as string,
    );
    return { status, asked, waits };
  } finally {
    await client.close();
    await server.shutdown();
  }
}

Deno.test("Cluster.ask() asks again where a cluster is busy or away, a little later each time", async () => {
  assert.deepEqual(await answers([503, 429, 502], true), { status: 200, asked: 4, waits: [125, 250, 500] });
  const { status, asked } = await answers(Array(9).fill(503), true);
  assert.deepEqual([status, asked], [
    "Cannot write: parts of the index are not available (the cluster is red)",
    7,
  ]);
});

Deno.test("Cluster.ask() asks once where nobody knows whether it was done, and once where it is refused", async () => {
  assert.equal((await answers([502], false)).asked, 1);
  assert.deepEqual(await answers([429], false), { status: 200, asked: 2, waits: [125] }); // it was not done
  assert.equal((await answers([403], true)).asked, 1);
});
