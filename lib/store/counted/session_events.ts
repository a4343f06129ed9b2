/**
 * Events of sessions, read back in order of time.
 *
 * @module
 */
import type { SessionEvent } from "../../model/mapped/mapped_part.ts";
import type { Cluster } from "./cluster.ts";
import { eventsOf, type Increment } from "./window_counts.ts";

/** Events of one answer. */
const PAGE = 10_000;
/** How long the cluster keeps the search behind each answer. */
const KEEP_ALIVE = "2m";

/** An event's document, as far as it is needed. */
interface EventSource {
  time?: number | null;
  service: string;
  template: string;
  severity: number;
  session: string | string[];
  facts?: Record<string, unknown>;
}

interface EventHit {
  _id: string;
  _source: EventSource;
  /** Time of its document, place in its log, and what only the cluster knows. */
  sort: [time: number, sequence: number, number];
}

interface EventsAnswer {
  pit_id?: string;
  hits?: { hits: EventHit[] };
}

/** Events of whole windows. */
export interface EventsOfWindows {
  events: SessionEvent[];
  /** The border that they end at, ms UTC; Infinity behind the last ones. */
  until: number;
}

/** How events are read. */
export interface ReadEventsOptions {
  /** The number of a template's id. */
  numberOf: (id: string) => number;
  /** Events that are held at a time, but for those of one window. */
  most: number;
  /** Length of the time windows, ms: pieces end at their borders. */
  window: number;
}

/**
 * Reads the events of an increment that have sessions, in pieces that end where a window does.
 *
 * Events of one time are in the order of their sequence; without one, in that of their names, so that every reading gives the same.
 */
export async function* readSessionEvents(
  cluster: Cluster,
  increment: Increment,
  { numberOf, most, window }: ReadEventsOptions,
): AsyncGenerator<EventsOfWindows, void, void> {
  let kept: EventHit[] = [];
  for await (const page of pagesOf(cluster, increment)) {
    for (const hit of page) kept.push(hit);
    if (kept.length < most) continue;
    const until = Math.floor(kept[kept.length - 1].sort[0] / window) * window;
    const end = kept.findIndex(({ sort: [time] }) => time >= until);
    if (end === 0) continue; // all of one window
    yield { events: inOrder(kept.slice(0, end), numberOf), until };
    kept = kept.slice(end);
  }
  yield { events: inOrder(kept, numberOf), until: Infinity };
}

async function* pagesOf(cluster: Cluster, increment: Increment): AsyncGenerator<EventHit[], void, void> {
  const { index } = increment, doing = `read the events of ${index}`;
  const { body: { id } } = await cluster.ask<{ id: string }>(doing, {
    ...{ method: "POST", path: `/${index}/_pit`, query: { keep_alive: KEEP_ALIVE } },
  });
  const pit = { id, keep_alive: KEEP_ALIVE };
  const ask = async (after?: unknown[]) => {
    const { body } = await cluster.search<EventsAnswer>(doing, searchOf(increment, pit, after));
    pit.id = body.pit_id ?? pit.id;
    return body.hits?.hits ?? [];
  };
  try {
    for (let asked: Promise<EventHit[]> | null = ask(); asked !== null;) {
      const page: EventHit[] = await asked;
      asked = page.length < PAGE ? null : ask(page[page.length - 1].sort); // on its way while this one is read
      asked?.catch(() => {}); // it is awaited in its turn, unless the reader stops before
      if (page.length > 0) yield page;
    }
  } finally {
    const close = { method: "DELETE", path: "/_pit", body: { id: pit.id }, expected: [404] } as const;
    await cluster.ask("close a search", close).catch(() => {}); // it expires by itself
  }
}

function searchOf(increment: Increment, pit: { id: string }, after?: unknown[]) {
  const filter = [...eventsOf(increment), { exists: { field: "sessions" } }];
  return {
    ...{ index: null, parts: "pit_id,hits.hits._id,hits.hits._source,hits.hits.sort" },
    body: {
      ...{ size: PAGE, pit, query: { bool: { filter } } },
      sort: [{ "@timestamp": "asc" }, { sequence: { order: "asc", missing: "_last" } }],
      _source: { excludes: ["@timestamp", "sequence", "document", "kind", "generation", "sessions"] },
      ...(after === undefined ? {} : { search_after: after }),
    },
  };
}

function inOrder(hits: EventHit[], numberOf: (id: string) => number): SessionEvent[] {
  return hits.sort(inTime).map(({ _source, sort: [at] }) => {
    const { time = at, service, template, severity, session, facts } = _source;
    return {
      ...{ time, service, template: numberOf(template), severity },
      ...{
        keys: typeof session === "string" ? [session] : session,
        ...(facts === undefined ? {} : { facts }),
      },
    };
  });
}

/** One without a sequence has the greatest there is. */
function inTime(
  { _id, sort: [time, sequence] }: EventHit,
  { _id: otherId, sort: [later, next] }: EventHit,
): number {
  return time - later || sequence - next || (_id < otherId ? -1 : 1);
}
