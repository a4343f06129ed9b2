import assert from "node:assert/strict";
import { eventCounts, silences } from "../../lib/feature/event_counts.ts";
import { Table } from "../../lib/table/table.ts";

const START = Date.parse("2026-03-01T10:00:00Z");

/** Events at these seconds after 10 o'clock; null = without a time. */
function eventsAt(rows: [seconds: number | null, service: string | null, level: string | null][]): Table {
  const texts = rows.map(([seconds]) =>
    seconds === null ? null : new Date(START + seconds * 1000).toISOString().slice(0, -1).split("T")
  );
  return new Table({
    Date: texts.map((text) => text?.[0] ?? null),
    Time: texts.map((text) => text?.[1] ?? null),
    Level: rows.map(([, , level]) => level),
    Component: rows.map(([, service]) => service),
  });
}

Deno.test("eventCounts() counts by span, service and level, and keeps what has no time or level", () => {
  const counts = eventCounts(
    eventsAt([[1, "web", "INFO"], [59.9, "web", "INFO"], [60, "web", "ERROR"], [2, null, null], [
      null,
      "web",
      "TRACE",
    ]]),
    60_000,
  );
  assert.deepEqual(counts, [
    { time: START, service: "web", level: "info", count: 2 },
    { time: START + 60_000, service: "web", level: "error", count: 1 },
    { time: START, service: "", level: "none", count: 1 },
    { time: NaN, service: "web", level: "debug", count: 1 },
  ]);
  assert.throws(() => eventCounts(eventsAt([]), 0), RangeError);
  assert.throws(
    () => eventCounts(new Table({ Date: [] }), 1),
    /TypeError: Cannot count events: there is no column Time/,
  );
});

Deno.test("silences() names the longest gap of each service, whatever the order of its lines, most remarkable first", () => {
  const steady: [number, string, null][] = [3, 0, 1, 2].map((second) => [second, "steady", null]);
  const events = eventsAt([...steady, [0, "silent", null], [1, "silent", null], [2, "silent", null], [
    602,
    "silent",
    null,
  ]]);
  assert.deepEqual(silences(events).rows(), [
    ["silent", 4, 1, 600, "2026-03-01T10:00:02.000Z", "2026-03-01T10:10:02.000Z"],
    ["steady", 4, 1, 1, "2026-03-01T10:00:00.000Z", "2026-03-01T10:00:01.000Z"],
  ]);
  assert.equal(silences(eventsAt([[null, "untimed", null], [1, "once", null]])).length, 0);
});
