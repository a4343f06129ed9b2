/**
 * The most frequent values of a stream, in bounded memory.
 *
 * @module
 */
import { savedFields } from "../../record/saved_fields.ts";

const { arrayOf, fieldsOf, amount, integer, text } = savedFields("frequent values");

/** Values counted at a time. */
export const FREQUENT_LIMIT = 256;
/** Once so much was subtracted, a slot has no end of values: from then on only every thirty-second newcomer is looked at. */
const HASTY_DEBT = 16, HASTY_STEP = 32;
/** Bytes of a value that are kept. */
const VALUE_BYTES = 160;

/** A value and how often it came. */
export interface FrequentValue {
  /** As it is in the log: to be redacted where it leaves. */
  text: string;
  /** How often it came at least. */
  count: number;
}

/** {@linkcode FrequentValues} as plain data. */
export interface SavedFrequent {
  version: 1;
  /** How much too small a count may be. */
  error: number;
  values: { hash: number; count: number; text: string }[];
}

/** Bytes that are joined one by one: as many as V8 keeps in one piece. */
const SHORT = 12;
const ASCII = Array.from({ length: 128 }, (_, byte) => String.fromCharCode(byte));
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Counts the values that come often. Up to 256 different values all counts are exact; beyond, every value that makes up more
 * than a 257th part of all is among them, and a count is too small by {@linkcode error} at the most. Where there is no end of
 * values (more than 4,000 newcomers that did not come again) only every thirty-second newcomer is looked at: a frequent value may then
 * be found some occurrences late, and its count be too small by as many.
 *
 * Source: J. Misra, D. Gries, *Finding repeated elements*, Science of Computer Programming 2 (1982), with what is subtracted from
 * all counters kept as one number; merged as by P. Agarwal et al., *Mergeable Summaries*, PODS 2012.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { FrequentValues } from "./frequent_values.ts";
 *
 * const values = new FrequentValues(), bytes = new TextEncoder().encode("GET");
 * for (let i = 0; i < 3; i++) values.add(7, bytes, 0, 3);
 * assert.deepEqual(values.top(5), [{ text: "GET", count: 3 }]);
 * ```
 */
export class FrequentValues {
  /** Values counted now. */
  size = 0;
  #hashes = new Float64Array(16).fill(-1);
  #counts = new Float64Array(16); // with the debt that there was when each began
  #texts: (string | null)[] = new Array(16).fill(null); // null = still where it came from
  #starts = new Int32Array(16);
  #ends = new Int32Array(16);
  #source: Uint8Array | null = null;
  #debt = 0; // subtracted from every counter so far
  #least = Infinity; // no counter is less, debt included
  #newcomers = 0;
  #inherited = 0; // error of what was merged

  /** How much too small a count may be. */
  get error(): number {
    return this.#debt + this.#inherited;
  }

  /**
   * Counts the value `bytes[start, end)` with this hash: a whole number of up to 53 bits, not negative. Its text is only copied
   * when {@linkcode settle} is called, which must be before the bytes change.
   *
   * @returns Whether the value was counted already.
   */
  add(hash: number, bytes: Uint8Array, start: number, end: number, weight = 1): boolean {
    const known = this.#find(hash);
    if (known >= 0) {
      this.#counts[known] += weight;
      return true;
    }
    if (this.#debt > HASTY_DEBT && weight === 1 && ++this.#newcomers % HASTY_STEP > 0) return false;
    const left = this.size < FREQUENT_LIMIT ? weight : this.#room(weight);
    if (left <= 0) return false;
    if (this.#source !== bytes) {
      this.settle();
      this.#source = bytes;
    }
    const at = this.#insert(hash, left, null);
    this.#starts[at] = start;
    this.#ends[at] = Math.min(end, start + VALUE_BYTES);
    return false;
  }

  /** Copies what it still has to copy out of the bytes of the values added last. */
  settle(): void {
    const bytes = this.#source;
    if (bytes === null) return;
    const hashes = this.#hashes, texts = this.#texts;
    for (let at = 0; at < hashes.length; at++) {
      if (hashes[at] >= 0 && texts[at] === null) texts[at] = textOf(bytes, this.#starts[at], this.#ends[at]);
    }
    this.#source = null;
  }

  #find(hash: number): number {
    const hashes = this.#hashes, mask = hashes.length - 1;
    let at = hash & mask;
    for (let each = hashes[at]; each >= 0; each = hashes[at = (at + 1) & mask]) if (each === hash) return at;
    return -1;
  }

  /** What is left of a newcomer's weight once there is room for it: where all counters are taken, each pays as much as it does. */
  #room(weight: number): number {
    while (this.size >= FREQUENT_LIMIT && weight > 0) {
      const paid = Math.min(weight, this.#least - this.#debt);
      if (paid > 0) {
        this.#debt += paid;
        weight -= paid;
      }
      if (this.#least <= this.#debt) this.#drop();
    }
    return weight;
  }

  /** Takes out the counters that have nothing left, and looks for the least of the others. */
  #drop(): void {
    this.#rebuild(this.#hashes.length, this.#debt);
  }

  #insert(hash: number, count: number, text: string | null): number {
    if (this.size * 2 >= this.#hashes.length) this.#rebuild(this.#hashes.length * 2, -Infinity);
    const hashes = this.#hashes, mask = hashes.length - 1;
    let at = hash & mask;
    while (hashes[at] >= 0) at = (at + 1) & mask;
    hashes[at] = hash;
    this.#counts[at] = count + this.#debt;
    this.#least = Math.min(this.#least, count + this.#debt);
    this.#texts[at] = text;
    this.size++;
    return at;
  }

  /** Keeps the counters above `most`, in so many places. */
  #rebuild(length: number, most: number): void {
    const hashes = this.#hashes,
      counts = this.#counts,
      texts = this.#texts,
      starts = this.#starts,
      ends = this.#ends;
    const kept: number[] = [];
    for (let at = 0; at < hashes.length; at++) if (hashes[at] >= 0 && counts[at] > most) kept.push(at);
    this.size = 0;
    this.#least = Infinity;
    if (kept.length === 0) {
      hashes.fill(-1);
      return;
    }
    this.#hashes = new Float64Array(length).fill(-1);
    this.#counts = new Float64Array(length);
    this.#texts = new Array(length).fill(null);
    this.#starts = new Int32Array(length);
    this.#ends = new Int32Array(length);
    for (const from of kept) {
      const at = this.#insert(hashes[from], counts[from] - this.#debt, texts[from]);
      this.#starts[at] = starts[from];
      this.#ends[at] = ends[from];
    }
  }

  /** Places of what is counted, in no order that means something. */
  #places(): number[] {
    return Array.from(this.#hashes.keys()).filter((at) => this.#hashes[at] >= 0);
  }

  /** The most frequent ones, the most frequent first. */
  top(limit: number): FrequentValue[] {
    this.settle();
    return this.#places().map((at) => ({ text: this.#texts[at]!, count: this.#counts[at] - this.#debt }))
      .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1)).slice(0, limit);
  }

  /** Adds what another one counted. Returns itself. */
  merge(other: FrequentValues): this {
    other.settle();
    for (const at of other.#places()) {
      this.#addText(other.#hashes[at], other.#counts[at] - other.#debt, other.#texts[at]!);
    }
    this.#inherited += other.error;
    return this;
  }

  #addText(hash: number, count: number, text: string): void {
    const known = this.#find(hash);
    if (known >= 0) this.#counts[known] += count;
    else {
      const left = this.#room(count);
      if (left > 0) this.#insert(hash, left, text);
    }
  }

  /** @param show What may leave of a value's text. */
  toJSON(show: (text: string) => string): SavedFrequent {
    this.settle();
    const values = this.#places().map((at) => ({
      hash: this.#hashes[at],
      count: this.#counts[at] - this.#debt,
      text: show(this.#texts[at]!),
    }));
    return { version: 1, error: this.error, values: values.sort((a, b) => a.hash - b.hash) };
  }

  /**
   * The values behind plain data.
   *
   * @throws {TypeError} if a field is missing, of the wrong type, or of another version.
   */
  static fromJSON(saved: unknown): FrequentValues {
    const fields = fieldsOf(saved, "values"), values = new FrequentValues();
    integer(fields.version, "version", 1, 1);
    for (const entry of arrayOf(fields.values, "values", fieldsOf)) {
      values.#addText(integer(entry.hash, "hash", 0), amount(entry.count, "count"), text(entry.text, "text"));
    }
    values.#inherited = amount(fields.error, "error");
    return values;
  }
}

/** Bytes as text; short ASCII, as nearly all values are, without a decoder's detour. */
function textOf(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let i = start; i < end; i++) {
    if (bytes[i] >= 128 || i - start >= SHORT) return decoder.decode(bytes.subarray(start, end));
    text += ASCII[bytes[i]];
  }
  return text;
}
