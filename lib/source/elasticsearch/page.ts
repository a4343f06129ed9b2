/**
 * One answer to a search, read as bytes.
 *
 * @module
 */
import { eachMember, skipBlanks, skipString, skipValue } from "./json_bytes.ts";
import { COLUMNS, fieldAt, type FieldNode } from "./wanted_fields.ts";

const QUOTE = 34;
/** Milliseconds that a date may have; what lies beyond stands for no time, or counts nanoseconds. */
const LARGEST = 8.64e15, LEAST = -9e18;
const decoder = new TextDecoder();

/** Where something lies in the bytes of a page. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * The documents of one answer: where their ids, sort values and fields lie in its bytes. No object is made of a document.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Page } from "./page.ts";
 * import { MESSAGE, USUAL_FIELDS, wantedFields } from "./wanted_fields.ts";
 *
 * const answer = { pit_id: "p", hits: { hits: [{ _index: "logs", _id: "a", _source: { message: ["raw", "up"] }, sort: [7, 1] }] } };
 * const page = new Page(wantedFields(USUAL_FIELDS));
 * page.read(new TextEncoder().encode(JSON.stringify(answer)));
 * assert.equal(page.length, 1);
 * assert.equal(page.text(page.field(0, MESSAGE)!), "up"); // of an array the last one
 * assert.deepEqual([page.index(0), page.id(0), page.sort(0)], ["logs", "a", [7, 1]]);
 * ```
 */
export class Page {
  /** How many documents there are. */
  length = 0;
  /** The point in time's id to go on with; empty = it is not named. */
  pitId = "";
  /** Whether shards were left out because they took too long. */
  timedOut = false;
  /** Whether there are as many documents as were asked for, so that there may be more. */
  isFull = false;
  /** Why shards failed, as JSON; empty = none did. */
  failures = "";
  bytes: Uint8Array = new Uint8Array();
  readonly #root: FieldNode;
  #ids = new Int32Array(0);
  #indices = new Int32Array(0);
  #sorts = new Int32Array(0);
  #sources = new Int32Array(0);
  /** Start and end of each wanted field of each document; 0, 0 = it has none. */
  #fields = new Int32Array(0);
  readonly #rank = new Uint8Array(COLUMNS);

  constructor(root: FieldNode) {
    this.#root = root;
  }

  /**
   * Reads an answer, which must stay as it is while the page is used.
   *
   * @throws {SyntaxError} if it is not one whole JSON object.
   */
  read(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.length = 0;
    this.pitId = this.failures = "";
    this.timedOut = this.isFull = false;
    const end = eachMember(bytes, skipBlanks(bytes, 0), (start, end, value) => {
      const key = this.text({ start, end }),
        behind = key === "hits" ? this.#outerHits(value) : skipValue(bytes, value);
      if (key === "pit_id") this.pitId = this.text({ start: value + 1, end: behind - 1 });
      if (key === "timed_out") this.timedOut = this.text({ start: value, end: behind }) === "true";
      if (key === "_shards") this.failures = failuresOf(this.text({ start: value, end: behind }));
      return behind;
    });
    if (skipBlanks(bytes, end) < bytes.length) throw new SyntaxError(`Cannot read JSON: more at byte ${end}`);
  }

