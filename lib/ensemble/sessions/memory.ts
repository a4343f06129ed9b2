/**
 * What is known of accepted sessions, and how a session differs from it: six kinds of evidence.
 *
 * @module
 */
import { countOf, RecentSessions } from "../../detector/recent_sessions.ts";
import { ReferenceVectors } from "../../detector/reference_vectors.ts";
import type { EventAtoms } from "../../detector/session_atoms.ts";
import { SessionAtoms } from "../../detector/session_atoms.ts";
import type { SessionKeys } from "../../detector/session_keys.ts";
import type { EventCounts, EventWindow } from "../../feature/event_window.ts";
import { ForeignRuns, type KnownRuns, type RunsWithForeign } from "./foreign_runs.ts";

/** The kinds of evidence, by their place in a session's values. */
export const KINDS = ["unseen", "rare", "new", "severe", "high", "pairs", "triples", "distance"] as const;
export const UNSEEN = 0, RARE = 1, NEW = 2, SEVERE = 3, HIGH = 4, PAIRS = 5, TRIPLES = 6, DISTANCE = 7;

/** An atom that this share of the sessions has is never rare; a count that varies in more than this share is free. */
export const RARE_SHARE = .03;
/** Sessions of the ring, and the share of them that makes behaviour usual now. */
export const RECENT = 50, USUAL_SHARE = .2;
/** Atoms of new events that sound severe need a larger share. */
const SEVERE_SHARE = .6;
/** Vectors and pairs learned while scanning that are remembered at most. */
const LEARNED_LIMIT = 50_000;

/** Sessions known to training: never changed after fitting, shared by all states. */
export interface KnownSessions {
  /** Training sessions by the key of their counts. */
  readonly vectors: Map<number, number>;
  /** Keys of neighbours, two and three of them. */
  readonly runs: KnownRuns;
  /** Training sessions in all, on whose scale `rare` is measured. */
  readonly scale: number;
  readonly references: ReferenceVectors;
  /** Whether training's messages tell what is wrong, by word or level; else any new event may be. */
  readonly speaks: boolean;
  /** Events that training had. */
  readonly events: Set<number>;
}

/** What one event of a session says: how rare it is, and what would be usual. */
export interface AtomRate {
  template: number;
  /** How often the session has it; 0 = its absence is what is rare. */
  count: number;
  /** Share of accepted sessions with the same; 0 = never seen. */
  rate: number;
  /** The count that most sessions have. */
  usual: number;
  /** Whether no accepted session had the event. */
  isNew: boolean;
}

/** Accepted sessions and the last ones; grows while a stream is judged. */
export class SessionMemory {
  atoms = new SessionAtoms();
  recent = new RecentSessions(RECENT);
  /** Atoms of the session looked at last that training hardly knew and that are usual now. */
  readonly absorbed: { template: number; isAbsent: boolean }[] = [];
  /** Learned since training, beside {@linkcode known}. */
  vectors = new Map<number, number>();
  runs = new Set<number>();

  constructor(
    readonly known: KnownSessions,
    readonly keys: SessionKeys,
    readonly isSevere: (events: EventCounts, i: number) => boolean,
    private readonly foreign: ForeignRuns = new ForeignRuns(known.runs, keys),
  ) {}

  /** Accepts sessions. */
  learn(window: EventWindow): void {
    this.atoms.learn(window.events);
    const key = this.keys.vector(window.events);
    this.vectors.set(key, (this.vectors.get(key) ?? 0) + 1);
    if (this.vectors.size > LEARNED_LIMIT) this.vectors.delete(this.vectors.keys().next().value!);
    const { pairs, triples } = this.foreign.of(window.sequence);
    this.#learnRuns(pairs);
    this.#learnRuns(triples);
  }

  /** Notes a session among the last ones, accepted or not. */
  slide({ events, sequence }: Pick<EventWindow, "events" | "sequence">): void {
    const runs = this.foreign.of(sequence).keys;
    this.recent.add({ events, sequence, key: this.keys.vector(events), runs });
  }

  /** Accepted sessions with these counts. */
  seen(events: EventCounts): number {
    const key = this.keys.vector(events);
    return (this.known.vectors.get(key) ?? 0) + (this.vectors.get(key) ?? 0);
  }

