import assert from "node:assert/strict";
import { seededRandom } from "../../lib/detector/seeded_random.ts";
import type { Decision } from "../../lib/ensemble/ensemble.ts";
import { SessionEnsemble, type SessionState } from "../../lib/ensemble/sessions.ts";
import type { EventWindow, TemplateNames } from "../../lib/feature/event_window.ts";
import { WindowBuilder } from "../bench/detectors/session_material.ts";

/** Templates by name: a session is a text of one letter an event. */
class Letters implements TemplateNames {
  readonly #ids: string[];
  readonly #build = new WindowBuilder();

  constructor(ids = "abcdefxyz") {
    this.#ids = [...ids];
  }

  window(letters: string): EventWindow {
    return this.#build.window(Int32Array.from(letters, (letter) => this.#ids.indexOf(letter)), []);
  }

  id = (index: number) => this.#ids[index];
  text = (index: number) => this.#ids[index] === "x" ? "disk error" : `step ${this.#ids[index]}`;
  severity = () => 0;
  indexOf = (id: string) => this.#ids.indexOf(id);
}

/** Sessions a b+ c … d, one in twenty with an e. */
function normals(letters: Letters, count: number, seed = 1): EventWindow[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const steps = "b".repeat(1 + Math.floor(3 * random())) + (random() < .05 ? "e" : "") + "cc";
    return letters.window(`a${steps}d`);
  });
}

function judgeAll(ensemble: SessionEnsemble, windows: readonly EventWindow[]): Decision[] {
  const state = ensemble.start();
  return windows.map((window) => ensemble.judge(state, window));
}

const share = (decisions: readonly Decision[]) =>
  decisions.filter(({ score }) => score > 1).length / decisions.length;

Deno.test("SessionEnsemble flags unknown events, missing steps and bursts, and few normal sessions", () => {
  for (const adaptation of ["on", "off"] as const) {
    const letters = new Letters();
    const ensemble = SessionEnsemble.fit(normals(letters, 500), letters, { adaptation });
    assert(share(judgeAll(ensemble, normals(letters, 500, 2))) <= .02);
    for (const odd of ["abxccd", "abbd", "abccccccccccccccccccccd", "abcc"]) {
      const [decision] = judgeAll(ensemble, [letters.window(odd)]);
      assert(decision.score > 1, `${odd} ${adaptation}`);
      assert(decision.opinions.length > 0);
    }
  }
});

Deno.test("SessionEnsemble.judge() gives shares that sum to 1 and names the odd event first", () => {
  const letters = new Letters();
  const ensemble = SessionEnsemble.fit(normals(letters, 500), letters, { adaptation: "off" });
  const [decision] = judgeAll(ensemble, [letters.window("abbcxcd")]);
  for (const { parts, evidence } of decision.opinions) {
    assert(evidence > 1);
    assert(Math.abs(parts.reduce((sum, part) => sum + part.share, 0) - 1) < 1e-9);
  }
  const fresh = decision.opinions.find(({ detector }) => detector === "new-event");
  assert.equal(fresh?.parts[0].template, letters.indexOf("x"));
  assert.deepEqual([fresh?.parts[0].kind, fresh?.parts[0].actual, fresh?.parts[0].expected], [
    "unseen",
    1,
    0,
  ]);
});

Deno.test("SessionEnsemble.fromJSON() judges as the ensemble that was saved, also where templates have other numbers", () => {
  const letters = new Letters(), renamed = new Letters("zyxfedcba");
  const ensemble = SessionEnsemble.fit(normals(letters, 300), letters, { adaptation: "on" });
  const restored = SessionEnsemble.fromJSON(JSON.parse(JSON.stringify(ensemble)), renamed);
  const scores = judgeAll(ensemble, [...normals(letters, 200, 3), letters.window("abxccd")]);
  const again = judgeAll(restored, [...normals(renamed, 200, 3), renamed.window("abxccd")]);
  assert.deepEqual(again.map(({ score }) => score), scores.map(({ score }) => score));
  const saved = JSON.stringify(ensemble);
  assert.equal(JSON.stringify(SessionEnsemble.fromJSON(JSON.parse(saved), letters)), saved);
});

