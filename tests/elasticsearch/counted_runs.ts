/**
 * Streams that are read as counts: in several runs, by several readers, with documents that come late.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { MappedPart } from "../../lib/model/mapped/mapped_part.ts";
import type { JobDefinition } from "../../lib/store/counted/job.ts";
import { CountedStream, type CountedStreamOptions } from "../../lib/store/counted/counted_stream.ts";
import { type CountedPosition, readCountedPosition } from "../../lib/store/counted/counted_position.ts";
import type { Cluster } from "../../lib/store/counted/cluster.ts";
import { PartWorker } from "../../lib/store/counted/part_worker.ts";
import { Parts } from "../../lib/store/counted/parts.ts";
import type { ElasticsearchServer } from "../services/elasticsearch.ts";
import { clusterAt, jobOver, surroundings } from "./counted_jobs.ts";
import { BEGIN, KNOWN_LINES, logDocuments } from "./counted_log.ts";
import { ask, indexAll, type Indexed, makeIndex } from "./indexed.ts";

/** Hands out all there is; positions go through JSON. */
export async function readStream(
  { client }: Cluster,
  definition: JobDefinition,
  options: Partial<CountedStreamOptions> = {},
): Promise<{ read: MappedPart[]; positions: CountedPosition[]; stream: CountedStream }> {
  const stream = await CountedStream.open(client, definition, {
    ...{ ...surroundings(), owner: "one", partDocuments: 400, ...options },
  });
  const read: MappedPart[] = [], positions: CountedPosition[] = [];
  for (let part = await stream.next(); part !== null; part = await stream.next()) {
    read.push(part);
    positions.push(readCountedPosition(JSON.parse(JSON.stringify(stream.position()))));
  }
  return { read, positions, stream };
}

/** Counts of all windows, and events with their keys, of whatever parts: equal where the same records were counted. */
export function sums(read: readonly MappedPart[], templatesOf: (part: MappedPart) => string[]): string[] {
  const counts = new Map<string, number>();
  const add = (key: string, count: number) => counts.set(key, (counts.get(key) ?? 0) + count);
  for (const part of read) {
    const ids = templatesOf(part);
    for (const { service, start, pairs } of part.windows) {
      for (let i = 0; i < pairs.length; i += 2) {
        add(`${start} ${service} ${ids[pairs[i] >> 3]} ${pairs[i] & 7}`, pairs[i + 1]);
      }
    }
    for (const { time, service, template, severity, keys } of part.events) {
      add(`${time} ${service} ${ids[template]} ${severity} ${keys}`, 1);
    }
    for (const { id, count } of part.births) add(`birth ${id}`, count);
    add("records", part.records);
    add("untimed", part.untimed);
  }
  return [...counts].map(([key, count]) => `${key} ${count}`).sort();
}

/** Ids behind the numbers of a part. */
export function idsOf({ catalogue }: JobDefinition): (part: MappedPart) => string[] {
  const frozen = catalogue.templates.map(({ id }) => id);
  return ({ births }) => [...frozen, ...births.map(({ id }) => id)];
}

/** An index with these documents, and a job over it. */
export async function given(
  server: ElasticsearchServer,
  { index, documents, session }: { index: string; documents: Indexed[]; session: string | null },
): Promise<JobDefinition> {
  await makeIndex(server, index);
  await indexAll(server, index, documents);
  return jobOver(index, KNOWN_LINES, { session, service: "field", lateness: 600_000 });
}

const SESSION = "order=(\\d+)", MINUTE = 60_000;

/** How many events there are of a job. */
export async function eventCount({ url }: ElasticsearchServer, job: string): Promise<number> {
  await ask(url, "POST", `/deepscan-counted-${job}-*/_refresh`);
  const query = { term: { kind: "event" } };
  return (await ask(url, "POST", `/deepscan-counted-${job}-*/_count`, { query }) as { count: number }).count;
}

