import assert from "node:assert/strict";
import { SessionModes } from "../../lib/ensemble/session_modes.ts";
import { eventCountsOf, type EventWindow } from "../../lib/feature/event_window.ts";
import { symbolOf } from "../../lib/window/symbol.ts";

const TEXTS = ["order placed", "order paid", "parcel booked", "disk failure", "coupon used"];
const NAMES = {
  id: (index: number) => `id${index}`,
  text: (index: number) => TEXTS[index],
  severity: () => 9,
  indexOf: (id: string) => Number(id.slice(2)),
};
const MINUTE = 60_000;

/** A session that ends in that minute, with these events in order. */
function session(minute: number, ...templates: number[]): EventWindow {
  const pairs = [...new Set(templates)].sort().flatMap((template) => [
    symbolOf(template, 9),
    templates.filter((other) => other === template).length,
  ]);
  return {
    ...{ start: minute * MINUTE - 1000, end: minute * MINUTE, lines: templates.length },
    events: eventCountsOf(Int32Array.from(pairs)),
    sequence: Int32Array.from(templates),
  };
}

const TRAINING = Array.from({ length: 300 }, (_, i) => session(i, 0, 1, 2));
const fitted = () => SessionModes.fit(TRAINING, NAMES);

Deno.test("SessionModes calls what training had normal and what it didn't anomalous, in both modes", () => {
  const modes = fitted();
  for (const adapts of [true, false]) {
    const state = modes.start({ adapts });
    assert(modes.judge(state, session(400, 0, 1, 2)).score < 1);
    assert(modes.judge(state, session(401, 0, 1, 3)).score > 1);
  }
});

Deno.test("SessionModes takes what many sessions do for usual only where it adapts", () => {
  const modes = fitted();
  const scoreOf = (adapts: boolean) => {
    const state = modes.start({ adapts });
    for (let i = 0; i < 2000; i++) modes.judge(state, session(400 + i, 0, 4, 1, 2));
    return modes.judge(state, session(2500, 0, 4, 1, 2)).score;
  };
  assert(scoreOf(true) < 1);
  assert(scoreOf(false) > 1);
});

Deno.test("SessionModes makes normal sessions anomalous only where people are told that all sessions change", () => {
  const modes = fitted();
  const odd = (told: boolean) => {
    const state = modes.start({ adapts: true, told });
    const decisions = Array.from(
      { length: 2000 },
      (_, i) => modes.judge(state, session(400 + i, 0, 4, 1, 2)),
    );
    return decisions.filter(({ score, opinions }) => !(score > 1) && opinions.length > 0).length;
  };
  assert(odd(false) > 0); // an opinion on the log as a whole
  assert.equal(odd(true), 0);
});

Deno.test("SessionModes goes on from a saved state and model as it would have", () => {
  const modes = fitted(), restored = SessionModes.fromJSON(JSON.parse(JSON.stringify(modes.toJSON())), NAMES);
  assert.deepEqual(restored.toJSON(), modes.toJSON());
  assert.deepEqual(restored.notes, modes.notes);
  for (const adapts of [true, false]) {
    const state = modes.start({ adapts });
    for (let i = 0; i < 50; i++) modes.judge(state, session(400 + i, 0, 4, 1, 2));
    const copy = modes.copy(state), loaded = restored.load(JSON.parse(JSON.stringify(modes.save(state))));
    assert.equal(loaded.adapts, adapts);
    const next = session(500, 0, 4, 1, 1, 2), { score } = modes.judge(state, next);
    assert.equal(restored.judge(loaded, next).score, score);
    assert.equal(modes.judge(copy, next).score, score);
  }
});

Deno.test("SessionModes refuses states and snapshots that are not its own", () => {
  const modes = fitted(),
    saved = modes.toJSON(),
    state = modes.save(modes.start()) as Record<string, unknown>;
  for (
    const wrong of [null, 7, {}, { ...state, adapts: 1 }, { ...state, told: null }, { ...state, inner: 3 }]
  ) {
    assert.throws(() => modes.load(wrong), TypeError);
  }
  for (const wrong of [null, [], { ...saved, adaptive: null }, { ...saved, fixed: saved }]) {
    assert.throws(() => SessionModes.fromJSON(wrong, NAMES), TypeError);
  }
  assert.throws(() => SessionModes.fromJSON({ ...saved, version: 99 }, NAMES), RangeError);
});
