import assert from "node:assert/strict";
import { Novelty } from "../../../lib/detector/series/novelty.ts";
import { newErrors } from "../../../lib/detector/series/new_error.ts";
import { newTemplates } from "../../../lib/detector/series/new_template.ts";
import type { SeriesDetector } from "../../../lib/detector/series/series_detector.ts";
import type { TemplateNames } from "../../../lib/feature/event_window.ts";
import { WINDOW, windowAt } from "./windows.ts";

/** Templates whose text says that they are errors where their index is odd. */
const ODD: TemplateNames = {
  id: String,
  text: (index) => index % 2 === 1 ? `failed: step ${index}` : `step ${index}`,
  severity: () => 9,
  indexOf: Number,
};
const NORMAL = { fired: false, alerted: false, line: 1 };

/** A state behind so many days of one template, with another template in each of the windows named. */
function after<State>(detector: SeriesDetector<State>, days: number, news: Map<number, number[]>): State {
  const state = detector.start();
  for (let i = 0; i < 48 * days; i++) {
    const counts: [number, number][] = [[0, 50], ...(news.get(i) ?? []).map((t): [number, number] => [t, 1])];
    detector.step(state, windowAt(i, counts), NORMAL);
  }
  return state;
}

Deno.test("newErrors fires for every new error while they came no more than once a day", () => {
  const detector = newErrors.create({ windowMs: WINDOW, names: ODD });
  const quiet = after(detector, 14, new Map([[500, [3]], [560, [5]]]));
  assert(detector.score(quiet, windowAt(700, [[0, 50], [7, 1]])) > 1);
  assert.equal(detector.score(quiet, windowAt(700, [[0, 50], [8, 1]])), 0); // new, but no error
});

Deno.test("newErrors tests the rate where new errors come all the time", () => {
  const detector = newErrors.create({ windowMs: WINDOW, names: ODD }), news = new Map<number, number[]>();
  for (let i = 0; i < 48 * 14; i += 12) news.set(i, [2 * i + 1]);
  const busy = after(detector, 14, news);
  assert(detector.score(busy, windowAt(700, [[0, 50], [9001, 1]])) < 1);
  const flood = Array.from({ length: 12 }, (_, i): [number, number] => [9001 + 2 * i, 1]);
  assert(detector.score(busy, windowAt(700, [[0, 50], ...flood])) > 1);
});

/** Names of a log whose levels are counted: what is odd has no word for failure. */
const LEVELLED: TemplateNames = { ...ODD, text: (index) => `step ${index}` };
const WARN = 3, DEBUG = 1;

/** So many events of each of these templates, which nothing has seen. */
function flooded(at: number, templates: number[], count: number, level: number) {
  const window = windowAt(at, [[0, 50], ...templates.map((t): [number, number] => [t, count])]);
  window.events.levels.fill(level, 1);
  return window;
}

Deno.test("newErrors tells a young service's flood of new warnings, and neither a few nor what is no warning", () => {
  const detector = newErrors.create({ windowMs: WINDOW, names: LEVELLED }), state = detector.start();
  for (let i = 0; i < 4; i++) {
    detector.step(state, flooded(i, [10 + 2 * i, 11 + 2 * i], 1, 2), NORMAL); // much is new all the time
  }
  const flood = flooded(4, [91, 93, 95], 20, WARN);
  assert(detector.score(state, flood) > 1);
  assert.deepEqual(detector.explain(state, flood).map(({ template }) => template), [91, 93, 95]);
  assert(detector.score(state, flooded(4, [91, 93, 95], 3, WARN)) < 1);
  assert.equal(detector.score(state, flooded(4, [91, 93, 95], 20, DEBUG)), 0);
  assert.equal(detector.score(detector.start(), flooded(0, [91, 93, 95], 20, WARN)), 0); // all is new there
});

Deno.test("newErrors tells a flood of what only other services know", () => {
  const detector = newErrors.create({ windowMs: WINDOW, names: LEVELLED }), other = detector.start();
  for (let i = 0; i < 96; i++) detector.step(other, flooded(i, [91], 1, WARN), NORMAL);
  const state = newErrors.pool!([other], { windowMs: WINDOW, names: LEVELLED });
  const flood = flooded(4, [91], 60, WARN);
  assert.equal(detector.score(state, flood), 0); // nothing is known of how this service begins
  for (let i = 0; i < 4; i++) detector.step(state, windowAt(i, [[0, 50]]), NORMAL);
  assert(detector.score(state, flood) > 1);
  detector.step(state, flood, NORMAL);
  assert.equal(detector.score(detector.load(detector.save(state)), flood), 0);
});

Deno.test("newErrors takes no words of a developer's line for an error", () => {
  const detector = newErrors.create({ windowMs: WINDOW, names: ODD });
  const quiet = after(detector, 14, new Map([[500, [3]]]));
  assert.equal(detector.score(quiet, flooded(700, [7], 1, DEBUG)), 0);
  assert(detector.score(quiet, flooded(700, [7], 1, 2)) > 1);
});

Deno.test("newTemplates adds up what comes over several windows", () => {
  const detector = newTemplates.create({ windowMs: WINDOW, names: ODD }), news = new Map<number, number[]>();
  for (let i = 0; i < 48 * 14; i += 6) news.set(i, [2 * i + 2]);
  const state = after(detector, 14, news), scores: number[] = [];
  for (let i = 0; i < 6; i++) {
    const window = windowAt(48 * 14 + i, [[0, 50], [9000 + 2 * i, 1]]);
    scores.push(detector.score(state, window));
    detector.step(state, window, NORMAL);
  }
  assert(scores[0] < 1 && scores[5] > 1, `${scores}`);
});

Deno.test("Novelty pooled() knows what any knows, and has no history", () => {
  const one = new Novelty(WINDOW), other = new Novelty(WINDOW);
  one.learn(windowAt(0, [[1, 2]]), 1);
  other.learn(windowAt(0, [[1, 1], [2, 1]]), 1);
  const pool = Novelty.pooled([one, other], WINDOW);
  assert.deepEqual(pool.unknown(windowAt(1, [[1, 1], [2, 1], [3, 1]])), [2]);
  assert.deepEqual([pool.windows, pool.lines, pool.pooled], [0, 4, true]);
  pool.learn(windowAt(1, [[3, 1]]), 0);
  assert.deepEqual(one.unknown(windowAt(2, [[3, 1]])), [0]);
});

Deno.test("Novelty load() refuses what a service saw itself where nothing is pooled, and its absence where it is", () => {
  const one = new Novelty(WINDOW);
  one.learn(windowAt(0, [[1, 2]]), 1);
  const pool = Novelty.pooled([one], WINDOW), alone = one.save(ODD), pooled = pool.save(ODD);
  assert.deepEqual(Novelty.load(alone, WINDOW, ODD).save(ODD), alone);
  assert.deepEqual(Novelty.load(pooled, WINDOW, ODD).save(ODD), pooled);
  for (const wrong of [{ ...alone, own: [] }, { ...pooled, own: null }, { ...pooled, own: undefined }]) {
    assert.throws(
      () => Novelty.load(wrong, WINDOW, ODD),
      /^TypeError: Cannot restore novelty|^TypeError: Cannot restore a table/,
    );
  }
});
