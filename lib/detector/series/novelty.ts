/**
 * What a service was seen with, and how often something new came lately.
 *
 * @module
 */
import type { EventWindow, TemplateNames } from "../../feature/event_window.ts";
import { poissonTail } from "./count_tail.ts";
import { windowsPerDay } from "./series_detector.ts";
import { type SavedTable, TemplateTable } from "./template_table.ts";

/** Days that a rate looks back, at the most. */
export const DAYS = 7;
/** Windows that news are added up over. */
const FLOCK = 6;
/** News remembered. */
const MOST = 512;

/** {@linkcode Novelty} as plain data. */
export interface SavedNovelty {
  windows: number;
  lines: number;
  pooled: boolean;
  known: SavedTable;
  own: SavedTable | null;
  news: [number, number][];
}

/**
 * The known templates, and the windows that had new ones.
 *
 * While a history is short its first half doesn't count for the rate: there everything was new.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Novelty } from "./novelty.ts";
 *
 * const novelty = new Novelty(60_000);
 * const events = { templates: Int32Array.of(4), counts: Int32Array.of(9), levels: Uint8Array.of(0) };
 * const window = { start: 0, end: 60_000, lines: 9, events, sequence: null };
 * assert.deepEqual(novelty.unknown(window), [0]); // place of what is new in the window
 * novelty.learn(window, 1);
 * assert.deepEqual(novelty.unknown(window), []);
 * ```
 */
export class Novelty {
  /** Windows learned. */
  windows = 0;
  /** Events learned. */
  lines = 0;
  /** Whether what is known came from other services. */
  pooled = false;
  /** Events of each template. */
  known: TemplateTable = new TemplateTable(1);
  /** Those of this service alone, where what is known came from others; `null` where all that is known is its own. */
  own: TemplateTable | null = null;
  /** Windows with news, `[window, how much]`, oldest first. */
  #news: [number, number][] = [];

  constructor(readonly windowMs: number) {}

  /** Places of the window's templates that were never seen. */
  unknown(window: EventWindow): number[] {
    return unknownTo(this.known, window);
  }

  /** The same, whatever others know. */
  unknownHere(window: EventWindow): number[] {
    return unknownTo(this.own ?? this.known, window);
  }

