import assert from "node:assert/strict";
import fc from "fast-check";
import { REFERENCES, ReferenceVectors } from "../../lib/detector/reference_vectors.ts";

const events = (counts: readonly number[]) => ({
  templates: Int32Array.from(counts, (_, i) => i),
  counts: Int32Array.from(counts),
  levels: new Uint8Array(counts.length),
});

Deno.test("ReferenceVectors.nearest() is the least relative difference of counts", () => {
  const vector = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(fc.array(vector, { minLength: 1, maxLength: 6 }), vector, (vectors, asked) => {
    const sum = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0);
    const apart = vectors.map((vector) => {
      const differences = [0, 1, 2, 3].map((i) => Math.abs((vector[i] ?? 0) - (asked[i] ?? 0)));
      return sum(differences) / Math.max(sum(vector), sum(asked));
    });
    const { distance } = new ReferenceVectors(vectors.map(events)).nearest(events(asked));
    assert(Math.abs(distance - Math.min(...apart)) < 1e-9);
  }));
});

Deno.test("ReferenceVectors keeps a bounded number of vectors, evenly spread", () => {
  const all = Array.from({ length: 3 * REFERENCES }, (_, i) => events([i + 1]));
  const { vectors } = new ReferenceVectors(all);
  assert.equal(vectors.length, REFERENCES);
  assert.deepEqual([vectors[0], vectors[1], vectors.at(-1)], [all[0], all[3], all.at(-3)]);
});

Deno.test("ReferenceVectors.nearest() is 1 where there are none", () => {
  assert.deepEqual(new ReferenceVectors([]).nearest(events([1])), { distance: 1, events: null });
});
