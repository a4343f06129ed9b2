/**
 * Work at a counted stream whose server is killed in the middle.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { ElasticsearchServer } from "../services/elasticsearch.ts";
import { clusterAt } from "./counted_jobs.ts";
import { logDocuments } from "./counted_log.ts";
import { eventCount, given, idsOf, readStream, sums } from "./counted_runs.ts";

/** Registers the test with a server that can be killed. */
export function testKilledServer(server: () => ElasticsearchServer, version: string): void {
  Deno.test(`CountedStream goes on where the server was killed and comes back (${version})`, async () => {
    await using cluster = await clusterAt(server());
    const documents = logDocuments(1200), session = "order=(\\d+)";
    const definition = await given(server(), { index: "killed", documents, session });
    const smooth = { ...definition, settings: { ...definition.settings, name: "alive" } };
    const { read: expected } = await readStream(cluster, smooth);
    const first = readStream(cluster, definition).then(() => null, (error) => error as Error);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await server().kill();
    const error = await first;
    if (error !== null) assert.match(error.message, /^Cannot .*: no node of the cluster can be reached/);
    await server().start();
    const { read, stream } = await readStream(cluster, definition, { lease: 1000 });
    assert.deepEqual(sums(read, idsOf(definition)), sums(expected, idsOf(definition)));
    assert.equal(await eventCount(server(), stream.job.id), documents.length);
  });
}
