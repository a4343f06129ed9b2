/**
 * Keys of open sessions as dense, recycled numbers.
 *
 * @module
 */
import { hashBytes } from "../record/dictionary.ts";

/** Where {@linkcode SessionKeys} puts a key of so many bytes when nothing else is said. */
const USUAL_KEY_BYTES = 24;

function larger<Column extends Int32Array>(column: Column, length: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(length);
  grown.set(column);
  return grown;
}

/**
 * Gives every key a number and takes it back when its session is gone, so that numbers and memory follow the sessions
 * that are open and not all that ever were.
 *
 * Open addressing with linear probing over typed arrays; a removed key's slot is closed by moving its followers up, so no
 * tombstones gather. Texts lie in one arena that is compacted when more than half of it is free.
 *
 * @example Numbers are recycled
 * ```ts
 * import assert from "node:assert/strict";
 * import { SessionKeys } from "./session_keys.ts";
 *
 * const keys = new SessionKeys();
 * const bytes = new TextEncoder().encode("blk_1 blk_2 blk_3");
 * assert(keys.intern(bytes, 0, 5) === 0);
 * assert(keys.intern(bytes, 6, 11) === 1);
 * keys.remove(0);
 * assert(keys.intern(bytes, 12, 17) === 0);
 * assert(keys.text(0) === "blk_3");
 * ```
 */
export class SessionKeys {
  /** Keys in the table. */
  size = 0;
  /** Numbers are below this; some of them may be free. */
  end = 0;
  #slots: Int32Array<ArrayBuffer>; // number, -1 where free; twice the capacity, so at most half full
  #hash: Int32Array<ArrayBuffer>; // by number
  #offset: Int32Array<ArrayBuffer>; // by number: text is arena[offset, offset + length)
  #length: Int32Array<ArrayBuffer>; // by number; -1 = no key; for a free number -2 - (next free number, or -1)
  #arena: Uint8Array<ArrayBuffer>;
  #arenaEnd = 0;
  #arenaFree = 0; // bytes of removed keys below arenaEnd
  #free = -1;

  /** @param capacity Keys to make room for at first; a power of two. It grows as needed. */
  constructor(capacity = 1024) {
    this.#slots = new Int32Array(capacity * 2).fill(-1);
    this.#hash = new Int32Array(capacity);
    this.#offset = new Int32Array(capacity);
    this.#length = new Int32Array(capacity);
    this.#arena = new Uint8Array(capacity * USUAL_KEY_BYTES);
  }

  /** How many numbers there is room for; columns that go by these numbers grow with it. */
  get capacity(): number {
    return this.#hash.length;
  }

