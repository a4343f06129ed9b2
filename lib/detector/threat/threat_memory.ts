/**
 * What the detectors of threats remember of a service, from window to window.
 *
 * @module
 */
import { savedFields } from "../../record/saved_fields.ts";
import { type AccountChange, changeKey } from "./account_change.ts";
import { distinctCount } from "./distinct_hashes.ts";
import { RefusalRate } from "./refusal_rate.ts";
import {
  addSource,
  concern,
  copyRemembered,
  newRemembered,
  readRemembered,
  type RememberedSource,
} from "./remembered_source.ts";
import { attemptsOf, type SourceCounts } from "./source_counts.ts";
import { SourceFact } from "./source_fact.ts";

const { arrayOf, fieldsOf, amount, integer, nullOr, number, pairOf, text } = savedFields(
  "a memory of threats",
);

/** Sources and habits that are remembered at the most. */
export const REMEMBERED = 500, HABITS = 1000;
/** A source that tries more often than this is no part of the crowd: standards lock an account after ten attempts. */
const CROWD_ATTEMPTS = 10;
/** Who sends less than this within a window is not remembered for it. */
const MANY_POSTS = 5;

/** A way in that worked. */
export interface Intrusion {
  /** End of its window, ms. */
  time: number;
  source: string;
}

/** A window as the memory takes it in. */
export interface ThreatWindow {
  start: number;
  end: number;
  lines: number;
  fact: SourceFact | undefined;
}

/**
 * What the detectors of threats remember of a service: its sources of the last days, how many logins are refused usually, who did
 * what with others' rights, and the longest silence.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SourceFact } from "./source_fact.ts";
 * import { noLogins } from "./source_counts.ts";
 * import { ThreatMemory } from "./threat_memory.ts";
 *
 * const memory = new ThreatMemory(), fact = new SourceFact();
 * fact.source("203.0.113.9").login = { ...noLogins(), failed: [12, 0, 0, 0], firstFailed: 7 };
 * memory.add({ start: 0, end: 60_000, lines: 12, fact });
 * assert.deepEqual(memory.active.map(({ key, failed }) => [key, failed]), [["203.0.113.9", 12]]);
 * ```
 */
export class ThreatMemory {
  readonly sources: Map<string, RememberedSource> = new Map();
  refusals: RefusalRate = new RefusalRate();
  /** When each change was first and last seen, by its key: ends of windows, ms. */
  readonly habits: Map<string, [first: number, last: number]> = new Map();
  /** The way in that worked last; `null` = none did. */
  intrusion: Intrusion | null = null;
  /** When many sources together last stood out, ms; -1 = never. */
  crowdTime = -1;
  /** Empty windows in a row now, and the most there were before. */
  silence = 0;
  longestSilence = 0;
  /** Ends of the first and the last window, ms. */
  first = NaN;
  last = NaN;
  /** Requests and those answered with 4xx, over everything. */
  requests = 0;
  failing = 0;
  /** Remembered sources that did something in the last window. Not saved. */
  active: RememberedSource[] = [];
  /** Changes of the last window that were never seen before it, and all of it. Not saved. */
  novel: AccountChange[] = [];
  changes: AccountChange[] = [];
  /** The user that most sources were refused as in the last window; empty = none. Not saved. */
  mostTried = "";
  /** Refusals and their sources in the last window, without sources that stand out by themselves. Not saved. */
  crowd: { count: number; sources: number; expected: number } = { count: 0, sources: 0, expected: 0 };

  /** Takes in the next window, in order of end. */
  add({ start, end, lines, fact }: ThreatWindow): void {
    if (Number.isNaN(this.first)) this.first = end;
    this.last = end;
    this.#listen(lines);
    this.active = [];
    this.mostTried = fact === undefined ? "" : mostTriedOf(fact);
    if (fact !== undefined) {
      this.requests += fact.totals.requests;
      this.failing += fact.totals.failing;
      for (const counts of fact.sources.values()) this.#addSource(counts, end);
      if (this.sources.size > REMEMBERED) this.#forget();
    }
    this.#addCrowd(start, end);
    this.#addChanges(fact, end);
  }

  /** Time passes over a window of which nothing is to be remembered: where it has lines, it ends a silence. */
  pass({ lines }: Pick<ThreatWindow, "lines">): void {
    if (lines > 0) this.#listen(lines);
  }

