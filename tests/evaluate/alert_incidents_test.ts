import assert from "node:assert/strict";
import { alertIncidents } from "../../lib/evaluate/alert_incidents.ts";

const HOUR = 3_600_000;
const hourly = (hour: number, service = "web", anomalous = true) => {
  return {
    key: `${service}@${hour}`,
    service,
    start: hour * HOUR,
    end: (hour + 1) * HOUR,
    score: 2,
    anomalous,
  };
};
const session = (key: string, minute: number, cause?: string) => {
  return {
    key,
    service: null,
    start: minute * 60_000,
    end: (minute + 1) * 60_000,
    score: 2,
    anomalous: true,
    cause,
  };
};
const keysOf = (incidents: ReturnType<typeof alertIncidents>) =>
  incidents.map(({ windows }) => windows.map(({ key }) => key));

Deno.test("alertIncidents() joins windows with two between them, and not with three", () => {
  assert.deepEqual(keysOf(alertIncidents([hourly(0), hourly(3)])), [["web@0", "web@3"]]);
  assert.deepEqual(keysOf(alertIncidents([hourly(0), hourly(4)])), [["web@0"], ["web@4"]]);
});

Deno.test("alertIncidents() keeps services apart, and leaves normal windows out", () => {
  const incidents = alertIncidents([hourly(1, "db"), hourly(0), hourly(1), hourly(2, "web", false)]);
  assert.deepEqual(keysOf(incidents), [["db@1"], ["web@0", "web@1"]]);
  assert.deepEqual([incidents[1].start, incidents[1].end], [0, 2 * HOUR]);
});

Deno.test("alertIncidents() joins sessions of one cause within a quarter of an hour", () => {
  const incidents = alertIncidents([
    session("a", 0, "x"),
    session("b", 16, "x"),
    session("c", 5, "y"),
    session("d", 40, "x"),
  ]);
  assert.deepEqual(keysOf(incidents), [["a", "b"], ["d"], ["c"]]);
});

Deno.test("alertIncidents() joins sessions without times by their cause alone", () => {
  const timeless = (key: string, cause: string) => ({ ...session(key, 0, cause), start: NaN, end: NaN });
  assert.deepEqual(keysOf(alertIncidents([timeless("a", "x"), timeless("b", "y"), timeless("c", "x")])), [[
    "a",
    "c",
  ], ["b"]]);
});
