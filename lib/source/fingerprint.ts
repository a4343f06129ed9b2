/**
 * By what a log is known again after it was renamed, copied or compressed: hashes of its bytes at a few places.
 *
 * A mark is the hash of the (at most) 1,024 bytes that end at an offset. A log has marks at 64, 128, 256, …, at the ends of the
 * last lines read and at the offset up to which it was read. So two logs that begin alike are told apart by a later mark, and
 * a copy that was made a few lines earlier is known by the mark at its end.
 *
 * @module
 */

/** Bytes that a mark covers. */
export const MARK_REACH = 1024;
/** Where the first mark is; the next are at twice the offset each. */
const FIRST_MARK = 64;
/** Bytes behind the last one in which line ends are looked for. */
const LINE_REACH = 32 * 1024;
/** So many of the last line ends have a mark. */
const LINE_MARKS = 32;
const NEWLINE = 10;
/** Bytes that stay known behind the last one, at least. */
const LEAST_HISTORY = 128 * 1024;

/** The hash of the bytes that end at an offset. */
export interface Mark {
  /** Offset behind the last byte covered. */
  end: number;
  /** 16 hexadecimal digits. */
  hash: string;
}

/**
 * Hashes bytes for {@linkcode Mark}: two 32-bit multiplicative hashes (FNV-1a's step, two primes), mixed once at the end.
 * It tells logs apart; it does not stand up to someone who makes collisions.
 *
 * @param bytes The bytes to hash, all of them.
 * @returns 16 hexadecimal digits.
 *
 * @example
 * ```ts
 * import { hashBytes } from "./fingerprint.ts";
 * import assert from "node:assert/strict";
 *
 * const encoder = new TextEncoder();
 * assert.equal(hashBytes(encoder.encode("a")).length, 16);
 * assert.notEqual(hashBytes(encoder.encode("ab")), hashBytes(encoder.encode("ba")));
 * ```
 */
export function hashBytes(bytes: Uint8Array): string {
  let a = 0x811c9dc5 ^ bytes.length;
  let b = 0x9e3779b9;
  for (let i = 0; i < bytes.length; i++) {
    a = Math.imul(a ^ bytes[i], 0x01000193);
    b = Math.imul(b ^ bytes[i], 0x85ebca6b);
    b ^= b >>> 15;
  }
  a = Math.imul(a ^ (a >>> 16), 0xc2b2ae35) ^ b;
  b = Math.imul(b ^ (b >>> 13), 0x27d4eb2f) ^ a;
  return (a >>> 0).toString(16).padStart(8, "0") + (b >>> 0).toString(16).padStart(8, "0");
}

/**
 * Writes marks as `64:0123456789abcdef,128:…`.
 *
 * @param marks By rising offset.
 *
 * @example
 * ```ts
 * import { formatMarks } from "./fingerprint.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(formatMarks([{ end: 64, hash: "0123456789abcdef" }]), "64:0123456789abcdef");
 * ```
 */
export function formatMarks(marks: readonly Mark[]): string {
  return marks.map((mark) => `${mark.end}:${mark.hash}`).join(",");
}

/**
 * Reads what {@linkcode formatMarks} wrote.
 *
 * @throws {SyntaxError} when the text is anything else, or its offsets don't rise.
 *
 * @example
 * ```ts
 * import { formatMarks, parseMarks } from "./fingerprint.ts";
 * import assert from "node:assert/strict";
 *
 * const text = "64:0123456789abcdef,70:fedcba9876543210";
 * assert.equal(formatMarks(parseMarks(text)), text);
 * assert.throws(() => parseMarks("64"), SyntaxError);
 * ```
 */
export function parseMarks(text: string): Mark[] {
  let last = 0;
  return (text === "" ? [] : text.split(",")).map((part) => {
    const [, end, hash] = /^(\d{1,15}):([0-9a-f]{16})$/.exec(part) ?? [];
    if (hash === undefined || Number(end) <= last) {
      throw new SyntaxError(`Cannot read marks: "${part}" is none`);
    }
    last = Number(end);
    return { end: last, hash };
  });
}

/** Whether a mark at this offset belongs to the log, not to the place where reading stopped. */
function isLasting(end: number): boolean {
  return end >= FIRST_MARK && Number.isInteger(Math.log2(end));
}

/** By rising offset, each once. */
function inOrder(marks: readonly Mark[]): Mark[] {
  return Array.from(new Map(marks.map((mark) => [mark.end, mark])).values()).sort((a, b) => a.end - b.end);
}

/**
 * Follows the bytes of a log as they are handed out, so that the marks at an offset not far behind can be had any time.
 *
 * @example
 * ```ts
 * import { Trail } from "./fingerprint.ts";
 * import assert from "node:assert/strict";
 *
 * const trail = new Trail();
 * trail.add(new Uint8Array(100));
 * assert.deepEqual(trail.marksAt(70)?.map((mark) => mark.end), [64, 70]);
 * ```
 */
export class Trail {
  /** The last bytes; byte `n` of the log lies at `n % length`. */
  #ring = new Uint8Array(0);
  /** Offset of the oldest byte known. */
  #oldest: number;
  #offset: number;
  #marks: Mark[];

  readonly #brief: boolean;

