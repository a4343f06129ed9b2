import assert from "node:assert/strict";
import { evaluateVerdicts } from "../../lib/evaluate/evaluate_verdicts.ts";
import type { JudgedWindow } from "../../lib/evaluate/judged_windows.ts";
import { readLabels } from "../../lib/evaluate/labels.ts";

const HOUR = 3_600_000;

function session(key: string, score: number, anomalous: boolean): JudgedWindow {
  return { key, service: null, start: NaN, end: NaN, score, anomalous };
}

/** The time window of hour `hour` of a service. */
function hourly(hour: number, anomalous: boolean, service: string | null = "web"): JudgedWindow {
  return {
    key: `${hour}`,
    service,
    start: hour * HOUR,
    end: (hour + 1) * HOUR,
    score: anomalous ? 2 : 0,
    anomalous,
  };
}

function span(start: number, end: number, kind: string, anomalous = true, service = "web") {
  return { start: start * HOUR, end: end * HOUR, service, anomalous, kind };
}

const VERDICTS = [
  session("s1", 2.5, true),
  session("s2", .2, false),
  session("s3", 1.5, true),
  session("s4", .9, false),
  session("s5", .9, false),
  session("s6", .1, false),
  session("x1", 9, true),
];
const LABELS = ["Anomaly", "Normal", "Normal", "Anomaly", "Normal", "Anomaly", "Anomaly", "Normal"]
  .map((Label, i) => ({ BlockId: `s${i + 1}`, Label }));

const rounded = (value: number) => Number(value.toFixed(4));

Deno.test("evaluateVerdicts() by key counts a labelled key without a verdict as called normal", () => {
  const evaluation = evaluateVerdicts(VERDICTS, readLabels(LABELS));
  const { labelled, anomalous, missing, truePositives, falsePositives, falseNegatives, trueNegatives } =
    evaluation;
  assert.deepEqual([labelled, anomalous, missing], [8, 4, 2]);
  assert.deepEqual([truePositives, falsePositives, falseNegatives, trueNegatives], [1, 1, 3, 3]);
  const { precision, recall, f1, averagePrecision, falseAlarmRate } = evaluation;
  // what the reference script prints for these rows
  assert.deepEqual(
    [precision, recall, f1, averagePrecision, falseAlarmRate].map(rounded),
    [.5, .25, .3333, .6845, .25],
  );
  assert.deepEqual([evaluation.days, evaluation.falseAlarmsPerDay], [null, null]);
});

Deno.test("evaluateVerdicts() divides nothing by 0", () => {
  const evaluation = evaluateVerdicts([], { by: "key", labels: [] });
  const { precision, recall, f1, averagePrecision, falseAlarmRate, rocAuc } = evaluation;
  assert.deepEqual([precision, recall, f1, averagePrecision, falseAlarmRate, rocAuc], [0, 0, 0, 0, 0, null]);
});

Deno.test("evaluateVerdicts() by key tells each kind's found and missed", () => {
  const labels = readLabels([
    { key: "s1", label: "1", kind: "crash" },
    { key: "s4", label: "1", kind: "crash" },
    { key: "s3", label: "0", kind: "deployment" },
  ]);
  assert.deepEqual(evaluateVerdicts(VERDICTS, labels).kinds, [
    { kind: "crash", anomalous: true, labelled: 2, called: 1, uncalled: 1, onsetDelay: null },
    { kind: "deployment", anomalous: false, labelled: 1, called: 1, uncalled: 0, onsetDelay: null },
  ]);
});

