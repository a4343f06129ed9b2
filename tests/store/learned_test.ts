import assert from "node:assert/strict";
import { State } from "../../lib/store/state.ts";

/** A state in memory that is closed at the end. */
function withLearned(test: (learned: State["learned"]) => void): void {
  const state = State.open(":memory:");
  try {
    test(state.learned);
  } finally {
    state.close();
  }
}

Deno.test("Learned keeps births in their order, each stream's apart, and writes them over", () => {
  withLearned((learned) => {
    learned.putBirths("shop", 0, [{ id: "a", count: 1 }, { id: "b", count: 1 }]);
    learned.putBirths("shop", 10, [{ id: "k", count: 1 }]);
    learned.putBirths("shop", 1, [{ id: "b", count: 7 }]);
    learned.putBirths("web", 0, [{ id: "z", count: 1 }]);
    assert.deepEqual(learned.births("shop"), [{ id: "a", count: 1 }, { id: "b", count: 7 }, {
      id: "k",
      count: 1,
    }]);
    learned.clearBirths("shop");
    assert.deepEqual([learned.births("shop"), learned.births("web")], [[], [{ id: "z", count: 1 }]]);
  });
});

Deno.test("Learned remembers the earliest time of a novelty, whatever comes later", () => {
  withLearned((learned) => {
    for (const time of [60_000, 90_000, 30_000, 40_000]) learned.putNovelty("shop", "P7", time);
    learned.putNovelty("web", "P7", 5);
    assert.deepEqual([...learned.novelties("shop")], [["P7", 30_000]]);
    assert.deepEqual([...learned.novelties("web")], [["P7", 5]]);
    assert.deepEqual([...learned.novelties("other")], []);
  });
});

Deno.test("Learned keeps the last state of each ensemble, by scope and service, until they are cleared", () => {
  withLearned((learned) => {
    learned.putJudging("shop", "sessions", { state: { last: [1] }, anew: [] });
    learned.putJudging("shop", "sessions", { state: { last: [2] }, anew: ["a@1"] });
    learned.putJudging("shop", "* __proto__", { state: null, anew: [] });
    learned.putJudging("web", "sessions", 7);
    assert.deepEqual(learned.judging("shop"), {
      "* __proto__": { state: null, anew: [] },
      sessions: { state: { last: [2] }, anew: ["a@1"] },
    });
    learned.clearJudging("shop");
    assert.deepEqual([learned.judging("shop"), learned.judging("web")], [{}, { sessions: 7 }]);
  });
});
