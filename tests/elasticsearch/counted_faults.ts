/**
 * Work at counted streams while requests go wrong, and the server itself.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { ElasticsearchServer } from "../services/elasticsearch.ts";
import { ask } from "./indexed.ts";
import { JobWorker } from "../../lib/store/counted/job_worker.ts";
import { Jobs } from "../../lib/store/counted/jobs.ts";
import { clusterAt, jobOver, surroundings } from "./counted_jobs.ts";
import { logDocuments } from "./counted_log.ts";
import { eventCount, given, idsOf, readStream, sums } from "./counted_runs.ts";
import { UnreliableRelay } from "./unreliable_relay.ts";

const SESSION = "order=(\\d+)";

/** Numbers in [0, 1) that are the same every time: a linear congruential generator (Numerical Recipes). */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** Registers the tests with a server. */
export function testFaults(server: () => ElasticsearchServer, version: string): void {
  Deno.test(`CountedStream comes to the same where requests are refused and answers get lost (${version})`, async () => {
    await using cluster = await clusterAt(server());
    await using relay = new UnreliableRelay(server().url, dice(7));
    await using unreliable = await clusterAt(relay);
    const documents = logDocuments(1500), session = SESSION;
    const definition = await given(server(), { index: "refused", documents, session });
    const { read, stream } = await readStream(unreliable, definition);
    const smooth = { ...definition, settings: { ...definition.settings, name: "smooth" } };
    const { read: expected } = await readStream(cluster, smooth);
    assert.deepEqual(sums(read, idsOf(definition)), sums(expected, idsOf(definition)));
    assert.equal(await eventCount(server(), stream.job.id), documents.length);
    assert.ok(relay.troubles.refused > 2 && relay.troubles.lost > 2, JSON.stringify(relay.troubles));
  });

  Deno.test(`CountedStream says in words why nothing can be written (${version})`, async () => {
    await using cluster = await clusterAt(server());
    const documents = logDocuments(600),
      definition = await given(server(), { index: "blocked", documents, session: null });
    const first = await readStream(cluster, definition);
    const [index] = Object.keys(
      await ask(server().url, "GET", `/deepscan-counted-${first.stream.job.id}-*/_settings`) as object,
    );
    await ask(server().url, "PUT", `/${index}/_settings`, { "index.blocks.write": true });
    const late = logDocuments(50, { first: 600 }).map(({ id, source }) => {
      return `${JSON.stringify({ index: { _id: id } })}\n${JSON.stringify(source)}\n`;
    });
    await ask(server().url, "POST", "/blocked/_bulk?refresh=true", late.join(""));
    const position = first.positions.at(-1);
    await assert.rejects(readStream(cluster, definition, { position }), /writing to the index is blocked/);
    await ask(server().url, "PUT", `/${index}/_settings`, { "index.blocks.write": false });
    const { read } = await readStream(cluster, definition, { position });
    assert.equal(read.reduce((sum, { records }) => sum + records, 0), 50);
  });

  Deno.test(`CountedStream says that there is no index (${version})`, async () => {
    await using cluster = await clusterAt(server());
    for (
      const [index, words] of [["nowhere", /there is no such index/], [
        "nowhere-*",
        /no index matches/,
      ]] as const
    ) {
      await assert.rejects(readStream(cluster, jobOver(index, ["tick 1"])), words);
    }
  });

  Deno.test(`JobWorker works at other jobs where one can't be worked at, and says why (${version})`, async () => {
    await using cluster = await clusterAt(server());
    const jobs = new Jobs(cluster),
      one = await given(server(), { index: "there", documents: logDocuments(300), session: null });
    const density = { documents: 300, span: 210_000 };
    for (const definition of [{ ...one, index: "not-there" }, one]) {
      const { id } = await jobs.begin(definition, () => Promise.resolve(density));
      await jobs.use({
        id,
        stream: definition.index,
        used: Date.now(),
        from: null,
        to: null,
        follows: false,
      });
    }
    const worker = new JobWorker(cluster.client, { ...surroundings(), owner: "me", lease: 60_000 });
    const { parts, problems } = await worker.round();
    assert.ok(parts >= 1);
    assert.deepEqual(problems.filter((problem) => problem.startsWith("stream not-there: ")), [
      "stream not-there: Cannot count the documents of not-there: there is no such index: no such index [not-there]",
    ]);
  });
}
