/**
 * The last values of each measure, and how far they lie from those of training.
 *
 * @module
 */
import { logarithm, type SlotLine } from "./slot_line.ts";

/** Values that are remembered of a measure. */
export const RECENT = 50;
/** What this part of them do is usual: it is the share by which sessions take in what becomes usual. */
const USUAL = .2;

/** The last values of one measure. */
export class RecentValues {
  #next = 0;

  /** @param values The oldest first, {@linkcode RECENT} at the most. */
  constructor(private values: number[]) {
    this.#next = values.length % RECENT;
  }

  /** How many there are. */
  get length(): number {
    return this.values.length;
  }

  note(value: number): void {
    this.values[this.#next] = value;
    this.#next = (this.#next + 1) % RECENT;
  }

  /** The value that a fifth of them are at least as great as. */
  upper(): number {
    const sorted = this.values.toSorted((a, b) => b - a);
    return sorted[Math.max(0, Math.ceil(USUAL * sorted.length) - 1)] ?? 0;
  }

  /** The last ones, the latest last. */
  last(count: number): number[] {
    return this.save().slice(-count);
  }

  /** How many are greater. */
  above(value: number): number {
    return this.values.reduce((count, each) => each > value ? count + 1 : count, 0);
  }

  copy(): RecentValues {
    return new RecentValues(this.save());
  }

  /** The oldest first. */
  save(): number[] {
    return this.values.length < RECENT
      ? this.values.slice()
      : [...this.values.slice(this.#next), ...this.values.slice(0, this.#next)];
  }
}

/**
 * By how much, as a logarithm, the greater ones of the last values are above those of training; 0 where a fifth of them are not
 * even as great as training's greatest twentieth: that may be chance.
 */
export function shiftOf(line: SlotLine, recent: RecentValues): number {
  const upper = recent.upper();
  return upper > line.high ? logarithm(line, upper) - logarithm(line, line.upper) : 0;
}
