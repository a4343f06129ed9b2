/**
 * Where in a line the digits themselves count, not only that they are digits.
 *
 * @module
 */

/** Spots that a line can have, how far into it they can begin, and how long they can be: four fit into two words. */
const SPOT_LIMIT = 4, OFFSETS = 1 << 11, LENGTH_BITS = 5, LENGTHS = 1 << LENGTH_BITS;

const isDigit = (byte: number) => (byte ^ 0x30) < 10;

/** The spots of one line, packed. */
export class DigitSpots {
  /** Spots of the line; more than can be packed: {@linkcode packable} is false. */
  length = 0;
  /** Whether {@linkcode first} and {@linkcode second} hold all of them. */
  packable = true;
  /** Two spots each, 16 bits a spot: its distance from the start of the line, and its length. */
  first = 0;
  second = 0;

  /** Forgets all spots. */
  clear(): void {
    this.length = this.first = this.second = 0;
    this.packable = true;
  }

  /** Adds what `bytes[from, to)` holds from the first to the last digit, for the line that begins at `start`. */
  add(bytes: Uint8Array, start: number, from: number, to: number): void {
    while (from < to && !isDigit(bytes[from])) from++;
    while (to > from && !isDigit(bytes[to - 1])) to--;
    if (from === to) return;
    if (this.length === SPOT_LIMIT || from - start >= OFFSETS || to - from >= LENGTHS) this.packable = false;
    else {
      const spot = ((from - start) << LENGTH_BITS | (to - from)) << (this.length++ & 1) * 16;
      if (this.length <= 2) this.first |= spot;
      else this.second |= spot;
    }
  }
}

/** Where a packed spot begins, counted from the start of its line. */
export const spotOffset = (spot: number): number => spot >>> LENGTH_BITS;
/** How long a packed spot is. */
export const spotLength = (spot: number): number => spot & (LENGTHS - 1);
