import assert from "node:assert/strict";
import { labelledIncidents } from "../../lib/evaluate/labelled_incidents.ts";

const span = (start: number, end: number, kind: string, service = "web", anomalous = true) => {
  return { start, end, service, anomalous, kind };
};
const label = (key: string, kind = "", anomalous = true) => ({ key, kind, anomalous });
const HOUR = 3_600_000;
const hourly = (hour: number) => {
  return {
    key: `web@${hour}`,
    service: "web",
    start: hour * HOUR,
    end: (hour + 1) * HOUR,
    score: 0,
    anomalous: false,
  };
};

Deno.test("labelledIncidents() joins spans of a kind that overlap, on whatever services", () => {
  const labels = [
    span(0, 10, "outage"),
    span(5, 30, "outage", "db"),
    span(29, 40, "outage"),
    span(50, 60, "outage"),
  ];
  const incidents = labelledIncidents([], { by: "span", labels })!;
  assert.deepEqual(incidents.map(({ start }) => start), [0, 50]);
  const [first] = incidents, window = { ...hourly(0), start: 20, end: 25 };
  assert.deepEqual([first.holds({ ...window, service: "db" }), first.holds({ ...window, service: "web" })], [
    true,
    false,
  ]);
});

Deno.test("labelledIncidents() keeps spans of other kinds, or of none, apart, and harmless ones out", () => {
  const labels = [
    span(0, 10, ""),
    span(0, 10, ""),
    span(0, 10, "a"),
    span(0, 10, "b"),
    span(0, 10, "b", "web", false),
  ];
  assert.equal(labelledIncidents([], { by: "span", labels })?.length, 4);
});

Deno.test("labelledIncidents() joins labelled windows with no more than two between them", () => {
  const labels = [0, 3, 9].map((hour) => label(`web@${hour}`)), windows = [0, 1, 3, 9].map(hourly);
  const incidents = labelledIncidents(windows, { by: "key", labels })!;
  assert.deepEqual(incidents.map(({ start }) => start / HOUR), [0, 9]);
  assert.deepEqual(windows.map((window) => incidents[0].holds(window)), [true, false, true, false]);
});

Deno.test("labelledIncidents() takes the sessions of a kind for one incident", () => {
  const labels = [
    label("s1", "crash"),
    label("s2", "crash"),
    label("s3", "flood"),
    label("s4", "flood", false),
  ];
  assert.deepEqual(labelledIncidents([], { by: "key", labels })?.map(({ kind }) => kind), ["crash", "flood"]);
});

Deno.test("labelledIncidents() knows of none where sessions have no kinds", () => {
  assert.equal(labelledIncidents([], { by: "key", labels: [label("s1"), label("s2")] }), null);
});