Deno.test("SessionEnsemble.load() goes on where the saved state was", () => {
  const letters = new Letters();
  const ensemble = SessionEnsemble.fit(normals(letters, 300), letters, { adaptation: "on" });
  const windows = [
    ...normals(letters, 120, 4),
    ...normals(letters, 120, 5).map(() => letters.window("abfccd")),
  ];
  const state = ensemble.start(), whole: number[] = [], cut: number[] = [];
  for (const window of windows) whole.push(ensemble.judge(state, window).score);
  let resumed = ensemble.start();
  windows.forEach((window, i) => {
    if (i % 50 === 49) resumed = ensemble.load(JSON.parse(JSON.stringify(ensemble.save(resumed))));
    cut.push(ensemble.judge(resumed, window).score);
  });
  assert.deepEqual(cut, whole);
});

Deno.test("SessionEnsemble.load() goes on under another budget with what was learned, and with how rules did", () => {
  const letters = new Letters(), sessions = normals(letters, 300);
  const [strict, loose] = [.002, .1].map((budget) =>
    SessionEnsemble.fit(sessions, letters, { adaptation: "on", budget })
  );
  const names = ({ fitted: { rules } }: SessionEnsemble) => rules.map(({ name }) => name);
  assert.notDeepEqual(names(strict), names(loose)); // it does make a difference

  const windows = [
    ...normals(letters, 150, 6),
    ...normals(letters, 90, 7).map(() => letters.window("abfccd")),
  ];
  const [state, whole] = [strict, loose].map((ensemble) => {
    const state = ensemble.start();
    for (const window of windows) ensemble.judge(state, window);
    return state;
  });
  const moved = loose.load(JSON.parse(JSON.stringify(strict.save(state))));
  assert.deepEqual(moved.history.counts, whole.history.counts); // every rule has fired where it would have
  assert.equal(moved.history.judged, state.history.judged);
  assert.deepEqual(names(loose)[moved.history.current], names(loose)[whole.history.current]);
  const memory = (ensemble: SessionEnsemble, one: SessionState) =>
    (ensemble.save(one) as { memory: unknown }).memory;
  assert.deepEqual(memory(loose, moved), memory(strict, state));
});

Deno.test("SessionEnsemble.load() refuses a history that is no base64, and says so", () => {
  const letters = new Letters();
  const ensemble = SessionEnsemble.fit(normals(letters, 300), letters, { adaptation: "on" });
  const saved = JSON.stringify(ensemble.save(ensemble.start())).replace(/"fired":"[^"]*"/, '"fired":"é?"');
  assert(saved.includes("é?"));
  assert.throws(() => ensemble.load(JSON.parse(saved)), {
    name: "TypeError",
    message: "Cannot restore sessions: the history is no base64",
  });
});

Deno.test("SessionEnsemble takes for usual what many sessions lack, and says so once", () => {
  const letters = new Letters();
  const ensemble = SessionEnsemble.fit(normals(letters, 500), letters, { adaptation: "on" });
  const shifted = normals(letters, 300, 7).map(({ sequence }) =>
    letters.window([...sequence!].map((template) => letters.id(template)).join("").replace("d", ""))
  );
  const decisions = judgeAll(ensemble, [...normals(letters, 100, 8), ...shifted]);
  assert(decisions[100].score > 1);
  assert(share(decisions.slice(200)) <= .02);
  const said = decisions.filter(({ opinions }) =>
    opinions.some(({ detector }) => detector === "behaviour-shift")
  );
  assert.equal(said.length, 1);
  assert.match(said[0].opinions.at(-1)!.parts[0].text, /of the last 50 sessions lack `step d`/);
});

Deno.test("SessionEnsemble goes on flagging a severe event that a third of all sessions have", () => {
  const letters = new Letters();
  const ensemble = SessionEnsemble.fit(normals(letters, 500), letters, { adaptation: "on" });
  const windows = normals(letters, 600, 9).map((window, i) => i % 3 > 0 ? window : letters.window("abxccd"));
  const decisions = judgeAll(ensemble, windows);
  assert.equal(share(decisions.filter((_, i) => i % 3 === 0)), 1);
  assert(share(decisions.filter((_, i) => i % 3 > 0)) <= .02);
});

/** Sessions of letters in any order. */
function jumbles(letters: Letters, count: number): EventWindow[] {
  const random = seededRandom(7);
  return Array.from({ length: count }, () => {
    const length = 3 + Math.floor(10 * random());
    return letters.window(Array.from({ length }, () => "abcdef"[Math.floor(6 * random())]).join(""));
  });
}

