import assert from "node:assert/strict";
import { SessionKeys } from "../../../lib/detector/session_keys.ts";
import { ForeignRuns, type KnownRuns } from "../../../lib/ensemble/sessions/foreign_runs.ts";

const keys = new SessionKeys({ id: (i) => `T${i}`, text: String, severity: () => 0, indexOf: Number });

/** The runs of one session; counts how often it is asked for one. */
class Known implements KnownRuns {
  asked = 0;
  readonly #runs: Set<number>;

  constructor(...order: number[]) {
    const sequence = Int32Array.from(order);
    this.#runs = new Set([...keys.pairs(sequence).keys, ...keys.triples(sequence).keys]);
  }

  has(run: number): boolean {
    this.asked++;
    return this.#runs.has(run);
  }

  [Symbol.iterator](): Iterator<number> {
    return this.#runs.values();
  }
}

Deno.test("ForeignRuns.of() finds the pairs and triples of an order that training did not have", () => {
  const foreign = new ForeignRuns(new Known(1, 2, 3), keys), other = Int32Array.of(1, 2, 2, 3);
  assert.deepEqual(foreign.of(Int32Array.of(1, 2, 3)).keys, []);
  const { pairs, triples, keys: all } = foreign.of(other);
  assert.deepEqual(pairs.places.map((place) => pairs.runs.keys[place]), [keys.inOrder(other, 2)[2]]); // 2 2
  assert.deepEqual([triples.places.length, all.length], [2, 3]); // 1 2 2 and 2 2 3
});

Deno.test("ForeignRuns looks at each order once, and at none that was not kept", () => {
  const known = new Known(1), foreign = new ForeignRuns(known, keys), order = Int32Array.of(2, 1);
  assert.deepEqual(foreign.of(null).keys, []);
  assert.equal(known.asked, 0);
  const first = foreign.of(order), { asked } = known;
  assert(asked > 0);
  assert.equal(foreign.of(order), first);
  assert.equal(known.asked, asked);
});
