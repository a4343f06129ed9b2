import assert from "node:assert/strict";
import fc from "fast-check";
import { State } from "../../../lib/store/state.ts";
import type { Alert } from "../../../runner/alert/alert.ts";
import { storedAlert } from "../../../runner/detect/commit.ts";
import { FindingsLog } from "../../../runner/findings/findings_log.ts";
import { recordAlerts } from "../../../runner/findings/record_alerts.ts";
import { sampleAlert } from "../alert/sample_alert.ts";
import { strayFields } from "./document_fields.ts";

const MINUTE = 60_000, HOUR = 60 * MINUTE, START = Date.UTC(2026, 2, 2, 14);
const lengths = { windowOf: () => 5 * MINUTE, longest: 5 * MINUTE };

/** An alert of a service that began and lasted so many minutes; `windows: 0` = withdrawn. */
function alertOf(service: string, begin: number, lasts: number, some: Partial<Alert> = {}): Alert {
  const start = START + begin * MINUTE, end = start + lasts * MINUTE;
  const own = { ...sampleAlert({ service, key: `${service}@${begin}` }), service, start, end, ...some };
  return own.windows === 0 ? { ...own, start: null, end: null } : own;
}

/** A state that alerts are written down in. */
class Written {
  readonly state = State.open(":memory:");
  readonly log = new FindingsLog(this.state, { name: "deepscan", now: () => this.now++ });
  now = Date.UTC(2026, 10, 23);

  put(...alerts: Alert[]): this {
    this.state.transaction(() => {
      for (const alert of alerts) this.state.putAlert(storedAlert(alert));
      recordAlerts(this.log, alerts, lengths);
    });
    return this;
  }

  /** How many documents have changed since the last time. */
  take(): number {
    const due = this.state.findings.due(1 << 30);
    for (const { body } of due) assert.deepEqual(strayFields(JSON.parse(body)), []);
    return due.length;
  }

  /** Documents of a kind that are not withdrawn or merged, by what they are called. */
  // deno-lint-ignore no-explicit-any
  documents(kind: "alerts" | "incidents"): Record<string, any> {
    const found = this.state.findings.ofKind(kind).map(({ id, place, body }) => ({
      id,
      place,
      ...JSON.parse(body),
    }));
    const own = kind === "alerts" ? "alert" : "incident";
    return Object.fromEntries(found.map(({ id, place, deepscan, "@timestamp": time }) => [
      id,
      { place, time, ...deepscan[own], incident: deepscan.incident?.id },
    ]));
  }
}

Deno.test("recordAlerts() writes alerts and the incident that they come to, and nothing twice", () => {
  const written = new Written(), web = alertOf("web", 0, 10), db = alertOf("db", 0, 10);
  written.put(web, db);
  assert.equal(written.take(), 3);
  written.put(web);
  assert.equal(written.take(), 3);
  const alerts = written.documents("alerts"),
    [[id, incident]] = Object.entries(written.documents("incidents"));
  assert.deepEqual(Object.values(alerts).map(({ incident }) => incident), [id, id]);
  assert.deepEqual([incident.status, incident.alert_count], ["open", 2]);
});

Deno.test("recordAlerts() merges incidents where an alert joins them, and says so in the one that ends", () => {
  const first = alertOf("web", 0, 5), last = alertOf("web", 30, 5);
  const headlines = { headline: "other", reasons: [] };
  const apart = new Written().put({ ...first, ...headlines }, { ...last, headline: "another", reasons: [] });
  assert.equal(Object.keys(apart.documents("incidents")).length, 2);
  apart.put({ ...alertOf("web", 10, 15), headline: "third", reasons: [] });
  const incidents = apart.documents("incidents");
  assert.deepEqual([incidents[first.id].status, incidents[first.id].alert_count], ["open", 3]);
  assert.deepEqual([incidents[last.id].status, incidents[last.id].merged_into], ["merged", first.id]);
  const holders = Object.values(apart.documents("alerts")).map(({ incident }) => incident);
  assert.deepEqual(new Set(holders), new Set([first.id]));
});

