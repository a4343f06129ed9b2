import assert from "node:assert/strict";
import { type ScoredWindow, scoresOverTime } from "../../lib/chart/scores_over_time.ts";

const MINUTE = 60_000;

interface Layers {
  layer: {
    data: { values: { time: number; score: number; kind: string; label: string }[] };
    encoding: { y: { scale: { type: string }; axis: { title: string } } };
  }[];
}

function drawn(windows: ScoredWindow[]) {
  const [points, line] = (scoresOverTime(windows).spec as unknown as Layers).layer;
  return { points: points.data.values, line: line.data.values[0], y: points.encoding.y };
}

const calm = Array.from({ length: 5000 }, (_, index): ScoredWindow => {
  return { start: index * MINUTE, score: (index * 7919 % 1000) / 1000, threshold: 1, anomalous: false };
});

Deno.test("scoresOverTime() draws every window and the threshold where there are few", () => {
  const { points, line, y } = drawn(calm.slice(0, 100));
  assert.equal(points.length, 100);
  assert.deepEqual(line, { score: 1, label: "threshold 1" });
  assert.equal(y.axis.title, "Score");
});

Deno.test("scoresOverTime() keeps the highest of each span where there are many, and says so", () => {
  const windows = calm.with(1234, { ...calm[1234], score: 0.9999 });
  windows.push({ start: 99 * MINUTE, score: 3, threshold: 1, anomalous: true });
  const { points } = drawn(windows);
  assert.ok(points.length <= 1501 && points.length > 1000, String(points.length));
  assert.ok(points.some(({ score }) => score === 0.9999));
  assert.equal(points.filter(({ kind }) => kind === "anomalous").length, 1);
  assert.match(
    scoresOverTime(windows).toText(),
    /5,001 windows, 1 anomalous \(the highest [\d,]+ of their spans are drawn\)/,
  );
});

Deno.test("scoresOverTime() divides by the threshold where there are several", () => {
  const { points, line, y } = drawn([
    { start: 0, score: 10, threshold: 5, anomalous: true },
    { start: 1, score: 1, threshold: 2, anomalous: false },
  ]);
  assert.deepEqual(points.map(({ score }) => score).sort(), [0.5, 2]);
  assert.deepEqual([line.score, y.axis.title], [1, "Score ÷ threshold"]);
});

Deno.test("scoresOverTime() is logarithmic where scores tower above the threshold, and draws zeros at its foot", async () => {
  const windows = [0, 0.5, 100].map((score, start) => ({ start, score, threshold: 1, anomalous: score > 1 }));
  const { points, y } = drawn(windows);
  assert.equal(y.scale.type, "log");
  assert.deepEqual(points.map(({ score }) => score).sort((a, b) => a - b), [0.25, 0.5, 100]);
  assert.match(await scoresOverTime(windows).svg(), /^<svg/);
});

Deno.test("scoresOverTime() leaves out and counts windows without a time", () => {
  const windows = [{ start: NaN, score: 1, threshold: 1, anomalous: false }, calm[0]];
  assert.match(
    scoresOverTime(windows).toText(),
    /: 1 window, 0 anomalous.* 1 window without a time left out\.$/,
  );
  assert.equal(scoresOverTime([windows[0]]).toText(), "Scores over time: no windows with a time");
});

Deno.test("scoresOverTime() takes 300,000 windows and draws a bounded number", () => {
  const windows = Array.from({ length: 300_000 }, (_, start) => {
    return { start, score: start % 1000, threshold: 500, anomalous: start % 1000 > 500 };
  });
  assert(drawn(windows).points.length <= 2500);
  assert.match(
    scoresOverTime(windows).toText(),
    /: 300,000 windows, 149,700 anomalous .* highest score 999\.$/,
  );
});
