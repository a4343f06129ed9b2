import assert from "node:assert/strict";
import { type LeftOut, State, type Verdict } from "../../../lib/mod.ts";
import {
  alertExclusions,
  askedExclusions,
  labelExclusions,
  leftOutLines,
} from "../../../runner/detect/exclusions.ts";
import { sampleAlert, sampleVerdict } from "../alert/sample_alert.ts";

/** A state with an alert of the stream `shop` and its anomalous windows; returns the alert's id. */
function withAlert(state: State, ...windows: Partial<Verdict>[]): string {
  const alert = sampleAlert({ key: windows[0].key }), { id } = alert;
  const verdicts = windows.map((some) => sampleVerdict({ stream: "shop", anomalous: true, ...some }));
  state.putAlert({ id, stream: "shop", status: "closed", start: 0, end: 1, body: JSON.stringify(alert) });
  state.putVerdicts(verdicts, "v1");
  state.putAlertsOf("shop", new Map(verdicts.map(({ key }) => [key, id])));
  return id;
}

Deno.test("alertExclusions() gives the anomalous windows of alerts, sessions by their keys", () => {
  const state = State.open(":memory:"), end = Date.UTC(2026, 2, 2), start = end - 500;
  const id = withAlert(
    state,
    { key: `7@${new Date(start).toISOString()}`, kind: "session", start, end },
    { key: "8", kind: "session", start: NaN, end: NaN },
    { key: "db@a", service: "db", start, end },
    { key: "calm", anomalous: false },
  );
  const [exclusion, ...more] = alertExclusions("shop", state);
  assert.deepEqual([more, exclusion.why, exclusion.name, exclusion.certain], [[], "alert", id, false]);
  assert.notEqual(exclusion.title, "");
  assert.deepEqual(
    new Set(exclusion.windows),
    new Set([
      { kind: "session", key: "8", service: null, start: NaN, end: NaN },
      { kind: "session", key: "7", service: null, start, end: end + 1 },
      { kind: "window", key: null, service: "db", start, end },
    ]),
  );
  assert.deepEqual(alertExclusions("other", state), []);
  state.close();
});

Deno.test("alertExclusions() gives none of alerts that were false or expected, and is sure of true ones", () => {
  const state = State.open(":memory:"),
    alert = withAlert(state, { key: "db@a" }),
    said = { alert, stream: "shop", note: "", at: 0 };
  for (const word of ["false", "expected"] as const) {
    state.feedback.put({ ...said, said: word });
    assert.deepEqual(alertExclusions("shop", state), []);
  }
  state.feedback.put({ ...said, said: "true" });
  assert.deepEqual(alertExclusions("shop", state).map(({ certain }) => certain), [true]);
  state.feedback.remove(alert);
  assert.deepEqual(alertExclusions("shop", state).map(({ certain }) => certain), [false]);
  state.close();
});

Deno.test("alertExclusions() leaves windows out whose alert nobody knows", () => {
  const state = State.open(":memory:");
  state.putVerdicts([sampleVerdict({ stream: "shop", key: "db@a", anomalous: true })], "v1");
  assert.deepEqual(alertExclusions("shop", state).map(({ name, windows }) => [name, windows.length]), [[
    "",
    1,
  ]]);
  state.close();
});

Deno.test("askedExclusions() names spans in UTC", () => {
  const from = Date.UTC(2026, 2, 2, 10),
    [{ name, certain, windows }] = askedExclusions([{ from, to: from + 90_500 }]);
  assert.deepEqual([name, certain], ["2026-03-02T10:00Z/2026-03-02T10:01:30.500Z", true]);
  assert.deepEqual(windows, [{ kind: null, key: null, service: null, start: from, end: from + 90_500 }]);
});

Deno.test("labelExclusions() takes what is labelled as anomalous, kind by kind", () => {
  const keys = [{ key: "7", anomalous: true, kind: "" }, { key: "8", anomalous: false, kind: "" }];
  const [{ why, name, windows }, ...more] = labelExclusions({ by: "key", labels: keys });
  assert.deepEqual([why, name, windows.map(({ key }) => key), more], ["label", "anomalous", ["7"], []]);
  const span = { start: 5, end: 9, service: "*", anomalous: true, kind: "burst" };
  const spans = labelExclusions({ by: "span", labels: [span, { ...span, service: "db", kind: "silence" }] });
  assert.deepEqual(spans.map(({ name, windows: [{ service, start, key }] }) => [name, service, start, key]), [
    ["burst", null, 5, null],
    ["silence", "db", 5, null],
  ]);
});

Deno.test("leftOutLines() says what was left out and what was not, the most first", () => {
  const one: LeftOut = {
    ...{ why: "alert", name: "a1", title: "disk full", windows: 3, sessions: 0, takenIn: 0, share: .01 },
    ...{ from: 0, to: 900_000 },
  };
  const asked: LeftOut = { ...one, why: "asked", name: "…", windows: 0, sessions: 1, from: NaN, to: NaN };
  const long: LeftOut = { ...one, name: "b2", title: "new version", windows: 0, takenIn: 1200, share: .304 };
  assert.deepEqual(leftOutLines([one, asked, long]), [
    "not learned from: 3 windows and 1 session",
    "- learned from, as so many are usual by now: 1,200 (30 %), 1970-01-01 00:00 UTC to 1970-01-01 00:15 UTC: " +
    "alert b2: new version; `deno task deepscan feedback b2 true` leaves them out",
    "- 3 windows, 1970-01-01 00:00 UTC to 1970-01-01 00:15 UTC: alert a1: disk full",
    "- 1 session: as you asked",
  ]);
  assert.deepEqual(leftOutLines([]), []);
  assert.equal(leftOutLines(Array.from({ length: 20 }, () => one)).at(-1), "… and 12 more, smaller");
});