  /**
   * How a session differs, by kind.
   *
   * @param absorb Whether what many of the last sessions do counts as usual.
   */
  values(
    window: EventWindow,
    absorb: boolean,
    into: Float64Array = new Float64Array(KINDS.length),
  ): Float64Array {
    const { events } = window,
      { pairs, triples } = this.foreign.of(window.sequence),
      seen = this.seen(events),
      scale = this.known.scale;
    const rate = this.#rarest(events, absorb, into), need = USUAL_SHARE * RECENT;
    const usual = absorb && seen === 0 && into[NEW] === 0 &&
      this.recent.equal(this.keys.vector(events)) >= need;
    const exact = seen >= Math.max(2, RARE_SHARE * this.atoms.sessions);
    into[UNSEEN] = seen === 0 && !usual ? 1 : 0;
    into[RARE] = rareScore(exact ? 1 : rate, scale);
    into[PAIRS] = this.#unseenShare(pairs, absorb);
    into[TRIPLES] = this.#unseenShare(triples, absorb);
    into[DISTANCE] = seen > 0 || usual ? 0 : this.#distance(events, absorb);
    return into;
  }

  /** The atoms rarer than {@linkcode RARE_SHARE}, absorbed ones left out. */
  rareAtoms(events: EventCounts, absorb: boolean): AtomRate[] {
    const found: AtomRate[] = [];
    for (let i = 0; i < events.templates.length; i++) {
      const atom = this.#rateOf(events, i, absorb);
      if (atom.rate < RARE_SHARE) found.push(atom);
    }
    for (const template of this.atoms.common()) {
      const rate = this.#absence(events, template, absorb);
      const usual = this.atoms.of(template)!.usual;
      if (rate < RARE_SHARE) found.push({ template, count: 0, rate, usual, isNew: false });
    }
    return found;
  }

  /** Pairs (or triples) of events never seen: their places among the session's. */
  unseenRuns(sequence: Int32Array | null, length: 2 | 3, absorb: boolean): number[] {
    const { pairs, triples } = this.foreign.of(sequence), { runs, places } = length === 2 ? pairs : triples;
    return places.filter((place) => this.#isUnseen(runs.keys[place], absorb));
  }

  /** A memory that goes on apart from this one. */
  copy(): SessionMemory {
    const copy = new SessionMemory(this.known, this.keys, this.isSevere, this.foreign);
    copy.atoms = this.atoms.copy();
    copy.recent = this.recent.copy();
    copy.vectors = new Map(this.vectors);
    copy.runs = new Set(this.runs);
    return copy;
  }

  // The least rate of all atoms; fills in `new`, `severe` and `high`.
  #rarest(events: EventCounts, absorb: boolean, into: Float64Array): number {
    let rarest = 1, fresh = 0, severe = 0, high = 0;
    this.absorbed.length = 0;
    for (let i = 0; i < events.templates.length; i++) {
      const event = this.atoms.of(events.templates[i]), count = events.counts[i];
      if (event === undefined) {
        if (absorb && this.recent.having(events.templates[i]) >= this.#need(events, i)) {
          this.absorbed.push({ template: events.templates[i], isAbsent: false });
          continue;
        }
        fresh++;
        if (this.isSevere(events, i)) severe++;
        rarest = 0;
        continue;
      }
      if (count > event.largest && !(absorb && this.#isReached(events.templates[i], count))) {
        high = Math.max(high, Math.log2((count + 1) / (Math.max(event.largest, 2) + 1)));
      }
      const rate = this.#rate(event, events, i, absorb);
      if (rate >= rarest) continue;
      if (!absorb || !this.#isUsual(event, events, i)) rarest = rate;
      else if (rate < RARE_SHARE) this.absorbed.push({ template: events.templates[i], isAbsent: false });
    }
    for (const template of this.atoms.common()) {
      const rate = this.#absence(events, template, absorb);
      if (rate < rarest) rarest = rate;
    }
    into[NEW] = fresh;
    into[SEVERE] = severe;
    into[HIGH] = high;
    return rarest;
  }

  #rateOf(events: EventCounts, i: number, absorb: boolean): AtomRate {
    const template = events.templates[i], count = events.counts[i], event = this.atoms.of(template);
    if (event === undefined) {
      const usual = absorb && this.recent.having(template) >= this.#need(events, i);
      return { template, count, rate: usual ? 1 : 0, usual: 0, isNew: true };
    }
    const rate = absorb && this.#isUsual(event, events, i) ? 1 : this.#rate(event, events, i, absorb);
    return { template, count, rate, usual: event.usual, isNew: false };
  }

  /** Share of accepted sessions with this atom. */
  #rate(event: EventAtoms, events: EventCounts, i: number, absorb: boolean): number {
    const count = events.counts[i], sessions = this.atoms.sessions;
    if (!this.#isFree(event, events.templates[i], absorb)) return (event.counts.get(count) ?? 0) / sessions;
    const burst = count > 4 * event.largest && !(absorb && this.#isReached(events.templates[i], count));
    return burst ? 0 : event.present / sessions;
  }

  /** Whether many of the last sessions have this atom. */
  #isUsual(event: EventAtoms, events: EventCounts, i: number): boolean {
    const template = events.templates[i], need = this.#need(events, i);
    if (this.recent.having(template) < need) return false;
    if (!this.#isFree(event, template, true)) return this.recent.having(template, events.counts[i]) >= need;
    return events.counts[i] <= 4 * event.largest || this.#isReached(template, events.counts[i]);
  }

  /** Whether an event's count naturally varies, so that only its presence tells something. */
  #isFree({ present, mode }: EventAtoms, template: number, absorb: boolean): boolean {
    const { sessions } = this.atoms, constant = 1 - RARE_SHARE;
    if (Math.max(sessions - present, mode) < constant * sessions) return true;
    return absorb && this.recent.length >= RECENT && this.recent.mode(template) < constant * RECENT;
  }

  #isReached(template: number, count: number): boolean {
    return this.recent.reaching(template, count) >= USUAL_SHARE * RECENT;
  }

