import assert from "node:assert/strict";
import { fitScope, type FitScopeOptions, ScopeHistory } from "../../lib/model/fit_scope.ts";
import type { LearnedStream } from "../../lib/model/learn.ts";
import { calmLog, learnedFrom, line, settingsOf, START, WINDOW } from "./made_logs.ts";

const BUDGET: FitScopeOptions = { threshold: { rule: "budget", level: .999, k: 3 }, fit: { seed: 0 } };
const QUANTILE: FitScopeOptions = { ...BUDGET, threshold: { rule: "quantile", level: .99, k: 3 } };

const rowsOf = (learned: LearnedStream, kind: "session" | "window") =>
  learned.history.rows().filter((row) => row.kind === kind);

/** Sessions of so many orders. */
async function orders(count: number): Promise<ScopeHistory> {
  const settings = settingsOf({ session: { pattern: "order=(\\d+)", idle: WINDOW } });
  const log = Array.from(
    { length: count },
    (_, i) => line(60 * i, `order=${i} placed`) + line(60 * i + 9, `order=${i} paid`),
  );
  const learned = await learnedFrom({ "a.log": log.join("") }, settings);
  return new ScopeHistory("sessions", rowsOf(learned, "session"), learned);
}

/** Time windows of so many calm minutes. */
async function minutes(count: number): Promise<ScopeHistory> {
  const learned = await learnedFrom({ "a.log": calmLog(count) });
  return new ScopeHistory("*", rowsOf(learned, "window"), learned);
}

Deno.test("ScopeHistory.windows() are the rows as ensembles read them; equal counts are one object", async () => {
  const history = await minutes(5), windows = history.windows();
  assert.deepEqual(
    windows.map(({ start, lines }) => [start, lines]),
    [0, 1, 2, 3, 4].map((i) => [START + i * WINDOW, 2]),
  );
  assert.equal(windows[0].events, windows[3].events);
  assert(windows[0].facts?.has("order"));
  assert.notEqual(history.windows()[0], windows[0]);
});

Deno.test("fitScope() decides on time windows by series and threats under a budget", async () => {
  const { ensemble, detectors, windows } = await fitScope(await minutes(30), BUDGET);
  assert.deepEqual([ensemble.kind, detectors.length, windows], ["together", 0, 30]); // too few for halves
  assert.deepEqual((ensemble.toJSON().members as { kind: string }[]).map(({ kind }) => kind), [
    "series",
    "threats",
  ]);
});

Deno.test("fitScope() lets detectors join in under a budget that its ensembles don't have anyway", async () => {
  const names = ["new-template", "unseen-vector", "isolation-forest"];
  const { detectors, ensemble } = await fitScope(await minutes(60), { ...BUDGET, detectors: names });
  assert.deepEqual(detectors.map(({ detector }) => detector.kind), ["isolation-forest"]);
  const [{ channels }] = ensemble.toJSON().members as { channels: { name: string }[] }[];
  assert(channels.some(({ name }) => name === "isolation-forest"));
});

Deno.test("fitScope() decides on sessions by their calibrated evidence under a budget, where there are two", async () => {
  const { ensemble, detectors } = await fitScope(await orders(60), BUDGET);
  assert.deepEqual([ensemble.kind, detectors.length], ["session-modes", 0]);
  const one = await fitScope(await orders(1), { ...BUDGET, detectors: ["new-template"] });
  assert.deepEqual([one.ensemble.kind, one.detectors.length], ["static", 1]);
});

Deno.test("fitScope() gives each detector a line of its own by any other rule", async () => {
  const names = ["new-template", "unseen-vector"];
  for (const history of [await minutes(30), await orders(30)]) {
    const { ensemble, detectors } = await fitScope(history, { ...QUANTILE, detectors: names });
    assert.equal(ensemble.kind, "static");
    assert.deepEqual(detectors.map(({ detector }) => detector.kind), names);
    assert(detectors.every(({ threshold }) => threshold.rule === "quantile" && threshold.value > 0));
  }
});

Deno.test("fitScope() lets detectors of counts and of order join the decision on sessions where they are named", async () => {
  const history = await orders(60), names = ["new-template", "ngram", "isolation-forest"];
  const { detectors, sequences, ensemble } = await fitScope(history, { ...BUDGET, detectors: names });
  assert.deepEqual(detectors.map(({ detector }) => detector.kind), ["isolation-forest"]);
  assert.deepEqual(sequences!.map(({ detector }) => detector.kind), ["ngram"]);
  const saved = JSON.stringify(ensemble);
  assert.match(saved, /"scorers":\["isolation-forest","ngram"\]/);
  const few = await fitScope(await orders(30), { ...BUDGET, detectors: names });
  assert.deepEqual([few.detectors, few.sequences], [[], undefined]); // too few for halves
});

Deno.test("fitScope() gives a detector of order a line of its own in sessions, and none in time windows", async () => {
  const names = ["ngram"];
  const { sequences, ensemble } = await fitScope(await orders(60), { ...QUANTILE, detectors: names });
  assert.deepEqual(sequences!.map(({ detector, threshold }) => [detector.kind, threshold.rule]), [[
    "ngram",
    "quantile",
  ]]);
  const [usual] = (await orders(2)).windows();
  const swapped = { ...usual, sequence: usual.sequence!.toReversed() };
  const state = ensemble.start();
  assert(ensemble.judge(state, usual).score <= 1);
  const { score, opinions: [{ detector, parts }] } = ensemble.judge(state, swapped);
  assert(score > 1);
  assert.deepEqual([detector, parts[0].kind], ["ngram", "order"]);
  const windows = await fitScope(await minutes(30), { ...QUANTILE, detectors: names });
  assert.deepEqual([windows.detectors, windows.sequences], [[], undefined]);
  assert.equal(windows.ensemble.judge(windows.ensemble.start(), usual).score, 0);
});
