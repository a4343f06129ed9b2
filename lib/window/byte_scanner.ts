/**
 * Searching the lines of a batch for a sequence of byte classes.
 *
 * @module
 */
import type { LogBatch } from "../record/log_batch.ts";
import { type ByteSequence, parseSequence, type SequenceItem } from "../record/byte_sequence.ts";
import { FoundKeys } from "./found_keys.ts";
import { PrefixSearch } from "./prefix_search.ts";

const UNBOUNDED = 0x7fffffff;
const NEWLINE = 10, RETURN = 13;

/**
 * Finds the matches of a simple pattern in the first lines of records, from left to right, none overlapping the one before.
 *
 * A literal beginning of two bytes or more is searched in the whole batch at once; otherwise every byte that can begin
 * a match is tried.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../record/log_batch.ts";
 * import { ByteScanner } from "./byte_scanner.ts";
 *
 * const batch = new LogBatch();
 * const { written } = new TextEncoder().encodeInto("paid order=17, order=18", batch.bytes);
 * batch.length = batch.lines[0] = 1;
 * batch.recordEnd[0] = written;
 * const { length, numbers } = ByteScanner.compile("order=(\\d+)")!.find(batch, 0, 1);
 * assert(length === 6);
 * assert(numbers.subarray(0, 3).join() === "0,11,13");
 * assert(numbers.subarray(3, 6).join() === "0,21,23");
 * ```
 */
export class ByteScanner {
  readonly #prefix: PrefixSearch | null; // for the literal bytes that every match begins with; null where fewer than 2
  readonly #sets: Uint8Array[]; // of the items that follow the prefix
  readonly #min: Int32Array;
  readonly #max: Int32Array;
  readonly #beginning: Uint8Array; // bytes that a match can begin with, where there is no prefix
  readonly #keyFrom: number; // first item of the key; negative: that many bytes of the prefix belong to it
  readonly #keyTo: number;
  readonly #isRun: boolean; // behind the prefix only an optional byte and an endless class, which end the key
  readonly #found = new FoundKeys();
  #keyStart = 0; // of the last match
  #keyEnd = 0;
  #end = 0; // of the whole match