  /** Learns a window that had so much news of the kind that is counted. */
  learn({ events }: EventWindow, news: number): void {
    for (let i = 0; i < events.templates.length; i++) {
      this.known.add(events.templates[i], events.counts[i]);
      this.own?.add(events.templates[i], events.counts[i]);
      this.lines += events.counts[i];
    }
    if (news > 0) this.#news.push([this.windows, news]);
    this.windows++;
    const from = this.windows - this.span;
    let gone = Math.max(0, this.#news.length - MOST);
    while (gone < this.#news.length && this.#news[gone][0] < from) gone++;
    if (gone > 0) this.#news.splice(0, gone);
  }

  /** Windows that rates look back: a week, or the later half of what there is. */
  get span(): number {
    return Math.min(DAYS * windowsPerDay(this.windowMs), Math.ceil(this.windows / 2));
  }

  /** Windows with news a day; the first day counts as a whole one. */
  get perDay(): number {
    const day = windowsPerDay(this.windowMs);
    return this.#news.length / (Math.max(this.span, day) / day);
  }

  /**
   * −log10 of the probability of so much news, in this window or together with the five before it: by Poisson with the rate
   * lately, or by how many windows had as much if that is more, as news come in flocks.
   */
  surprise(news: number): number {
    if (news === 0) return 0;
    const { span } = this,
      sum = this.#news.reduce((sum, [, count]) => sum + count, 0),
      rate = (sum + 0.5) / (span + 1);
    const one = this.#asMuch(news, (i) => this.#news[i][1]);
    const several = this.#recent(this.windows, this.#news.length) + news;
    const many = this.#asMuch(several, (i) => this.#recent(this.#news[i][0], i) + this.#news[i][1]);
    return Math.max(
      Math.min(poissonTail(news, rate), -Math.log10((one + 0.5) / (span + 1))),
      Math.min(poissonTail(several, FLOCK * rate), -Math.log10((many + 0.5) / (span + 1))),
    );
  }

  /** Windows with news that had as much, by a measure of theirs. */
  #asMuch(news: number, measure: (i: number) => number): number {
    let count = 0;
    for (let i = 0; i < this.#news.length; i++) if (measure(i) >= news) count++;
    return count;
  }

  /** News of the windows before this one that belong to its flock; the first `length` are looked through. */
  #recent(window: number, length: number): number {
    let sum = 0;
    for (let i = length - 1; i >= 0 && this.#news[i][0] > window - FLOCK; i--) sum += this.#news[i][1];
    return sum;
  }

  /**
   * Share of all further events that are of unknown templates: as many as there were templates with one event (Good, "The
   * population frequencies of species", Biometrika 40, 1953).
   */
  get unseenShare(): number {
    return unseenShareOf(this.known);
  }

  /** The same, whatever others know. */
  get unseenShareHere(): number {
    return unseenShareOf(this.own ?? this.known);
  }

  copy(): Novelty {
    const copy = new Novelty(this.windowMs);
    Object.assign(copy, {
      windows: this.windows,
      lines: this.lines,
      pooled: this.pooled,
      known: this.known.copy(),
      own: this.own?.copy() ?? null,
    });
    copy.#news = this.#news.slice();
    return copy;
  }

  save(names: TemplateNames): SavedNovelty {
    const { windows, lines, pooled } = this;
    const own = this.own?.save(names) ?? null;
    return { windows, lines, pooled, known: this.known.save(names), own, news: this.#news.slice() };
  }

  /** @throws {TypeError} if it is not what {@linkcode save} gives. */
  static load(saved: unknown, windowMs: number, names: TemplateNames): Novelty {
    const { windows, lines, pooled, known, own, news } = (saved ?? {}) as SavedNovelty,
      novelty = new Novelty(windowMs);
    const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
    if (!isCount(windows) || !isCount(lines) || typeof pooled !== "boolean") {
      throw new TypeError("Cannot restore novelty: windows, lines and pooled are not two counts and a truth");
    }
    if (pooled !== (own !== null)) {
      throw new TypeError(
        "Cannot restore novelty: what a service saw itself is kept where its knowledge is pooled",
      );
    }
    if (
      !Array.isArray(news) ||
      !news.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(isCount))
    ) {
      throw new TypeError("Cannot restore novelty: its news are not pairs of counts");
    }
    const tables = {
      known: TemplateTable.load(known, 1, names),
      own: own === null ? null : TemplateTable.load(own, 1, names),
    };
    Object.assign(novelty, { windows, lines, pooled, ...tables });
    novelty.#news = news.map(([window, count]) => [window, count]);
    return novelty;
  }

  /** What all of these know, with a history of none. */
  static pooled(all: readonly Novelty[], windowMs: number): Novelty {
    const pool = new Novelty(windowMs);
    pool.pooled = true;
    pool.own = new TemplateTable(1);
    for (const { known, lines } of all) {
      pool.lines += lines;
      known.templates.forEach((template, row) => pool.known.add(template, known.values[row]));
    }
    return pool;
  }
}

/** Places of the window's templates that the table doesn't have. */
function unknownTo(table: TemplateTable, { events }: EventWindow): number[] {
  const places: number[] = [];
  for (let i = 0; i < events.templates.length; i++) {
    if (table.find(events.templates[i]) < 0) places.push(i);
  }
  return places;
}

/** Good's estimate from the events of each template. */
function unseenShareOf({ values, length }: TemplateTable): number {
  let once = 0.5, lines = 0;
  for (let row = 0; row < length; row++) {
    if (values[row] === 1) once++;
    lines += values[row];
  }
  return Math.min(1, once / (lines + 1));
}