/** Registers the tests with a server. */
export function testRuns(server: () => ElasticsearchServer, version: string): void {
  Deno.test(`CountedStream goes on behind each part that it has handed out (${version})`, async () => {
    await using cluster = await clusterAt(server());
    const documents = logDocuments(1500),
      definition = await given(server(), { index: "goes-on", documents, session: SESSION });
    const { read, positions, stream: { job } } = await readStream(cluster, definition, { most: 100 });
    assert.ok(read.length > 8 && job.width > MINUTE, `${read.length} parts`);
    for (const [i, position] of positions.entries()) {
      if (i % 3 !== 0) continue;
      const { read: rest } = await readStream(cluster, definition, { position, most: 100 });
      assert.deepEqual(
        sums([...read.slice(0, i + 1), ...rest], idsOf(definition)),
        sums(read, idsOf(definition)),
      );
    }
    assert.equal(await eventCount(server(), job.id), documents.length);
  });

  Deno.test(`CountedStream hands out what came late once, within the lateness (${version})`, async () => {
    await using cluster = await clusterAt(server());
    for (const session of [null, SESSION]) {
      const index = `late-${session === null ? "windows" : "sessions"}`, documents = logDocuments(2400);
      const isLate = ({ id }: Indexed) => /[37]$/.test(id),
        tooLate = ({ id }: Indexed) => Number(id.slice(4)) < 300;
      const begun = documents.slice(0, 1800).filter((one) => !isLate(one));
      const definition = await given(server(), { index, documents: begun, session });
      const narrow = { ...definition, settings: { ...definition.settings, lateness: 18 * MINUTE } };
      const first = await readStream(cluster, narrow);
      await indexAll(server(), index, documents.filter((one) => isLate(one) && !tooLate(one)));
      const second = await readStream(cluster, narrow, { position: first.positions.at(-1) });
      const third = await readStream(cluster, narrow, { position: second.positions.at(-1) });
      assert.deepEqual(third.read, []);
      await indexAll(server(), index, documents.slice(1800));
      const last = await readStream(cluster, narrow, { position: second.positions.at(-1) });
      await indexAll(server(), index, documents.filter((one) => isLate(one) && tooLate(one)));
      const none = await readStream(cluster, narrow, { position: last.positions.at(-1) });
      assert.deepEqual(none.read, []);
      const all = [...first.read, ...second.read, ...last.read];
      const expected = await given(server(), {
        ...{ index: `${index}-whole`, session },
        documents: documents.filter((one) => !(isLate(one) && tooLate(one))),
      });
      const { read: whole } = await readStream(cluster, { ...expected, settings: { ...narrow.settings } });
      assert.deepEqual(sums(all, idsOf(narrow)), sums(whole, idsOf(narrow)));
      assert.equal(await eventCount(server(), first.stream.job.id), documents.length - 60);
    }
  });

  Deno.test(`PartWorker reads only those windows again that have new documents (${version})`, async () => {
    await using cluster = await clusterAt(server());
    const documents = logDocuments(900), isLate = (_: Indexed, i: number) => i === 250;
    const definition = await given(server(), {
      ...{ index: "again", session: null },
      documents: documents.filter((one, i) => !isLate(one, i)),
    });
    const { stream: { job } } = await readStream(cluster, definition, { partDocuments: 2000 });
    const parts = new Parts(cluster, job), options = { owner: "again", lease: 60_000 };
    await indexAll(server(), "again", documents.filter(isLate));
    await parts.plan({ from: -Infinity, to: Infinity });
    const worker = new PartWorker({ cluster, job, parts, ...options }), mapped = await worker.mapOne();
    assert.equal(mapped?.records, 1);
    assert.ok(mapped.documents < 100, `${mapped.documents} documents`); // of one minute
    assert.equal((await parts.find([mapped.part.from]))[0].documents, documents.length);
  });

  Deno.test(`CountedStream gives two readers at once the same (${version})`, async () => {
    await using cluster = await clusterAt(server());
    const documents = logDocuments(1200),
      definition = await given(server(), { index: "twice", documents, session: SESSION });
    const [one, other] = await Promise.all(
      ["one", "other"].map((owner) => readStream(cluster, definition, { owner })),
    );
    assert.deepEqual(one.read, other.read);
    assert.equal(await eventCount(server(), one.stream.job.id), documents.length);
  });

  Deno.test(`CountedStream finds the line behind an event, redacted (${version})`, async () => {
    await using cluster = await clusterAt(server());
    const documents = logDocuments(1200),
      definition = await given(server(), { index: "lines", documents, session: SESSION });
    const { read, stream } = await readStream(cluster, definition);
    const births = new Map(
      read.flatMap(({ births }) => births).map(({ text, id }) => [text.split(" ")[0], id]),
    );
    const window = {
      kind: "window" as const,
      key: "",
      service: "shop",
      start: BEGIN,
      end: BEGIN + 600 * MINUTE,
    };
    assert.match(
      await stream.lineOf(births.get("watchdog")!, window),
      /^2026-03-02T12:\S+ \w+ shop.watchdog barked, token=<\w+>$/,
    );
    assert.equal(await stream.lineOf(births.get("watchdog")!, { ...window, start: 5, end: 6 }), "");
    const order = { ...window, kind: "session" as const, key: "7" },
      paid = definition.catalogue.templates.find(({ text }) => text.includes("paid"))!;
    assert.match(await stream.lineOf(paid.id, order), /order=7 paid in \d+ ms$/);
    assert.match(
      await stream.lineOf(births.get("node")!, window),
      /node n\d lost quorum of shard \d+ ⏎ at line two with order=\d+$/,
    );
    const path = `/deepscan-counted-${stream.job.id}-*,deepscan-jobs/_search?size=10000`;
    const kept = JSON.stringify(await ask(server().url, "POST", path));
    assert.ok(
      kept.includes("watchdog barked") && !kept.includes("abc123secret") && !kept.includes("shard 88"),
    );
    await ask(server().url, "DELETE", "/lines");
    assert.equal(await stream.lineOf(births.get("node")!, window), "");
  });
}
