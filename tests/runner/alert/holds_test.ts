import assert from "node:assert/strict";
import { holdOf, type HoldRules } from "../../../runner/alert/holds.ts";
import { kindOfAlert, matches, sameAgain } from "../../../runner/alert/matcher.ts";
import { parseWeekly, weeklySpans } from "../../../runner/alert/weekly.ts";
import { sampleAlert, sampleReason, sampleThreat } from "./sample_alert.ts";

const START = Date.UTC(2026, 2, 2, 14), MINUTE = 60_000, HOUR = 60 * MINUTE;

const alertOf = (some: Parameters<typeof sampleReason>[0] = {}) =>
  sampleAlert({ reasons: [sampleReason(some)] });
const subjectOf = (alert = alertOf()) => ({ alert, incident: "0123456789abcdef" });

const RULES: HoldRules = {
  ...{ now: START, timeOf: () => START + HOUR, windowOf: () => 5 * MINUTE },
  ...{ mutes: [], maintenance: [], inhibit: [], suppress: [], others: [] },
};

Deno.test("kindOfAlert() goes by the headline", () => {
  const kinds = ["unseen", "template", "order", "value", "total"] as const;
  assert.deepEqual(kinds.map((kind) => kindOfAlert(alertOf({ kind }))), [
    "new",
    "template",
    "order",
    "value",
    "volume",
  ]);
  assert.equal(kindOfAlert(sampleAlert({ reasons: [sampleThreat({ share: 1 })] })), "threat");
  assert.equal(kindOfAlert(sampleAlert({ reasons: [] })), "other");
});

Deno.test("matches() asks for all that a rule names", () => {
  const subject = subjectOf(), { id } = subject.alert;
  for (
    const rule of [{}, { alert: id.slice(0, 4) }, { incident: "0123" }, { stream: "sh*" }, { template: "t1" }]
  ) {
    assert.ok(matches(rule, subject, "least"), JSON.stringify(rule));
  }
  assert.ok(matches({ template: sampleReason().title }, subject, "most"));
  for (
    const rule of [{ alert: "zz" }, { incident: "1" }, { service: "*x" }, { template: "t2" }, {
      kind: "new" as const,
    }]
  ) {
    assert.ok(!matches(rule, subject, "least"), JSON.stringify(rule));
  }
});

Deno.test("sameAgain() is about the template that leads, else about the kind", () => {
  const place = { stream: "shop", service: "checkout" };
  assert.deepEqual(sameAgain(alertOf()), { ...place, template: "t1" });
  assert.deepEqual(sameAgain(alertOf({ kind: "value" })), { ...place, kind: "value" });
});

Deno.test("holdOf() takes maintenance by the time in the lines: within, it is never told; beyond, when it is over", () => {
  const hold = (from: number, to: number, now: number) =>
    holdOf(subjectOf(), {
      ...RULES,
      timeOf: () => now,
      maintenance: [{
        span: { from: START + from * MINUTE, to: START + to * MINUTE },
        zone: "UTC",
        about: {},
        note: "",
      }],
    });
  const [end, later] = [START + 5 * MINUTE, START + 9 * HOUR]; // it lasts five minutes
  assert.equal(hold(-10, 60, end), "maintenance");
  assert.equal(hold(-10, 60, later), "maintenance");
  assert.equal(hold(-60, 2, later), "maintenance"); // its last window reaches beyond
  assert.equal(hold(1, 60, later), "maintenance");
  assert.equal(hold(60, 90, later), "");
  assert.equal(hold(-60, 0, later), "");
});

Deno.test("holdOf() says who silenced it, and for how long that holds", () => {
  const mute = {
    id: "ab",
    kind: "silence" as const,
    matcher: { service: "checkout" },
    start: START - 1,
    end: START + 1,
    note: "disk",
  };
  assert.equal(holdOf(subjectOf(), { ...RULES, mutes: [mute] }), "silenced by ab (disk)");
  assert.equal(holdOf(subjectOf(), { ...RULES, now: START + 1, mutes: [mute] }), "");
  assert.equal(holdOf(subjectOf(), { ...RULES, now: START - 2, mutes: [mute] }), "");
  const suppression = { ...mute, kind: "suppression" as const, end: null, note: "" };
  assert.equal(
    holdOf(subjectOf(), { ...RULES, now: START + 9 * HOUR, mutes: [suppression] }),
    "suppressed by ab",
  );
});

Deno.test("weeklySpans() follows the clock on the wall, over midnight and when clocks are set", () => {
  const spans = (text: string, zone: string, day: number) => {
    const from = Date.UTC(2026, 2, day),
      found = weeklySpans(parseWeekly(text), zone, { from, to: from + 24 * HOUR });
    return found.map(({ from, to }) => [new Date(from).toISOString(), new Date(to).toISOString()]);
  };
  assert.deepEqual(spans("Sun 22:00-02:00", "UTC", 2), [[
    "2026-03-01T22:00:00.000Z",
    "2026-03-02T02:00:00.000Z",
  ]]);
  assert.deepEqual(spans("Sun 12:00-13:00", "Europe/Berlin", 22), [[
    "2026-03-22T11:00:00.000Z",
    "2026-03-22T12:00:00.000Z",
  ]]);
  assert.deepEqual(spans("Sun 12:00-13:00", "Europe/Berlin", 29), [[
    "2026-03-29T10:00:00.000Z",
    "2026-03-29T11:00:00.000Z",
  ]]);
  assert.deepEqual(spans("Tue 12:00-13:00", "UTC", 2), []);
  assert.deepEqual(spans("daily 23:00-24:00", "UTC", 2).length, 1);
  for (
    const text of [
      "Sun",
      "Sun 25:00-26:00",
      "Xyz 10:00-11:00",
      "Sun 10:00-10:00",
      "Sun 10:70-11:00",
      "Mon-Tue-Wed 10:00-11:00",
    ]
  ) {
    assert.throws(() => parseWeekly(text), SyntaxError, text);
  }
});