  /** The number of the key `bytes[start, end)`, which is added when it is new. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    return this.internHashed(bytes, start, end, hashBytes(bytes, start, end));
  }

  /** {@linkcode intern} for a caller that has hashed the key as `hashBytes` does. */
  internHashed(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots, mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 11)) & mask;
    for (let number = slots[slot]; number >= 0; number = slots[slot = (slot + 1) & mask]) {
      if (this.#hash[number] === hash && this.#equals(number, bytes, start, end)) return number;
    }
    return this.#add(bytes, start, end, hash);
  }

  /** A number without a key, e.g. for a second window of a session. */
  reserve(): number {
    const number = this.#free;
    if (number >= 0) {
      this.#free = -2 - this.#length[number];
      this.#length[number] = -1;
      return number;
    }
    if (this.end === this.capacity) this.#grow();
    this.#length[this.end] = -1;
    return this.end++;
  }

  /** Gives a number that {@linkcode reserve} gave back. */
  release(number: number): void {
    this.#length[number] = -2 - this.#free;
    this.#free = number;
  }

  /** Forgets a key; its number goes to one that comes later. */
  remove(number: number): void {
    this.#closeSlot(number);
    this.#arenaFree += this.#length[number];
    this.release(number);
    this.size--;
    if (this.#arenaFree > 65_536 && this.#arenaFree * 2 > this.#arenaEnd) this.#compact();
  }

  /** Forgets all keys and numbers. */
  clear(): void {
    this.#slots.fill(-1);
    this.size =
      this.end =
      this.#arenaEnd =
      this.#arenaFree =
        0;
    this.#free = -1;
  }

  /** The key with this number as text (invalid UTF-8 becomes U+FFFD). */
  text(number: number): string {
    return new TextDecoder().decode(this.bytes(number));
  }

  /** The key with this number as a view of its bytes; valid until a key is added or removed. */
  bytes(number: number): Uint8Array {
    return this.#arena.subarray(this.#offset[number], this.#offset[number] + this.#length[number]);
  }

  #equals(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const arena = this.#arena, length = end - start, from = this.#offset[number];
    if (this.#length[number] !== length) return false;
    // for (let i = 0; i < length; i++) if (arena[from + i] !== bytes[start + i]) return false;
    let i = 0, different = 0;
    for (const whole = length - 3; i < whole && different === 0; i += 4) {
      const a = from + i, b = start + i;
      different = arena[a] ^ bytes[b] | arena[a + 1] ^ bytes[b + 1] | arena[a + 2] ^ bytes[b + 2] |
        arena[a + 3] ^ bytes[b + 3];
    }
    for (; i < length; i++) different |= arena[from + i] ^ bytes[start + i];
    return different === 0;
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const number = this.reserve(), length = end - start;
    if (this.#arenaEnd + length > this.#arena.length) {
      const arena = new Uint8Array(this.#arena.length * 2 + length);
      arena.set(this.#arena);
      this.#arena = arena;
    }
    const arena = this.#arena, offset = this.#arenaEnd;
    for (let i = 0; i < length; i++) arena[offset + i] = bytes[start + i];
    this.#arenaEnd += length;
    this.#hash[number] = hash;
    this.#offset[number] = offset;
    this.#length[number] = length;
    this.#place(number);
    this.size++;
    return number;
  }

  #place(number: number): void {
    const mask = this.#slots.length - 1, hash = this.#hash[number];
    let slot = (hash ^ (hash >>> 11)) & mask;
    while (this.#slots[slot] >= 0) slot = (slot + 1) & mask;
    this.#slots[slot] = number;
  }

  /** Empties a number's slot and moves up what had to step over it (Knuth, TAOCP 3, 6.4, algorithm R). */
  #closeSlot(number: number): void {
    const slots = this.#slots, mask = slots.length - 1;
    let hash = this.#hash[number], gap = (hash ^ (hash >>> 11)) & mask;
    while (slots[gap] !== number) gap = (gap + 1) & mask;
    for (let slot = (gap + 1) & mask; slots[slot] >= 0; slot = (slot + 1) & mask) {
      hash = this.#hash[slots[slot]];
      const home = (hash ^ (hash >>> 11)) & mask;
      if (((slot - home) & mask) < ((slot - gap) & mask)) continue; // its home lies behind the gap
      slots[gap] = slots[slot];
      gap = slot;
    }
    slots[gap] = -1;
  }

  #grow(): void {
    const capacity = this.capacity * 2;
    this.#hash = larger(this.#hash, capacity);
    this.#offset = larger(this.#offset, capacity);
    this.#length = larger(this.#length, capacity);
    this.#slots = new Int32Array(capacity * 2).fill(-1);
    for (let number = 0; number < this.end; number++) if (this.#length[number] >= 0) this.#place(number);
  }

  #compact(): void {
    const arena = new Uint8Array(Math.max(USUAL_KEY_BYTES * 1024, (this.#arenaEnd - this.#arenaFree) * 2));
    let end = 0;
    for (let number = 0; number < this.end; number++) {
      const length = this.#length[number], from = this.#offset[number];
      if (length < 0) continue;
      for (let i = 0; i < length; i++) arena[end + i] = this.#arena[from + i];
      this.#offset[number] = end;
      end += length;
    }
    this.#arena = arena;
    this.#arenaEnd = end;
    this.#arenaFree = 0;
  }
}
