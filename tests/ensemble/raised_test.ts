import assert from "node:assert/strict";
import type { Ensemble, Opinion } from "../../lib/ensemble/ensemble.ts";
import { Raised, raisedLines, withRaised } from "../../lib/ensemble/raised.ts";

const events = { templates: new Int32Array(), counts: new Int32Array(), levels: new Uint8Array() };
const window = { start: 0, end: 1, lines: 0, events, sequence: null };

/** Always decides the same, and counts the windows. */
function fixed(score: number, opinions: Opinion[]): Ensemble<{ seen: number }> {
  return {
    kind: "fixed",
    notes: ["fixed"],
    start: () => ({ seen: 0 }),
    judge: (state) => (state.seen++, { score, opinions, note: "said" }),
    copy: (state) => ({ ...state }),
    save: (state) => state,
    load: (saved) => saved as { seen: number },
    toJSON: () => ({ kind: "fixed", version: 1 }),
  };
}

const opinion = (detector: string, evidence: number): Opinion => ({ detector, evidence, parts: [] });

const CASES: [string, number, Opinion[], Record<string, number>, number, string[]][] = [
  ["nothing that is raised", 3, [opinion("a", 3)], { b: 2 }, 3, ["a"]],
  ["above the raised line", 3, [opinion("a", 3)], { a: 2 }, 1.5, ["a"]],
  ["at the raised line", 2, [opinion("a", 2)], { a: 2 }, 1, []],
  ["below the raised line", 3, [opinion("a", 3)], { a: 4 }, 0.75, []],
  ["another one that leads then", 4, [opinion("a", 4), opinion("b", 3)], { a: 2 }, 3, ["b", "a"]],
  ["a score beyond its opinions", 8, [opinion("a", 4)], { a: 2 }, 4, ["a"]],
  ["nothing anomalous", 0.5, [], { a: 2 }, 0.5, []],
];

for (const [name, score, opinions, lines, expected, left] of CASES) {
  Deno.test(`Raised decides on ${name}`, () => {
    const decision = new Raised(fixed(score, opinions) as Ensemble, lines).judge({ seen: 0 }, window);
    assert.deepEqual([decision.score, decision.opinions.map(({ detector }) => detector), decision.note], [
      expected,
      left,
      "said",
    ]);
  });
}

Deno.test("Raised goes on with the states of what it stands for", () => {
  const inner = fixed(3, [opinion("a", 3)]) as Ensemble, ensemble = new Raised(inner, { a: 2 });
  const state = inner.load(inner.save(inner.start()));
  ensemble.judge(state, window);
  assert.deepEqual(ensemble.save(ensemble.copy(state)), { seen: 1 });
  assert.deepEqual(ensemble.notes, [
    "fixed",
    "the line of a was raised 2 times by what people said of alerts",
  ]);
  for (const factor of [1, 0, NaN, Infinity]) {
    assert.throws(() => new Raised(inner, { a: factor }), /must be above 1/);
  }
});

Deno.test("withRaised() sets lines anew, and takes them away where there are none", () => {
  const inner = fixed(1, []) as Ensemble, once = withRaised(inner, { a: 2 });
  assert.deepEqual(raisedLines(withRaised(once, { b: 3 })), { b: 3 });
  assert.equal(withRaised(once, {}), inner);
  assert.deepEqual(raisedLines(inner), {});
});
