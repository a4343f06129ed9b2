/**
 * Windows on their way out, in any order.
 *
 * @module
 */
import type { Dictionary } from "../record/dictionary.ts";
import { ClosedWindows } from "./closed_windows.ts";
import type { Facts } from "./facts.ts";
import { NO_SEQUENCE } from "./sequences.ts";
import type { SessionKeys } from "./session_keys.ts";

/** Bytes that keys are expected to have. */
const USUAL_KEY_BYTES = 24;

/** What {@linkcode ClosedRows.push} takes. */
export interface ClosedRow {
  /** 0 session, 1 time window. */
  kind: number;
  /** Bytes of the session's key; left out for a time window, and where {@linkcode ClosedRows.pushSession} takes it. */
  key?: Uint8Array;
  service: number;
  start: number;
  end: number;
  lines: number;
  vector: number;
  /** 0 first time, 1 again, 2 withdrawn. */
  reopened: number;
  /** Number of a session's sequence; default none. */
  sequence?: number;
  /** What collectors noted. */
  facts?: Facts;
}

function grown<Column extends Uint8Array | Int32Array | Float64Array>(
  column: Column,
  length: number,
): Column {
  const larger = new (column.constructor as new (length: number) => Column)(length);
  larger.set(column);
  return larger;
}

/**
 * Gathers rows in any order and puts them into the order of {@linkcode ClosedWindows}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { ClosedRows } from "./closed_rows.ts";
 *
 * assert(new ClosedRows().finish(new Dictionary()).length === 0);
 * ```
 */
export class ClosedRows {
  #length = 0;
  #kind: Uint8Array;
  #service: Int32Array;
  #start: Float64Array;
  #end: Float64Array;
  #lines: Int32Array;
  #vector: Int32Array;
  #reopened: Uint8Array;
  #sequence: Int32Array;
  readonly #facts = new Map<number, Facts>();
  #keyStart: Int32Array;
  #keyEnd: Int32Array;
  #keyBytes: Uint8Array;
  #keyLength = 0;

  /** @param capacity Rows to make room for at first; it grows as needed. */
  constructor(capacity = 64) {
    this.#kind = new Uint8Array(capacity);
    this.#service = new Int32Array(capacity);
    this.#start = new Float64Array(capacity);
    this.#end = new Float64Array(capacity);
    this.#lines = new Int32Array(capacity);
    this.#vector = new Int32Array(capacity);
    this.#reopened = new Uint8Array(capacity);
    this.#sequence = new Int32Array(capacity);
    this.#keyStart = new Int32Array(capacity);
    this.#keyEnd = new Int32Array(capacity);
    this.#keyBytes = new Uint8Array(capacity * USUAL_KEY_BYTES);
  }

  /** How many rows there are. */
  get length(): number {
    return this.#length;
  }

