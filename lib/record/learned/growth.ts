/**
 * A header while it is learned: the fields found so far, from left to right.
 *
 * @module
 */
import type { Field } from "./field.ts";
import { type Cursors, open, type Sample } from "./sample.ts";

/**
 * How sure it is that a field belongs to the header: `sure` (times, levels), `strong` (brackets, bars, dashes, names with a colon,
 * keys, padded columns), `weak` (numbers, ids and names without a mark behind them, which messages may begin with as well).
 */
export type Certainty = "sure" | "strong" | "weak";

/** A place where the header may end. */
export interface Mark {
  certainty: Certainty;
  /** What was found there. */
  what: string;
  /** Fields up to it. */
  length: number;
  /** Cursors behind it. */
  at: Cursors;
  /** Cursors behind the mark before, or at the lines' beginnings. */
  from: Cursors;
  /** Words since then that may be the message's. */
  doubt: number;
  /** The share of lines that have it. */
  share: number;
}

/**
 * The fields found so far and where they end in each line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Growth } from "./growth.ts";
 * import { Sample } from "./sample.ts";
 *
 * const bytes = new TextEncoder().encode("- up");
 * const growth = new Growth(new Sample(bytes, Int32Array.of(0), Int32Array.of(4)));
 * assert(growth.tryFields([{ kind: "text", text: "-" }], { certainty: "strong", what: "text" }));
 * assert(growth.fields.length === 1 && growth.marks[0].at[0] === 1);
 * ```
 */
export class Growth {
  readonly fields: Field[] = [];
  readonly marks: Mark[] = [];
  /** Where reading stands in each line. */
  at: Cursors;
  /** Uncertain words since the last mark. */
  doubt = 0;

  constructor(readonly sample: Sample) {
    this.at = sample.begin();
  }

  /** Lines that have had every field so far. */
  get count(): number {
    return open(this.at);
  }

  /** The share of the lines still there for which `test` holds. */
  share(test: (i: number) => boolean): number {
    let count = 0, yes = 0;
    for (let i = 0; i < this.at.length; i++) {
      if (this.at[i] < 0) continue;
      count++;
      if (test(i)) yes++;
    }
    return count === 0 ? 0 : yes / count;
  }

  /** Where `fields` would lead from `from`, and for which share of the lines still there; what few of some lines have, few are said to have. */
  look(fields: readonly Field[], from: Cursors = this.at): { at: Cursors; share: number } {
    const first = this.sample.advance(fields, this.#some(from)),
      share = open(first) / Math.max(1, this.#asked);
    if (share < RARE) return { at: first, share };
    const at = this.sample.advance(fields, from);
    return { at, share: open(at) / Math.max(1, this.count) };
  }

  #asked = 0;

  /** Up to {@linkcode ASKED} of the cursors that are still there, spread evenly. */
  #some(from: Cursors): Cursors {
    const step = Math.max(1, Math.floor(this.count / ASKED));
    let k = 0;
    this.#asked = 0;
    return from.map((cursor, i) => {
      if (this.at[i] < 0 || k++ % step !== 0) return -1;
      this.#asked++;
      return cursor;
    });
  }

  /** Takes fields that lead to `at`; with a mark they are certain, without they are in doubt. */
  take(
    fields: readonly Field[],
    at: Cursors,
    mark?: { certainty: Certainty; what: string; share: number },
  ): void {
    this.fields.push(...fields);
    this.at = at;
    if (mark === undefined) return;
    const from = this.marks.at(-1)?.at ?? this.sample.begin();
    this.marks.push({ ...mark, length: this.fields.length, at, from, doubt: this.doubt });
    this.doubt = 0;
  }

  /** Takes fields where at least `least` of the lines have them; whether it did. */
  tryFields(
    fields: readonly Field[],
    mark?: { certainty: Certainty; what: string },
    least = USUAL,
  ): boolean {
    const { at, share } = this.look(fields);
    if (share < least) return false;
    this.take(fields, at, mark && { ...mark, share });
    return true;
  }
}

/** Lines asked before all are; fields that fewer of them have than the rarest that counts (a fifth) are not looked at any more. */
const ASKED = 32;
const RARE = 0.1;

/**
 * A field of the header stands in this share of the lines: the rest may be damaged, or continue a record. At .90 messages that
 * mostly begin alike are taken for headers; at .99 a few stray lines hide one.
 */
export const USUAL = 0.95;

/**
 * Whether messages usually begin behind a mark: behind a name and its colon, and behind a dash.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { endsHeader } from "./growth.ts";
 *
 * assert(!endsHeader(null));
 * ```
 */
export function endsHeader(mark: Mark | null | undefined): boolean {
  return mark?.what.startsWith("name") === true || mark?.what === "dash";
}