  #need(events: EventCounts, i: number): number {
    const fresh = !this.known.events.has(events.templates[i]);
    const severe = fresh && (!this.known.speaks || this.isSevere(events, i));
    return (severe ? SEVERE_SHARE : USUAL_SHARE) * RECENT;
  }

  /** Share of accepted sessions that lack an event that nearly all have; 1 where the session has it, or many lack it now. */
  #absence(events: EventCounts, template: number, absorb: boolean): number {
    if (countOf(events, template) > 0) return 1;
    const lacking = this.recent.length - this.recent.having(template);
    const rate = 1 - this.atoms.of(template)!.present / this.atoms.sessions;
    if (!absorb || lacking < USUAL_SHARE * RECENT) return rate;
    if (rate < RARE_SHARE) this.absorbed.push({ template, isAbsent: true });
    return 1;
  }

  #distance(events: EventCounts, absorb: boolean): number {
    const { distance } = this.known.references.nearest(events);
    if (!absorb || this.recent.length < RECENT) return distance;
    return Math.min(distance, this.recent.distance(events, USUAL_SHARE * RECENT));
  }

  #learnRuns({ runs: { keys }, places }: RunsWithForeign): void {
    for (const place of places) this.runs.add(keys[place]);
    while (this.runs.size > LEARNED_LIMIT) this.runs.delete(this.runs.values().next().value!);
  }

  /** Share of a session's runs that were never seen. */
  #unseenShare({ runs: { keys, times, total }, places }: RunsWithForeign, absorb: boolean): number {
    let unseen = 0;
    for (const place of places) if (this.#isUnseen(keys[place], absorb)) unseen += times[place];
    return unseen === 0 ? 0 : unseen / total;
  }

  /** Of a run that training did not have. */
  #isUnseen(run: number, absorb: boolean): boolean {
    return !this.runs.has(run) && !(absorb && this.recent.withRun(run) >= USUAL_SHARE * RECENT);
  }
}

/** Surprise of a rate, in nats, on a scale of so many sessions. */
export function rareScore(rate: number, scale: number): number {
  return -Math.log((rate * scale + .5) / (scale + 1));
}

/** The rate that {@linkcode rareScore} was given. */
export function rateOf(score: number, scale: number): number {
  return (Math.exp(-score) * (scale + 1) - .5) / scale;
}
