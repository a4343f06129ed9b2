import assert from "node:assert/strict";
import type { JudgedWindow } from "../../lib/evaluate/judged_windows.ts";
import type { SpanLabel } from "../../lib/evaluate/labels.ts";
import { windowLabels } from "../../lib/evaluate/window_labels.ts";

const window = (start: number, service: string | null = "web"): JudgedWindow => ({
  ...{ key: `${service}@${start}`, service, start, end: start + 60, score: 0, anomalous: false },
});
const span = (kind: string, start: number, end: number, anomalous = true): SpanLabel => ({
  ...{ kind, start, end, anomalous, service: "web" },
});

Deno.test("windowLabels() finds the span that overlaps a window of its service, an anomalous one first", () => {
  const labels = [span("deploy", 0, 100, false), span("outage", 70, 130), span("flood", 110, 500)];
  const found = windowLabels([window(0), window(60), window(120), window(60, "db"), window(600)], {
    by: "span",
    labels,
  });
  assert.deepEqual(found.map((label) => label?.kind ?? null), ["deploy", "outage", "outage", null, null]);
});

Deno.test("windowLabels() has no span for a window without a time, and the label of a key whatever its time", () => {
  const timeless = { ...window(0), key: "7", start: NaN, end: NaN };
  assert.deepEqual(windowLabels([timeless], { by: "span", labels: [span("outage", 0, 100)] }), [null]);
  const label = { key: "7", anomalous: true, kind: "lost" };
  assert.deepEqual(windowLabels([timeless, window(0)], { by: "key", labels: [label] }), [label, null]);
});