Deno.test("recordAlerts() leaves an alert and its incident in the month where they were first, also when they begin earlier", () => {
  const written = new Written(), april = Date.UTC(2026, 3, 1), alert = alertOf("web", 0, 10);
  written.put({ ...alert, start: april, end: april + HOUR });
  written.put({ ...alert, start: april - HOUR, end: april + HOUR });
  for (const kind of ["alerts", "incidents"] as const) {
    const { place, time } = written.documents(kind)[alert.id];
    assert.deepEqual([place, time], ["2026.04", "2026-03-31T23:00:00.000Z"]);
  }
});

Deno.test("recordAlerts() shows a withdrawn alert and incident where they were; of one that nobody heard of it says nothing", () => {
  const written = new Written(),
    alert = alertOf("web", 0, 10),
    unknown = alertOf("db", 0, 10, { windows: 0 });
  written.put(alert, unknown).put({ ...alert, windows: 0, start: null, end: null, status: "closed" });
  const alerts = written.documents("alerts"), incidents = written.documents("incidents");
  assert.deepEqual(Object.keys(alerts), [alert.id]);
  assert.deepEqual([alerts[alert.id].status, alerts[alert.id].time, alerts[alert.id].incident], [
    ...["withdrawn", "2026-03-02T14:00:00.000Z", undefined],
  ]);
  assert.deepEqual([incidents[alert.id].status, incidents[alert.id].place], ["withdrawn", "2026.03"]);
});

Deno.test("recordAlerts() keeps alerts without times in indices of their own, with one time for ever", () => {
  const written = new Written(), timeless = { ...alertOf("web", 0, 10), start: null, end: null };
  written.put(timeless);
  const [first] = Object.values(written.documents("alerts"));
  written.put({ ...timeless, records: timeless.records + 1 });
  const [second] = Object.values(written.documents("alerts"));
  assert.deepEqual([first.place, second.place, first.time], ["undated", "undated", second.time]);
});

Deno.test("recordAlerts() finds an incident's beginning among alerts of before findings were asked for", () => {
  const written = new Written(),
    [first, second, third] = [0, 110, 220].map((begin) => alertOf("web", begin, 5));
  for (const alert of [first, second, third]) written.state.putAlert(storedAlert(alert));
  written.put(third);
  const incidents = written.documents("incidents");
  assert.deepEqual(Object.keys(incidents), [first.id]);
  assert.equal(incidents[first.id].alert_count, 3);
});

Deno.test("recordAlerts(): whatever order alerts come and change in, the documents are those of all alerts at once", () => {
  const alert = fc.record({
    service: fc.constantFrom("web", "db", "auth"),
    begin: fc.integer({ min: 0, max: 60 }).map((n) => 10 * n),
    lasts: fc.constantFrom(5, 20, 60),
    windows: fc.constantFrom(0, 1, 1, 1, 3),
    headline: fc.constantFrom("a", "b", ""),
  });
  const put = fc.record({ alert, changes: fc.array(alert, { maxLength: 2 }) });
  fc.assert(
    fc.property(fc.array(put, { maxLength: 8 }), (puts) => {
      const made = (
        one: Parameters<typeof alertOf>[3] & { service: string; begin: number; lasts: number },
        id: string,
      ) => ({
        ...alertOf(one.service, one.begin, one.lasts, { windows: one.windows, headline: one.headline }),
        ...{ id, trouble: id, reasons: [] },
      });
      const steps = puts.flatMap(({ alert, changes }, i) =>
        [alert, ...changes].map((one) => made(one, `a${i}`))
      );
      const stepwise = new Written();
      for (const one of steps) stepwise.put(one);
      const last = stepwise.state.alerts().map(({ body }) => JSON.parse(body) as Alert);
      const atOnce = new Written().put(...last);
      const alive = (written: Written) =>
        (["alerts", "incidents"] as const).map((kind) =>
          Object.entries(written.documents(kind)).filter(([, { status }]) =>
            !["merged", "withdrawn"].includes(status)
          )
            .map(([id, { place: _place, ...rest }]) => [id, rest])
        );
      assert.deepEqual(alive(stepwise), alive(atOnce));
    }),
  );
});
