/**
 * Mapped parts, read back.
 *
 * @module
 */
import { type CountedWindow, type MappedPart, readPart as checked } from "../../model/mapped/mapped_part.ts";
import type { Cluster } from "./cluster.ts";
import { incrementId } from "./event_id.ts";
import type { Job } from "./job.ts";
import type { Known } from "./known_part.ts";
import type { Parts } from "./parts.ts";
import { type Part, wholeGenerations } from "./part.ts";
import { readSessionEvents } from "./session_events.ts";
import { TemplateNumbers } from "./template_numbers.ts";
import { countWindows, type Increment, pairsOf } from "./window_counts.ts";
import { readFacts, windowKey } from "./window_facts.ts";

/** Events of sessions that are held at a time; a part that has more comes in several. */
const MOST_EVENTS = 100_000;

/** What is read. */
export interface PartReaderOptions {
  job: Job;
  parts: Parts;
  /** Events of sessions that are held at a time; default 100,000. */
  most?: number;
  /** Windows that begin earlier are left out, ms UTC. */
  from?: number;
}

/** A part, or a piece of one, and what is known with it. */
export interface ReadPart {
  part: MappedPart;
  known: Known;
}

const NOTHING: Known = { generation: 0, until: null };

/** Reads what workers found. */
export class PartReader {
  readonly #cluster: Cluster;
  readonly #parts: Parts;
  readonly #numbers: TemplateNumbers;
  readonly #hasSessions: boolean;
  readonly #most: number;
  readonly #from: number;

  constructor(cluster: Cluster, { job, parts, most = MOST_EVENTS, from = -Infinity }: PartReaderOptions) {
    this.#cluster = cluster;
    this.#parts = parts;
    this.#numbers = new TemplateNumbers(job.definition.catalogue.templates.map(({ id }) => id));
    this.#hasSessions = job.definition.settings.session !== null;
    this.#most = most;
    const { window } = job.definition.settings;
    this.#from = Math.ceil(from / window) * window;
  }

  /**
   * What was found in a part behind what is known of it already: for each generation a part of its own, for those with very many
   * events of sessions several, which end at borders of windows.
   */
  async *read(part: Part, known: Known = NOTHING): AsyncGenerator<ReadPart, void, void> {
    const { from, to } = part, index = this.#parts.indexOf(part), whole = wholeGenerations(part);
    const begin = this.#from > from ? this.#from : null;
    let until = known.until === null ? begin : Math.max(known.until, this.#from);
    for (let generation = known.generation + 1; generation <= whole; generation++) {
      yield* this.#increment({ index, from, to, generation }, until);
      until = begin;
    }
  }

  /** @param until Border up to which it is known. */
  async *#increment(increment: Increment, until: number | null): AsyncGenerator<ReadPart, void, void> {
    const { generation, from } = increment, found = await this.#found(increment, until);
    const numberOf = this.#numbers.with(found.births), rest = { ...increment, from: until ?? from };
    const windows = await this.#windows(rest, { from, numberOf });
    if (!this.#hasSessions) return yield { part: { ...found, windows }, known: { generation, until: null } };
    const options = { numberOf, most: this.#most, begin: until };
    let left = found, begin = until ?? -Infinity;
    for await (const { events, until } of readSessionEvents(this.#cluster, increment, options)) {
      const own = windows.filter(({ start }) => start >= begin && start < until);
      const records = events.length + own.reduce((sum, { lines }) => sum + lines, 0);
      const part = { ...left, windows: own, events };
      if (until === Infinity) {
        yield { part: { ...part, records: records + found.untimed }, known: { generation, until: null } };
        return;
      }
      yield {
        part: { ...part, records, untimed: 0, last: until - 1 },
        known: { generation: generation - 1, until },
      };
      left = behind(left, until);
      begin = until;
    }
  }

  /** What the worker said of it: all but windows and events. */
  async #found({ index, from, generation }: Increment, until: number | null): Promise<MappedPart> {
    const path = `/${index}/_doc/${encodeURIComponent(incrementId({ from, generation }))}`;
    const { body } = await this.#cluster.ask<{ _source: { found: Record<string, unknown> } }>(
      `read ${index}`,
      {
        ...{ method: "GET", path },
      },
    );
    const found = checked({ ...body._source.found, windows: [], events: [] });
    return until === null ? found : behind(found, until);
  }

  async #windows(
    increment: Increment,
    { from, numberOf }: { from: number; numberOf: (id: string) => number },
  ): Promise<CountedWindow[]> {
    const [windows, facts] = await Promise.all([
      countWindows(this.#cluster, increment, numberOf),
      readFacts(this.#cluster, { ...increment, from }),
    ]);
    return windows.map((window) => {
      const { service, start, lines } = window;
      return { service, start, lines, pairs: pairsOf(window), facts: facts.get(windowKey(window)) ?? {} };
    });
  }
}

/** What is left of a part behind a border: what was told once is not told again, but templates have the same numbers. */
function behind(part: MappedPart, until: number): MappedPart {
  const { sketches: _, ...left } = part, births = part.births.map((birth) => ({ ...birth, count: 0 }));
  return { ...left, births, first: until };
}
