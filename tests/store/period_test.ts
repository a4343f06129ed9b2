import assert from "node:assert/strict";
import {
  alertsWithin,
  runsWithin,
  untimedAlerts,
  verdictCounts,
  verdictSpan,
} from "../../lib/store/period.ts";
import { State } from "../../lib/store/state.ts";

const DAY = 86_400_000;
const verdict = (service: string, start: number, anomalous: boolean) => ({
  ...{
    stream: "shop",
    key: `${service}@${start}`,
    kind: "window" as const,
    service,
    start,
    end: start + 60_000,
  },
  ...{ lines: 7, score: 2, threshold: 1, anomalous, reasons: [] },
});

Deno.test("verdictCounts() adds up windows, anomalous ones and records by step, stream and service", () => {
  const state = State.open(":memory:");
  state.putVerdicts([
    verdict("web", DAY, false),
    verdict("web", 2 * DAY - 1, true),
    verdict("db", DAY + 5, true),
    verdict("web", 2 * DAY, true),
    verdict("web", NaN, true),
  ], "v0001");
  const rows = (options: Parameters<typeof verdictCounts>[1]) =>
    verdictCounts(state, options).map((
      row,
    ) => [row.time / DAY, row.service, row.windows, row.anomalous, row.records]);
  assert.deepEqual(rows({ from: 0, to: 3 * DAY }), [[1, "db", 1, 1, 7], [1, "web", 2, 1, 14], [
    2,
    "web",
    1,
    1,
    7,
  ]]);
  assert.deepEqual(rows({ from: 0, to: 3 * DAY, size: 3 * DAY }), [[0, "db", 1, 1, 7], [0, "web", 3, 2, 21]]);
  assert.deepEqual(rows({ from: DAY + 1, to: 2 * DAY }), [[1, "db", 1, 1, 7], [1, "web", 1, 1, 7]]);
  assert.deepEqual(verdictSpan(state), { from: DAY, to: 2 * DAY + 60_000 });
  state.close();
});

Deno.test("runsWithin() gives runs by when they began, earliest first", () => {
  const state = State.open(":memory:");
  const run = { command: "detect", finishedAt: 99, lines: 5, windows: 1, anomalous: 0, skipped: 0 };
  for (const startedAt of [30, 10, 20]) state.putRun({ ...run, startedAt });
  assert.deepEqual(runsWithin(state, { from: 10, to: 30 }), [{ ...run, startedAt: 10 }, {
    ...run,
    startedAt: 20,
  }]);
  state.close();
});

Deno.test("verdictSpan() holds a window of an instant, also where it is the last or the only one", () => {
  const state = State.open(":memory:");
  state.putVerdicts([{ ...verdict("web", DAY, true), end: DAY }], "v0001");
  assert.deepEqual(verdictSpan(state), { from: DAY, to: DAY + 1 });
  assert.equal(verdictCounts(state, verdictSpan(state)).length, 1);
  state.close();
});

Deno.test("alertsWithin() gives alerts that last into the span or begin in it, if only for an instant; untimedAlerts() the rest that no span has", () => {
  const state = State.open(":memory:");
  const spans = {
    before: [0, 10],
    into: [5, 11],
    first: [10, 10],
    last: [19, 19],
    after: [20, 20],
    untimed: [NaN, NaN],
  };
  for (const [id, [start, end]] of Object.entries(spans)) {
    state.putAlert({ id, stream: "shop", status: "closed", start, end, body: "{}" });
  }
  const ids = alertsWithin(state, { from: 10, to: 20 }).map(({ id }) => id);
  assert.deepEqual(ids.sort(), ["first", "into", "last"]);
  assert.deepEqual(untimedAlerts(state).map(({ id }) => id), ["untimed"]);
  state.close();
});