  /** Id of a document. */
  id(i: number): string {
    return JSON.parse(this.text({ start: this.#ids[2 * i], end: this.#ids[2 * i + 1] }));
  }

  /** Name of the index that a document is in. */
  index(i: number): string {
    return JSON.parse(this.text({ start: this.#indices[2 * i], end: this.#indices[2 * i + 1] }));
  }

  /** Where the id of a document lies, with its quotes. */
  idRange(i: number): ByteRange {
    return { start: this.#ids[2 * i], end: this.#ids[2 * i + 1] };
  }

  /** Where a document as a whole lies. */
  source(i: number): ByteRange {
    return { start: this.#sources[2 * i], end: this.#sources[2 * i + 1] };
  }

  /** What the search sorted a document by. */
  sort(i: number): (string | number | null)[] {
    return JSON.parse(this.text({ start: this.#sorts[2 * i], end: this.#sorts[2 * i + 1] }));
  }

  /** What the search sorted a document by first, as milliseconds since the epoch; `null` = it has no time. */
  time(i: number): number | null {
    const first = firstNumber(this.bytes, this.#sorts[2 * i] + 1) ?? this.sort(i)[0];
    if (typeof first !== "number" || first < LEAST) return null;
    return Math.abs(first) > LARGEST ? Math.floor(first / 1e6) : first; // `date_nanos` sorts by nanoseconds
  }

  /** Where a wanted field of a document lies, a string's inside or a number; `null` = it has none. */
  field(i: number, column: number): ByteRange | null {
    const at = 2 * (i * COLUMNS + column), end = this.#fields[at + 1];
    return end === 0 ? null : { start: this.#fields[at], end };
  }

  /** Text of some of the bytes, escapes and all. */
  text({ start, end }: ByteRange): string {
    return decoder.decode(this.bytes.subarray(start, end));
  }

  #outerHits(at: number): number {
    const { bytes } = this;
    return eachMember(bytes, at, (start, end, value) => {
      const isList = end - start === 4 && bytes[start] === 104; // hits
      return isList ? this.#hits(value) : skipValue(bytes, value);
    });
  }

  #hits(at: number): number {
    const { bytes } = this;
    let p = skipBlanks(bytes, at + 1);
    while (bytes[p] === 123) {
      p = skipBlanks(bytes, this.#hit(p));
      if (bytes[p] === 44) p = skipBlanks(bytes, p + 1);
    }
    if (bytes[p] !== 93) throw new SyntaxError(`Cannot read JSON: the list at byte ${at} is cut off`);
    return p + 1;
  }

  #hit(at: number): number {
    const { bytes } = this, i = this.length++;
    if (2 * (i + 1) > this.#ids.length) this.#grow();
    this.#fields.fill(0, 2 * i * COLUMNS, 2 * (i + 1) * COLUMNS);
    this.#sources.fill(0, 2 * i, 2 * (i + 1)); // an index may keep none
    return eachMember(bytes, at, (start, end, value) => {
      const length = end - start;
      if (length === 7 && bytes[start + 1] === 115) { // _source
        this.#rank.fill(255);
        this.#sources[2 * i] = value;
        return this.#sources[2 * i + 1] = this.#object(value, this.#root, i);
      }
      const behind = skipValue(bytes, value);
      const range = length === 3 ? this.#ids : length === 4 ? this.#sorts : this.#isIndex(start, end);
      if (range !== null) {
        range[2 * i] = value;
        range[2 * i + 1] = behind;
      }
      return behind;
    });
  }

  /** `_index`, not `_score`. */
  #isIndex(start: number, end: number): Int32Array | null {
    return end - start === 6 && this.bytes[start + 1] === 105 ? this.#indices : null;
  }

  #object(at: number, node: FieldNode, i: number): number {
    const { bytes } = this;
    return eachMember(bytes, at, (start, end, value) => {
      const key = fieldAt(node, bytes, start, end);
      if (key === null) return skipValue(bytes, value);
      if (key.inside !== null && bytes[value] === 123) return this.#object(value, key.inside, i);
      const behind = skipValue(bytes, value);
      if (key.column >= 0 && key.rank < this.#rank[key.column]) {
        this.#note(key.column, key.rank, i, value, behind);
      }
      return behind;
    });
  }

  /** Notes a string's inside, a number or a word; of an array its last string. */
  #note(column: number, rank: number, i: number, start: number, end: number): void {
    const { bytes } = this, first = bytes[start];
    if (first === 91) [start, end] = lastString(bytes, start);
    if (first === 123 || first === 110 || start === end) return; // an object, null, an array without strings
    this.#rank[column] = rank;
    const isText = bytes[start] === QUOTE, at = 2 * (i * COLUMNS + column);
    this.#fields[at] = isText ? start + 1 : start;
    this.#fields[at + 1] = isText ? end - 1 : end;
  }

  #grow(): void {
    const documents = Math.max(512, this.#ids.length);
    this.#ids = grown(this.#ids, 2 * documents);
    this.#indices = grown(this.#indices, 2 * documents);
    this.#sorts = grown(this.#sorts, 2 * documents);
    this.#sources = grown(this.#sources, 2 * documents);
    this.#fields = grown(this.#fields, 2 * documents * COLUMNS);
  }
}

/** Logstash makes an array of the whole line and the message where a pattern doesn't say which one stays. */
function lastString(bytes: Uint8Array, at: number): [start: number, end: number] {
  let found: [number, number] = [at, at], p = skipBlanks(bytes, at + 1);
  while (bytes[p] !== 93) {
    const behind = skipValue(bytes, p);
    if (bytes[p] === QUOTE) found = [p, skipString(bytes, p)];
    p = skipBlanks(bytes, behind);
    if (bytes[p] === 44) p = skipBlanks(bytes, p + 1);
  }
  return found;
}

/** A whole number of at most 15 digits; `null` = something else. */
function firstNumber(bytes: Uint8Array, at: number): number | null {
  const isNegative = bytes[at] === 45, start = isNegative ? at + 1 : at;
  let p = start, number = 0;
  for (; p < start + 16 && bytes[p] >= 48 && bytes[p] <= 57; p++) number = 10 * number + bytes[p] - 48;
  if (p === start || p === start + 16 || bytes[p] !== 44 && bytes[p] !== 93) return null;
  return isNegative ? -number : number;
}

function failuresOf(shards: string): string {
  const { failures } = JSON.parse(shards) as { failures?: unknown };
  return failures === undefined ? "" : JSON.stringify(failures);
}

function grown(old: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(old);
  return larger;
}
