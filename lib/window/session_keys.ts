/**
 * Keys of open sessions as dense, recycled numbers.
 *
 * @module
 */
/** Where {@linkcode SessionKeys} puts a key of so many bytes when nothing else is said. */
const USUAL_KEY_BYTES = 24;

/**
 * Gives every key a number and takes it back when its session is gone, so that numbers and memory follow the sessions
 * that are open and not all that ever were.
 *
 * Open addressing with linear probing over typed arrays, keys hashed and compared four bytes at a time; a removed key's slot is closed by moving its followers up, so no
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
  #slots: Int32Array<ArrayBuffer>; // number (-1 where free) and hash; twice the capacity, so at most half full
  #texts: Int32Array<ArrayBuffer>; // by number: offset and length, text is arena[offset, offset + length)
  // a length of -1 = no key; for a free number it is -2 - (next free number, or -1)
  #arena: Uint8Array<ArrayBuffer>;
  #arenaView: DataView;
  #bytes: Uint8Array = new Uint8Array(0); // those of the last look-up
  #view: DataView = new DataView(this.#bytes.buffer);
  #arenaEnd = 0;
  #arenaFree = 0; // bytes of removed keys below arenaEnd
  #free = -1;

  /** @param capacity Keys to make room for at first; a power of two. It grows as needed. */
  constructor(capacity = 1024) {
    this.#slots = new Int32Array(capacity * 4).fill(-1);
    this.#texts = new Int32Array(capacity * 2);
    this.#arena = new Uint8Array(capacity * USUAL_KEY_BYTES);
    this.#arenaView = new DataView(this.#arena.buffer);
  }

  /** How many numbers there is room for; columns that go by these numbers grow with it. */
  get capacity(): number {
    return this.#texts.length >> 1;
  }

  /** The number of the key `bytes[start, end)`, which is added when it is new. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    if (bytes !== this.#bytes) this.#look(bytes);
    const hash = hashOf(this.#view, start, end);
    const slots = this.#slots, mask = slots.length - 2;
    let slot = (hash ^ (hash >>> 11)) << 1 & mask;
    for (let number = slots[slot]; number >= 0; number = slots[slot = (slot + 2) & mask]) {
      if (slots[slot + 1] === hash && this.#equals(number, start, end)) return number;
    }
    return this.#add(bytes, start, end, hash);
  }

  /** A number without a key, e.g. for a second window of a session. */
  reserve(): number {
    const number = this.#free;
    if (number >= 0) {
      this.#free = -2 - this.#texts[number * 2 + 1];
      this.#texts[number * 2 + 1] = -1;
      return number;
    }
    if (this.end === this.capacity) this.#grow();
    this.#texts[this.end * 2 + 1] = -1;
    return this.end++;
  }

  /** Gives a number that {@linkcode reserve} gave back. */
  release(number: number): void {
    this.#texts[number * 2 + 1] = -2 - this.#free;
    this.#free = number;
  }

  /** Forgets a key; its number goes to one that comes later. */
  remove(number: number): void {
    this.#closeSlot(number);
    this.#arenaFree += this.#texts[number * 2 + 1];
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
    const offset = this.#texts[number * 2];
    return this.#arena.subarray(offset, offset + this.#texts[number * 2 + 1]);
  }

  /** Bytes of the key with this number. */
  lengthOf(number: number): number {
    return this.#texts[number * 2 + 1];
  }

  /** Copies the key with this number to `target` from `at` on. */
  copy(number: number, target: Uint8Array, at: number): void {
    const arena = this.#arena, from = this.#texts[number * 2], length = this.#texts[number * 2 + 1];
    for (let i = 0; i < length; i++) target[at + i] = arena[from + i];
  }

  #equals(number: number, start: number, end: number): boolean {
    // return arena.subarray(from, from + length) equals bytes.subarray(start, end)
    const length = end - start, texts = this.#texts, from = texts[number * 2];
    if (texts[number * 2 + 1] !== length) return false;
    const a = this.#arenaView, b = this.#view;
    let different = 0;
    if (length < 4) {
      for (let i = 0; i < length; i++) different |= a.getUint8(from + i) ^ b.getUint8(start + i);
      return different === 0;
    }
    for (let i = 0; i < length - 4; i += 4) {
      different |= a.getInt32(from + i, true) ^ b.getInt32(start + i, true);
    }
    return (different | a.getInt32(from + length - 4, true) ^ b.getInt32(end - 4, true)) === 0;
  }

  /** Makes `bytes` those that keys are looked up in: as a rule the buffer of one batch, again and again. */
  #look(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const number = this.reserve(), length = end - start;
    if (this.#arenaEnd + length > this.#arena.length) {
      const arena = new Uint8Array(this.#arena.length * 2 + length);
      arena.set(this.#arena);
      this.#arena = arena;
      this.#arenaView = new DataView(arena.buffer);
    }
    const arena = this.#arena, offset = this.#arenaEnd;
    for (let i = 0; i < length; i++) arena[offset + i] = bytes[start + i];
    this.#arenaEnd += length;
    this.#texts[number * 2] = offset;
    this.#texts[number * 2 + 1] = length;
    place(this.#slots, number, hash);
    this.size++;
    return number;
  }

  /** Empties a number's slot and moves up what had to step over it (Knuth, TAOCP 3, 6.4, algorithm R). */
  #closeSlot(number: number): void {
    const slots = this.#slots, mask = slots.length - 2, offset = this.#texts[number * 2];
    const hash = hashOf(this.#arenaView, offset, offset + this.#texts[number * 2 + 1]);
    let gap = (hash ^ (hash >>> 11)) << 1 & mask;
    while (slots[gap] !== number) gap = (gap + 2) & mask;
    for (let slot = (gap + 2) & mask; slots[slot] >= 0; slot = (slot + 2) & mask) {
      const hash = slots[slot + 1], home = (hash ^ (hash >>> 11)) << 1 & mask;
      if (((slot - home) & mask) < ((slot - gap) & mask)) continue; // its home lies behind the gap
      slots[gap] = slots[slot];
      slots[gap + 1] = hash;
      gap = slot;
    }
    slots[gap] = -1;
  }

  #grow(): void {
    const slots = this.#slots, texts = this.#texts;
    this.#texts = new Int32Array(texts.length * 2);
    this.#texts.set(texts);
    this.#slots = new Int32Array(slots.length * 2).fill(-1);
    for (let i = 0; i < slots.length; i += 2) if (slots[i] >= 0) place(this.#slots, slots[i], slots[i + 1]);
  }

  #compact(): void {
    const arena = new Uint8Array(Math.max(USUAL_KEY_BYTES * 1024, (this.#arenaEnd - this.#arenaFree) * 2));
    let end = 0;
    for (let number = 0; number < this.end; number++) {
      const from = this.#texts[number * 2], length = this.#texts[number * 2 + 1];
      if (length < 0) continue;
      for (let i = 0; i < length; i++) arena[end + i] = this.#arena[from + i];
      this.#texts[number * 2] = end;
      end += length;
    }
    this.#arena = arena;
    this.#arenaView = new DataView(arena.buffer);
    this.#arenaEnd = end;
    this.#arenaFree = 0;
  }
}

/** A hash of the bytes `[start, end)`, four at a time; the last four may overlap those before. */
function hashOf(view: DataView, start: number, end: number): number {
  let hash = start - end;
  if (end - start < 4) {
    for (let i = start; i < end; i++) hash = mix(hash, view.getUint8(i));
    return hash;
  }
  for (let i = start; i < end - 4; i += 4) hash = mix(hash, view.getInt32(i, true));
  return mix(hash, view.getInt32(end - 4, true));
}

function mix(hash: number, word: number): number {
  hash = Math.imul(hash ^ word, 0x9e3779b1);
  return hash ^ hash >>> 15;
}

/** Puts a number, whose key isn't there yet, into the first free slot from its home on. */
function place(slots: Int32Array, number: number, hash: number): void {
  const mask = slots.length - 2;
  let slot = (hash ^ (hash >>> 11)) << 1 & mask;
  while (slots[slot] >= 0) slot = (slot + 2) & mask;
  slots[slot] = number;
  slots[slot + 1] = hash;
}
