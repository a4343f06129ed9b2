/**
 * Answers for lines that differ from an earlier one in digits only.
 *
 * @module
 */
import { type DigitSpots, spotLength, spotOffset } from "./digit_spots.ts";

/** Sets of two entries each. */
const SETS = 1 << 13;
/** Entries: {@linkcode DigitBlindMemo.entry} is less. */
export const MEMO_ENTRIES = 2 * SETS;
/** An entry: two words of its key, two words of what is kept. */
const ENTRY = 4, SET = 2 * ENTRY;
/** Bytes read at a time, and of a line at the most: the lexer soon takes the rest of a long line for one value. */
const STEP = 8, LONGEST = 2048;

/** Bits of the second key word: it leads to spots, not to an answer; it is a key at all. */
const SPOTS = 1, TAKEN = 2;

/** After so many misses it is looked at how many lines they took: fewer than so many, and so many lines pass by. */
const TRIAL_MISSES = 4096, TRIAL_LINES = 6144, RESTING_LINES = 16 * TRIAL_MISSES;

/**
 * A bounded memo from lines, all digits alike, to their two hashes.
 *
 * Most of what the lexer finds does not depend on which digits a line has, only on where they stand. Where it does (`eth0`, the
 * year of a date), the lexer notes the spot. A line is looked up with every digit as `0`, eight bytes at a time. What is found is
 * the answer, or the spots whose bytes make up the key of a second look-up.
 *
 * Why that is right: of two lines that are equal but for digits the lexer does the same with both until a digit counts, and
 * there both have the same spot. So lines that also have the same bytes in all spots of one have the same spots and hashes.
 *
 * Lines of a few bytes or thousands pass by; so do, for a while, all lines where few are found (hexadecimal ids). What the lexer
 * answers never depends on the memo.
 */
