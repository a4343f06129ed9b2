/**
 * Documents of a part → events, windows, and what else is known of it.
 *
 * @module
 */
import { Dictionary } from "../../record/dictionary.ts";
import { PartMapper } from "../../model/mapped/part_mapper.ts";
import { MergedRecords } from "../../model/merged_records.ts";
import { redactorOf } from "../../model/stream_settings.ts";
import { ElasticsearchError } from "../../source/elasticsearch/failure.ts";
import { Catalogue } from "../../template/catalogue.ts";
import type { Page } from "../../source/elasticsearch/page.ts";
import { changedStretches } from "./changed_stretches.ts";
import type { Cluster } from "./cluster.ts";
import { EventDocuments, putFound } from "./event_documents.ts";
import { FoundWriter } from "./found_writer.ts";
import type { HeldPart } from "./held_part.ts";
import type { Job } from "./job.ts";
import { knownEvents } from "./known_events.ts";
import type { Parts } from "./parts.ts";
import { endOf } from "./predecessor.ts";
import { stretchFilter } from "./raw_counts.ts";
import { StretchInput } from "./stretch_input.ts";

/** What mapping a part came to. */
export interface MapOutcome {
  /** Documents of the stretch, and records that were new among them. */
  documents: number;
  records: number;
  /** Documents and bytes written. */
  written: number;
  bytes: number;
}

/** What mapping a part works with. */
export interface MapContext {
  cluster: Cluster;
  job: Job;
  parts: Parts;
  /** Stops it. */
  signal?: AbortSignal;
}

/**
 * Maps a part that is held, and finishes it. Whatever stops it in the middle, it can be mapped again: names of what is written come
 * from the documents, so nothing is there twice.
 *
 * @throws {LeaseLostError} if the part is somebody else's by now.
 * @throws {ElasticsearchError} if the cluster gives or takes no more.
 */
export async function mapPart(held: HeldPart, context: MapContext): Promise<MapOutcome> {
  const { cluster, parts } = context, { part } = held, index = parts.indexOf(part);
  if (part.generation > 1) await parts.refresh(index); // to see which events are there
  const { input, others } = await inputOf(held, context), writer = new FoundWriter({ cluster, index, held });
  const records = await mapRecords(held, { ...context, input, writer });
  await writer.settle();
  await held.keep();
  await parts.refresh(index);
  await held.finish(input.documents + others);
  return { documents: input.documents, records, written: writer.sent.documents, bytes: writer.sent.bytes };
}

/** The documents that have no event yet, and how many others there are. */
async function inputOf(
  { part }: HeldPart,
  { cluster, job, parts }: MapContext,
): Promise<{ input: StretchInput; others: number }> {
  const { index, fields, query, after = [] } = job.definition, { from, to, until, generation } = part;
  const place = parts.indexOf(part), options = { index, fields, from, to: until ?? to, untimed: false };
  const earlier = { index: place, generation, after: after.filter((job) => endOf(job) > from) };
  if (generation === 1 && earlier.after.length === 0) {
    return { input: new StretchInput(cluster.client, { ...options, filter: query ?? undefined }), others: 0 };
  }
  const { stretches, others } = await changedStretches(cluster, job.definition, { part, index: place });
  const should = stretches.map((stretch) => ({ bool: { filter: stretchFilter(job.definition, stretch) } }));
  const filter = should.length === 0 ? { match_none: {} } : { bool: { should, minimum_should_match: 1 } };
  const leftOut = (page: Page) => knownEvents(cluster, page, earlier);
  return { input: new StretchInput(cluster.client, { ...options, filter, leftOut }), others };
}

/** Reads, matches, counts and writes; how many records there were. */
async function mapRecords(
  held: HeldPart,
  { job, input, writer, signal }: MapContext & { input: StretchInput; writer: FoundWriter },
): Promise<number> {
  const { settings, watched, catalogue: snapshot } = job.definition, { part } = held, { from, to } = part;
  const services = new Dictionary(),
    catalogue = Catalogue.fromJSON(snapshot, { redact: redactorOf(settings) });
  const records = new MergedRecords([input], {
    settings,
    services,
    onBatch: (batch) => catalogue.match(batch),
  });
  const { window } = settings, found = { part, window, input, services, catalogue, writer };
  const events = new EventDocuments(found);
  const mapper = new PartMapper({
    ...{ settings, services, catalogue, watched, from, to, keepsEvents: false },
    onRecord: (batch, row, keys, facts) => events.add(batch, row, keys, facts),
  });
  try {
    for (let slice = await records.next(); slice !== null; slice = await records.next()) {
      signal?.throwIfAborted();
      mapper.add(slice);
      if (writer.isDue) await writer.send();
    }
  } finally {
    await input.leave();
  }
  const [note] = records.notes;
  if (note !== undefined) throw new ElasticsearchError(note.text, "unavailable");
  const mapped = mapper.finish();
  events.finish();
  putFound(writer, mapped, part.generation);
  await writer.send();
  return mapped.records;
}
