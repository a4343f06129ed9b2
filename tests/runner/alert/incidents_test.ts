import assert from "node:assert/strict";
import fc from "fast-check";
import type { Alert } from "../../../runner/alert/alert.ts";
import { incidentsOf, incidentText } from "../../../runner/alert/incidents.ts";
import { raiseAlerts } from "../../../runner/alert/raise_alerts.ts";
import type { Verdict } from "../../../lib/explain/reason.ts";
import { sampleReason, sampleThreat, sampleVerdict } from "./sample_alert.ts";

const MINUTE = 60_000,
  WINDOW = 5 * MINUTE,
  CONTEXT = { lineage: "m", window: WINDOW, retention: 0, watermark: Infinity };

/** One alert of a service that begins in window `at` and has so many windows. */
function alert(service: string, at: number, some: Partial<Verdict> & { windows?: number } = {}): Alert {
  const { windows = 1, ...rest } = some, start = at * WINDOW;
  const verdicts = Array.from({ length: windows }, (_, i) =>
    sampleVerdict({
      ...{ service, key: `${service}@${at + i}`, start: start + i * WINDOW, end: start + (i + 1) * WINDOW },
      ...rest,
    }));
  return raiseAlerts(verdicts, [], CONTEXT).opened[0];
}

const calm = (
  title: string,
) => [sampleReason({ id: title, title, kind: "unseen", level: 9, example: title })];
const error = (
  title: string,
  example = title,
) => [sampleReason({ id: title, title, kind: "template", level: 17, example })];
const services = (alerts: Alert[], ...rest: [] | [Parameters<typeof incidentsOf>[1]]) =>
  incidentsOf(alerts, ...rest).map((incident) => incident.alerts.map(({ service }) => service)).sort();

Deno.test("incidentsOf() joins what several services say within one window: a restart is one incident", () => {
  const restart = ["cups", "named", "sshd", "xinetd"].map((service) =>
    alert(service, 10, { reasons: calm(`${service} startup succeeded`) })
  );
  assert.equal(incidentsOf(restart).length, 1);
  const later = alert("cron", 11, { reasons: calm("nothing to do with it") });
  assert.deepEqual(incidentsOf([...restart, later]).map(({ alerts }) => alerts.length).sort(), [1, 4]);
});

Deno.test("incidentsOf() joins what begins within two windows where one names the other's service, or both are errors", () => {
  const db = alert("db", 10, { reasons: calm("shutting down") });
  const web = alert("web", 12, {
    reasons: error("no answer", "no answer from postgres://db.local:5432/shop"),
  });
  assert.deepEqual(services([db, web]), [["db", "web"]]);
  const other = alert("web", 12, { reasons: error("no answer", "no answer") });
  assert.deepEqual(services([db, other]), [["db"], ["web"]]);
  const failing = alert("db", 10, { reasons: error("could not write") });
  assert.equal(services([failing, other]).length, 1);
  assert.equal(services([failing, alert("web", 13, { reasons: error("no answer") })]).length, 2);
});

Deno.test("incidentsOf() puts a service that others name before them, and a cause before its symptom", () => {
  const web = alert("web", 10, { reasons: error("no answer", "no answer from db:5432") });
  const db = alert("db", 10, { reasons: calm("shutting down") });
  const [incident] = incidentsOf([web, db]);
  assert.equal(incident.alerts[0].service, "db");
  assert.equal(incidentText(incident), "shop/db: new: shutting down; web affected");
  const late = alert("web", 10, { reasons: error("slow") }),
    full = alert("store", 10, { reasons: error("full") });
  const meanings = new Map([
    [late.id, [{ kind: "timeout" as const, percent: 95 }]],
    [full.id, [{ kind: "disk" as const, percent: 95 }]],
  ]);
  assert.equal(incidentsOf([late, full], { meanings })[0].alerts[0], full);
});

Deno.test("incidentsOf() puts what says only how much there was behind what says what it was", () => {
  const total = [
    sampleReason({
      kind: "total",
      id: "",
      title: "all events",
      actual: 900,
      expected: 100,
      level: undefined,
    }),
  ];
  const [incident] = incidentsOf([
    alert("web", 10, { reasons: total }),
    alert("app", 10, { reasons: calm("retrying") }),
  ]);
  assert.deepEqual(incident.alerts.map(({ service }) => service), ["app", "web"]);
});

Deno.test("incidentsOf() joins a service's headline that comes again within two hours, and alerts near to each other", () => {
  const missing = (at: number) => alert("cron", at, { reasons: calm("job is missing") });
  assert.deepEqual([missing(25), missing(26)].map((again) => incidentsOf([missing(0), again]).length), [
    1,
    2,
  ]);
  const other = (at: number) => alert("cron", at, { reasons: calm("something else") });
  assert.deepEqual([other(3), other(4)].map((next) => incidentsOf([missing(0), next]).length), [1, 2]);
});