export class DigitBlindMemo {
  /** The two hashes of the line found last. */
  firstHash = 0;
  secondHash = 0;
  /** Where it was found, and the key that it was found by: equal for lines whose tokens stand at the same offsets. */
  entry = 0;
  entryFirst = 0;
  entrySecond = 0;
  readonly #entries = new Int32Array(SETS * SET);
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(this.#bytes.buffer);
  /** Key of the line looked up last; the second is 0 where it passed by. */
  #firstKey = 0;
  #secondKey = 0;
  /** Lines looked up since the trial began, negative: lines that will pass by; and those not found. */
  #lines = 0;
  #misses = 0;

  /** Whether the hashes of `bytes[start, end)` are known. */
  find(bytes: Uint8Array, start: number, end: number): boolean {
    const last = end - STEP;
    this.#secondKey = 0;
    if (this.#lines++ < 0 || last < start || end - start > LONGEST) return false;
    const view = bytes === this.#bytes ? this.#view : this.#open(bytes);
    // for (const byte of line) mix(isDigit(byte) ? "0" : byte)
    let first = 0x9e3779b9 ^ (end - start), second = 0x85ebca6b | 0;
    for (let at = start;;) {
      const one = view.getInt32(at, true), two = view.getInt32(at + 4, true);
      const oneDigits = ~((((one & 0x7f7f7f7f) ^ 0x30303030) + 0x76767676) | one) & 0x80808080;
      const twoDigits = ~((((two & 0x7f7f7f7f) ^ 0x30303030) + 0x76767676) | two) & 0x80808080;
      const oneBlind = one & ~((oneDigits >>> 3) - (oneDigits >>> 7)); // 0x30 … 0x39 → 0x30
      const twoBlind = two & ~((twoDigits >>> 3) - (twoDigits >>> 7));
      first = (Math.imul(first ^ oneBlind, 0x85ebca6b) + (twoBlind << 16 | twoBlind >>> 16)) | 0;
      first ^= first >>> 15;
      second = (Math.imul(second ^ twoBlind, 0x2c1b3c6d) + oneBlind) | 0;
      second ^= second >>> 13;
      if (at === last) break;
      at += STEP;
      if (at > last) at = last; // the last eight bytes, some of them again
    }
    second = (second | TAKEN) & ~SPOTS;
    this.#firstKey = first;
    this.#secondKey = second;
    const entries = this.#entries;
    let entry = (first & (SETS - 1)) * SET;
    if (entries[entry] !== first || (entries[entry + 1] & ~SPOTS) !== second) {
      entry += ENTRY;
      if (entries[entry] !== first || (entries[entry + 1] & ~SPOTS) !== second) return false;
    }
    if ((entries[entry + 1] & SPOTS) !== 0) {
      entry = this.#look(bytes, start, entries[entry + 2], entries[entry + 3]);
      if (entry < 0) return false;
    }
    this.entry = entry / ENTRY;
    this.entryFirst = entries[entry];
    this.entrySecond = entries[entry + 1];
    this.firstHash = entries[entry + 2];
    this.secondHash = entries[entry + 3];
    return true;
  }

  /** Keeps the hashes of the line that {@linkcode find} has just not found. */
  keep(bytes: Uint8Array, start: number, spots: DigitSpots, firstHash: number, secondHash: number): void {
    if (this.#secondKey === 0) return;
    if (++this.#misses === TRIAL_MISSES) {
      this.#lines = this.#lines < TRIAL_LINES ? -RESTING_LINES : 0;
      this.#misses = 0;
    }
    if (!spots.packable) return;
    if (spots.length > 0) {
      this.#put(SPOTS, spots.first, spots.second);
      this.#addSpots(bytes, start, spots.first, spots.second);
    }
    this.#put(0, firstHash, secondHash);
  }

  #put(flag: number, one: number, two: number): void {
    const entries = this.#entries, entry = (this.#firstKey & (SETS - 1)) * SET;
    const known = entries[entry] === this.#firstKey && (entries[entry + 1] & ~SPOTS) === this.#secondKey;
    if (!known) { for (let i = entry; i < entry + ENTRY; i++) entries[i + ENTRY] = entries[i]; }
    entries[entry] = this.#firstKey;
    entries[entry + 1] = this.#secondKey | flag;
    entries[entry + 2] = one;
    entries[entry + 3] = two;
  }

  /** The entry of a line with spots, or -1. */
  #look(bytes: Uint8Array, start: number, firstSpots: number, secondSpots: number): number {
    const firstKey = this.#firstKey, secondKey = this.#secondKey, entries = this.#entries;
    this.#addSpots(bytes, start, firstSpots, secondSpots);
    const first = this.#firstKey, second = this.#secondKey;
    this.#firstKey = firstKey;
    this.#secondKey = secondKey;
    const entry = (first & (SETS - 1)) * SET;
    if (entries[entry] === first && entries[entry + 1] === second) return entry;
    return entries[entry + ENTRY] === first && entries[entry + ENTRY + 1] === second ? entry + ENTRY : -1;
  }

  /** Makes the key that of the line with the bytes in its spots. */
  #addSpots(bytes: Uint8Array, start: number, firstSpots: number, secondSpots: number): void {
    this.#mix(firstSpots);
    this.#mix(secondSpots);
    this.#addSpot(bytes, start, firstSpots & 0xffff);
    this.#addSpot(bytes, start, firstSpots >>> 16);
    this.#addSpot(bytes, start, secondSpots & 0xffff);
    this.#addSpot(bytes, start, secondSpots >>> 16);
    this.#secondKey = (this.#secondKey | TAKEN) & ~SPOTS;
  }

  #addSpot(bytes: Uint8Array, start: number, spot: number): void {
    const from = start + spotOffset(spot), to = from + spotLength(spot);
    for (let at = from; at < to; at++) this.#mix(bytes[at]);
  }

  #mix(value: number): void {
    const first = Math.imul(this.#firstKey ^ value, 0x85ebca6b);
    this.#firstKey = first ^ (first >>> 15);
    const second = (Math.imul(this.#secondKey, 0x2c1b3c6d) + value) | 0;
    this.#secondKey = second ^ (second >>> 13);
  }

  #open(bytes: Uint8Array): DataView {
    this.#bytes = bytes;
    return this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
}