  private constructor({ items, keyFrom, keyTo }: ByteSequence) {
    const prefix = prefixOf(items), rest = items.slice(prefix.length);
    this.#prefix = prefix.length === 0 ? null : new PrefixSearch(prefix);
    this.#sets = rest.map(({ set }) => set);
    this.#min = Int32Array.from(rest, ({ min }) => min);
    this.#max = Int32Array.from(rest, ({ max }) => Math.min(max, UNBOUNDED));
    this.#keyFrom = keyFrom - prefix.length;
    this.#keyTo = keyTo - prefix.length;
    this.#isRun = isRun(rest) && this.#keyFrom <= 0 && this.#keyTo === rest.length;
    this.#beginning = new Uint8Array(256);
    for (const { set, min } of items) {
      set.forEach((flag, byte) => this.#beginning[byte] |= flag);
      if (min > 0) break;
    }
  }

  /** A scanner for `pattern`; null where it is not simple enough (see {@linkcode parseSequence}). */
  static compile(pattern: string): ByteScanner | null {
    const sequence = parseSequence(pattern);
    return sequence === null ? null : new ByteScanner(sequence);
  }

  /** The keys in the first lines of the records `[from, to)`; what is given holds until the next call. */
  find(batch: LogBatch, from: number, to: number): FoundKeys {
    this.#found.length = 0;
    if (this.#prefix === null) { for (let row = from; row < to; row++) this.#findByClass(batch, row); }
    else if (to > from) {
      const count = this.#prefix.find(batch, batch.start[from], batch.recordEnd[to - 1]);
      this.#found.makeRoom(count);
      if (this.#isRun) this.#matchRuns(batch, from, to, count);
      else this.#matchAll(batch, from, to, count);
    }
    return this.#found;
  }

  /** Matches what follows at the first `count` places of the prefix. */
  #matchAll(batch: LogBatch, from: number, to: number, count: number): void {
    const { bytes, places } = this.#prefix!, length = bytes.length, start = batch.start;
    let row = from, end = firstLineEnd(batch, row), free = start[row];
    for (let k = 0; k < count; k++) {
      const at = places[k];
      while (at >= end) {
        if (++row === to) return;
        end = firstLineEnd(batch, row);
        free = start[row];
      }
      if (at < free || at + length > end || !this.#matchRest(batch.bytes, at + length, end)) continue;
      free = this.#end;
      this.#put(row);
    }
  }

  /** {@linkcode #matchAll} where an optional byte and a run follow. */
  #matchRuns(batch: LogBatch, from: number, to: number, count: number): void {
    const { bytes, start, recordEnd, lines } = batch, { places } = this.#prefix!;
    const length = this.#prefix!.bytes.length, key = length + this.#keyFrom;
    const sets = this.#sets, run = sets[sets.length - 1], head = sets.length > 1 ? sets[0] : run;
    const stops = run[NEWLINE] !== 1, min = this.#min[sets.length - 1], numbers = this.#found.numbers;
    let row = from, end = firstLineEnd(batch, row), free = start[row], used = 0;
    for (let k = 0; k < count; k++) {
      const place = places[k];
      while (place >= end) {
        if (++row === to) break;
        end = lines[row] <= 1 ? recordEnd[row] : firstLineEnd(batch, row);
        free = start[row];
      }
      let at = place + length;
      if (row === to) break;
      if (place < free || at > end) continue;
      if (head !== run && at < end && head[bytes[at]] === 1) at++;
      const from = at;
      if (stops) {
        while (run[bytes[at]] === 1) at++; // to the end of the line at most
        if (at > end) at = end;
      } else while (at < end && run[bytes[at]] === 1) at++;
      if (at - from < min) continue;
      numbers[used] = row;
      numbers[used + 1] = place + key;
      numbers[used + 2] = free = at;
      used += 3;
    }
    this.#found.length = used;
  }

  #findByClass(batch: LogBatch, row: number): void {
    const bytes = batch.bytes, end = firstLineEnd(batch, row);
    const beginning = this.#beginning, set = this.#sets[0], unbounded = this.#max[0] === UNBOUNDED;
    for (let at = batch.start[row]; at < end;) {
      if (beginning[bytes[at]] === 1 && this.#matchRest(bytes, at, end)) {
        this.#put(row);
        at = this.#end;
      } else if (unbounded && set[bytes[at]] === 1) {
        while (at < end && set[bytes[at]] === 1) at++; // from further on in this run it would fail in the same place
      } else at++;
    }
  }

  /** Matches the items behind the prefix at `at`. */
  #matchRest(bytes: Uint8Array, at: number, to: number): boolean {
    const sets = this.#sets, count = sets.length, keyFrom = this.#keyFrom, keyTo = this.#keyTo;
    const mins = this.#min, maxs = this.#max;
    let keyStart = at + keyFrom, keyEnd = at + keyTo; // right where they lie in the prefix
    for (let i = 0; i < count; i++) {
      const set = sets[i], max = maxs[i], start = at, stop = max < to - at ? at + max : to;
      if (i === keyFrom) keyStart = at;
      while (at < stop && set[bytes[at]] === 1) at++;
      if (at - start < mins[i]) return false;
      if (i === keyTo - 1) keyEnd = at;
    }
    this.#keyStart = keyStart;
    this.#keyEnd = keyEnd;
    this.#end = at;
    return true;
  }

  #put(row: number): void {
    this.#found.makeRoom(1);
    const { numbers, length: at } = this.#found;
    numbers[at] = row;
    numbers[at + 1] = this.#keyStart;
    numbers[at + 2] = this.#keyEnd;
    this.#found.length = at + 3;
  }
}

/** The bytes that every match begins with, leaving at least one item; empty where they are fewer than 2. */
function prefixOf(items: SequenceItem[]): Uint8Array {
  const variable = items.findIndex(({ set, min, max }) =>
    min !== 1 || max !== 1 || set.indexOf(1) !== set.lastIndexOf(1)
  );
  const length = variable < 0 ? items.length - 1 : variable;
  return Uint8Array.from(items.slice(0, length < 2 ? 0 : length), ({ set }) => set.indexOf(1));
}

/** Whether items are a run of a class without end, with an optional byte before it or none. */
function isRun(items: SequenceItem[]): boolean {
  const [first, last = first] = items;
  return items.length <= 2 && last.max === Infinity &&
    (first === last || (first.min === 0 && first.max === 1));
}

/** Where the first line of record `i` ends. */
export function firstLineEnd(batch: LogBatch, i: number): number {
  const end = batch.recordEnd[i];
  if (batch.lines[i] <= 1) return end;
  const newline = batch.bytes.indexOf(NEWLINE, batch.start[i]);
  if (newline < 0 || newline >= end) return end;
  return newline > 0 && batch.bytes[newline - 1] === RETURN ? newline - 1 : newline;
}
