/**
 * Which runs of a session's events training did not have.
 *
 * @module
 */
import type { EventRuns, SessionKeys } from "../../detector/session_keys.ts";

/** Runs of neighbouring events that are known, by their keys. */
export interface KnownRuns extends Iterable<number> {
  has(run: number): boolean;
}

/** Runs of one length, and which of them are foreign. */
export interface RunsWithForeign {
  runs: EventRuns;
  /** Places in {@linkcode runs}, ascending. */
  places: readonly number[];
}

/** What an order has of runs that are foreign: of most orders nothing. */
export interface ForeignOfOrder {
  pairs: RunsWithForeign;
  triples: RunsWithForeign;
  /** Their keys, of pairs and triples. */
  keys: readonly number[];
}

/** What training knew never changes, so each shared order is looked at once. */
export class ForeignRuns {
  readonly #found = new WeakMap<Int32Array, ForeignOfOrder>();
  readonly #none: ForeignOfOrder;

  constructor(private readonly known: KnownRuns, private readonly keys: SessionKeys) {
    this.#none = this.#find(null);
  }

  /** Of a session's order; nothing where it wasn't kept. */
  of(sequence: Int32Array | null): ForeignOfOrder {
    if (sequence === null) return this.#none;
    let found = this.#found.get(sequence);
    if (found === undefined) this.#found.set(sequence, found = this.#find(sequence));
    return found;
  }

  #find(sequence: Int32Array | null): ForeignOfOrder {
    const keys: number[] = [];
    const pairs = this.#among(this.keys.pairs(sequence), keys);
    const triples = this.#among(this.keys.triples(sequence), keys);
    return { pairs, triples, keys };
  }

  /** Adds the keys of those that it finds to `found`. */
  #among(runs: EventRuns, found: number[]): RunsWithForeign {
    const { keys } = runs, places: number[] = [];
    for (let place = 0; place < keys.length; place++) {
      if (this.known.has(keys[place])) continue;
      places.push(place);
      found.push(keys[place]);
    }
    return { runs, places };
  }
}
