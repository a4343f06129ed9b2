import assert from "node:assert/strict";
import fc from "fast-check";
import { alertLine, alertPeaks } from "../../lib/threshold/alert_peaks.ts";

const scores = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 60 });

/** All places, highest score first. */
const ranked = (values: number[]) => Array.from(values.keys()).sort((a, b) => values[b] - values[a] || a - b);

Deno.test("alertLine() is the lowest line above which nowhere more alerts are raised", () => {
  fc.assert(fc.property(scores, fc.nat(6), fc.nat(5), (values, allowed, reach) => {
    const line = alertLine(values, ranked(values), { allowed, reach });
    const alertsAt = (at: number) => alertPeaks(values, at, reach).length;
    const lines = [...new Set(values), -1].sort((a, b) => b - a);
    const first = lines.findIndex((at) => alertsAt(at) > allowed);
    // Scores above lines[first] are too many: the line is the score before it, at which they don't yet count.
    assert.equal(line, first < 0 ? null : lines[first - 1]);
  }));
});

Deno.test("alertLine() without reach is an order statistic", () => {
  fc.assert(fc.property(scores, fc.nat(20), (values, allowed) => {
    const line = alertLine(values, ranked(values), { allowed, reach: 0 });
    assert.equal(line, values.toSorted((a, b) => b - a)[allowed] ?? null);
  }));
});

Deno.test("alertPeaks() joins windows within reach, by their greatest score, and skips what wasn't judged", () => {
  assert.deepEqual(alertPeaks([3, 0, 0, 4, 0, 0, 0, 5], 1, 3), [4, 5]);
  assert.deepEqual(alertPeaks([3, NaN, 4], 1, 1), [3, 4]);
  assert.deepEqual(alertPeaks([], 1, 3), []);
});
