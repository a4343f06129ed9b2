import assert from "node:assert/strict";
import { incidentsOf } from "../../../runner/alert/incidents.ts";
import { alertDocument } from "../../../runner/findings/alert_document.ts";
import { documentId, monthOf } from "../../../runner/findings/document.ts";
import { healthDocuments } from "../../../runner/findings/health_documents.ts";
import { endedIncidentDocument, incidentDocument } from "../../../runner/findings/incident_document.ts";
import { templateDocument } from "../../../runner/findings/template_documents.ts";
import { verdictDocument } from "../../../runner/findings/verdict_document.ts";
import { emptyOutcome } from "../../../runner/detect/outcome.ts";
import { sourceAlerts } from "../../../runner/health/source_alerts.ts";
import { HOSTILE, sampleAlert, sampleReason, sampleThreat, sampleVerdict } from "../alert/sample_alert.ts";
import { strayFields } from "./document_fields.ts";

const place = { name: "deepscan", time: 0, incident: "i1" };
const judgedBy = { name: "deepscan", time: 0, model: "v0001", alert: "a1" };

/** A document as it is sent. */
// deno-lint-ignore no-explicit-any
const sent = (document: unknown): any => JSON.parse(JSON.stringify(document));

Deno.test("alertDocument() says what, where, when, how severe and why, in fields of the template", () => {
  const alert = sampleAlert(),
    document = alertDocument(alert, place),
    { event, deepscan, ...rest } = sent(document);
  assert.deepEqual(strayFields(document), []);
  assert.equal(rest["@timestamp"], "2026-03-02T14:00:00.000Z");
  assert.match(rest.message, /^\[\w+\] shop\/checkout: Payment gateway/);
  assert.deepEqual([rest.service.name, rest.threat], ["checkout", undefined]);
  assert.deepEqual([event.kind, event.category, event.start, event.end], [
    ...["alert", ["host"], "2026-03-02T14:00:00.000Z"],
    "2026-03-02T14:05:00.000Z",
  ]);
  assert.equal(event.duration, 300 * 1e9);
  assert.equal(event.severity, { low: 21, medium: 47, high: 73, critical: 99 }[alert.severity]);
  assert.deepEqual([deepscan.alert.id, deepscan.alert.status, deepscan.incident], [alert.id, "firing", {
    id: "i1",
  }]);
  assert.equal(deepscan.reasons[0].title, "Payment gateway <*> refused connection after <*> ms");
});

Deno.test("alertDocument() names the techniques of threats as MITRE ATT&CK and ECS do", () => {
  const document = alertDocument(sampleAlert({ reasons: [sampleThreat()] }), place),
    { threat, event } = sent(document);
  assert.deepEqual(strayFields(document), []);
  assert.deepEqual(threat, {
    framework: "MITRE ATT&CK",
    technique: {
      id: ["T1110"],
      name: ["Brute Force"],
      reference: ["https://attack.mitre.org/techniques/T1110/"],
      subtechnique: {
        id: ["T1110.001"],
        name: ["Password Guessing"],
        reference: ["https://attack.mitre.org/techniques/T1110/001/"],
      },
    },
  });
  assert.deepEqual(event.category, ["intrusion_detection", "host"]);
});

Deno.test("alertDocument() tells of an input that gives nothing, in fields of the template", () => {
  const trouble = {
    kind: "no_data" as const,
    since: 0,
    value: 7_200_000,
    limit: 3_600_000,
    newest: null,
    problem: "",
  };
  const about = { ...trouble, stream: "shop", service: "shop", source: "/logs/shop.log", isAlone: true };
  const { opened: [alert] } = sourceAlerts([], { troubles: [about], isLooked: () => true, now: 7_200_000 });
  const document = alertDocument(alert, place), { message, deepscan } = sent(document);
  assert.deepEqual(strayFields(document), []);
  assert.equal(message, "[high] shop: no data from /logs/shop.log since 1970-01-01 00:00 UTC");
  assert.equal(deepscan.headline.kind, "input");
});

Deno.test("alertDocument() shows a withdrawn alert where it was, with nothing in it", () => {
  const empty = { ...sampleAlert(), start: null, end: null, windows: 0, reasons: [], detectors: [] };
  const document = alertDocument(empty, { ...place, time: Date.UTC(2026, 2, 2), incident: null });
  assert.deepEqual(strayFields(document), []);
  const { "@timestamp": time, event, deepscan } = sent(document);
  assert.deepEqual([time, event.end, deepscan.alert.status], [
    "2026-03-02T00:00:00.000Z",
    undefined,
    "withdrawn",
  ]);
});

Deno.test("documents of hostile text are JSON without controls, and no longer than people read", () => {
  const hostile = { key: HOSTILE + "\ud800".repeat(9000), service: HOSTILE };
  const reasons = [sampleReason({ id: HOSTILE, title: HOSTILE.repeat(99), example: HOSTILE, note: HOSTILE })];
  const alert = alertDocument(sampleAlert({ ...hostile, reasons }), place);
  const verdict = verdictDocument(sampleVerdict({ ...hostile, reasons }), judgedBy);
  for (const document of [alert, verdict]) {
    assert.deepEqual(strayFields(document), []);
    assert.ok(JSON.stringify(document).length < 20_000);
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(sent(document).message, /[\u0000-\u001f\u202e]/);
  }
});

