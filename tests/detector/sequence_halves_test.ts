import assert from "node:assert/strict";
import { ngram } from "../../lib/detector/ngram.ts";
import type { SequenceDetector } from "../../lib/detector/sequence_detector.ts";
import { SequenceHalves } from "../../lib/detector/sequence_halves.ts";
import { sequenceSet } from "../../lib/detector/sequence_set.ts";

const of = (...sequences: string[][]) => sequenceSet(sequences).set;
const USUAL = ["open", "close"], READ = ["open", "read", "close"];

const made = async () => new SequenceHalves([await ngram.fit(of(USUAL)), await ngram.fit(of(READ))]);

Deno.test("SequenceHalves.score() and surprises() are the mean of both", async () => {
  const halves = await made(), set = of(USUAL, READ), [first, second] = halves.halves;
  const mean = (a: Float64Array, b: Float64Array) => [...a].map((value, i) => (value + b[i]) / 2);
  assert.notDeepEqual(first.score(set), second.score(set));
  assert.deepEqual([...halves.score(set)], mean(first.score(set), second.score(set)));
  assert.deepEqual([...halves.surprises(set, 1)], mean(first.surprises(set, 1), second.surprises(set, 1)));
});

Deno.test("SequenceHalves.contributions() sum to 1, or are all 0 where neither half says anything", async () => {
  const halves = await made(), shares = halves.contributions(of(["read", "open"]), 0);
  assert(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-12);
  const silent = { ...halves.halves[0], contributions: () => new Float64Array(3) } as SequenceDetector;
  assert.deepEqual([...new SequenceHalves([silent, silent]).contributions(of(USUAL), 0)], [0, 0, 0]);
});

Deno.test("SequenceHalves knows what either knows, expects what the later one does, and says each note once", async () => {
  const halves = await made(), [first, second] = halves.halves;
  assert.deepEqual([halves.kind, [...halves.vocabulary].sort()], ["ngram", ["close", "open", "read"]]);
  assert.deepEqual(halves.expected(of(READ), 0), second.expected(of(READ), 0));
  const noted = (note: string) => ({ ...first, vocabulary: [], note }) as unknown as SequenceDetector;
  assert.equal(new SequenceHalves([noted("few"), noted("few")]).note, "few");
  assert.equal(new SequenceHalves([noted("few"), noted("fewer")]).note, "few; fewer");
});

Deno.test("SequenceHalves.read() gives the snapshots of both and refuses anything else", async () => {
  const saved = JSON.parse(JSON.stringify((await made()).toJSON()));
  assert.deepEqual(SequenceHalves.read(saved), saved.halves);
  const [first] = saved.halves;
  for (
    const wrong of [{ kind: "ngram" }, { version: 2 }, { halves: null }, { halves: [first] }, {
      halves: [first, null],
    }]
  ) {
    assert.throws(
      () => SequenceHalves.read({ ...saved, ...wrong }),
      /^TypeError: Cannot restore sequence-halves: /,
    );
  }
});
