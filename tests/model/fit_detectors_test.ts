import assert from "node:assert/strict";
import { alternating, fitDetector, fitHalves, halfOf } from "../../lib/model/fit_detectors.ts";
import { ScopeHistory } from "../../lib/model/fit_scope.ts";
import { calmLog, learnedFrom, line } from "./made_logs.ts";

const FIT = { seed: 1 }, FITTING = { fit: FIT, threshold: { rule: "quantile", level: .99, k: 3 } };

/** Forty calm minutes, the last ones of which have a message of their own. */
async function made(last = 10): Promise<ScopeHistory> {
  const late = Array.from({ length: last }, (_, i) => line(60 * (39 - i) + 40, "nightly job started"))
    .reverse().join("");
  const learned = await learnedFrom({ "a.log": calmLog(40) + late });
  return new ScopeHistory("*", learned.history.rows(), learned);
}

Deno.test("fitHalves() scores each window by the half that hasn't seen it", async () => {
  const history = await made(),
    { detector, heldBack, threshold } = await fitHalves("new-template", history, FITTING);
  assert.equal(heldBack.length, 40);
  assert(heldBack.slice(30).every((score) => score > 0)); // new to the first half
  assert(heldBack.slice(0, 30).every((score) => score === 0));
  const shared = Math.max(...detector.score(history.matrixOf(history.numbers))),
    honest = Math.max(...heldBack);
  assert(shared > 0 && shared < honest); // one half knows it
  assert(threshold.value >= honest);
});

Deno.test("fitHalves() gives a detector of the kind, of both halves", async () => {
  const { detector } = await fitHalves("unseen-vector", await made(), FITTING);
  assert.deepEqual([detector.kind, detector.toJSON().kind], ["unseen-vector", "halves"]);
});

Deno.test("fitDetector() draws the line of a detector that refits through honest scores alone", async () => {
  const history = await made(5),
    { detector, threshold } = await fitDetector("new-template", history, FITTING);
  assert(detector.score(history.matrixOf(history.numbers)).every((score) => score === 0)); // it has seen them all
  assert(threshold.value >= 1); // the last block was new to those that had not
  assert.equal(threshold.rule, "quantile");
});

Deno.test("fitDetector() takes a budget for a quantile, and refuses what it doesn't know", async () => {
  const history = await made(), budget = { ...FITTING.threshold, rule: "budget" };
  assert.equal(
    (await fitDetector("new-template", history, { fit: FIT, threshold: budget })).threshold.rule,
    "quantile",
  );
  await assert.rejects(
    async () => await fitDetector("oracle", history, FITTING),
    /Cannot find a detector: oracle/,
  );
  const rule = { ...FITTING.threshold, rule: "oracle" };
  await assert.rejects(fitDetector("new-template", history, { fit: FIT, threshold: rule }), RangeError);
});

Deno.test("alternating() puts tenths into both halves by turns, and halfOf() says which", () => {
  const [first, second] = alternating(25);
  assert.deepEqual([...first].slice(0, 6), [0, 1, 2, 5, 6, 7]);
  assert.deepEqual([...first, ...second].sort((a, b) => a - b), Array.from({ length: 25 }, (_, i) => i));
  assert([...first].every((place) => halfOf(place, 25) === 0));
  assert([...second].every((place) => halfOf(place, 25) === 1));
});
