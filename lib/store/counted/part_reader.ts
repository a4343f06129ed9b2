/**
 * Mapped parts, read back.
 *
 * @module
 */
import { type CountedWindow, type MappedPart, readPart as checked } from "../../model/mapped/mapped_part.ts";
import type { Cluster } from "./cluster.ts";
import { incrementId } from "./event_id.ts";
import type { Job } from "./job.ts";
import type { Parts } from "./parts.ts";
import { type Part, wholeGenerations } from "./part.ts";
import { readSessionEvents } from "./session_events.ts";
import { TemplateNumbers } from "./template_numbers.ts";
import { countWindows, type Increment, pairsOf } from "./window_counts.ts";
import { readFacts, windowKey } from "./window_facts.ts";

/** Events of sessions that are held at a time; a part that has more comes in several. */
const MOST_EVENTS = 100_000;

/** Reads what workers found. */
export class PartReader {
  readonly #cluster: Cluster;
  readonly #parts: Parts;
  readonly #numbers: TemplateNumbers;
  readonly #hasSessions: boolean;
  readonly #most: number;

  /** @param most Events of sessions that are held at a time. */
  constructor(cluster: Cluster, { job, parts }: { job: Job; parts: Parts }, most: number = MOST_EVENTS) {
    this.#cluster = cluster;
    this.#parts = parts;
    this.#numbers = new TemplateNumbers(job.definition.catalogue.templates.map(({ id }) => id));
    this.#hasSessions = job.definition.settings.session !== null;
    this.#most = most;
  }

  /**
   * What was found in a part behind a generation that is known already: for each generation a part of its own, for those with very
   * many events of sessions several.
   */
  async *read(part: Part, known = 0): AsyncGenerator<MappedPart, void, void> {
    const { from, to } = part, index = this.#parts.indexOf(part), whole = wholeGenerations(part);
    for (let generation = known + 1; generation <= whole; generation++) {
      yield* this.#increment({ index, from, to, generation });
    }
  }

  async *#increment(increment: Increment): AsyncGenerator<MappedPart, void, void> {
    const found = await this.#found(increment), numberOf = this.#numbers.with(found.births);
    const windows = await this.#windows(increment, numberOf);
    if (!this.#hasSessions) return yield { ...found, windows };
    let piece: MappedPart | null = null, left = found.records;
    for await (const events of readSessionEvents(this.#cluster, increment, { numberOf, most: this.#most })) {
      if (piece !== null) {
        yield { ...piece, records: piece.events.length, last: greatestTime(piece) };
        left -= piece.events.length;
      }
      piece = piece === null ? { ...found, windows, events } : rest(found, events);
    }
    yield piece === null ? { ...found, windows } : { ...piece, records: left, last: found.last };
  }

  /** What the worker said of it: all but windows and events. */
  async #found({ index, from, generation }: Increment): Promise<MappedPart> {
    const path = `/${index}/_doc/${encodeURIComponent(incrementId({ from, generation }))}`;
    const { body } = await this.#cluster.ask<{ _source: { found: Record<string, unknown> } }>(
      `read ${index}`,
      {
        ...{ method: "GET", path },
      },
    );
    return checked({ ...body._source.found, windows: [], events: [] });
  }

  async #windows(increment: Increment, numberOf: (id: string) => number): Promise<CountedWindow[]> {
    const [windows, facts] = await Promise.all([
      countWindows(this.#cluster, increment, numberOf),
      readFacts(this.#cluster, increment),
    ]);
    return windows.map((window) => {
      const { service, start, lines } = window;
      return { service, start, lines, pairs: pairsOf(window), facts: facts.get(windowKey(window)) ?? {} };
    });
  }
}

/** A piece behind the first: its births and windows were told of, but numbers are the same. */
function rest(found: MappedPart, events: MappedPart["events"]): MappedPart {
  const { sketches: _, ...part } = found, births = found.births.map((birth) => ({ ...birth, count: 0 }));
  return { ...part, births, untimed: 0, first: events.find(isTimed)?.time ?? null, windows: [], events };
}

function greatestTime({ events }: MappedPart): number | null {
  return events.findLast(isTimed)?.time ?? null;
}

function isTimed({ time }: { time: number | null }): boolean {
  return time !== null;
}
