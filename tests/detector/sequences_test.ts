import assert from "node:assert/strict";
import fc from "fast-check";
import { detectorKind, SEQUENCE_DETECTORS, sequenceKind } from "../../lib/detector/registry.ts";
import { sequenceOf, sequenceSet } from "../../lib/detector/sequence_set.ts";
import { testSequenceContract } from "./sequence_contract.ts";

for (const kind of SEQUENCE_DETECTORS) testSequenceContract(kind);

Deno.test("sequenceKind() finds each kind by name and refuses others, those of counts too", () => {
  for (const kind of SEQUENCE_DETECTORS) assert.equal(sequenceKind(kind.name), kind);
  assert.throws(
    () => sequenceKind("autoencoder"),
    /^RangeError: Cannot find a detector of sequences: autoencoder is none of /,
  );
  assert.throws(() => detectorKind("ngram"), RangeError);
});

Deno.test("sequenceSet() gives every sequence back by its row, equal ones once with their weights summed", () => {
  const sequences = fc.array(fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 4 }), { maxLength: 20 });
  fc.assert(fc.property(sequences, (given) => {
    const { set, rows } = sequenceSet(given, { weights: given.map((_, i) => i + 1) });
    const texts = given.map((sequence) => sequence.join());
    assert.equal(set.rows, new Set(texts).size);
    given.forEach((sequence, i) => {
      assert.deepEqual([...sequenceOf(set, rows[i])].map((event) => set.vocabulary[event]), sequence);
      const same = texts.reduce((sum, text, j) => text === texts[i] ? sum + j + 1 : sum, 0);
      assert.equal(set.weights[rows[i]], same);
    });
  }));
});

Deno.test("sequenceSet() numbers by a given vocabulary, and asks for an event's id once", () => {
  const asked: number[] = [];
  const { set } = sequenceSet([Int32Array.of(7, 8, 7), Int32Array.of(9)], {
    vocabulary: ["T9", "T7"],
    idOf: (template) => (asked.push(template), `T${template}`),
  });
  assert.deepEqual([...set.events], [1, -1, 1, 0]);
  assert.deepEqual(asked, [7, 8, 9]);
  assert.deepEqual(set.vocabulary, ["T9", "T7"]);
});

Deno.test("sequenceSet() refuses weights that are no number of sequences", () => {
  for (const weight of [-1, NaN, Infinity]) {
    assert.throws(() => sequenceSet([["a"]], { weights: [weight] }), RangeError);
  }
});
