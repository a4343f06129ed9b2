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

/** An attack that paused is said again when it is so many times as strong. */
const GROWTH = 1.5;
/** Windows that an attack may pause without having to be said again. */
const PAUSE = 2;

/** An attack that goes on. */
export interface Episode {
  /** Start of the window that it was first said in, ms. */
  since: number;
  /** Ends of the windows that it was last seen and last said in, ms. */
  last: number;
  said: number;
  /** How strong and how severe it was at most when it was said. */
  value: number;
  rank: number;
}

/** An attack in a window. */
export interface Seen {
  start: number;
  end: number;
  value: number;
  /** Rank of its severity. */
  rank: number;
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
 * const seen = { start: 0, end: 60_000, value: 12, rank: 0 };
 * assert(episodes.see("scanner", "203.0.113.9", seen).isSaid);
 * const later = { ...seen, start: 600_000, end: 660_000 };
 * assert.deepEqual(episodes.see("scanner", "203.0.113.9", later), { since: 0, isSaid: false }); // no worse after a pause
 * assert(episodes.see("scanner", "203.0.113.9", { ...later, rank: 2 }).isSaid);
 * for (let i = 0; i < 6; i++) episodes.see("scanner", `203.0.113.${i}`, { ...later, value: 20 + i });
 * assert.equal(episodes.flood("scanner", DAY), 12); // seven in a week: what is not above the least of them is usual
 * ```
 */
export class Episodes {
  readonly #open = new Map<string, Episode>();
  readonly #said = new Map<string, [time: number, value: number][]>();

  /** An attack is seen, new or going on. Returns since when, and whether it is to be said. */
  see(detector: string, source: string, seen: Seen): { since: number; isSaid: boolean } {
    const key = `${detector}\n${source}`, { start, end, value, rank } = seen;
    const episode = this.#open.get(key), pause = PAUSE * (end - start);
    if (episode === undefined || start - episode.last > EPISODE_GAP) {
      this.#open.set(key, { since: start, last: end, said: end, value, rank });
      const said = this.#said.get(detector);
      if (said === undefined) this.#said.set(detector, [[end, value]]);
      else said.push([end, value]);
      return { since: start, isSaid: true };
    }
    episode.last = end;
    const isSaid = start - episode.said <= pause || value > GROWTH * episode.value || rank > episode.rank;
    if (!isSaid) return { since: episode.since, isSaid };
    episode.said = end;
    episode.value = Math.max(episode.value, value);
    episode.rank = Math.max(episode.rank, rank);
    return { since: episode.since, isSaid };
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
      const open = fieldsOf(each, path), of = (name: keyof Episode) => number(open[name], `${path}.${name}`);
      return { since: of("since"), last: of("last"), said: of("said"), value: of("value"), rank: of("rank") };
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