  /** Adds the row of a session whose key is number `number` of `keys`. */
  pushSession(row: ClosedRow, keys: SessionKeys, number: number): void {
    const start = this.#keyLength, length = keys.lengthOf(number);
    this.#makeKeyRoom(length);
    keys.copy(number, this.#keyBytes, start);
    this.push(row);
    this.#keyLength = this.#keyEnd[this.#length - 1] = start + length;
  }

  /** Adds a row; the key is copied. */
  push(row: ClosedRow): void {
    if (this.#length === this.#kind.length) this.#grow();
    const i = this.#length++;
    this.#kind[i] = row.kind;
    this.#service[i] = row.service;
    this.#start[i] = row.start;
    this.#end[i] = row.end;
    this.#lines[i] = row.lines;
    this.#vector[i] = row.vector;
    this.#reopened[i] = row.reopened;
    this.#sequence[i] = row.sequence ?? NO_SEQUENCE;
    if (row.facts !== undefined) this.#facts.set(i, row.facts);
    this.#keyStart[i] = this.#keyLength;
    if (row.key) this.#pushKey(row.key);
    this.#keyEnd[i] = this.#keyLength;
  }

  /**
   * The rows in order.
   *
   * @param keysRepeat Whether one session key may name several windows, as in a stream.
   */
  finish(services: Dictionary, keysRepeat = true): ClosedWindows {
    const order = this.#order(services);
    return new ClosedWindows({
      services,
      kind: take(this.#kind, order),
      service: take(this.#service, order),
      start: take(this.#start, order),
      end: take(this.#end, order),
      lines: take(this.#lines, order),
      vector: take(this.#vector, order),
      reopened: take(this.#reopened, order),
      sequence: take(this.#sequence, order),
      facts: this.#facts.size === 0 ? new Map() : this.#factsIn(order),
      keyStart: take(this.#keyStart, order),
      keyEnd: take(this.#keyEnd, order),
      keyBytes: this.#keyBytes,
      keysRepeat,
    });
  }

  #factsIn(order: Uint32Array): Map<number, Facts> {
    const facts = new Map<number, Facts>();
    order.forEach((row, i) => {
      const found = this.#facts.get(row);
      if (found !== undefined) facts.set(i, found);
    });
    return facts;
  }

  #order(services: Dictionary): Uint32Array {
    const rank = rankByName(services), end = this.#end, order = orderByTime(end.subarray(0, this.#length));
    const compare = (a: number, b: number) =>
      rank[this.#service[a]] - rank[this.#service[b]] || this.#kind[a] - this.#kind[b] ||
      this.#compareKeys(a, b) || this.#reopened[b] - this.#reopened[a] || this.#start[a] - this.#start[b];
    for (let from = 0, to = 0; from < order.length; from = to) {
      const time = end[order[from]];
      while (
        to < order.length && (end[order[to]] === time || (time !== time && end[order[to]] !== end[order[to]]))
      ) to++;
      if (to - from > 1) sortPart(order, from, to, compare);
    }
    return order;
  }

  #compareKeys(a: number, b: number): number {
    const bytes = this.#keyBytes, length = Math.min(this.#keyLengthOf(a), this.#keyLengthOf(b));
    const startA = this.#keyStart[a], startB = this.#keyStart[b];
    for (let i = 0; i < length; i++) {
      if (bytes[startA + i] !== bytes[startB + i]) return bytes[startA + i] - bytes[startB + i];
    }
    return this.#keyLengthOf(a) - this.#keyLengthOf(b);
  }

  #keyLengthOf(row: number): number {
    return this.#keyEnd[row] - this.#keyStart[row];
  }

  #makeKeyRoom(length: number): void {
    if (this.#keyLength + length <= this.#keyBytes.length) return;
    this.#keyBytes = grown(this.#keyBytes, this.#keyBytes.length * 2 + length);
  }

  #pushKey(key: Uint8Array): void {
    this.#makeKeyRoom(key.length);
    this.#keyBytes.set(key, this.#keyLength);
    this.#keyLength += key.length;
  }

  #grow(): void {
    const length = this.#kind.length * 2;
    this.#kind = grown(this.#kind, length);
    this.#service = grown(this.#service, length);
    this.#start = grown(this.#start, length);
    this.#end = grown(this.#end, length);
    this.#lines = grown(this.#lines, length);
    this.#vector = grown(this.#vector, length);
    this.#reopened = grown(this.#reopened, length);
    this.#sequence = grown(this.#sequence, length);
    this.#keyStart = grown(this.#keyStart, length);
    this.#keyEnd = grown(this.#keyEnd, length);
  }
}

function take<Column extends Uint8Array | Int32Array | Float64Array>(
  column: Column,
  order: Uint32Array,
): Column {
  const taken = new (column.constructor as new (length: number) => Column)(order.length);
  for (let i = 0; i < order.length; i++) taken[i] = column[order[i]];
  return taken;
}

/** Sorts `order[from, to)` in place; equal ones keep their order. */
function sortPart(
  order: Uint32Array,
  from: number,
  to: number,
  compare: (a: number, b: number) => number,
): void {
  // order.subarray(from, to).sort(compare), whose call costs more than sorting the few that end at the same time
  if (to - from > 16) {
    order.subarray(from, to).sort(compare);
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const row = order[i];
    let place = i;
    for (; place > from && compare(order[place - 1], row) > 0; place--) order[place] = order[place - 1];
    order[place] = row;
  }
}

/** Places of `times` from the smallest to the largest, NaN last. */
function orderByTime(times: Float64Array): Uint32Array {
  // return places.sort((a, b) => times[a] - times[b]): numbers that hold time and place sort without a comparison function
  const count = times.length;
  let least = Infinity, most = -Infinity, whole = true;
  for (let i = 0; i < count; i++) {
    const time = times[i];
    if (time < least) least = time;
    if (time > most) most = time;
    if (Math.floor(time) !== time && time === time) whole = false;
  }
  const span = most >= least ? most - least : 0;
  if (!whole || !((span + 2) * count < Number.MAX_SAFE_INTEGER)) {
    const last = (time: number) => time === time ? time : Infinity;
    return Uint32Array.from(times, (_, i) => i).sort((a, b) =>
      last(times[a]) < last(times[b]) ? -1 : last(times[a]) > last(times[b]) ? 1 : 0
    );
  }
  const packed = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const step = times[i] === times[i] ? times[i] - least : span + 1;
    packed[i] = step * count + i;
  }
  packed.sort();
  const places = new Uint32Array(count);
  for (let i = 0; i < count; i++) places[i] = packed[i] - Math.floor(packed[i] / count) * count;
  return places;
}

/** Place of each service in the order of their names, shape [services]. */
function rankByName(services: Dictionary): Int32Array {
  const names = Array.from({ length: services.size }, (_, service) => services.text(service));
  const rank = new Int32Array(services.size);
  names.map((_, service) => service).sort((a, b) =>
    names[a] < names[b] ? -1 : names[a] > names[b] ? 1 : a - b
  )
    .forEach((service, place) => rank[service] = place);
  return rank;
}
