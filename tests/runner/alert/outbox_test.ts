import assert from "node:assert/strict";
import { planDeliveries } from "../../../runner/alert/outbox.ts";
import { compareAlerts } from "../../../runner/alert/severity.ts";
import { sampleAlert } from "./sample_alert.ts";

Deno.test("planDeliveries() makes one message an alert and channel, most severe first", () => {
  const opened = [sampleAlert(), sampleAlert({ key: "b", score: 40 })];
  const planned = planDeliveries({ opened, worse: [] }, { channels: ["mail", "slack"], now: 5 });
  assert.deepEqual(planned.map((d) => [d.key, d.channel, d.dueAt]), [
    [`${opened[1].id}.critical.mail`, "mail", 5],
    [`${opened[0].id}.high.mail`, "mail", 5],
    [`${opened[1].id}.critical.slack`, "slack", 5],
    [`${opened[0].id}.high.slack`, "slack", 5],
  ]);
});

Deno.test("planDeliveries() tells of an alert that has become more severe under a key of its own", () => {
  const alert = sampleAlert(), options = { channels: ["mail"], now: 5 };
  const [planned, ...others] = planDeliveries({ opened: [], worse: [{ alert, was: "low" }] }, options);
  assert.deepEqual([planned.key, others], [`${alert.id}.high.mail`, []]);
  assert.match(JSON.parse(planned.payload).title, /^\[high, was low\]/);
});

Deno.test("planDeliveries() gives equal keys to equal alerts in any order", () => {
  const alerts = [1, 2, 3, 4].map((i) => sampleAlert({ key: `k${i}` }));
  const keys = (opened: typeof alerts) =>
    planDeliveries({ opened, worse: [] }, { channels: ["mail"], now: 0 }).map((d) => d.key);
  assert.deepEqual(keys([...alerts].reverse()), keys(alerts));
});

Deno.test("compareAlerts() orders by severity, then by how far above the threshold, then by identity", () => {
  const alert = (id: string, severity: "low" | "high", score: number, threshold = 1) => ({
    id,
    severity,
    score,
    threshold,
  });
  const sorted = [
    alert("d", "low", 900),
    alert("c", "high", 4),
    alert("b", "high", 4),
    alert("a", "high", 30, 10),
    alert("e", "high", 5),
  ].sort(compareAlerts);
  assert.deepEqual(sorted.map(({ id }) => id), ["e", "b", "c", "a", "d"]);
});
