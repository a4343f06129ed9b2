/**
 * Which documents of a page were mapped before.
 *
 * @module
 */
import type { Page } from "../../source/elasticsearch/page.ts";
import type { Cluster } from "./cluster.ts";
import { eventId } from "./event_id.ts";

/**
 * Looks which documents have an event of an earlier generation.
 *
 * @returns 1 for each that has, shape [page.length].
 */
export async function knownEvents(
  cluster: Cluster,
  page: Page,
  { index, generation }: { index: string; generation: number },
): Promise<Uint8Array> {
  const ids = Array.from(
    { length: page.length },
    (_, i) => eventId({ index: page.index(i), id: page.id(i), time: page.time(i)! }),
  );
  const earlier = { range: { generation: { lt: generation } } };
  const { body } = await cluster.ask<{ hits: { hits: { _id: string }[] } }>(`look for events in ${index}`, {
    ...{ method: "POST", path: `/${index}/_search`, query: { filter_path: "hits.hits._id" } },
    body: {
      ...{ size: page.length, _source: false, track_total_hits: false, sort: ["_doc"] },
      query: { bool: { filter: [{ ids: { values: ids } }, earlier] } },
    },
  });
  const known = new Set((body.hits?.hits ?? []).map(({ _id }) => _id));
  return Uint8Array.from(ids, (id) => known.has(id) ? 1 : 0);
}
