import assert from "node:assert/strict";
import { evaluateIncidents } from "../../lib/evaluate/incident_evaluation.ts";

const HOUR = 3_600_000, DAY = 24 * HOUR;
const hourly = (hour: number, anomalous: boolean, service = "web") => {
  return {
    key: `${service}@${hour}`,
    service,
    start: hour * HOUR,
    end: (hour + 1) * HOUR,
    score: 0,
    anomalous,
  };
};
const span = (start: number, end: number, kind: string) => {
  return { start: start * HOUR, end: end * HOUR, service: "web", anomalous: true, kind };
};

Deno.test("evaluateIncidents() counts an incident once, however many windows tell of it", () => {
  const windows = Array.from({ length: 48 }, (_, hour) => hourly(hour, [3, 4, 6, 20, 30, 31].includes(hour)));
  const labels = {
    by: "span",
    labels: [span(2, 8, "outage"), span(30, 32, "scan"), span(40, 41, "scan")],
  } as const;
  const evaluation = evaluateIncidents(windows, labels);
  assert.deepEqual([evaluation.labelled, evaluation.found], [3, 2]);
  assert.deepEqual([evaluation.alerts, evaluation.right, evaluation.falseAlerts], [3, 2, 1]);
  assert.equal(evaluation.falseAlertsPerDay, .5);
  assert.deepEqual(evaluation.kinds, [
    { kind: "outage", labelled: 1, found: 1, timeToDetection: 2 * HOUR }, // from 2 o'clock to the end of the window of 3
    { kind: "scan", labelled: 2, found: 1, timeToDetection: HOUR },
  ]);
  assert.equal(evaluation.timeToDetection, 1.5 * HOUR);
});

Deno.test("evaluateIncidents() by key calls an alert right where half of its labelled sessions are anomalous", () => {
  const session = (key: string, cause: string) => {
    return { key, service: null, start: NaN, end: NaN, score: 2, anomalous: true, cause };
  };
  const windows = [session("a", "x"), session("b", "x"), session("c", "y"), session("d", "z")];
  const label = (key: string, anomalous: boolean) => ({ key, anomalous, kind: "" });
  const evaluation = evaluateIncidents(windows, {
    by: "key",
    labels: [label("a", true), label("b", false), label("c", false)],
  });
  assert.deepEqual([evaluation.labelled, evaluation.found], [null, null]);
  assert.deepEqual([evaluation.right, evaluation.falseAlerts, evaluation.falseAlertsPerDay], [1, 1, null]); // z is not known
});

Deno.test("evaluateIncidents() finds nothing in nothing", () => {
  const { alerts, found, labelled, falseAlertsPerDay } = evaluateIncidents([
    hourly(0, false),
    hourly(23, false),
  ], {
    by: "span",
    labels: [span(1, 2, "outage")],
  });
  assert.deepEqual([alerts, found, labelled, falseAlertsPerDay], [0, 0, 1, 0 / DAY]);
});
