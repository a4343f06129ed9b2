import assert from "node:assert/strict";
import { ngram } from "../../lib/detector/ngram.ts";
import type { SequenceDetector } from "../../lib/detector/sequence_detector.ts";
import { SequenceScorer, sequencesOf } from "../../lib/ensemble/sequence_scorer.ts";
import { INFO, NAMES as names, windowOf } from "./made_scope.ts";

const session = (...sequence: number[]) => ({
  ...windowOf(0, [0, INFO, 1]),
  sequence: Int32Array.from(sequence),
});
const TRAINING = Array.from({ length: 40 }, () => session(0, 1, 2));

async function counted(): Promise<{ detector: SequenceDetector; asked: () => number }> {
  const inner = await ngram.fit(sequencesOf(TRAINING, names).set);
  let asked = 0;
  const score: SequenceDetector["score"] = (set) => {
    asked++;
    return inner.score(set);
  };
  const contributions: SequenceDetector["contributions"] = (set, row) => inner.contributions(set, row);
  const expected: SequenceDetector["expected"] = (set, row) => inner.expected(set, row);
  return {
    detector: { ...inner, kind: "ngram", score, contributions, expected } as SequenceDetector,
    asked: () => asked,
  };
}

Deno.test("SequenceScorer.score() is the detector's in units, and asks it once for one order", async () => {
  const { detector, asked } = await counted(), odd = session(0, 2, 1);
  const scorer = new SequenceScorer(detector, { names, unit: 4 });
  const [expected] = detector.score(sequencesOf([odd], names).set);
  assert.equal(scorer.score(odd), expected / 4);
  assert.equal(scorer.score({ ...odd, start: 5 }), expected / 4);
  assert.equal(asked(), 2);
});

Deno.test("SequenceScorer is silent on windows without an order", async () => {
  const { detector, asked } = await counted(), scorer = new SequenceScorer(detector, { names });
  for (const sequence of [null, new Int32Array()]) {
    assert.equal(scorer.score({ ...TRAINING[0], sequence }), 0);
    assert.deepEqual(scorer.parts({ ...TRAINING[0], sequence }), []);
  }
  assert.equal(asked(), 0);
});

Deno.test("SequenceScorer.score() takes events that no template has for unknown ones", async () => {
  const { detector } = await counted(), scorer = new SequenceScorer(detector, { names });
  assert(scorer.score(session(0, -2, 1, 2)) > 3 * scorer.score(session(0, 1, 2)));
});

Deno.test("SequenceScorer.parts() says what came where something else was expected, with shares that sum to 1", async () => {
  const inner = await ngram.fit(sequencesOf(TRAINING, names).set, {
    measure: { by: "surprise", largest: 5 },
  });
  const parts = new SequenceScorer(inner, { names }).parts(session(0, 2, 2, 2));
  assert(Math.abs(parts.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-12);
  const repeated = parts.find(({ text }) =>
    text.startsWith(`\`${names.text(2)}\` directly after \`${names.text(2)}\``)
  );
  assert.deepEqual([repeated?.kind, repeated?.actual, repeated?.detail], ["order", 2, names.id(2)]);
  assert(parts.some(({ text }) => text.includes(`, usually \`${names.text(1)}\``)));
  const [cut] = new SequenceScorer(inner, { names }).parts(session(0, 1));
  assert.match(cut.text, /^The end directly after /);
});

Deno.test("sequencesOf() is a row for each order", () => {
  const { set, rows } = sequencesOf([session(0, 1), session(1, 0), session(0, 1)], names);
  assert.deepEqual([set.rows, ...rows], [2, 0, 1, 0]);
  assert.deepEqual(set.vocabulary, [names.id(0), names.id(1)]);
});