  /**
   * @param start Where to go on: an offset and the marks up to there.
   * @param brief Whether only the bytes of the last mark stay known, and no marks are made on the way: for a log that is read
   * once, whose bytes need not be copied then.
   */
  constructor(start: { offset: number; marks: readonly Mark[] } = { offset: 0, marks: [] }, brief = false) {
    this.#brief = brief;
    this.#offset = start.offset;
    this.#oldest = start.offset;
    this.#marks = Array.from(start.marks);
  }

  /** Offset behind the last byte added. */
  get offset(): number {
    return this.#offset;
  }

  /** Adds bytes that were handed out. */
  add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (this.#brief) return this.#addBriefly(bytes);
    this.#reserve(Math.max(2 * bytes.length, LEAST_HISTORY) + MARK_REACH);
    const from = this.#offset;
    this.#put(bytes, from);
    this.#offset += bytes.length;
    this.#oldest = Math.max(this.#oldest, this.#offset - this.#ring.length);
    let end = FIRST_MARK;
    while (end <= from) end *= 2;
    for (; end <= this.#offset; end *= 2) this.#mark(end);
  }

  /**
   * Makes the bytes right before the start known, which marks a little behind it cover.
   *
   * @param bytes What ends at the offset given to the constructor; before anything was added.
   */
  precede(bytes: Uint8Array): void {
    this.#reserve(LEAST_HISTORY + MARK_REACH);
    this.#oldest = this.#offset - bytes.length;
    this.#put(bytes, this.#oldest);
  }

  /** The last bytes before {@linkcode offset}, `length` of them or as many as are known. */
  tail(length: number): Uint8Array {
    return this.#bytes(Math.max(this.#oldest, this.#offset - length), this.#offset);
  }

  /** Marks up to and at `offset`; `null` when it lies too far behind for its bytes to be known still. */
  marksAt(offset: number): Mark[] | null {
    if (offset === 0) return [];
    const last = this.#markAt(offset);
    if (last === null) return null;
    const before = this.#marks.filter((mark) => mark.end < offset);
    const lines = [...this.#lineMarks(offset), ...before.filter(({ end }) => !isLasting(end))];
    const lasting = before.filter(({ end }) => isLasting(end));
    return inOrder([...lasting, ...inOrder(lines).slice(-LINE_MARKS), last]);
  }

  #addBriefly(bytes: Uint8Array): void {
    this.#reserve(MARK_REACH);
    const last = bytes.subarray(Math.max(0, bytes.length - MARK_REACH));
    this.#offset += bytes.length;
    this.#put(last, this.#offset - last.length);
    const oldest = last.length < bytes.length ? last.length : this.#ring.length;
    this.#oldest = Math.max(this.#oldest, this.#offset - oldest);
  }

  #markAt(offset: number): Mark | null {
    const known = this.#marks.find((mark) => mark.end === offset);
    if (known) return known;
    const from = Math.max(0, offset - MARK_REACH);
    if (from < this.#oldest || offset > this.#offset) return null;
    return { end: offset, hash: hashBytes(this.#bytes(from, offset)) };
  }

  /** Marks at the last line ends before `offset` whose bytes are known. */
  #lineMarks(offset: number): Mark[] {
    const from = Math.min(offset, Math.max(this.#oldest, offset - LINE_REACH));
    const bytes = this.#bytes(from, offset);
    const marks: Mark[] = [];
    for (let at = bytes.length - 2; at >= 0 && marks.length < LINE_MARKS; at--) {
      if (bytes[at] !== NEWLINE || isLasting(from + at + 1)) continue;
      const mark = this.#markAt(from + at + 1);
      if (mark === null) break;
      marks.push(mark);
    }
    return marks;
  }

  /** Keeps the marks up to the offset, and forgets all bytes. */
  settle(): void {
    this.#marks = this.marksAt(this.#offset) ?? this.#marks;
    this.trim(0);
  }

  /** Forgets all bytes but the last `length`. */
  trim(length: number): void {
    const tail = this.tail(length);
    this.#oldest = this.#offset - tail.length;
    this.#ring = new Uint8Array(tail.length);
    this.#put(tail, this.#oldest);
  }

  #mark(end: number): void {
    if (this.#marks.some((mark) => mark.end === end)) return;
    this.#marks.push({ end, hash: hashBytes(this.#bytes(Math.max(0, end - MARK_REACH), end)) });
    this.#marks.sort((a, b) => a.end - b.end);
  }

  #reserve(length: number): void {
    if (this.#ring.length >= length) return;
    const known = this.#bytes(this.#oldest, this.#offset);
    this.#ring = new Uint8Array(length);
    this.#put(known, this.#oldest);
  }

  #put(bytes: Uint8Array, offset: number): void {
    const size = this.#ring.length;
    if (size === 0) return;
    const at = offset % size;
    const first = Math.min(bytes.length, size - at);
    this.#ring.set(bytes.subarray(0, first), at);
    if (first < bytes.length) this.#ring.set(bytes.subarray(first), 0);
  }

  #bytes(from: number, to: number): Uint8Array {
    const bytes = new Uint8Array(to - from);
    if (to === from) return bytes;
    const size = this.#ring.length;
    const at = from % size;
    const first = Math.min(bytes.length, size - at);
    bytes.set(this.#ring.subarray(at, at + first));
    if (first < bytes.length) bytes.set(this.#ring.subarray(0, bytes.length - first), first);
    return bytes;
  }
}
