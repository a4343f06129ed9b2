import assert from "node:assert/strict";
import { seededRandom } from "../../lib/detector/seeded_random.ts";
import { type EnsembleScope, restoreEnsemble } from "../../lib/ensemble/registry.ts";
import { SessionValues } from "../../lib/ensemble/session_values.ts";
import type { Ensemble } from "../../lib/ensemble/ensemble.ts";
import { Together } from "../../lib/ensemble/together.ts";
import type { EventWindow } from "../../lib/feature/event_window.ts";
import { NAMES } from "./order_names.ts";

const MINUTE = 60_000, DURATION = 3;
const EVENTS = { templates: Int32Array.of(0, 1), counts: Int32Array.of(1, 1), levels: new Uint8Array(2) };

/** A session that ends in that minute, whose payment took so many ms; `said` as its line says. */
function session(minute: number, took: number, said = took): EventWindow {
  const end = minute * MINUTE, start = end - took;
  return {
    ...{ start, end, lines: 2, events: EVENTS, sequence: null },
    facts: new Map<string, unknown>([
      ["times", [0, start, start, 1, end, end]],
      ["greatest", [{ template: 1, slot: "in", kind: DURATION, greatest: said }]],
    ]),
  };
}

/** Log-normal lengths of time around 200 ms. */
function tookOf(seed: number): () => number {
  const random = seededRandom(seed);
  return () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.round(200 * Math.exp(.5 * normal));
  };
}

function training(count = 1000): EventWindow[] {
  const took = tookOf(1);
  return Array.from({ length: count }, (_, i) => session(i, took()));
}

const VALUES = SessionValues.fit(training(), NAMES);

/** Scores of sessions that take so many times as long as usual. */
function scores(
  values: SessionValues,
  options: { adapts: boolean; seed?: number },
  factors: number[],
): number[] {
  const state = values.start(options), took = tookOf(options.seed ?? 2);
  return factors.map((factor, i) =>
    values.judge(state, session(2000 + i, Math.round(took() * factor))).score
  );
}

const above = (scores: readonly number[]) => scores.filter((score) => score > 1).length;

Deno.test("SessionValues flag hardly any normal session, and stay within the rate that they state", () => {
  for (const adapts of [true, false]) {
    const flagged = above(scores(VALUES, { adapts }, Array(20_000).fill(1)));
    assert(flagged <= 20, `${flagged} of 20,000`); // .05 % are stated
  }
  assert.match(
    VALUES.notes[0],
    /^\d numbers and times are expected to flag 0\.05 % of normal ones$/,
  );
});

Deno.test("SessionValues find a payment that takes very long, by what it says and by its times", () => {
  for (const adapts of [true, false]) {
    const { score, opinions } = VALUES.judge(VALUES.start({ adapts }), session(2000, 41_000, 200));
    assert(score > 1 && score < 2);
    const [{ detector: timed, parts }] = opinions;
    const step = parts.find(({ template }) => template === 1)!,
      whole = parts.find(({ template }) => template < 0)!;
    assert.deepEqual([timed, step.detail, whole.detail], ["session-time", "time before", "whole session"]);
    assert.match(step.text, /^41 s, usually at most \d+ ms, after `order placed`$/);
    const said = VALUES.judge(VALUES.start({ adapts }), session(2000, 41_000)).opinions;
    assert.deepEqual(said.map(({ detector }) => detector).sort(), ["session-time", "session-value"]);
    const { parts: [number] } = said.find(({ detector }) => detector === "session-value")!;
    assert.deepEqual([number.kind, number.template, number.detail, number.actual], [
      "value",
      1,
      "in",
      41_000,
    ]);
    assert.match(number.text, /^41 s, usually at most \d+ ms$/);
    const { parts: others } = said.find(({ detector }) => detector === "session-time")!;
    assert.deepEqual(others.map(({ template }) => template), [-1]); // the step's time is said by its number already
    const [{ detector, parts: [only] }] =
      VALUES.judge(VALUES.start({ adapts }), session(2000, 200, 41_000)).opinions;
    assert.deepEqual([detector, only.share], ["session-value", 1]);
  }
});

Deno.test("SessionValues find a latency that lasts, though no single session is beyond the line", () => {
  const still = above(scores(VALUES, { adapts: false }, Array(9).fill(4)));
  const running = above(scores(VALUES, { adapts: true }, Array(9).fill(4)));
  assert(running >= 4 && running > still, `${running} and ${still}`);
});

Deno.test("SessionValues take what is slower for all for usual where they adapt, and say so once", () => {
  const calm = Array(100).fill(1), slow = Array(900).fill(8), factors = [...calm, ...slow];
  assert(above(scores(VALUES, { adapts: false }, factors)) > 100);
  const adapted = scores(VALUES, { adapts: true }, factors);
  assert(above(adapted) < 30, `${above(adapted)}`);
  assert.equal(above(adapted.slice(300)), 0);

  for (const told of [true, false]) {
    const state = VALUES.start({ adapts: true, told }), took = tookOf(2);
    const decisions = factors.map((factor, i) =>
      VALUES.judge(state, session(2000 + i, Math.round(took() * factor)))
    );
    const news = decisions.filter(({ opinions }) =>
      opinions.some(({ detector }) => detector === "behaviour-shift")
    );
    assert(news.length >= 1 && news.length <= 3, `${news.length}`); // at most once for each measure
    assert(news.every(({ score, note }) => (score > 1 || !told) && note !== undefined));
    const parts = news.flatMap(({ opinions }) =>
      opinions.filter(({ detector }) => detector === "behaviour-shift").flatMap(({ parts }) => parts)
    );
    assert.match(parts[0].text, /^above \d+ ms in \d+ of the last 50 sessions/);
  }
});

