import assert from "node:assert/strict";
import type { Detector } from "../../lib/detector/detector.ts";
import { newTemplate } from "../../lib/detector/new_template.ts";
import { CountScorer } from "../../lib/ensemble/count_scorer.ts";
import { ERROR, INFO, madeSpace, NAMES as names, windowOf } from "./made_scope.ts";

/** A detector that counts how often it is asked. */
async function counted(): Promise<{ detector: Detector; asked: () => number }> {
  const inner = await newTemplate.fit(madeSpace().matrix);
  let asked = 0;
  const score: Detector["score"] = (matrix) => {
    asked++;
    return inner.score(matrix);
  };
  const contributions: Detector["contributions"] = (matrix, row) => inner.contributions(matrix, row);
  const expected: Detector["expected"] = (matrix, row) => inner.expected(matrix, row);
  const detector = { kind: inner.kind, score, contributions, expected, toJSON: () => inner.toJSON() };
  return { detector, asked: () => asked };
}

Deno.test("CountScorer.score() is the detector's in units, and asks it once for equal counts", async () => {
  const { detector, asked } = await counted(), { space } = madeSpace();
  const scorer = new CountScorer(detector, { space, names, unit: 4 });
  const window = windowOf(0, [0, INFO, 2], [2, ERROR, 3]);
  assert.equal(scorer.name, "new-template");
  assert.equal(scorer.score(window), 2 / 4); // log2 of 1 + 3
  assert.equal(scorer.score({ ...window, start: 60_000, end: 120_000 }), 2 / 4);
  assert.equal(asked(), 1);
});

Deno.test("CountScorer.score() prefers honest scores of windows that the detector was fitted on", async () => {
  const { detector, asked } = await counted(),
    window = windowOf(0, [0, INFO, 2]),
    heldBack = new Map([[window, 6]]);
  const scorer = new CountScorer(detector, { space: madeSpace().space, names, unit: 2, heldBack });
  assert.deepEqual([scorer.score(window), asked()], [3, 0]);
  heldBack.clear();
  assert.deepEqual([scorer.score(window), asked()], [0, 1]);
});

Deno.test("CountScorer.parts() says which templates a score comes from", async () => {
  const { detector } = await counted(),
    scorer = new CountScorer(detector, { space: madeSpace().space, names });
  const [{ kind, template, actual }] = scorer.parts(windowOf(0, [0, INFO, 2], [3, INFO, 5]));
  assert.deepEqual([kind, template, actual], ["unseen", 3, 5]);
  assert.deepEqual(scorer.parts(windowOf(0, [0, INFO, 2])), []);
});

Deno.test("CountScorer counts templates that training didn't know nowhere where it is told so", async () => {
  const { detector } = await counted(),
    { space } = madeSpace(),
    window = windowOf(0, [0, INFO, 2], [3, ERROR, 5]);
  const scorer = new CountScorer(detector, { space, names, knownOnly: true });
  assert.equal(scorer.score(window), 0);
  assert.deepEqual(scorer.parts(window), []);
  assert(new CountScorer(detector, { space, names }).score(window) > 0);
});
