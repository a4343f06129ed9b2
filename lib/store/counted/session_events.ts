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
  { index, from, generation }: Increment,
  { numberOf, most, begin }: ReadEventsOptions,
): AsyncGenerator<EventsOfWindows, void, void> {
  const filter: Record<string, unknown>[] = [
    ...[{ term: { kind: "sessions" } }, { term: { from } }, { term: { generation } }],
    ...(begin === null ? [] : [{ range: { window: { gte: begin } } }]),
  ];
  let events: SessionEvent[] = [], own: SessionEvent[] = [], last = -Infinity;
  for await (const page of foundPages<FoundPiece>(cluster, { index, filter, sort: ["window", "piece"] })) {
    for (const { window, packed } of page) {
      if (window !== last) {
        if (events.length > 0 && events.length + own.length > most) {
          yield { events, until: last };
          events = [];
        }
        for (const event of own) events.push(event);
        [own, last] = [[], window];
      }
      for (const event of unpackEvents(packed, numberOf)) own.push(event);
    }
  }
  if (events.length > 0 && events.length + own.length > most) {
    yield { events, until: last };
    events = [];
  }
  yield { events: events.concat(own), until: Infinity };
}
