import assert from "node:assert/strict";
import { seededRandom } from "../../../lib/detector/seeded_random.ts";
import type { Part } from "../../../lib/detector/part.ts";
import { cusum } from "../../../lib/detector/series/cusum.ts";
import type { Outcome } from "../../../lib/detector/series/series_detector.ts";
import type { EventWindow } from "../../../lib/feature/event_window.ts";
import { NAMES, WINDOW, windowAt } from "./windows.ts";

const NORMAL: Outcome = { fired: false, alerted: false, line: Infinity };
const PAGES = [0, 1, 2], JOB = 3, LATE = 4, PER_DAY = 48;

/** Visitors: three pages of ten a window each, times `level`, which varies; and a job that a clock drives. */
function visited(_: number, random: () => number, level = 1): [number, number][] {
  const pages = PAGES.map((page): [number, number] => [page, Math.round(level * (10 + 8 * (random() - .5)))]);
  return [...pages, [JOB, 12]];
}

/** The greatest score of these windows behind ten days of visitors. */
function highest(counts: (i: number, random: () => number) => [number, number][], windows = PER_DAY): number {
  const detector = cusum.create({ windowMs: WINDOW, names: NAMES }), state = detector.start();
  const random = seededRandom(3),
    judge = (window: EventWindow) => {
      const score = detector.score(state, window);
      detector.step(state, window, NORMAL);
      return score;
    };
  for (let i = 0; i < 10 * PER_DAY; i++) judge(windowAt(i, visited(i, random)));
  return Math.max(
    ...Array.from({ length: windows }, (_, i) => judge(windowAt(10 * PER_DAY + i, counts(i, random)))),
  );
}

Deno.test("cusum sums up the rise of one page, and hardly that of all pages", () => {
  const one = highest((i, random) => {
    const [[page, count], ...others] = visited(i, random);
    return [[page, 2 * count], ...others];
  });
  const all = highest((i, random) => visited(i, random, 2)), usual = highest(visited);
  assert(one > cusum.cautious, `${one}`);
  assert(all < one / 4 && usual < one / 4, `${all} ${usual}`);
});

Deno.test("cusum sees one page rise among many that hardly come, whose chances are no rise of all", () => {
  const pages = Array.from({ length: 30 }, (_, page) => page + 10);
  const seldom = (_: number, random: () => number) =>
    pages.map((page): [number, number] => [page, Number(random() < .3) + Number(random() < .3)]);
  const detector = cusum.create({ windowMs: WINDOW, names: NAMES }), state = detector.start();
  const random = seededRandom(5);
  let usual = 0, risen = 0;
  for (let i = 0; i < 12 * PER_DAY; i++) {
    const counts = seldom(i, random);
    if (i >= 11 * PER_DAY) counts[0][1] += 2; // of 0.6 in the mean
    const window = windowAt(i, counts), score = detector.score(state, window);
    if (i >= 11 * PER_DAY) risen = Math.max(risen, score);
    else if (i >= 5 * PER_DAY) usual = Math.max(usual, score);
    detector.step(state, window, NORMAL);
  }
  assert(risen > 2 * usual && risen > cusum.cautious, `${risen} ${usual}`);
});

Deno.test("cusum says since when there is more, and counts all of that time", () => {
  const detector = cusum.create({ windowMs: WINDOW, names: NAMES }), state = detector.start();
  const random = seededRandom(3);
  for (let i = 0; i < 10 * PER_DAY; i++) detector.step(state, windowAt(i, visited(i, random)), NORMAL);
  const more = (i: number) => windowAt(10 * PER_DAY + i, [[0, 30], [1, 10], [2, 10], [JOB, 12]]);
  const since = cusumSpan(detector.explain(state, more(0))) ?? WINDOW;
  for (let i = 0; i < 5; i++) detector.step(state, more(i), NORMAL);
  const [part] = detector.explain(state, more(5));
  assert.deepEqual([part.template, part.span], [0, since + 5 * WINDOW]);
  assert(part.actual >= 6 * 30 && part.expected < part.actual / 2, `${part.actual} ${part.expected}`);
  detector.step(state, more(5), { ...NORMAL, fired: true }); // it has been said
  assert.equal(cusumSpan(detector.explain(state, more(6))), undefined);
});

/** What the first part's counts are of. */
function cusumSpan(parts: Part[]): number | undefined {
  return parts[0]?.span;
}

Deno.test("cusum takes a new event that came to stay for no rise, and one that goes on rising for one", () => {
  const steady = highest((i, random) => [...visited(i, random), [LATE, 6]], 3 * PER_DAY);
  const rising = highest((i, random) => [...visited(i, random), [LATE, 1 + (i >> 2)]], 3 * PER_DAY);
  assert(steady < cusum.least, `${steady}`);
  assert(rising > cusum.cautious, `${rising}`);
});