Deno.test("SessionValues go on from a saved state and model as they would have", () => {
  const restored = SessionValues.fromJSON(JSON.parse(JSON.stringify(VALUES.toJSON())), NAMES);
  assert.deepEqual(restored.toJSON(), VALUES.toJSON());
  assert.deepEqual(restored.notes, VALUES.notes);
  for (const adapts of [true, false]) {
    const state = VALUES.start({ adapts, told: true }), took = tookOf(3);
    for (let i = 0; i < 40; i++) VALUES.judge(state, session(2000 + i, took() * (i % 3 === 0 ? 9 : 1)));
    const saved = JSON.stringify(VALUES.save(state));
    const loaded = restored.load(JSON.parse(saved)), copy = VALUES.copy(state);
    for (let i = 0; i < 60; i++) {
      const next = session(2100 + i, took() * 3), decision = VALUES.judge(state, next);
      assert.deepEqual(restored.judge(loaded, next), decision);
      assert.deepEqual(VALUES.judge(copy, next), decision);
    }
    if (adapts) assert.notEqual(JSON.stringify(VALUES.save(state)), saved);
  }
});

Deno.test("SessionValues go on under other lines with the values that they remember", () => {
  const saved = VALUES.toJSON(), lines = saved.lines as unknown[], begin = saved.begin as number[][];
  const fewer = SessionValues.fromJSON({ ...saved, lines: lines.slice(1), begin: begin.slice(1) }, NAMES);
  const values = (state: ReturnType<typeof VALUES.start>) => state.recent!.map((each) => each.save());
  const state = VALUES.start(), took = tookOf(4);
  for (let i = 0; i < 60; i++) VALUES.judge(state, session(2000 + i, took() * 9));
  assert(state.shifted.size > 1);

  const less = fewer.load(JSON.parse(JSON.stringify(VALUES.save(state))));
  assert.deepEqual(values(less), values(state).slice(1));
  assert.deepEqual(less.shifted, new Set([...state.shifted].filter((i) => i > 0).map((i) => i - 1)));
  const more = VALUES.load(JSON.parse(JSON.stringify(fewer.save(less)))); // the first line begins as after training
  assert.deepEqual(values(more), [begin[0], ...values(state).slice(1)]);
  const { measures: _, ...early } = VALUES.save(state) as Record<string, unknown>; // of before they were kept
  assert.deepEqual(VALUES.save(VALUES.load(early)), VALUES.save(state));
});

Deno.test("restoreEnsemble() gives SessionValues back", () => {
  const restored = restoreEnsemble(JSON.parse(JSON.stringify(VALUES.toJSON())), {} as EnsembleScope, NAMES);
  assert.deepEqual(restored.toJSON(), VALUES.toJSON());
  const both = new Together([VALUES as Ensemble], { yielding: ["session-time"] });
  const again = restoreEnsemble(JSON.parse(JSON.stringify(both.toJSON())), {} as EnsembleScope, NAMES);
  assert.deepEqual(again.toJSON(), both.toJSON());
});

Deno.test("SessionValues forget lines of templates that are gone", () => {
  const names = { ...NAMES, indexOf: (id: string) => id === "id0" ? -1 : Number(id.slice(2)) };
  const restored = SessionValues.fromJSON(JSON.parse(JSON.stringify(VALUES.toJSON())), names);
  assert.deepEqual(restored.lines.map(({ since }) => since), restored.lines.map(() => -1));
  assert.equal(restored.lines.length, VALUES.lines.length - 1);
  assert(restored.judge(restored.start(), session(2000, 41_000)).score > 1);
});

Deno.test("SessionValues judge nothing of few sessions, and say so", () => {
  const young = SessionValues.fit(training(60), NAMES);
  assert.deepEqual(young.lines, []);
  assert.deepEqual(young.notes, [
    "numbers and times are judged from 100 sessions on, there are 60",
  ]);
  assert.deepEqual(young.judge(young.start(), session(99, 1e7)), { score: 0, opinions: [] });
  assert.deepEqual(SessionValues.fit([], NAMES).notes, []);
});

Deno.test("SessionValues draw no line for steps that are further apart than sessions are", () => {
  const bounded = SessionValues.fit(training(), NAMES, { idle: 500 });
  assert(!bounded.lines.some(({ since }) => since >= 0));
  assert(VALUES.lines.some(({ since }) => since >= 0));
});

Deno.test("SessionValues refuse states and snapshots that are not theirs", () => {
  const saved = VALUES.toJSON(), state = VALUES.save(VALUES.start()) as Record<string, unknown>;
  const many = Array(51).fill(1), [line, ...lines] = saved.lines as Record<string, unknown>[];
  for (
    const wrong of [
      null,
      7,
      {},
      { ...state, told: 1 },
      { ...state, recent: [] },
      {
        ...state,
        recent: VALUES.lines.map(() => many),
      },
      { ...state, shifted: ["a"] },
      { ...state, measures: [7] },
      { ...state, measures: [] },
    ]
  ) {
    assert.throws(() => VALUES.load(wrong), /^TypeError: Cannot restore values of sessions: /);
  }
  for (
    const wrong of [null, [], { ...saved, lines: [{ ...line, line: "far" }, ...lines] }, {
      ...saved,
      lines: [{ ...line, run: 4 }, ...lines],
    }, { ...saved, begin: [] }]
  ) {
    assert.throws(
      () => SessionValues.fromJSON(wrong, NAMES),
      /^TypeError: Cannot restore values of sessions: /,
    );
  }
  assert.throws(() => SessionValues.fromJSON({ ...saved, version: 99 }, NAMES), RangeError);
});
