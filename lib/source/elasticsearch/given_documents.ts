/**
 * Which documents an input handed out, as far as a later reading could meet them again.
 *
 * @module
 */

/** A document that was read. */
export interface SeenDocument {
  /** Milliseconds since the epoch; -Infinity = it has none. */
  time: number;
  /** Hash of its id, an integer. */
  fingerprint: number;
}

/** Where to go on behind some of the bytes that were handed out. */
export interface Reached {
  /** Greatest time of a document read; -Infinity = none had one. */
  time: number;
  /** Least time from which a later reading looks again: at most an overlap older; -Infinity = from the beginning. */
  from: number;
  /** The documents of that time and later. */
  seen: SeenDocument[];
  /** The document that was read in part, and how many bytes of its line; `null` = none was. */
  partial: { fingerprint: number; within: number } | null;
}

/** Most documents that are left out by a later reading, unless more have the very same time. */
const SEEN_LIMIT = 200_000;

/** How {@linkcode GivenDocuments} begins. */
export interface GivenOptions {
  /** Offset of the first byte that is handed out; default 0. */
  begin?: number;
  /** Time before which no later reading looks, whatever the overlap; default -Infinity. */
  floor?: number;
  /** Most documents that a later reading meets again; default 200,000. Where there are more, it goes back less far. */
  limit?: number;
}

/**
 * Documents in the order in which they were handed out: where their lines end, their times and fingerprints. Kept are those
 * that some offset from {@linkcode forget}'s on still needs.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { GivenDocuments } from "./given_documents.ts";
 *
 * const given = new GivenDocuments(60_000);
 * given.add({ end: 10, time: 1000, fingerprint: 7 });
 * given.add({ end: 30, time: 90_000, fingerprint: 8 });
 * assert.deepEqual(given.reached(30), { time: 90_000, from: 30_000, seen: [{ time: 90_000, fingerprint: 8 }], partial: null });
 * assert.deepEqual(given.reached(14).partial, { fingerprint: 8, within: 4 });
 * ```
 */
export class GivenDocuments {
  #ends: number[] = [];
  #times: number[] = [];
  #fingerprints: number[] = [];
  /** Greatest time of a document before the first one kept. */
  #before = -Infinity;

  /** Offset where the first document kept begins. */
  #begin: number;
  #least = 0;
  #floor: number;
  /** The floor that it began with. */
  readonly #lowest: number;
  readonly #limit: number;

  /** @param overlap How much older than the newest one documents may be that come late, ms. */
  constructor(readonly overlap: number, options: GivenOptions = {}) {
    const { begin = 0, floor = -Infinity, limit = SEEN_LIMIT } = options;
    this.#begin = begin;
    this.#floor = this.#lowest = floor;
    this.#limit = limit;
  }

  /** Least offset that can still be gone on from. */
  get least(): number {
    return this.#least;
  }

  /** How far a later reading would look back from `reached`, ms, where that is less than the overlap; else `null`. */
  shortened({ time, from }: Pick<Reached, "time" | "from">): number | null {
    return from > Math.max(this.#lowest, time - this.overlap) ? time - from : null;
  }

  /** Notes the next document; `end` is the offset behind its line. */
  add({ end, time, fingerprint }: SeenDocument & { end: number }): void {
    this.#ends.push(end);
    this.#times.push(time);
    this.#fingerprints.push(fingerprint);
  }

  /** Where to go on at `offset`. */
  reached(offset: number): Reached {
    const whole = this.#whole(offset), time = this.#greatest(whole), from = this.#from(whole, time);
    const seen: SeenDocument[] = [];
    for (let i = 0; i < whole; i++) {
      if (this.#times[i] >= from) seen.push({ time: this.#times[i], fingerprint: this.#fingerprints[i] });
    }
    const begin = whole === 0 ? this.#begin : this.#ends[whole - 1], within = offset - begin;
    const partial = within > 0 ? { fingerprint: this.#fingerprints[whole], within } : null;
    return { time, from, seen, partial };
  }

  /** Drops what no offset from this one on needs. */
  forget(offset: number): void {
    const whole = this.#whole(offset), from = this.#from(whole, this.#greatest(whole));
    let dropped = 0;
    while (dropped < whole && this.#times[dropped] < from) dropped++;
    if (dropped < 1024) return; // arrays are moved seldom
    for (let i = 0; i < dropped; i++) this.#before = Math.max(this.#before, this.#times[i]);
    this.#floor = from;
    this.#least = offset;
    this.#begin = this.#ends[dropped - 1];
    for (const column of [this.#ends, this.#times, this.#fingerprints]) column.splice(0, dropped);
  }

  /** Greatest time of the first documents. */
  #greatest(count: number): number {
    let time = this.#before;
    for (let i = 0; i < count; i++) time = Math.max(time, this.#times[i]);
    return time;
  }

  /** Time from which a reading behind the first documents looks again; all of them that are not older are still kept. */
  #from(count: number, time: number): number {
    const from = Math.max(this.#floor, time - this.overlap);
    if (count <= this.#limit) return from;
    const later = this.#times.slice(0, count).filter((time) => time >= from).sort((a, b) => a - b);
    if (later.length <= this.#limit) return from;
    return Math.min(time, later[later.length - this.#limit - 1] + 1); // all of one time, or none
  }

  /** How many documents lie wholly before `offset`. */
  #whole(offset: number): number {
    let low = 0, high = this.#ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ends[middle] <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
