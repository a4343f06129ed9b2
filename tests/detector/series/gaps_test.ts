import assert from "node:assert/strict";
import { heartbeat } from "../../../lib/detector/series/heartbeat.ts";
import { NAMES, REFRESHED, WINDOW, windowAt } from "./windows.ts";

/** Comes every second window; 48 windows a day. */
const beats = (index: number) => windowAt(index, index % 2 === 0 ? [[REFRESHED, 1]] : []);
const OUTCOME = { fired: false, alerted: false, line: 2 };

/** Follows windows `[from, to)`; those that `passed` has are passed over. */
function follow(to: number, { passed = [] as number[], silent = [] as number[] } = {}) {
  const detector = heartbeat.create({ windowMs: WINDOW, names: NAMES }), state = detector.start();
  for (let i = 0; i < to; i++) {
    const window = silent.includes(i) ? windowAt(i, []) : beats(i);
    if (passed.includes(i)) detector.pass!(state, window);
    else detector.step(state, window, OUTCOME);
  }
  return { detector, state };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/** The score after so many windows of silence. */
function scoreOfSilence(
  { detector, state }: ReturnType<typeof follow>,
  from: number,
  windows: number,
): number {
  for (let i = from; i < from + windows; i++) detector.step(state, windowAt(i, []), OUTCOME);
  return detector.score(state, windowAt(from + windows, []));
}

Deno.test("heartbeat learns no silence from windows that are passed over, nor from what follows them", () => {
  const incident = range(200, 230);
  const learned = scoreOfSilence(follow(300, { silent: incident }), 300, 4);
  const left = scoreOfSilence(follow(300, { silent: incident, passed: range(203, 208) }), 300, 4);
  const never = scoreOfSilence(follow(300), 300, 4);
  assert.equal(learned, 0); // as long as it was away before it may be away again
  assert.ok(left > 2 && Math.abs(left - never) < .5, `${left} is about ${never}`);
});

Deno.test("heartbeat takes no passed window for silence", () => {
  const { detector, state } = follow(300, { silent: range(295, 300), passed: range(295, 300) });
  assert.equal(detector.score(state, windowAt(300, [])), 0);
  const { detector: other, state: silent } = follow(300, { silent: range(295, 300) });
  assert.ok(other.score(silent, windowAt(300, [])) > 2);
});

Deno.test("heartbeat sees in a passed window what is there", () => {
  const { detector, state } = follow(300, { passed: range(100, 200) });
  assert.ok(scoreOfSilence({ detector, state }, 300, 4) > 2); // and a gap that was none broke no habit
});

Deno.test("heartbeat saves how many windows were passed over", () => {
  const { detector, state } = follow(300, { silent: range(295, 300), passed: range(295, 300) });
  const restored = detector.load(JSON.parse(JSON.stringify(detector.save(state))));
  for (let i = 300; i < 304; i++) {
    assert.equal(detector.score(restored, windowAt(i, [])), detector.score(state, windowAt(i, [])));
    for (const each of [state, restored]) detector.step(each, windowAt(i, []), OUTCOME);
  }
  assert.ok(detector.score(state, windowAt(304, [])) > 0);
});
