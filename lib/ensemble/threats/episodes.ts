/**
 * Attacks that go on, and how many there were lately.
 *
 * @module
 */
import { savedFields } from "../../record/saved_fields.ts";

const { arrayOf, fieldsOf, number, pairOf, text } = savedFields("attacks that go on");

/** A day, ms. */
export const DAY = 86_400_000;
/** What is seen again within so many ms is the same attack. */
export const EPISODE_GAP = DAY;
/** So many new attacks of one kind within a week are usual from then on: only larger ones are said. */
const WEEK = 7 * DAY, A_WEEK = 7;

/** An attack that goes on. */
export interface Episode {
  /** Start of the window that it was first said in, ms. */
  since: number;
  /** End of the window that it was last said in, ms. */
  last: number;
}

/** {@linkcode Episodes} as plain data. */
export interface SavedEpisodes {
  open: [string, Episode][];
  said: [string, [number, number][]][];
}

/**
 * Attacks that go on, by detector and source; and, by detector, the new ones of the last week, so that there are no more than one a
 * day.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DAY, Episodes } from "./episodes.ts";
 *
 * const episodes = new Episodes();
 * assert.equal(episodes.say("scanner", "203.0.113.9", { start: 0, end: 60_000, value: 12 }).since, 0);
 * assert.equal(episodes.say("scanner", "203.0.113.9", { start: 60_000, end: 120_000, value: 14 }).since, 0); // goes on
 * for (let i = 0; i < 6; i++) episodes.say("scanner", `203.0.113.${i}`, { start: DAY, end: DAY, value: 20 + i });
 * assert.equal(episodes.flood("scanner", 2 * DAY), 14); // seven in a week: what is not above the least of them is usual
 * ```
 */
export class Episodes {
  readonly #open = new Map<string, Episode>();
  readonly #said = new Map<string, [time: number, value: number][]>();

  /** Says an attack, new or going on. */
  say(detector: string, source: string, seen: { start: number; end: number; value: number }): Episode {
    const key = `${detector}\n${source}`, said = this.#said.get(detector) ?? [];
    let episode = this.#open.get(key);
    if (episode === undefined || seen.start - episode.last > EPISODE_GAP) {
      this.#open.set(key, episode = { since: seen.start, last: seen.end });
      said.push([seen.end, seen.value]);
    } else {
      const own = said.findLast(([time]) => time >= episode!.since && time <= seen.end);
      if (own !== undefined && said.length === 1) own[1] = Math.max(own[1], seen.value);
    }
    episode.last = seen.end;
    this.#said.set(detector, said);
    return episode;
  }

  /** Whether an attack goes on at `time`. */
  goesOn(detector: string, source: string, time: number): boolean {
    const episode = this.#open.get(`${detector}\n${source}`);
    return episode !== undefined && time - episode.last <= EPISODE_GAP;
  }

  /** What a new attack's value has to exceed because there were too many lately; 0 = there were not. */
  flood(detector: string, time: number): number {
    const values = (this.#said.get(detector) ?? []).filter(([at]) => at > time - WEEK).map(([, value]) =>
      value
    );
    return values.length < A_WEEK ? 0 : values.sort((a, b) => b - a)[A_WEEK - 1];
  }

  /** Forgets what is over at `time`. */
  forget(time: number): void {
    for (const [key, { last }] of this.#open) if (time - last > EPISODE_GAP) this.#open.delete(key);
    for (const [detector, said] of this.#said) {
      if (said[0][0] > time - WEEK) continue;
      const left = said.filter(([at]) => at > time - WEEK);
      if (left.length === 0) this.#said.delete(detector);
      else this.#said.set(detector, left);
    }
  }

  toJSON(): SavedEpisodes {
    return { open: [...this.#open], said: [...this.#said] };
  }

  /** @throws {TypeError} if it is not what {@linkcode toJSON} gives. */
  static fromJSON(value: unknown): Episodes {
    const saved = fieldsOf(value, "episodes"), episodes = new Episodes();
    const episode = (each: unknown, path: string): Episode => {
      const { since, last } = fieldsOf(each, path);
      return { since: number(since, `${path}.since`), last: number(last, `${path}.last`) };
    };
    const times = (each: unknown, path: string) =>
      arrayOf(each, path, (pair, at) => pairOf(pair, at, number, number));
    for (const [key, open] of arrayOf(saved.open, "open", (each, at) => pairOf(each, at, text, episode))) {
      episodes.#open.set(key, open);
    }
    for (const [name, said] of arrayOf(saved.said, "said", (each, at) => pairOf(each, at, text, times))) {
      episodes.#said.set(name, said);
    }
    return episodes;
  }
}
