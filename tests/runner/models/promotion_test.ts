import assert from "node:assert/strict";
import type { TrialAlert, TrialFigures } from "../../../lib/mod.ts";
import { promotionOf } from "../../../runner/models/promotion.ts";

const DAY = 86_400_000, policy = { least: DAY, most: 14 * DAY, alerts: 2 };

const figures = (some: Partial<TrialFigures> = {}): TrialFigures => ({
  ...{
    stream: "shop",
    windows: 288,
    span: DAY,
    active: 2,
    candidate: 2,
    anomalous: { active: 4, candidate: 4 },
  },
  ...{ services: [], added: [], dropped: [], alerts: [], ...some },
});

const alert = (said: TrialAlert["said"], seen: boolean, severity = "high"): TrialAlert => {
  const times = { start: 0, end: 1, windows: 1, records: 1, ratio: 2, title: "disk full", reasons: [] };
  return {
    said,
    seen,
    alert: {
      id: "a1",
      stream: "shop",
      service: "db",
      kind: "window",
      ...times,
      severity: severity as "high",
    },
  };
};

const CASES: [string, TrialFigures[], string, RegExp][] = [
  ["as many alerts", [figures()], "promote", /2 alerts a day beside 2/],
  ["twice as many and one", [figures({ candidate: 5 })], "promote", /5 alerts a day/],
  [
    "more than that",
    [figures({ candidate: 6 })],
    "refuse",
    /it raises much more: shop: 6 alerts a day beside 2/,
  ],
  [
    "more after an hour",
    [figures({ candidate: 6, span: DAY / 24 })],
    "wait",
    /it has judged 1h, 1d are asked for/,
  ],
  ["a flood after an hour", [figures({ candidate: 60, span: DAY / 24 })], "refuse", /it raises much more/],
  [
    "an alert without end",
    [figures({ candidate: 1, anomalous: { active: 4, candidate: 200 } })],
    "refuse",
    /it calls 69 % of the windows/,
  ],
  [
    "one stream of two that floods",
    [figures(), figures({ stream: "db", candidate: 99 })],
    "refuse",
    /much more: db/,
  ],
  [
    "a true alert that it doesn't see",
    [figures({ span: 1, alerts: [alert("true", false)] })],
    "refuse",
    /called true: a1 \(disk full\)/,
  ],
  ["a true alert that it sees", [figures({ alerts: [alert("true", true)] })], "promote", /./],
  ["a false alert that it doesn't see", [figures({ alerts: [alert("false", false)] })], "promote", /./],
  [
    "a severe alert that nobody spoke of",
    [figures({ alerts: [alert(null, false)] })],
    "wait",
    /feedback ALERT true\|false\|expected/,
  ],
  ["a mild alert that nobody spoke of", [figures({ alerts: [alert(null, false, "low")] })], "promote", /./],
  [
    "a word that never came",
    [figures({ span: 15 * DAY, alerts: [alert(null, false)] })],
    "refuse",
    /its trial has lasted 14d/,
  ],
  ["nothing judged", [], "wait", /it has judged nothing yet/],
  [
    "few windows without times",
    [figures({ span: 0, windows: 3, candidate: 0 })],
    "wait",
    /it has judged 3 windows/,
  ],
];

for (const [name, all, outcome, why] of CASES) {
  Deno.test(`promotionOf() decides on ${name}: ${outcome}`, () => {
    const promotion = promotionOf(all, policy);
    assert.equal(promotion.outcome, outcome, promotion.why.join("; "));
    assert.match(promotion.why.join("; "), why);
  });
}

Deno.test("promotionOf() refuses a candidate that has not learned a stream of the active model", () => {
  const { outcome, why } = promotionOf([figures()], policy, ["db"]);
  assert.deepEqual([outcome, why], ["refuse", ["it has not learned db: train anew"]]);
});