Deno.test("evaluateVerdicts() by span takes a window in an anomalous span of its service for anomalous", () => {
  const windows = Array.from({ length: 24 }, (_, hour) => hourly(hour, [3, 4, 10].includes(hour)));
  const evaluation = evaluateVerdicts(windows, {
    by: "span",
    labels: [span(2.5, 5, "burst"), span(20, 21, "scan")],
  });
  const { truePositives, falsePositives, falseNegatives, labelled } = evaluation;
  assert.deepEqual([truePositives, falsePositives, falseNegatives, labelled], [2, 1, 2, 24]);
  assert.equal(evaluation.days, 1);
  assert.equal(evaluation.falseAlarmsPerDay, 1);
  assert.deepEqual(evaluation.kinds, [
    { kind: "burst", anomalous: true, labelled: 1, called: 1, uncalled: 0, onsetDelay: 1.5 * HOUR },
    { kind: "scan", anomalous: true, labelled: 1, called: 0, uncalled: 1, onsetDelay: null },
  ]);
});

Deno.test("evaluateVerdicts() by span counts a call in a harmless span as a false alarm", () => {
  const windows = [hourly(0, false), hourly(1, true)];
  const { falsePositives, kinds } = evaluateVerdicts(windows, {
    by: "span",
    labels: [span(1, 2, "deployment", false)],
  });
  assert.equal(falsePositives, 1);
  assert.deepEqual([kinds[0].anomalous, kinds[0].called], [false, 1]);
});

Deno.test("evaluateVerdicts() by span compares services, * and sessions with every one", () => {
  const called = (window: JudgedWindow, service: string) =>
    evaluateVerdicts([window], { by: "span", labels: [span(0, 1, "x", true, service)] }).truePositives;
  assert.equal(called(hourly(0, true), "web"), 1);
  assert.equal(called(hourly(0, true), "database"), 0);
  assert.equal(called(hourly(0, true), "*"), 1);
  assert.equal(called(hourly(0, true), ""), 1);
  assert.equal(called(hourly(0, true, null), "database"), 1);
});

Deno.test("evaluateVerdicts() by span: windows end before their end, single moments count", () => {
  const at = (start: number, end: number) => ({ ...hourly(0, true), start: start * HOUR, end: end * HOUR });
  const hit = (window: JudgedWindow, from: number, to: number) =>
    evaluateVerdicts([window], { by: "span", labels: [span(from, to, "x")] }).truePositives === 1;
  assert.equal(hit(at(0, 1), 1, 2), false);
  assert.equal(hit(at(1, 2), 0, 1), false);
  assert.equal(hit(at(1, 1), 1, 2), true); // a session of one line
  assert.equal(hit(at(1, 1), 0, 1), false);
  assert.equal(hit(at(0, 1), 1, 1), false); // a span of one moment belongs to the later window
  assert.equal(hit(at(1, 2), 1, 1), true);
  assert.equal(hit(at(1, 1), 1, 1), true);
});

Deno.test("evaluateVerdicts() by span leaves out windows without times, and reports spans without windows", () => {
  const windows = [session("s1", 1, true), hourly(0, false)];
  const { labelled, missing } = evaluateVerdicts(windows, { by: "span", labels: [span(5, 6, "x")] });
  assert.deepEqual([labelled, missing], [1, 1]);
});

Deno.test("evaluateVerdicts() equals the reference script where keys repeat, tie and are missing", () => {
  const verdicts = Array.from({ length: 400 }, (_, i) => {
    const score = (i * 37) % 23;
    return session(`k${i}`, score / 10, score > 14);
  });
  const labels = Array.from(
    { length: 420 },
    (_, i) => ({ key: `k${i * 3 % 420}`, label: i % 7 === 0 ? "1" : "0" }),
  );
  const ours = evaluateVerdicts(verdicts, readLabels(labels));
  assert.deepEqual([ours.labelled, ours.anomalous, ours.missing], [140, 20, 6]);
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = ours;
  assert.deepEqual([truePositives, falsePositives, falseNegatives, trueNegatives], [7, 40, 13, 80]);
  assert.deepEqual([ours.precision, ours.recall, ours.f1, ours.averagePrecision].map(rounded), [
    0.1489,
    0.35,
    0.209,
    0.1682,
  ]);
  assert.equal(ours.falseAlarmRate.toFixed(5), "0.33333");
});
