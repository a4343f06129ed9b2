/**
 * Streams that go on with another model, and what is left of them.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { MappedPart } from "../../lib/model/mapped/mapped_part.ts";
import { Jobs } from "../../lib/store/counted/jobs.ts";
import { CountedStream } from "../../lib/store/counted/counted_stream.ts";
import type { ElasticsearchServer } from "../services/elasticsearch.ts";
import { clusterAt, jobOver, surroundings } from "./counted_jobs.ts";
import { BEGIN, KNOWN_LINES, logDocuments } from "./counted_log.ts";
import { given, readStream, sums } from "./counted_runs.ts";
import { indexAll, makeIndex, record } from "./indexed.ts";

const SESSION = "order=(\\d+)", MINUTE = 60_000, DAY = 86_400_000;

/**
 * What windows have, by time, service, level and session, whatever templates are called. Without the sum of records: those without
 * session and time, which no window has, are told of with the last piece of a part.
 */
function bareSums(read: readonly MappedPart[]): string[] {
  return sums(read, () => Array(1000).fill("")).filter((sum) => !/^(birth|records|untimed)/.test(sum));
}

/** Registers the tests with a server. */
export function testChanges(server: () => ElasticsearchServer, version: string): void {
  Deno.test(`CountedStream counts nothing twice and leaves nothing out where the model changes (${version})`, async () => {
    await using cluster = await clusterAt(server());
    const documents = logDocuments(1500), isLate = (i: number) => i % 9 === 4;
    const begun = documents.filter((_, i) => i < 900 && !isLate(i));
    const first = await given(server(), { index: "changes", documents: begun, session: SESSION });
    const models = [
      first,
      ...[3, 5].map((lines) => {
        const { catalogue } = jobOver("changes", KNOWN_LINES.slice(lines));
        return { ...first, catalogue };
      }),
    ];
    const whole = await readStream(
      cluster,
      await given(server(), { index: "unchanged", documents, session: SESSION }),
    );
    const one = await readStream(cluster, models[0], { most: 100 });
    for (const at of [1, one.read.length - 1]) { // in the middle of a part, and behind all
      const read = one.read.slice(0, at + 1);
      await indexAll(server(), "changes", documents.filter((_, i) => i < 1100));
      const two = await readStream(cluster, models[1], { position: one.positions[at], most: 100 });
      const half = two.read.length >> 1;
      read.push(...two.read.slice(0, half + 1));
      await indexAll(server(), "changes", documents);
      const three = await readStream(cluster, models[2], { position: two.positions[half], most: 100 });
      read.push(...three.read);
      assert.notEqual(three.stream.job.id, two.stream.job.id);
      assert.deepEqual(bareSums(read), bareSums(whole.read));
      const { read: none, stream } = await readStream(cluster, models[2], {
        position: three.positions.at(-1),
      });
      assert.deepEqual([none, stream.job.id], [[], three.stream.job.id]);
    }
  });

  Deno.test(`CountedStream says so where what it had read is gone from the cluster (${version})`, async () => {
    await using cluster = await clusterAt(server());
    const documents = logDocuments(900), said: string[] = [], jobs = new Jobs(cluster);
    const definition = await given(server(), {
      index: "gone",
      documents: documents.slice(0, 600),
      session: null,
    });
    const first = await readStream(cluster, definition);
    await jobs.end(first.stream.job.id);
    await indexAll(server(), "gone", documents.slice(600));
    const say = (text: string) => said.push(text);
    const second = await readStream(cluster, definition, { position: first.positions.at(-1), say });
    const expected = await given(server(), { index: "not-gone", documents, session: null });
    assert.deepEqual(
      bareSums([...first.read, ...second.read]),
      bareSums((await readStream(cluster, expected)).read),
    );
    assert.match(said[0], /what was counted before is gone from the cluster/);
  });

  Deno.test(`CountedStream.tidy() deletes what is over for long, as whole indices (${version})`, async () => {
    let now = Date.now();
    await using cluster = await clusterAt(server(), () => now);
    await makeIndex(server(), "tidied");
    const documents = Array.from(
      { length: 40 },
      (_, i) => ({ id: `${i}`, source: record(BEGIN + i * DAY / 10, "tick 1", i) }),
    );
    await indexAll(server(), "tidied", documents);
    const jobs = new Jobs(cluster), definition = jobOver("tidied", ["tick 1"], { lateness: MINUTE });
    await jobs.begin(definition, () => Promise.resolve({ documents: 3_000_000, span: DAY })); // so each day has an index
    const other = await readStream(cluster, {
      ...definition,
      settings: { ...definition.settings, name: "unused" },
    });
    now += 3 * DAY;
    const stream = await CountedStream.open(cluster.client, definition, {
      ...surroundings(() => now),
      owner: "me",
    });
    let last: MappedPart | null = null;
    for (let part = await stream.next(); part !== null; part = await stream.next()) last = part;
    const indices = await jobs.indices(stream.job.id);
    assert.equal(indices.length, 5);
    const gone = await stream.tidy(2 * DAY);
    assert.deepEqual(gone.slice(0, 2), indices.slice(0, 2));
    assert.ok(gone.includes(other.stream.job.id) && !gone.includes(stream.job.id));
    assert.deepEqual(await jobs.indices(stream.job.id), indices.slice(2));
    assert.equal(await jobs.find(other.stream.job.id), null);
    const position = stream.position();
    const again = await CountedStream.open(cluster.client, definition, {
      ...surroundings(() => now),
      owner: "me",
      position,
    });
    assert.equal(await again.next(), null);
    const anew = await readStream(cluster, definition); // what is gone is made again for who needs it
    assert.equal(anew.read.reduce((sum, { records }) => sum + records, 0), 40);
    assert.ok(last!.last === BEGIN + 39 * DAY / 10);
  });
}
