import assert from "node:assert/strict";
import { alertFacts } from "../../../lib/store/alert_facts.ts";
import { State } from "../../../lib/store/state.ts";
import type { Alert } from "../../../runner/alert/alert.ts";
import { raiseAlerts } from "../../../runner/alert/raise_alerts.ts";
import { incidentOf } from "../../../runner/report_task/incident_of.ts";
import { sampleReason, sampleThreat, sampleVerdict } from "../alert/sample_alert.ts";

const HOUR = 3_600_000;

/** A state that holds the alerts of some verdicts. */
function stateOf(verdicts: Parameters<typeof raiseAlerts>[0]): { state: State; alerts: Alert[] } {
  const state = State.open(":memory:");
  const alerts =
    raiseAlerts(verdicts, [], { lineage: "m1", window: 300_000, retention: 0, watermark: 0 }).opened;
  for (const alert of alerts) {
    const { id, stream, status, start, end } = alert;
    state.putAlert({ id, stream, status, start: start ?? NaN, end: end ?? NaN, body: JSON.stringify(alert) });
  }
  return { state, alerts };
}

const at = (hours: number, service: string) => {
  const start = Date.UTC(2026, 2, 2) + hours * HOUR;
  const key = `${service}@${new Date(start).toISOString()}`;
  return sampleVerdict({ service, key, start, end: start + 300_000 });
};

Deno.test("incidentOf() finds the alerts that belong to one, by any of them and by a beginning of its name", () => {
  const { state, alerts } = stateOf([at(1, "web"), at(1, "db"), at(30, "web")]);
  const of = (name: string) => incidentOf(state, name).alerts.map(({ id }) => id).sort();
  const [first, second, later] = alerts.toSorted((a, b) => a.start! - b.start!).map(({ id }) => id);
  assert.deepEqual(of(first), [first, second].sort());
  assert.deepEqual(of(second.slice(0, 8)), [first, second].sort());
  assert.deepEqual(of(later), [later]);
  state.close();
});

Deno.test("incidentOf() names the latest alerts where there is none of that name, or several", () => {
  const { state, alerts } = stateOf([at(1, "web"), at(30, "web")]);
  assert.throws(
    () => incidentOf(state, "zz"),
    new RegExp(`no such alert; the latest are\n  ${alerts.at(-1)!.id}`),
  );
  assert.throws(() => incidentOf(state, ""), /no such alert/);
  state.close();
  const empty = State.open(":memory:");
  assert.throws(() => incidentOf(empty, "a1"), /there is no such alert, nor any other/);
  empty.close();
});

Deno.test("alertFacts() reads what this version keeps of alerts", () => {
  const reasons = [sampleReason({ level: 17 }), sampleThreat({ share: 0.2 })];
  const { state, alerts: [alert] } = stateOf([sampleVerdict({ reasons })]);
  const facts = alertFacts(state.alerts()[0]);
  assert.deepEqual([facts.severity, facts.windows, facts.records], [
    alert.severity,
    alert.windows,
    alert.records,
  ]);
  assert.equal(facts.ratio, alert.score / alert.threshold);
  assert.equal(facts.title, "Payment gateway <*> refused connection after <*> ms");
  assert.equal(facts.reasons.length, 2);
  state.close();
});

Deno.test("alertFacts() refuses what is no alert", () => {
  const stored = { id: "a1", stream: "shop", status: "closed" as const, start: 0, end: 1 };
  assert.throws(
    () => alertFacts({ ...stored, body: "{}" }),
    /Cannot restore an alert: alert a1\.reasons must be an array/,
  );
  assert.throws(
    () => alertFacts({ ...stored, body: '{ "reasons": [], "service": "db", "severity": "huge" }' }),
    /alert a1\.severity must be one of low, medium, high, critical/,
  );
});
