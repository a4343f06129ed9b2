import assert from "node:assert/strict";
import { type AlertFacts, incidentAlerts, incidentSpan } from "../../lib/store/alert_facts.ts";

const alert = (
  id: string,
  kind: AlertFacts["kind"],
  [start, end]: [number, number],
  ratio = 1,
): AlertFacts => ({
  ...{ id, stream: "shop", service: "db", kind, severity: "high", start, end, windows: 1, records: 1 },
  ...{ ratio, title: "", reasons: [] },
});

Deno.test("incidentSpan() has a length where a session is one record, and holds the last record of one", () => {
  assert.deepEqual(incidentSpan([alert("a", "session", [70, 70])]), { from: 70, to: 71 });
  const both = [alert("a", "window", [0, 60]), alert("b", "session", [20, 60])];
  assert.deepEqual(incidentSpan(both), { from: 0, to: 61 });
  assert.deepEqual(incidentSpan(both.slice(0, 1)), { from: 0, to: 60 });
});

Deno.test("incidentSpan() passes over alerts without times, and refuses where no other is", () => {
  const untimed = alert("a", "session", [NaN, NaN]);
  assert.deepEqual(incidentSpan([untimed, alert("b", "window", [0, 60])]), { from: 0, to: 60 });
  assert.throws(() => incidentSpan([untimed]), {
    name: "RangeError",
    message: "Cannot tell an incident: the records of its alerts have no times, got a",
  });
});

Deno.test("incidentAlerts() takes an alert that begins with the last record of the weightiest session", () => {
  const alerts = [
    alert("a", "session", [70, 70], 9),
    alert("b", "window", [70, 90]),
    alert("c", "window", [71, 90]),
  ];
  assert.deepEqual(incidentAlerts(alerts, []).map(({ id }) => id), ["a", "b"]);
});
