/**
 * Which documents of a page were counted before.
 *
 * @module
 */
import type { Page } from "../../source/elasticsearch/page.ts";
import type { Cluster } from "./cluster.ts";
import { eventId } from "./event_id.ts";
import { COUNTED } from "./job.ts";
import { endOf, isOver, type Predecessor, wasRead } from "./predecessor.ts";

/** Where events of earlier generations are, and of earlier jobs. */
export interface EarlierEvents {
  /** Index of the part. */
  index: string;
  generation: number;
  after: readonly Predecessor[];
}

/**
 * Looks which documents have an event of an earlier generation, or were read from an earlier job.
 *
 * @returns 1 for each that has, shape [page.length].
 */
export async function knownEvents(
  cluster: Cluster,
  page: Page,
  { index, generation, after }: EarlierEvents,
): Promise<Uint8Array> {
  const documents = Array.from({ length: page.length }, (_, i) => {
    const time = page.time(i)!;
    return { time, id: eventId({ index: page.index(i), id: page.id(i), time }) };
  });
  const ids = documents.map(({ id }) => id), known = new Set<string>();
  if (generation > 1) {
    const earlier = { range: { generation: { lt: generation } } };
    for (const { _id } of await find(cluster, index, { ids, earlier })) known.add(_id);
  }
  for (const job of after) {
    const end = endOf(job), asked = documents.filter(({ time }) => time < end);
    for (const { time, id } of asked) if (isOver(job, time)) known.add(id);
    const left = asked.map(({ id }) => id).filter((id) => !known.has(id));
    if (left.length === 0 || job.parts.length === 0) continue;
    for (const { _id, _source } of await find(cluster, `${COUNTED}${job.job}-*`, { ids: left })) {
      if (wasRead(job, { time: _source["@timestamp"], generation: _source.generation })) known.add(_id);
    }
  }
  return Uint8Array.from(ids, (id) => known.has(id) ? 1 : 0);
}

interface KnownEvent {
  _id: string;
  _source: { "@timestamp": number; generation: number };
}

async function find(
  cluster: Cluster,
  index: string,
  { ids, earlier }: { ids: string[]; earlier?: Record<string, unknown> },
): Promise<KnownEvent[]> {
  const { body } = await cluster.search<{ hits?: { hits: KnownEvent[] } }>(`look for events in ${index}`, {
    ...{ index, parts: "hits.hits._id,hits.hits._source" },
    body: {
      ...{ size: ids.length, _source: ["@timestamp", "generation"], sort: ["_doc"] },
      query: { bool: { filter: [{ ids: { values: ids } }, ...(earlier ? [earlier] : [])] } },
    },
  });
  return body.hits?.hits ?? [];
}
