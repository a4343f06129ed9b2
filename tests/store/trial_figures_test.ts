import assert from "node:assert/strict";
import { State } from "../../lib/store/state.ts";
import { trialFigures } from "../../lib/store/trial_figures.ts";

const MINUTE = 60_000;

const verdict = (service: string, minute: number, score: number) => ({
  ...{
    stream: "shop",
    key: `${service}@${minute}`,
    kind: "window" as const,
    service,
    lines: 9,
    score,
    threshold: 1,
  },
  ...{ start: minute * MINUTE, end: (minute + 1) * MINUTE, anomalous: score > 1, reasons: [] },
});

function putAlert(state: State, id: string, service: string, minute: number): void {
  const body = {
    service,
    kind: "window",
    severity: "high",
    windows: 1,
    records: 9,
    score: 2,
    threshold: 1,
    headline: "",
    reasons: [],
  };
  const times = { start: minute * MINUTE, end: (minute + 1) * MINUTE };
  state.putAlert({ id, stream: "shop", status: "firing", ...times, body: JSON.stringify(body) });
  state.putAlertsOf("shop", new Map([[`${service}@${minute}`, id]]));
}

Deno.test("trialFigures() counts alerts and windows by service, since the trial began", () => {
  const active = State.open(":memory:"), candidate = State.open(":memory:");
  active.putVerdicts([
    verdict("db", 0, 9),
    verdict("db", 5, 9),
    verdict("web", 5, 0),
    verdict("web", 6, 3),
    verdict("web", 9, 4),
  ], "v0001");
  candidate.putVerdicts([verdict("db", 5, 2), verdict("web", 5, 2), verdict("web", 6, 0.5)], "v0002");
  for (
    const [id, service, minute] of [["a0", "db", 0], ["a1", "db", 5], ["a2", "web", 6], [
      "a3",
      "web",
      9,
    ]] as const
  ) {
    putAlert(active, id, service, minute);
  }
  putAlert(candidate, "c1", "db", 5);
  putAlert(candidate, "c2", "web", 5);
  active.feedback.put({ alert: "a2", stream: "shop", said: "true", note: "", at: 0 });
  const { services, alerts, span, added, dropped, anomalous, ...sums } = trialFigures(active, candidate, {
    stream: "shop",
    from: 3 * MINUTE,
  });
  assert.deepEqual(sums, { stream: "shop", windows: 3, active: 3, candidate: 2 });
  assert.deepEqual([span, anomalous], [2 * MINUTE, { active: 2, candidate: 2 }]); // web@9 is not judged by the candidate yet
  assert.deepEqual(services, [
    { service: "db", active: 1, candidate: 1, added: 0, dropped: 0 },
    { service: "web", active: 2, candidate: 1, added: 1, dropped: 1 },
  ]);
  assert.deepEqual(added.map(({ key, active, candidate }) => [key, active, candidate]), [["web@5", 0, 2]]);
  assert.deepEqual(dropped.map(({ key, active, candidate }) => [key, active, candidate]), [[
    "web@6",
    3,
    0.5,
  ]]);
  assert.deepEqual(alerts.map(({ alert: { id }, said, seen }) => [id, said, seen]), [["a1", null, true], [
    "a2",
    "true",
    false,
  ]]);
  for (const state of [active, candidate]) state.close();
});

Deno.test("trialFigures() compares sessions without times too", () => {
  const session = (key: string, score: number) => ({
    ...verdict("", 0, score),
    key,
    kind: "session" as const,
    start: NaN,
    end: NaN,
  });
  const active = State.open(":memory:"), candidate = State.open(":memory:");
  active.putVerdicts([session("s1", 0), session("s2", 0)], "v0001");
  candidate.putVerdicts([session("s1", 5), session("s2", 0)], "v0002");
  const { windows, span, added, services } = trialFigures(active, candidate, { stream: "shop", from: 7 });
  assert.deepEqual([windows, span, added.length, services[0].service], [2, 0, 1, ""]);
  for (const state of [active, candidate]) state.close();
});
