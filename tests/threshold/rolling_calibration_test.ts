import assert from "node:assert/strict";
import fc from "fast-check";
import { seededRandom } from "../../lib/detector/seeded_random.ts";
import { RollingCalibration } from "../../lib/threshold/rolling_calibration.ts";

/** Scores with an exponential tail. */
function exponential(count: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => -Math.log(1 - random()));
}

/** Windows of scores above the line, with windows near each other counted once where `reach` is above 0. */
function follow(rolling: RollingCalibration, scores: readonly number[], reach = 0): number {
  let alerts = 0, last = -Infinity;
  scores.forEach((score, place) => {
    if (score > rolling.threshold) {
      if (place - last > reach) alerts++;
      last = place;
    }
    rolling.add(score);
  });
  return alerts;
}

const HALF_HOURS = { budget: 1, windowsPerDay: 48 };

Deno.test("RollingCalibration keeps its budget on scores drawn alike, also where near windows are one alert", () => {
  for (const reach of [0, 3]) {
    for (const budget of [1, .1]) {
      const days = 400, per = { ...HALF_HOURS, budget, reach };
      const alerts = follow(
        new RollingCalibration(per, exponential(1000, 1)),
        exponential(48 * days, 2),
        reach,
      );
      const ratio = alerts / days / budget;
      assert(ratio > .6 && ratio < 1.4, `reach ${reach}, budget ${budget}: ${ratio}`);
    }
  }
});

Deno.test("RollingCalibration counts alerts, not windows, of scores that stay high for hours", () => {
  // A score that is the greatest of the last 4 draws: what exceeds a line does so 4 times in a row.
  const draws = exponential(48 * 300, 3),
    high = draws.map((_, i) => Math.max(...draws.slice(Math.max(0, i - 3), i + 1)));
  const alerts = follow(new RollingCalibration(HALF_HOURS, high.slice(0, 1000)), high.slice(1000), 3);
  const ratio = alerts / ((high.length - 1000) / 48);
  assert(ratio > .6 && ratio < 1.4, `${ratio}`);
});

Deno.test("RollingCalibration: a long incident leaves the line almost where it was", () => {
  const rolling = new RollingCalibration(HALF_HOURS, exponential(1000, 4)), before = rolling.threshold;
  follow(rolling, new Array(40).fill(1000));
  assert(rolling.threshold < 1.2 * before, `${before} → ${rolling.threshold}`);
});

Deno.test("RollingCalibration: what stays is how things are, and raises the line", () => {
  const rolling = new RollingCalibration(HALF_HOURS, exponential(1000, 5)),
    shifted = exponential(48 * 14, 6).map((s) => s + 20);
  follow(rolling, shifted);
  assert(rolling.threshold > 20, `${rolling.threshold}`);
  const alerts = follow(rolling, exponential(48 * 20, 7).map((score) => score + 20), 3);
  assert(alerts <= 40, `${alerts} alerts in 20 days`);
});

Deno.test("RollingCalibration: the line comes down again with the scores", () => {
  const rolling = new RollingCalibration(HALF_HOURS, exponential(1000, 8).map((score) => 10 * score));
  follow(rolling, exponential(1000, 9));
  assert(rolling.threshold < 8, `${rolling.threshold}`);
});