Deno.test("incidentsOf() joins sessions of a service within 15 minutes, whatever leads them", () => {
  const session = (key: string, minute: number, title: string) => {
    const place = { kind: "session" as const, key, start: minute * MINUTE, end: minute * MINUTE };
    return raiseAlerts([sampleVerdict({ ...place, reasons: calm(title) })], [], CONTEXT).opened[0];
  };
  assert.equal(
    incidentsOf([session("a", 0, "one"), session("b", 15, "two"), session("c", 30, "three")]).length,
    1,
  );
  assert.equal(incidentsOf([session("a", 0, "one"), session("b", 16, "two")]).length, 2);
});

Deno.test("incidentsOf() joins threats of other services by their address alone", () => {
  const threat = (service: string, at: number, source: string) =>
    alert(service, at, { reasons: [sampleThreat({ id: `scanner ${source}`, title: source })] });
  const error500 = alert("app", 10, { reasons: error("no answer") });
  assert.equal(incidentsOf([threat("web", 10, "203.0.113.9"), error500]).length, 2);
  assert.equal(incidentsOf([threat("web", 10, "203.0.113.9"), threat("sshd", 12, "203.0.113.9")]).length, 1);
  assert.equal(incidentsOf([threat("web", 10, "203.0.113.9"), threat("sshd", 10, "203.0.113.8")]).length, 2);
  assert.equal(incidentsOf([threat("web", 10, "203.0.113.9"), threat("sshd", 19, "203.0.113.9")]).length, 2);
});

Deno.test("incidentsOf() goes by the length of each stream's windows", () => {
  const cron = alert("cron", 0, { reasons: calm("x") }), app = alert("app", 1, { reasons: calm("y") });
  assert.equal(incidentsOf([cron, app]).length, 2);
  assert.equal(incidentsOf([cron, app], { windowOf: () => 3 * WINDOW }).length, 1);
});

Deno.test("incidentsOf() leaves alerts without times to themselves", () => {
  const timeless = (key: string) =>
    raiseAlerts(
      [sampleVerdict({ kind: "session", key, start: NaN, end: NaN, reasons: calm(key) })],
      [],
      CONTEXT,
    ).opened[0];
  const [one, ...others] = incidentsOf([timeless("a"), timeless("b"), alert("web", 1)]);
  assert.equal(others.length, 2);
  assert(one.alerts.length === 1);
});

const anyAlert = fc.record({
  service: fc.constantFrom("web", "app", "db"),
  at: fc.nat({ max: 40 }),
  windows: fc.integer({ min: 1, max: 4 }),
  stream: fc.constantFrom("shop", "other"),
  score: fc.double({ min: 1.1, max: 30, noNaN: true }),
  reasons: fc.constantFrom(calm("calm"), error("failed", "failed: db is gone"), [sampleThreat()], [
    sampleThreat({ id: "scanner 1.2.3.4", title: "1.2.3.4", severity: "high" }),
  ]),
}).map(({ service, at, ...some }) => alert(service, at, some));

Deno.test("incidentsOf() puts every alert into exactly one incident, whatever their order", () => {
  const different = fc.uniqueArray(anyAlert, { maxLength: 14, selector: ({ id }) => id });
  fc.assert(fc.property(
    different.chain((alerts) =>
      fc.tuple(fc.constant(alerts), fc.shuffledSubarray(alerts, { minLength: alerts.length }))
    ),
    ([alerts, shuffled]) => {
      const incidents = incidentsOf(alerts);
      assert.deepEqual(incidentsOf(shuffled), incidents);
      assert.deepEqual(
        incidents.flatMap((incident) => incident.alerts.map(({ id }) => id)).sort(),
        alerts.map(({ id }) => id).sort(),
      );
      assert.equal(new Set(incidents.map(({ id }) => id)).size, incidents.length);
      for (const { id, alerts: own, severity, start, end } of incidents) {
        assert(own.some((one) => one.id === id && one.start === start));
        assert(own.some((one) => one.severity === severity));
        assert(own.every((one) => one.start! >= start! && one.end! <= end!));
        assert(incidentText({ alerts: own }).length < 600);
      }
    },
  ));
});

Deno.test("incidentsOf() never takes apart what it has joined when more alerts come", () => {
  const different = fc.uniqueArray(anyAlert, { maxLength: 10, selector: ({ id }) => id });
  fc.assert(fc.property(different, (alerts) => {
    const before = incidentsOf(alerts.slice(0, -1)), after = incidentsOf(alerts);
    for (const { alerts: own } of before) {
      assert(after.some((incident) => own.every((one) => incident.alerts.includes(one))));
    }
  }));
});
