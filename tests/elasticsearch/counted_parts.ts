/**
 * Jobs and parts as several machines find them in a real Elasticsearch.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Jobs } from "../../lib/store/counted/jobs.ts";
import { FoundWriter } from "../../lib/store/counted/found_writer.ts";
import { LeaseLostError } from "../../lib/store/counted/held_part.ts";
import type { Cluster } from "../../lib/store/counted/cluster.ts";
import { Parts } from "../../lib/store/counted/parts.ts";
import { countDocuments } from "../../lib/store/counted/raw_counts.ts";
import type { ElasticsearchServer } from "../services/elasticsearch.ts";
import { clusterAt, jobOver } from "./counted_jobs.ts";
import { ask, indexAll, makeIndex, record } from "./indexed.ts";

const NOON = Date.UTC(2026, 2, 2, 12), MINUTE = 60_000;
const ALL = { from: -Infinity, to: Infinity };

/** A job over `minutes` with a document each second, in parts of one minute. */
async function begun(server: ElasticsearchServer, cluster: Cluster, index: string, minutes: number) {
  await makeIndex(server, index);
  await add(server, index, { from: 0, to: minutes * 60 });
  const job = await new Jobs(cluster).begin(jobOver(index, ["tick 1"]), () => {
    return Promise.resolve({ documents: 100_000 * minutes, span: minutes * MINUTE });
  });
  return { job, parts: new Parts(cluster, job) };
}

async function add(server: ElasticsearchServer, index: string, { from, to }: { from: number; to: number }) {
  const documents = Array.from({ length: to - from }, (_, i) => from + i).map((second) => ({
    id: `${second}`,
    source: record(NOON + second * 1000, `tick ${second}`, second),
  }));
  await indexAll(server, index, documents);
}

/** Registers the tests with a server. */
export function testParts(server: () => ElasticsearchServer, version: string): void {
  Deno.test(`Jobs: a job is the same for all who begin it, until it is ended (${version})`, async () => {
    await using cluster = await clusterAt(server());
    const jobs = new Jobs(cluster), definition = jobOver("same", ["hello 1", "bye"], { session: "(x\\d)" });
    const [one, other] = await Promise.all(
      [20, 3_000_000].map((documents) => {
        return jobs.begin(definition, () => Promise.resolve({ documents, span: 86_400_000 }));
      }),
    );
    assert.deepEqual(one, other);
    assert.deepEqual(one.definition, definition);
    await jobs.use({ id: one.id, stream: "same", used: 7, from: null, to: 9, follows: true });
    assert.deepEqual((await jobs.list()).filter(({ id }) => id === one.id), [
      { id: one.id, stream: "same", used: 7, from: null, to: 9, follows: true },
    ]);
    await new Parts(cluster, one).plan(ALL).catch(({ kind }) => assert.equal(kind, "missing"));
    await jobs.end(one.id);
    assert.equal(await jobs.find(one.id), null);
    assert.deepEqual(await jobs.indices(one.id), []);
  });

  Deno.test(`Parts: those with more documents than were mapped are mapped again (${version})`, async () => {
    await using cluster = await clusterAt(server());
    const { job, parts } = await begun(server(), cluster, "amended", 3);
    const first = await parts.plan({ from: NOON, to: NOON + 2.5 * MINUTE });
    assert.deepEqual(
      first.map(({ from, until, generation, status }) => [from, until, generation, status]),
      [[NOON, null, 1, "open"], [NOON + MINUTE, null, 1, "open"], [
        NOON + 2 * MINUTE,
        NOON + 2.5 * MINUTE,
        1,
        "open",
      ]],
    );
    for (const part of await parts.free()) {
      const held = await parts.take(part, { owner: "me", lease: 1000 });
      await held!.finish(part.until === null ? 60 : 30);
    }
    assert.deepEqual(await parts.free(), []);
    const again = await parts.plan({ from: NOON, to: NOON + 2.5 * MINUTE });
    assert.ok(again.every(({ generation, status }) => generation === 1 && status === "done"));
    const whole = await parts.plan(ALL);
    assert.deepEqual(whole.map(({ generation, status }) => `${generation} ${status}`), [
      "1 done",
      "1 done",
      "2 open",
    ]);
    const counts = await countDocuments(cluster, job.definition, { ...ALL, width: job.width });
    assert.deepEqual([...counts], [0, 1, 2].map((i) => [NOON + i * MINUTE, 60]));
  });

  Deno.test(`HeldPart: one of many takes a part, and it is taken over when its lease is over (${version})`, async () => {
    let now = 1_000_000;
    await using cluster = await clusterAt(server(), () => now);
    const { parts } = await begun(server(), cluster, "held", 1);
    const [part] = await parts.plan(ALL);
    const takers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => parts.take(part, { owner: `worker ${i}`, lease: 900 })),
    );
    const [held, ...others] = takers.filter((taken) => taken !== null);
    assert.ok(held !== undefined && others.length === 0);
    now += 400;
    await held.keep(); // renewed
    now += 600;
    assert.deepEqual(await parts.free(), []);
    now += 600;
    const [free] = await parts.free();
    const heir = await parts.take(free, { owner: "heir", lease: 900 });
    await assert.rejects(held.finish(60), LeaseLostError);
    await assert.rejects(held.keep(), LeaseLostError);
    await heir!.release();
    assert.equal((await parts.free())[0].status, "open");
    await assert.rejects(heir!.finish(61).then(() => held.finish(60)), LeaseLostError);
    assert.equal((await parts.find([part.from]))[0].documents, 61);
  });

  Deno.test(`FoundWriter: what somebody sends whose part was taken over replaces nothing (${version})`, async () => {
    let now = 1_000_000;
    await using cluster = await clusterAt(server(), () => now);
    const { parts } = await begun(server(), cluster, "fenced", 1), [part] = await parts.plan(ALL);
    const index = parts.indexOf(part), slow = (await parts.take(part, { owner: "slow", lease: 900 }))!;
    now += 1000;
    const [free] = await parts.free(), heir = (await parts.take(free, { owner: "heir", lease: 900 }))!;
    const write = async (held: { keep: () => Promise<void>; token: number }, found: number) => {
      const writer = new FoundWriter({ cluster, index, held });
      writer.replace("increment", { kind: "increment", found: { found } });
      await writer.send();
      await writer.settle();
    };
    await write(heir, 1);
    await write(heir, 2); // again
    const late = { keep: () => Promise.resolve(), token: slow.token }; // it had looked before it was taken over
    await assert.rejects(write(late, 3), LeaseLostError);
    const { _source } = await ask(server().url, "GET", `/${index}/_doc/increment`) as { _source: unknown };
    assert.deepEqual(_source, { kind: "increment", found: { found: 2 } });
  });
}
