/**
 * Byte strings as dense numbers.
 *
 * @module
 */

const SEED = 0x9e3779b9 | 0;
const PRIME = 0x01000193;
/** Keys remembered by a few of their bytes; a power of two. */
const RECENT = 256;

/** The hash that {@linkcode Dictionary} expects for `bytes[start, end)`: FNV-1a, folded once. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = SEED;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], PRIME);
  return hash ^ (hash >>> 15);
}

/**
 * Gives every distinct byte string the next number, 0, 1, 2, …, and remembers its text.
 *
 * Open addressing over typed arrays; equal hashes are verified byte by byte, so two keys never share a number.
 * A look-up allocates nothing.
 *
 * @example Numbers are dense and stable
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "./dictionary.ts";
 *
 * const names = new Dictionary();
 * const bytes = new TextEncoder().encode("sshd cron sshd");
 * assert(names.intern(bytes, 0, 4) === 0);
 * assert(names.intern(bytes, 5, 9) === 1);
 * assert(names.intern(bytes, 10, 14) === 0);
 * assert(names.text(1) === "cron");
 * ```
 */
export class Dictionary {
  /** How many distinct keys there are. */
  size = 0;
  #slots: Int32Array; // key number, -1 where free; twice the capacity, so at most half full
  #hashes: Int32Array; // by key number
  #offsets: Int32Array; // by key number: text is arena[offsets[n], offsets[n + 1])
  #arena: Uint8Array;
  readonly #recent = new Int32Array(RECENT).fill(-1); // key number by a few sampled bytes: saves hashing keys that come again and again

  /** @param capacity Keys to make room for at first; a power of two. It grows as needed. */
  constructor(capacity = 256) {
    this.#slots = new Int32Array(capacity * 2).fill(-1);
    this.#hashes = new Int32Array(capacity);
    this.#offsets = new Int32Array(capacity + 1);
    this.#arena = new Uint8Array(capacity * 16);
  }

  /** The number of the key `bytes[start, end)`, which is added when it is new. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    let sample = Math.imul(length, PRIME);
    if (length > 3) {
      sample ^= bytes[start] ^ bytes[start + (length >> 1)] << 5 ^ bytes[start + (length >> 2)] << 2 ^
        bytes[end - 1] << 4 ^ bytes[end - 3] << 1;
    }
    sample = (sample ^ sample >>> 8) & RECENT - 1;
    const recent = this.#recent[sample];
    if (recent >= 0 && this.#equals(recent, bytes, start, end)) return recent;
    return this.#recent[sample] = this.internHashed(bytes, start, end, hashBytes(bytes, start, end));
  }

  /** {@linkcode intern} for a caller that has hashed the key (as {@linkcode hashBytes} does) while walking over it. */
  internHashed(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots, mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 11)) & mask;
    for (let key = slots[slot]; key >= 0; key = slots[slot = (slot + 1) & mask]) {
      if (this.#hashes[key] === hash && this.#equals(key, bytes, start, end)) return key;
    }
    return this.#add(bytes, start, end, hash);
  }

  /** {@linkcode intern} for text. */
  internText(text: string): number {
    const bytes = new TextEncoder().encode(text);
    return this.intern(bytes, 0, bytes.length);
  }

  /** The key with this number as text (invalid UTF-8 becomes U+FFFD). */
  text(key: number): string {
    return new TextDecoder().decode(this.bytes(key));
  }

  /** The key with this number as a view of its bytes; valid until the next key is added. */
  bytes(key: number): Uint8Array {
    return this.#arena.subarray(this.#offsets[key], this.#offsets[key + 1]);
  }

  /** The hash of the key with this number. */
  hash(key: number): number {
    return this.#hashes[key];
  }

  #equals(key: number, bytes: Uint8Array, start: number, end: number): boolean {
    const arena = this.#arena, length = end - start, from = this.#offsets[key];
    if (this.#offsets[key + 1] - from !== length) return false;
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
    if (this.size === this.#hashes.length) this.#grow();
    const key = this.size++, used = this.#offsets[key], length = end - start;
    if (used + length > this.#arena.length) {
      const arena = new Uint8Array(this.#arena.length * 2 + length);
      arena.set(this.#arena);
      this.#arena = arena;
    }
    for (let i = 0; i < length; i++) this.#arena[used + i] = bytes[start + i];
    this.#hashes[key] = hash;
    this.#offsets[key + 1] = used + length;
    this.#place(key);
    return key;
  }

  #place(key: number): void {
    const mask = this.#slots.length - 1, hash = this.#hashes[key];
    let slot = (hash ^ (hash >>> 11)) & mask;
    while (this.#slots[slot] >= 0) slot = (slot + 1) & mask;
    this.#slots[slot] = key;
  }

  #grow(): void {
    const capacity = this.#hashes.length * 2;
    const hashes = new Int32Array(capacity), offsets = new Int32Array(capacity + 1);
    hashes.set(this.#hashes);
    offsets.set(this.#offsets);
    this.#hashes = hashes;
    this.#offsets = offsets;
    this.#slots = new Int32Array(capacity * 2).fill(-1);
    for (let key = 0; key < this.size; key++) this.#place(key);
  }
}