  #listen(lines: number): void {
    if (lines === 0) this.silence++;
    else {
      this.longestSilence = Math.max(this.longestSilence, this.silence);
      this.silence = 0;
    }
  }

  #addSource(counts: SourceCounts, end: number): void {
    let source = this.sources.get(counts.key);
    if (source === undefined) {
      if (!isTelling(counts)) return;
      this.sources.set(counts.key, source = newRemembered(counts.key, end));
    }
    addSource(source, counts, end);
    this.active.push(source);
  }

  #addCrowd(start: number, end: number): void {
    const crowd = this.active.filter(({ nowFailed, failed }) => nowFailed > 0 && failed < CROWD_ATTEMPTS);
    const count = crowd.reduce((sum, { nowFailed }) => sum + nowFailed, 0);
    this.crowd = { count, sources: crowd.length, expected: this.refusals.expected(end - start) };
    this.refusals.add(start, end, count, crowd.length);
  }

  #addChanges(fact: SourceFact | undefined, end: number): void {
    this.changes = fact === undefined ? [] : [...fact.changes.values()];
    this.novel = this.changes.filter((change) => !this.habits.has(changeKey(change)));
    for (const change of this.changes) {
      const key = changeKey(change), habit = this.habits.get(key);
      this.habits.delete(key); // what was done last stands last
      this.habits.set(key, [habit?.[0] ?? end, end]);
    }
    for (const key of this.habits.keys()) {
      if (this.habits.size <= HABITS) break;
      this.habits.delete(key);
    }
  }

  /** Forgets the fifth with least against it. */
  #forget(): void {
    const order = [...this.sources.values()].map((source) => ({ key: source.key, worth: concern(source) }))
      .sort((a, b) => a.worth - b.worth || (a.key < b.key ? -1 : 1));
    for (const { key } of order.slice(0, order.length - REMEMBERED * 4 / 5)) this.sources.delete(key);
  }

  /** A memory that changes apart from this one. */
  copy(): ThreatMemory {
    const copy = new ThreatMemory(), { intrusion, crowdTime, silence, longestSilence, first, last } = this;
    for (const [key, source] of this.sources) copy.sources.set(key, copyRemembered(source));
    for (const [key, seen] of this.habits) copy.habits.set(key, seen); // replaced, never changed
    copy.refusals = this.refusals.copy();
    const { requests, failing } = this;
    return Object.assign(copy, {
      intrusion,
      crowdTime,
      silence,
      longestSilence,
      first,
      last,
      requests,
      failing,
    });
  }

  /** Plain data. */
  toJSON() {
    const time = (value: number) => Number.isNaN(value) ? null : value;
    return {
      sources: [...this.sources.values()],
      refusals: this.refusals.toJSON(),
      habits: [...this.habits],
      intrusion: this.intrusion,
      ...{ crowdTime: this.crowdTime, silence: this.silence, longestSilence: this.longestSilence },
      ...{ first: time(this.first), last: time(this.last), requests: this.requests, failing: this.failing },
    };
  }

  /** @throws {TypeError} if it is not what {@linkcode toJSON} gives. */
  static fromJSON(value: unknown): ThreatMemory {
    const saved = fieldsOf(value, "memory"), memory = new ThreatMemory();
    for (const source of arrayOf(saved.sources, "sources", readRemembered)) {
      memory.sources.set(source.key, source);
    }
    memory.refusals = RefusalRate.fromJSON(saved.refusals);
    const span = (each: unknown, path: string) => pairOf(each, path, number, number);
    for (
      const [key, seen] of arrayOf(saved.habits, "habits", (each, path) => pairOf(each, path, text, span))
    ) {
      memory.habits.set(key, seen);
    }
    memory.intrusion = nullOr(saved.intrusion, "intrusion", (each, path) => {
      const { time, source } = fieldsOf(each, path);
      return { time: number(time, `${path}.time`), source: text(source, `${path}.source`) };
    });
    memory.crowdTime = number(saved.crowdTime, "crowdTime");
    memory.silence = integer(saved.silence, "silence");
    memory.longestSilence = integer(saved.longestSilence, "longestSilence");
    memory.first = nullOr(saved.first, "first", number) ?? NaN;
    memory.last = nullOr(saved.last, "last", number) ?? NaN;
    memory.requests = amount(saved.requests, "requests");
    memory.failing = amount(saved.failing, "failing");
    return memory;
  }
}

/** The user that more than half of the refused sources tried; empty = there is none. */
function mostTriedOf({ users }: SourceFact): string {
  let most = "", sources = 0, sum = 0;
  for (const [user, tried] of users) {
    const count = distinctCount(tried.sources);
    sum += count;
    if (count > sources || count === sources && user < most) [most, sources] = [user, count];
  }
  return sources * 2 > sum ? most : "";
}

/** Whether a source did anything that is worth remembering. */
function isTelling({ login, web, reported }: SourceCounts): boolean {
  if (reported > 0 || login !== null && attemptsOf(login) > 0) return true;
  if (web === null) return false;
  return web.refused + web.missing + web.broken > 0 || web.posts >= MANY_POSTS ||
    web.probes.some((count) => count > 0) ||
    web.scanner !== "";
}