/** A detector that says 99 of every session that is none of these. */
function knowing(sessions: readonly EventWindow[]) {
  const known = new Set(sessions.map(({ sequence }) => sequence)), text = "none of ours";
  const score = ({ sequence }: EventWindow) => known.has(sequence) ? 0 : 99;
  const part = { kind: "total", template: -1, detail: "", text, share: 1, actual: 99, expected: 0 } as const;
  return { name: "toy", score, parts: () => [part], heldBack: sessions.map(() => 0), besides: score };
}

Deno.test("SessionEnsemble follows another detector that finds clearly more, and says what it has to say", () => {
  const letters = new Letters(), sessions = jumbles(letters, 400), toy = knowing(sessions);
  const ensemble = SessionEnsemble.fit(sessions, letters, { adaptation: "off", scorers: [toy] });
  assert.match(ensemble.rule.name, /toy@/);
  assert(
    ensemble.notes.some((note) => note === "toy joined in; there are rules with them that find clearly more"),
  );
  const [{ score, opinions }] = judgeAll(ensemble, [letters.window("aabbffed")]);
  assert(score > 1);
  assert.deepEqual(opinions.find(({ detector }) => detector === "toy")?.parts, toy.parts());
});

Deno.test("SessionEnsemble follows no other detector that finds little more than its own evidence", () => {
  const letters = new Letters(), sessions = normals(letters, 400), toy = knowing(sessions);
  const ensemble = SessionEnsemble.fit(sessions, letters, { adaptation: "off", scorers: [toy] });
  const plain = SessionEnsemble.fit(sessions, letters, { adaptation: "off" });
  assert.deepEqual(ensemble.fitted.rules, plain.fitted.rules);
  assert.match(ensemble.notes[1], /^toy joined in; they rank and explain, but no rule /);
});

Deno.test("SessionEnsemble ranks sessions by other detectors as well, and is restored only with them", () => {
  const letters = new Letters(), sessions = normals(letters, 400), odd = letters.window("abccd");
  const score = (window: EventWindow) => window.sequence === odd.sequence ? 99 : 0;
  const scorers = [{ ...knowing(sessions), score, heldBack: sessions.map((_, i) => i % 10 / 100) }];
  const ensemble = SessionEnsemble.fit(sessions, letters, { adaptation: "off", scorers });
  const plain = SessionEnsemble.fit(sessions, letters, { adaptation: "off" });
  assert(judgeAll(ensemble, [odd])[0].score > judgeAll(plain, [odd])[0].score);
  const saved = JSON.parse(JSON.stringify(ensemble));
  assert.throws(() => SessionEnsemble.fromJSON(saved, letters), TypeError);
  const restored = SessionEnsemble.fromJSON(saved, letters, scorers);
  assert.deepEqual(judgeAll(restored, [odd]), judgeAll(ensemble, [odd]));
});

Deno.test("SessionEnsemble.copy() changes apart from the state", () => {
  const letters = new Letters();
  const ensemble = SessionEnsemble.fit(normals(letters, 300), letters, { adaptation: "on" });
  const state = ensemble.start(), before = JSON.stringify(ensemble.save(state)), copy = ensemble.copy(state);
  for (const window of normals(letters, 60, 6)) ensemble.judge(copy, window);
  assert.equal(JSON.stringify(ensemble.save(state)), before);
  assert.notEqual(JSON.stringify(ensemble.save(copy)), before);
});

Deno.test("SessionEnsemble.fit() is the same for the same seed", () => {
  const letters = new Letters();
  const fit = () => SessionEnsemble.fit(normals(letters, 200), letters, { adaptation: "on", seed: 3 });
  assert.deepEqual(JSON.stringify(fit()), JSON.stringify(fit()));
});

Deno.test("SessionEnsemble.fit() refuses one session and a budget out of range", () => {
  const letters = new Letters(),
    fit = (count: number, budget: number) =>
      SessionEnsemble.fit(normals(letters, count), letters, { adaptation: "off", budget });
  assert.throws(() => fit(1, .01), RangeError);
  for (const budget of [0, .5, NaN]) assert.throws(() => fit(9, budget), RangeError);
});

Deno.test("SessionEnsemble.fromJSON() refuses what it doesn't know", () => {
  const letters = new Letters();
  const saved = JSON.parse(
    JSON.stringify(SessionEnsemble.fit(normals(letters, 9), letters, { adaptation: "off" })),
  );
  for (const change of [{ version: 99 }, { known: 1 }, { begin: {} }, { scorers: ["other"] }]) {
    assert.throws(() => SessionEnsemble.fromJSON({ ...saved, ...change }, letters).start(), TypeError);
  }
});