Deno.test("RollingCalibration says what it can't certify, and draws no line from too few scores", () => {
  const young = new RollingCalibration(HALF_HOURS);
  assert.equal(young.threshold, Infinity);
  assert.match(young.note, /^0 windows are too few for any line/);
  for (const score of exponential(24, 1)) young.add(score);
  assert(young.threshold > 2 && young.threshold < 100);
  assert.equal(young.certified, false);
  assert.match(
    young.note,
    /^0\.5 days of calibration certify no fewer than 2 alerts a day: 1 is extrapolated \(expect up to about 2\.5/,
  );
  const grown = new RollingCalibration(HALF_HOURS, exponential(200, 1));
  assert.equal(grown.certified, true);
  assert.equal(grown.note, "");
  const none = new RollingCalibration({ ...HALF_HOURS, budget: 0 }, exponential(1000, 1));
  assert.equal(none.threshold, Infinity);
  assert.equal(none.certified, false);
  assert.match(none.note, /no alert budget/);
});

Deno.test("RollingCalibration draws a line between 0 and the least score above it where all scores are 0", () => {
  const zeros = new Array(1000).fill(0);
  assert.equal(new RollingCalibration({ ...HALF_HOURS, smallest: .5 }, zeros).threshold, .25);
  assert(new RollingCalibration(HALF_HOURS, zeros).threshold > 0);
  const rolling = new RollingCalibration({ ...HALF_HOURS, smallest: 1 }, zeros);
  follow(rolling, [5, ...new Array(47).fill(0)]);
  assert.equal(rolling.threshold, .5);
  assert.equal(rolling.realised, 1 / 48);
});

Deno.test("RollingCalibration realised is what met the lines when it came; before that, what this line flags", () => {
  const rolling = new RollingCalibration({ ...HALF_HOURS, refit: 1000 }, exponential(1000, 1));
  assert(rolling.realised > 0 && rolling.realised <= 1 / 48);
  for (const score of [99, 99, 0, 0, 99, 0, 0, 0, 99, 0]) rolling.add(score);
  assert.equal(rolling.realised, 2 / 10); // two calm windows between don't end an alert, three do
});

Deno.test("RollingCalibration add() calls an alert what was above the line that was really drawn", () => {
  const rolling = new RollingCalibration({ ...HALF_HOURS, refit: 1000 }, exponential(1000, 1));
  for (const score of [50, 50, 0, 0, 0, 150, 0, 0]) rolling.add(score, 100);
  assert.equal(rolling.realised, 1 / 8);
  const young = new RollingCalibration(HALF_HOURS);
  for (let i = 0; i < 24; i++) young.add(i === 5 ? 1000 : 1, 10); // kept as it is: there is no tail yet
  assert(young.threshold > 10 && young.threshold < 1e6, `${young.threshold}`);
});

Deno.test("RollingCalibration goes on alike after copy(), save() and load(), wherever it is cut", () => {
  const options = { ...HALF_HOURS, capacity: 50 };
  const score = fc.oneof(fc.double({ min: 0, max: 3, noNaN: true }), fc.constant(1e6), fc.constant(0));
  fc.assert(fc.property(fc.array(score, { maxLength: 200 }), fc.nat(200), (scores, cut) => {
    const whole = new RollingCalibration(options), first = new RollingCalibration(options);
    for (const one of scores) whole.add(one);
    for (const one of scores.slice(0, cut)) first.add(one);
    const text = JSON.stringify(first.save()), copied = first.copy();
    const loaded = RollingCalibration.load(JSON.parse(text), options);
    for (const one of scores.slice(cut)) {
      loaded.add(one);
      copied.add(one);
    }
    assert.equal(JSON.stringify(first.save()), text); // a copy changes apart
    for (const one of [loaded, copied]) {
      assert.deepEqual(one.save(), whole.save());
      assert.equal(one.threshold, whole.threshold);
      assert.equal(one.realised, whole.realised);
    }
  }));
});

Deno.test("RollingCalibration is saved in about 8 bytes a score", () => {
  const rolling = new RollingCalibration(HALF_HOURS, exponential(1000, 1));
  assert(JSON.stringify(rolling.save()).length < 8 * 1000);
});

Deno.test("RollingCalibration load() refuses what it doesn't know, and holds the last scores that fit", () => {
  const rolling = new RollingCalibration(HALF_HOURS, exponential(100, 1)), saved = rolling.save();
  for (
    const wrong of [
      null,
      1,
      {},
      { ...saved, version: 2 },
      { ...saved, scores: "?" },
      { ...saved, scores: "AAAA" },
      {
        ...saved,
        origins: null,
      },
      { ...saved, by: "chance" },
      { ...saved, seen: -1 },
      { ...saved, value: "1" },
    ]
  ) assert.throws(() => RollingCalibration.load(wrong, HALF_HOURS), TypeError);
  assert.equal(RollingCalibration.load(saved, { ...HALF_HOURS, capacity: 30 }).windows, 30);
});

Deno.test("RollingCalibration refuses options out of range and scores that are not finite", () => {
  for (
    const [name, value] of Object.entries({
      budget: -1,
      windowsPerDay: 0,
      capacity: 5,
      refit: 0,
      reach: 1.5,
      patience: -1,
      smallest: NaN,
    })
  ) {
    assert.throws(() => new RollingCalibration({ ...HALF_HOURS, [name]: value }), RangeError, name);
  }
  for (const score of [NaN, Infinity, -Infinity]) {
    assert.throws(() => new RollingCalibration(HALF_HOURS, [score]), RangeError);
    assert.throws(() => new RollingCalibration(HALF_HOURS).add(score), RangeError);
  }
});