Deno.test("incidentDocument() tells what belongs to it, endedIncidentDocument() what became of it", () => {
  const alerts = [sampleAlert(), sampleAlert({ service: "db", key: "db@2026-03-02T14:00:00.000Z" })];
  const [incident] = incidentsOf(alerts), document = incidentDocument(incident, place);
  assert.deepEqual(strayFields(document), []);
  const { service, deepscan: { incident: told } } = sent(document);
  assert.deepEqual([service.name, told.status, told.alert_count], [["checkout", "db"], "open", 2]);
  assert.deepEqual(told.alerts.toSorted(), alerts.map(({ id }) => id).sort());
  const merged = endedIncidentDocument("i1", "i2", place), gone = endedIncidentDocument("i1", null, place);
  assert.deepEqual([...strayFields(merged), ...strayFields(gone)], []);
  assert.deepEqual(sent(merged).deepscan.incident, {
    ...{ id: "i1", status: "merged", merged_into: "i2", alert_count: 0 },
  });
  assert.equal(sent(gone).deepscan.incident.status, "withdrawn");
});

Deno.test("verdictDocument() tells an anomalous window from a normal one, and from one that is no more", () => {
  const anomalous = verdictDocument(sampleVerdict(), judgedBy);
  const normal = verdictDocument(sampleVerdict({ anomalous: false, reasons: [] }), {
    ...judgedBy,
    alert: null,
  });
  const gone = verdictDocument(sampleVerdict({ anomalous: false, reasons: [], lines: 0 }), {
    ...{ ...judgedBy, alert: null, withdrawn: true },
  });
  assert.deepEqual([anomalous, normal, gone].flatMap(strayFields), []);
  const said = [anomalous, normal, gone].map((document) => {
    const { message, deepscan: { verdict, alert } } = sent(document);
    return [message.replace(/^\S+: /, ""), verdict.anomalous, verdict.withdrawn, alert?.id];
  });
  assert.deepEqual(said, [
    ["anomalous: Payment gateway <*> refused connection after <*> ms", true, false, "a1"],
    ["normal", false, false, undefined],
    ["withdrawn, the window is no more", false, true, undefined],
  ]);
});

Deno.test("verdictDocument() gives a window without times the time that it is told", () => {
  const document = verdictDocument(sampleVerdict({ start: NaN, end: NaN }), { ...judgedBy, time: 5 });
  assert.deepEqual(strayFields(document), []);
  const { "@timestamp": time, event } = sent(document);
  assert.deepEqual([time, event.start, event.duration], ["1970-01-01T00:00:00.005Z", undefined, undefined]);
});

Deno.test("templateDocument() tells since when a template is there and what became part of it", () => {
  const template = { id: "c0ffee", text: "disk <*> failed", severity: 17, count: 3, provisional: true };
  const of = { name: "deepscan", stream: "shop", model: "v0001", time: 0 };
  const born = templateDocument(template, { ...of, firstSeen: 1000, into: "beef", absorbed: ["a", "b"] });
  assert.deepEqual(strayFields(born), []);
  const { "@timestamp": time, deepscan: { template: told } } = sent(born);
  assert.deepEqual([time, told.first_seen, told.level, told.merged_into, told.absorbed], [
    ...["1970-01-01T00:00:01.000Z", "1970-01-01T00:00:01.000Z", "error", "beef", ["a", "b"]],
  ]);
});

Deno.test("healthDocuments() tells how a run and each of its streams went, under the same names whenever they are made", () => {
  const run = {
    ...{
      name: "deepscan",
      startedAt: 1000,
      finishedAt: 61_000,
      skipped: 2,
      messages: { due: 1 },
      findings: [],
    },
    streams: [{ ...emptyOutcome("shop"), records: 9, reached: 1000 }, emptyOutcome("db")],
    failures: [{ stream: "db", message: "Cannot read stream db: there is nothing" }],
    modelOf: (stream: string) =>
      stream === "shop" ? { version: "v0001", createdAt: 1000, trainedTo: 500 } : undefined,
  };
  const documents = healthDocuments(run);
  assert.deepEqual(documents.flatMap(({ document }) => strayFields(document)), []);
  assert.deepEqual(documents, healthDocuments(run));
  assert.deepEqual(documents.map(({ id }) => id), ["1000", "1000 shop", "1000 db"]);
  const [all, shop, db] = documents.map(({ document }) => sent(document));
  assert.deepEqual([all.event.outcome, shop.event.outcome, db.event.outcome], [
    "failure",
    "success",
    "failure",
  ]);
  assert.deepEqual([all.deepscan.health.records, all.deepscan.health.messages.due, all.event.duration], [
    9,
    1,
    6e10,
  ]);
  assert.deepEqual([shop.deepscan.health.lag_seconds, shop.deepscan.model.age_seconds], [60, 60]);
  assert.equal(db.error.message[0], "Cannot read stream db: there is nothing");
});

Deno.test("documentId() and monthOf() name documents and indices", () => {
  assert.notEqual(documentId("a", "alerts", "x"), documentId("b", "alerts", "x"));
  assert.notEqual(documentId("a", "alerts", "x"), documentId("a", "verdicts", "x"));
  assert.deepEqual([monthOf(Date.UTC(2026, 11, 31, 23, 59)), monthOf(null), monthOf(NaN)], [
    ...["2026.12", "undated", "undated"],
  ]);
});
