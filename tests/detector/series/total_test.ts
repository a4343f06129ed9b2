import assert from "node:assert/strict";
import { follow } from "../../../lib/detector/series/series_detector.ts";
import { total } from "../../../lib/detector/series/total.ts";

const WINDOW = 300_000, names = { id: String, text: String, severity: () => 9, indexOf: Number };

/** A window with so many lines of one template. */
function windowOf(i: number, lines: number) {
  const templates = Int32Array.from(lines > 0 ? [0] : []);
  const events = { templates, counts: templates.map(() => lines), levels: new Uint8Array(templates.length) };
  return { start: i * WINDOW, end: (i + 1) * WINDOW, lines, events, sequence: null };
}

/** Score of a window of 40 lines behind three days with `usual` lines every `every` windows. */
function surpriseOf(usual: number, every: number): number {
  const detector = total.create({ windowMs: WINDOW, names });
  const history = Array.from({ length: 864 }, (_, i) => windowOf(i, i % every === 0 ? usual : 0));
  return detector.score(follow(detector, history), windowOf(864, 40));
}

Deno.test("total says nothing of a service that hardly ever speaks: how its counts vary is not known", () => {
  assert.equal(surpriseOf(2, 288), 0);
});

Deno.test("total has nothing to say of windows behind a rush: it is over", () => {
  const detector = total.create({ windowMs: WINDOW, names });
  const history = Array.from({ length: 864 }, (_, i) => windowOf(i, 3)), state = follow(detector, history);
  detector.step(state, windowOf(864, 400), { fired: true, alerted: true, line: total.cautious });
  assert(detector.score(state, windowOf(865, 0)) < total.least);
  assert(detector.score(state, windowOf(865, 200)) > total.cautious); // it goes on
});

Deno.test("total finds far more lines where some are expected", () => {
  assert(surpriseOf(3, 1) > total.cautious);
});
