import assert from "node:assert/strict";
import type { Decision, Ensemble, StartOptions } from "../../lib/ensemble/ensemble.ts";
import { Together } from "../../lib/ensemble/together.ts";
import type { EventWindow } from "../../lib/feature/event_window.ts";

const WINDOW: EventWindow = {
  ...{ start: 0, end: 1, lines: 1, sequence: null },
  events: { templates: new Int32Array(), counts: new Int32Array(), levels: new Uint8Array() },
};

/** Decides always alike, and counts how often it was asked. */
function fixed(decision: Decision, name = "fixed"): Ensemble<{ asked: number; options?: StartOptions }> {
  return {
    kind: name,
    notes: [`${name} is ready`],
    start: (options) => ({ asked: 0, options }),
    judge: (state) => {
      state.asked++;
      return decision;
    },
    copy: (state) => ({ ...state }),
    save: ({ asked }) => asked,
    load: (asked) => ({ asked: asked as number }),
    toJSON: () => ({ kind: name, version: 1 }),
  };
}

const opinion = (detector: string, evidence: number) => ({ detector, evidence, parts: [] });
const of = (...members: ReturnType<typeof fixed>[]) => new Together(members as Ensemble[]);

Deno.test("Together.judge() has the greatest score and the opinions of all, strongest first", () => {
  const both = of(
    fixed({ score: 1.5, opinions: [opinion("a", 1.5), opinion("b", 1.1)] }),
    fixed({ score: 3, opinions: [opinion("c", 3)] }),
    fixed({ score: .2, opinions: [] }),
  );
  const { score, opinions, note } = both.judge(both.start(), WINDOW);
  assert.equal(score, 3);
  assert.deepEqual(opinions.map(({ detector }) => detector), ["c", "a", "b"]);
  assert.equal(note, undefined);
});

Deno.test("Together.judge() leaves out what yields where another member calls the window anomalous too", () => {
  const slow = fixed({ score: 2, opinions: [opinion("time", 2), opinion("value", 1.5)] });
  const detectors = (score: number) => {
    const members = [slow, fixed({ score, opinions: [opinion("order", 1.2)] })] as Ensemble[];
    const both = new Together(members, { yielding: ["time"] });
    return both.judge(both.start(), WINDOW).opinions.map(({ detector }) => detector);
  };
  assert.deepEqual(detectors(1.2), ["value", "order"]);
  assert.deepEqual(detectors(.9), ["time", "value", "order"]);
  assert.deepEqual(new Together([], { yielding: ["time"] }).toJSON().yielding, ["time"]);
});

Deno.test("Together.judge() says what any of its members can't judge", () => {
  const calm = { score: 0, opinions: [] };
  const both = of(fixed({ ...calm, note: "too young" }), fixed(calm), fixed({ ...calm, note: "no facts" }));
  assert.equal(both.judge(both.start(), WINDOW).note, "too young; no facts");
});

Deno.test("Together begins each member as it was told, and copies and saves their states apart", () => {
  const both = of(fixed({ score: 0, opinions: [] }), fixed({ score: 0, opinions: [] }));
  const states = both.start({ behind: false }), copy = both.copy(states);
  assert.deepEqual(states, [{ asked: 0, options: { behind: false } }, {
    asked: 0,
    options: { behind: false },
  }]);
  both.judge(states, WINDOW);
  assert.deepEqual([both.save(states), both.save(copy)], [[1, 1], [0, 0]]);
  assert.deepEqual(both.load([4, 5]), [{ asked: 4 }, { asked: 5 }]);
});

Deno.test("Together.load() refuses the states of more or fewer members", () => {
  const both = of(fixed({ score: 0, opinions: [] }));
  for (const saved of [null, 7, [], [1, 2]]) {
    assert.throws(() => both.load(saved), /^TypeError: Cannot restore the state of ensembles: there are 1/);
  }
});

Deno.test("Together has the notes of its members, and is saved as they are", () => {
  const both = of(fixed({ score: 0, opinions: [] }, "a"), fixed({ score: 0, opinions: [] }, "b"));
  assert.deepEqual(both.notes, ["a is ready", "b is ready"]);
  assert.deepEqual(both.toJSON(), {
    kind: "together",
    version: 1,
    members: [{ kind: "a", version: 1 }, { kind: "b", version: 1 }],
  });
});
