/**
 * Parts that are mapped and read back are what the worker had.
 *
 * @module
 */
import assert from "node:assert/strict";
import { type MappedPart, readPart, savePart } from "../../lib/model/mapped/mapped_part.ts";
import { PartMapper } from "../../lib/model/mapped/part_mapper.ts";
import { MergedRecords } from "../../lib/model/merged_records.ts";
import { redactorOf } from "../../lib/model/stream_settings.ts";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { IndexInput } from "../../lib/source/elasticsearch/index_input.ts";
import type { Cluster } from "../../lib/store/counted/cluster.ts";
import type { Job, JobDefinition } from "../../lib/store/counted/job.ts";
import { Jobs } from "../../lib/store/counted/jobs.ts";
import { mapPart } from "../../lib/store/counted/map_part.ts";
import { PartReader } from "../../lib/store/counted/part_reader.ts";
import { Parts } from "../../lib/store/counted/parts.ts";
import { densityOf } from "../../lib/store/counted/raw_counts.ts";
import { Catalogue } from "../../lib/template/catalogue.ts";
import type { ElasticsearchServer } from "../services/elasticsearch.ts";
import { clusterAt, jobOver } from "./counted_jobs.ts";
import { KNOWN_LINES, logDocuments } from "./counted_log.ts";
import { indexAll, makeIndex } from "./indexed.ts";

const ALL = { from: -Infinity, to: Infinity };

/** What lines come to without workers, as JSON gives it back. */
export async function mappedDirectly(
  { url }: ElasticsearchServer,
  { settings, watched, catalogue: snapshot, index }: JobDefinition,
  span: { from: number; to: number },
): Promise<MappedPart> {
  const catalogue = Catalogue.fromJSON(snapshot, { redact: redactorOf(settings) }),
    services = new Dictionary();
  const input = new IndexInput({ nodes: [url] }, { index, ...span });
  const records = new MergedRecords([input], {
    settings,
    services,
    onBatch: (batch) => catalogue.match(batch),
  });
  const mapper = new PartMapper({ settings, watched, catalogue, services, ...span });
  await mapper.run(records);
  await input.leave();
  return readPart(JSON.parse(JSON.stringify(savePart(mapper.finish()))));
}

/** Maps every part that is free; how many. */
export async function mapAll(cluster: Cluster, job: Job, parts: Parts): Promise<number> {
  let count = 0;
  for (const part of await parts.free()) {
    const held = await parts.take(part, { owner: "test", lease: 60_000 });
    await mapPart(held!, { cluster, job, parts });
    count++;
  }
  return count;
}

/** Everything that is read of these parts. */
export async function readAll(reader: PartReader, parts: Parts): Promise<MappedPart[]> {
  const read: MappedPart[] = [];
  for (const part of await parts.plan(ALL)) {
    for await (const { part: piece } of reader.read(part)) read.push(piece);
  }
  return read;
}

/** What parts hold together; pieces of one part count as one. */
export function joined(read: readonly MappedPart[]) {
  const sum = (of: (part: MappedPart) => number) => read.reduce((sum, part) => sum + of(part), 0);
  return {
    windows: read.flatMap(({ windows }) => windows).sort((a, b) =>
      a.start - b.start || (a.service < b.service ? -1 : 1)
    ),
    events: read.flatMap(({ events }) => events),
    records: sum(({ records }) => records),
    untimed: sum(({ untimed }) => untimed),
    births: sum(({ births }) => births.reduce((sum, { count }) => sum + count, 0)),
  };
}

/** Registers the tests with a server. */
export function testReading(server: () => ElasticsearchServer, version: string): void {
  for (const session of [null, "order=(\\d+)"]) {
    const kind = session === null ? "time windows" : "sessions";
    Deno.test(`PartReader reads what the worker had, ${kind} (${version})`, async () => {
      await using cluster = await clusterAt(server());
      const index = `read-${session === null ? "windows" : "sessions"}`;
      await makeIndex(server(), index);
      await indexAll(server(), index, logDocuments(2000));
      const definition = jobOver(index, KNOWN_LINES, { session, service: "field" });
      const job = await new Jobs(cluster).begin(definition, () => densityOf(cluster, definition, ALL));
      const parts = new Parts(cluster, { ...job, width: 600_000 });
      const planned = await parts.plan(ALL);
      assert.equal(planned.length, 3);
      assert.equal(await mapAll(cluster, job, parts), 3);
      const reader = new PartReader(cluster, { job, parts }), read = await readAll(reader, parts);
      assert.ok(read.every(({ births }) => births.length > 0));
      assert.ok(
        session === null || read.every(({ events, windows }) => events.length > 0 && windows.length > 0),
      );
      for (const [i, { from, to }] of planned.entries()) {
        assert.deepEqual(read[i], await mappedDirectly(server(), definition, { from, to }));
      }
      const pieces = await readAll(new PartReader(cluster, { job, parts, most: 100 }), parts);
      assert.equal(pieces.length > read.length, session !== null);
      assert.deepEqual(joined(pieces), joined(read));
    });
  }
}

/** Registers a test that takes long, with a server. */
export function testLargeWindow(server: () => ElasticsearchServer, version: string): void {
  Deno.test(`PartReader reads a window of very many events (${version})`, async () => {
    await using cluster = await clusterAt(server());
    await makeIndex(server(), "many-events");
    await indexAll(server(), "many-events", logDocuments(30_000, { step: 1 }));
    const definition = jobOver("many-events", KNOWN_LINES, { session: "order=(\\d+)", service: "field" });
    const job = await new Jobs(cluster).begin(definition, () => densityOf(cluster, definition, ALL));
    const parts = new Parts(cluster, job), [{ from, to }] = await parts.plan(ALL);
    assert.equal(await mapAll(cluster, job, parts), 1);
    const counted = await cluster.hits<{ kind: string; piece: number }>("look", parts.indexOf({ from }), {
      ...{ size: 10, query: { term: { kind: "sessions" } }, sort: ["piece"] },
    });
    assert.deepEqual(counted.hits.map(({ _source: { piece } }) => piece), [0, 1, 2]);
    const read = await readAll(new PartReader(cluster, { job, parts, most: 100 }), parts);
    assert.deepEqual(read, [await mappedDirectly(server(), definition, { from, to })]);
  });
}
