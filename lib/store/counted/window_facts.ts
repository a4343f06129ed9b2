/**
 * What collectors noted of windows, read back.
 *
 * @module
 */
import type { Cluster } from "./cluster.ts";
import type { Increment } from "./window_counts.ts";

/** Windows that come with the first answer, before it is known how long they are, and with any. */
const FIRST_PAGE = 100, PAGE = 2000;
/** Characters that an answer should not be longer than. */
const PAGE_LENGTH = 8 << 20;

interface FactsAnswer {
  hits?: {
    hits: { _source: { window: number; service: string; facts: Record<string, unknown> }; sort: unknown[] }[];
  };
}

/** Names a service's window. */
export function windowKey({ start, service }: { start: number; service: string }): string {
  return `${start} ${service}`;
}

/** Facts of an increment's windows, by {@linkcode windowKey}. */
export async function readFacts(
  cluster: Cluster,
  { index, from, generation }: Increment,
): Promise<Map<string, Record<string, unknown>>> {
  const facts = new Map<string, Record<string, unknown>>();
  const filter = [{ term: { kind: "window" } }, { term: { from } }, { term: { generation } }];
  let size = FIRST_PAGE, after: unknown[] | undefined, found: number;
  do {
    const { body } = await cluster.search<FactsAnswer>(`read the windows of ${index}`, {
      ...{ index, parts: "hits.hits._source,hits.hits.sort" },
      body: {
        ...{ size, query: { bool: { filter } }, sort: [{ window: "asc" }, { service: "asc" }] },
        ...(after ? { search_after: after } : {}),
      },
    });
    const hits = body.hits?.hits ?? [];
    for (const { _source: { window: start, service, facts: noted } } of hits) {
      facts.set(windowKey({ start, service }), noted);
    }
    [found, after] = [hits.length - size, hits.at(-1)?.sort];
    if (hits.length > 0) size = fitting(hits);
  } while (found === 0);
  return facts;
}

/** As many as fit into an answer, going by those of the last one. */
function fitting(hits: readonly { _source: unknown }[]): number {
  const length = JSON.stringify(hits).length / hits.length;
  return Math.max(1, Math.min(PAGE, Math.floor(PAGE_LENGTH / length)));
}
