/**
 * The kinds of evidence joined to one surprise.
 *
 * @module
 */
import type { SessionValues } from "./held_back.ts";
import { DISTANCE, HIGH, KINDS, NEW, PAIRS, RARE, TRIPLES } from "./memory.ts";
import { Tail, type TailState } from "./tail.ts";

/** The kinds that are joined; other detectors' come behind. */
const GRADED = [RARE, NEW, HIGH, PAIRS, TRIPLES, DISTANCE];
/** The norm that joins surprises: between their sum and the largest. */
const POWER = 3;

/** How unusual values are, by kind and joined. */
export class JoinedSurprise {
  readonly kinds: readonly number[];

  /** @param tails Of our graded kinds, then of other detectors. */
  constructor(readonly tails: readonly Tail[]) {
    this.kinds = tails.map((_, i) => GRADED[i] ?? KINDS.length + i - GRADED.length);
  }

  /** Learns held-back values. */
  static of(held: SessionValues): JoinedSurprise {
    const kinds = [
      ...GRADED,
      ...Array.from({ length: held.kinds - KINDS.length }, (_, i) => KINDS.length + i),
    ];
    return new JoinedSurprise(kinds.map((kind) => Tail.of(column(held, kind))));
  }

  static restore(tails: readonly TailState[]): JoinedSurprise {
    return new JoinedSurprise(tails.map((state) => new Tail(state)));
  }

  /**
   * The norm of the surprises of one session's values, from `at`: of our own kinds, so that rules over it stay what they are
   * whoever joins in.
   */
  of(values: ArrayLike<number>, at = 0): number {
    return this.#norm(values, at, GRADED.length);
  }

  /** The same with other detectors' surprises: what sessions are ranked by. */
  ofAll(values: ArrayLike<number>): number {
    return this.#norm(values, 0, this.tails.length);
  }

  /** The same of held-back values that this was learned from: each among the others. */
  own(values: ArrayLike<number>, at: number): number {
    let sum = 0;
    for (let i = 0; i < GRADED.length; i++) {
      sum += this.tails[i].ownSurprise(values[at + this.kinds[i]]) ** POWER;
    }
    return sum ** (1 / POWER);
  }

  #norm(values: ArrayLike<number>, at: number, tails: number): number {
    let sum = 0;
    for (let i = 0; i < tails; i++) {
      sum += this.tails[i].surprise(values[at + this.kinds[i]]) ** POWER;
    }
    return sum ** (1 / POWER);
  }
}

/** Values with their joined surprise. */
export class JoinedValues {
  readonly rows: number;

  constructor(readonly held: SessionValues, readonly surprise: Float64Array) {
    this.rows = held.rows;
  }

  /** Values of one kind. */
  column(kind: number): Float64Array {
    return column(this.held, kind);
  }
}

function column({ rows, values, kinds }: SessionValues, kind: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => values[i * kinds + kind]);
}
