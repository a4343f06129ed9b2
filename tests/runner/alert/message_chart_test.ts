import assert from "node:assert/strict";
import { State } from "../../../lib/store/state.ts";
import { chartOf } from "../../../runner/alert/message_chart.ts";
import { sampleVerdict } from "./sample_alert.ts";

const WINDOW = 300_000, START = Date.UTC(2026, 2, 2, 14), HOUR = 3_600_000;

/** A state with windows of checkout, calm but for some, another service and sessions. */
function judged(anomalous: (start: number) => boolean): State {
  const state = State.open(":memory:"), verdicts = [];
  for (let start = START - 5 * HOUR; start < START + 3 * HOUR; start += WINDOW) {
    const isAnomalous = anomalous(start), score = isAnomalous ? 7 : 0.6;
    const verdict = { start, end: start + WINDOW, threshold: 2, reasons: [] };
    verdicts.push(
      sampleVerdict({ ...verdict, score, anomalous: isAnomalous, key: `checkout@${start}` }),
      sampleVerdict({ ...verdict, score: 90, service: "auth", key: `auth@${start}` }),
      sampleVerdict({ ...verdict, score: 80, kind: "session", key: `order-${start}` }),
    );
  }
  state.putVerdicts(verdicts, "v1");
  return state;
}

const ALERT = {
  ...{ stream: "shop", service: "checkout", kind: "window" as const, start: START, end: START + 2 * WINDOW },
};
const isAlert = (start: number) => start >= START && start < START + 2 * WINDOW;

Deno.test("chartOf() has the scores of the alert's own service, in thresholds, two hours around it", () => {
  using state = disposed(judged(isAlert));
  const chart = chartOf(ALERT, WINDOW, state)!;
  assert.deepEqual([chart.start, chart.size, chart.ratios.length], [START - 2 * HOUR, WINDOW, 24 + 2 + 24]);
  assert.deepEqual(chart.anomalous, [24, 25]);
  assert.deepEqual([...new Set(chart.ratios)], [0.3, 3.5]);
});

Deno.test("chartOf() of a session has the scores of sessions", () => {
  using state = disposed(judged(() => false));
  const chart = chartOf({ ...ALERT, kind: "session" }, WINDOW, state)!;
  assert.deepEqual([...new Set(chart.ratios)], [40]);
});

Deno.test("chartOf() of what lasts for days takes longer spans, and stays small", () => {
  using state = disposed(judged(isAlert));
  const chart = chartOf({ ...ALERT, start: START - 5 * HOUR, end: START + 30 * 24 * HOUR }, WINDOW, state)!;
  assert.ok(chart.ratios.length <= 121, `${chart.ratios.length} spans`);
  assert.equal(chart.size % WINDOW, 0);
  assert.ok(JSON.stringify(chart).length < 2000);
});

Deno.test("chartOf() has nothing to draw of what has no times, or was never judged", () => {
  using state = disposed(judged(isAlert));
  assert.equal(chartOf({ ...ALERT, start: null, end: null }, WINDOW, state), undefined);
  assert.equal(chartOf({ ...ALERT, stream: "nobody" }, WINDOW, state), undefined);
});

function disposed(state: State): State & Disposable {
  return Object.assign(state, { [Symbol.dispose]: () => state.close() });
}
