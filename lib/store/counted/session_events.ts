/**
 * Events of sessions, read back in order of time.
 *
 * @module
 */
import type { SessionEvent } from "../../model/mapped/mapped_part.ts";
import type { Cluster } from "./cluster.ts";
import { foundPages } from "./found_pages.ts";
import { type PackedEvents, unpackEvents } from "./packed_events.ts";
import type { Increment } from "./window_counts.ts";

/** Pieces of one answer: each may be as long as pieces get. */
const PAGE = 50;

/** Some events of a window. */
interface FoundPiece {
  window: number;
  packed: PackedEvents;
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
  /** Border of windows, ms: those before it are left out; `null` = none are. */
  begin: number | null;
}

/**
 * Reads the events of an increment that have sessions, in pieces that end where a window does.
 *
 * Events of one time are in the order of their sequence; without one, in that of their names, so that every reading gives the same.
 */
export async function* readSessionEvents(
  cluster: Cluster,
  increment: Increment,
  options: ReadEventsOptions,
): AsyncGenerator<EventsOfWindows, void, void> {
  let events: SessionEvent[] = [];
  for await (const { window, events: own } of windowsOf(cluster, increment, options)) {
    if (events.length > 0 && events.length + own.length > options.most) {
      yield { events, until: window };
      events = [];
    }
    for (const event of own) events.push(event);
  }
  yield { events, until: Infinity };
}

/** Windows, each with all its events. */
async function* windowsOf(
  cluster: Cluster,
  { index, from, generation }: Increment,
  { numberOf, begin }: ReadEventsOptions,
): AsyncGenerator<{ window: number; events: SessionEvent[] }, void, void> {
  const filter: Record<string, unknown>[] = [
    ...[{ term: { kind: "sessions" } }, { term: { from } }, { term: { generation } }],
    ...(begin === null ? [] : [{ range: { window: { gte: begin } } }]),
  ];
  const search = { index, filter, sort: ["window", "piece"], most: PAGE };
  let events: SessionEvent[] = [], last = -Infinity;
  for await (const page of foundPages<FoundPiece>(cluster, search)) {
    for (const { window, packed } of page) {
      if (window !== last && events.length > 0) {
        yield { window: last, events };
        events = [];
      }
      for (const event of unpackEvents(packed, numberOf)) events.push(event);
      last = window;
    }
  }
  if (events.length > 0) yield { window: last, events };
}
