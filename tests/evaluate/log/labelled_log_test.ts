import assert from "node:assert/strict";
import { anomalousRecords, labelledSessions, labelsOfPart } from "../../../lib/evaluate/log/labelled_log.ts";
import { BEGIN, MINUTE, ORDERS, ordersLog, recorded } from "../made_log.ts";

const span = { start: BEGIN, end: BEGIN + MINUTE, service: "*", anomalous: true, kind: "" };

Deno.test("labelledSessions() goes by keys, or by spans that a session overlaps", async () => {
  const log = await recorded(ordersLog(3), ORDERS);
  const flags = (labels: Parameters<typeof labelledSessions>[1]) =>
    labelledSessions(log, labels).map(({ anomalous }) => anomalous);
  assert.deepEqual(flags({ by: "key", labels: [{ key: "5001", anomalous: true, kind: "" }] }), [
    false,
    true,
    false,
  ]);
  const [first] = labelledSessions(log, { by: "key", labels: [] });
  const label = { ...span, start: first.first, end: first.first + 1 };
  assert.deepEqual(flags({ by: "span", labels: [label] }), [true, false, false]);
  assert.deepEqual(flags({ by: "span", labels: [{ ...label, anomalous: false }] }), [false, false, false]);
});

Deno.test("anomalousRecords() takes whole windows, of the service that the label names", async () => {
  const text = "2026-03-02T00:00:01Z INFO up\n2026-03-02T00:04:00Z INFO up\n2026-03-02T00:05:00Z INFO up\n";
  const log = await recorded(text),
    flags = (labels: Parameters<typeof anomalousRecords>[1]) =>
      log.records.map((_, i) => anomalousRecords(log, labels)(i));
  assert.deepEqual(flags({ by: "span", labels: [span] }), [true, true, false]);
  assert.deepEqual(flags({ by: "span", labels: [{ ...span, service: "db" }] }), [false, false, false]);
  const key = { key: "app.log@2026-03-02T00:05:00.000Z", anomalous: true, kind: "" };
  assert.deepEqual(flags({ by: "key", labels: [key] }), [false, false, true]);
});

Deno.test("labelsOfPart() keeps the labels of what is tested", () => {
  const keys = ["a", "b"].map((key) => ({ key, anomalous: true, kind: "" }));
  assert.deepEqual(labelsOfPart({ by: "key", labels: keys }, (key) => key === "b", 0).labels, [keys[1]]);
  const spans = [span, { ...span, end: BEGIN + 9 * MINUTE }];
  assert.deepEqual(labelsOfPart({ by: "span", labels: spans }, () => true, BEGIN + MINUTE).labels, [
    spans[1],
  ]);
});
