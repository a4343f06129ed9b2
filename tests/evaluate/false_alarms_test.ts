import assert from "node:assert/strict";
import fc from "fast-check";
import { evaluateVerdicts } from "../../lib/evaluate/evaluate_verdicts.ts";
import { falseAlarms } from "../../lib/evaluate/false_alarms.ts";
import type { JudgedWindow } from "../../lib/evaluate/judged_windows.ts";
import type { Labels, SpanLabel } from "../../lib/evaluate/labels.ts";

const alarm = (start: number, service: string | null = "web"): JudgedWindow => {
  return { key: `${service}@${start}`, service, start, end: start + 10, score: 2, anomalous: true };
};
const span = (start: number, end: number, more: Partial<SpanLabel> = {}): SpanLabel => {
  return { start, end, service: "web", anomalous: true, kind: "outage", ...more };
};
const near = (windows: JudgedWindow[], labels: SpanLabel[], reach?: number) =>
  falseAlarms(windows, { by: "span", labels }, reach).map(({ near }) => near);

Deno.test("falseAlarms() are as many as evaluateVerdicts() counts, by span and by key", () => {
  const window = fc.record({
    key: fc.constantFrom("a", "b", "c", "d"),
    service: fc.constantFrom("web", "db", null),
    start: fc.constantFrom(0, 5, 10, 40, NaN),
    score: fc.constant(1),
    anomalous: fc.boolean(),
  }).map((one) => ({ ...one, end: one.start + 10 }));
  const label = fc.record({
    key: fc.constantFrom("a", "b", "c"),
    start: fc.constantFrom(0, 12, 39),
    service: fc.constantFrom("web", "db", "*"),
    anomalous: fc.boolean(),
    kind: fc.constantFrom("", "x"),
  }).map((one) => ({ ...one, end: one.start + 3 }));
  fc.assert(fc.property(fc.array(window), fc.array(label), (windows, all) => {
    const once = [...new Map(all.map((one) => [one.key, one])).values()];
    const files: Labels[] = [{ by: "span", labels: all }, { by: "key", labels: once }];
    for (const labels of files) {
      const { falsePositives } = evaluateVerdicts(windows, labels);
      assert.equal(falseAlarms(windows, labels).length, falsePositives);
    }
  }));
});

Deno.test("falseAlarms() tells what happened before, after and meanwhile, the nearest of it", () => {
  assert.deepEqual(near([alarm(100)], [span(0, 50), span(60, 90)]), [
    { relation: "after", kind: "outage", name: "web", gap: 10 },
  ]);
  assert.deepEqual(near([alarm(100)], [span(115, 120)]), [
    { relation: "before", kind: "outage", name: "web", gap: 5 },
  ]);
  assert.deepEqual(near([alarm(100)], [span(90, 105, { service: "db", kind: "lock" })]), [
    { relation: "during", kind: "lock", name: "db", gap: 0 },
  ]);
});

Deno.test("falseAlarms() says that an alarm is about something harmless before all else", () => {
  const labels = [span(90, 99), span(100, 101, { anomalous: false, kind: "deployment" })];
  assert.deepEqual(near([alarm(100)], labels)[0]?.relation, "harmless");
  const byKey: Labels = { by: "key", labels: [{ key: "web@0", anomalous: false, kind: "test" }] };
  assert.deepEqual(falseAlarms([alarm(0)], byKey)[0].near, {
    ...{ relation: "harmless", kind: "test", name: "web@0", gap: 0 },
  });
});

Deno.test("falseAlarms() knows of nothing near what lies out of reach, or happened to another service", () => {
  assert.deepEqual(near([alarm(100)], [span(0, 50)], 49), [null]);
  assert.deepEqual(near([alarm(100)], [span(0, 50)], 50)[0]?.gap, 50);
  assert.deepEqual(near([alarm(100)], [span(80, 90, { service: "db" })]), [null]);
});

Deno.test("falseAlarms() of sessions are near sessions that are anomalous", () => {
  const windows = [alarm(0, null), alarm(15, null), {
    ...alarm(40, null),
    start: NaN,
    end: NaN,
    key: "untimed",
  }];
  const labels: Labels = {
    by: "key",
    labels: windows.map(({ key }, i) => ({ key, anomalous: i === 1, kind: i === 1 ? "late" : "" })),
  };
  assert.deepEqual(falseAlarms(windows, labels).map(({ near }) => near), [
    { relation: "before", gap: 5, kind: "late", name: "null@15" },
    null,
  ]);
});
