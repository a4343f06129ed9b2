import assert from "node:assert/strict";
import fc from "fast-check";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { ClosedRows } from "../../lib/window/closed_rows.ts";
import { type ExcludedWindow, ExcludedWindows, type Exclusion } from "../../lib/model/excluded_windows.ts";

/** An exclusion of one stretch of windows; by default the time windows of `db` between 100 and 200. */
function exclusion(name: string, some: Partial<ExcludedWindow> = {}, certain = false): Exclusion {
  const window = { kind: "window" as const, key: null, service: "db", start: 100, end: 200, ...some };
  return { why: certain ? "asked" : "alert", name, title: "disk full", certain, windows: [window] };
}

/** The exclusion of a window that closes; by default a time window of `db`. */
function excludedBy(
  exclusions: readonly Exclusion[],
  { service = "db", start = 100, end = 200, key }: {
    service?: string;
    start?: number;
    end?: number;
    key?: string;
  },
): string | undefined {
  const services = new Dictionary(), rows = new ClosedRows();
  const row = {
    service: services.internText(service),
    start,
    end,
    lines: 1,
    vector: 1,
    reopened: 0 as const,
  };
  rows.push(
    key === undefined ? { ...row, kind: 1 } : { ...row, kind: 0, key: new TextEncoder().encode(key) },
  );
  const closed = rows.finish(services);
  return new ExcludedWindows(exclusions, services).of(closed, 0)?.name;
}

Deno.test("ExcludedWindows finds time windows that share a moment with a window of their service", () => {
  const one = [exclusion("a")];
  assert.equal(excludedBy(one, {}), "a");
  assert.equal(excludedBy(one, { start: 150, end: 400 }), "a"); // windows are longer by now
  assert.equal(excludedBy(one, { start: 200, end: 300 }), undefined);
  assert.equal(excludedBy(one, { start: 0, end: 100 }), undefined);
  assert.equal(excludedBy(one, { service: "web" }), undefined);
  assert.equal(excludedBy(one, { key: "order 7" }), undefined);
});

Deno.test("ExcludedWindows finds sessions by key, and by their times where a key comes again", () => {
  const one = [exclusion("a", { kind: "session", key: "7", service: null })];
  assert.equal(excludedBy(one, { key: "7", start: 50, end: 100 }), "a"); // the last record is in a session
  assert.equal(excludedBy(one, { key: "7", start: 10, end: 99 }), undefined);
  assert.equal(excludedBy(one, { key: "7", start: NaN, end: NaN }), "a");
  assert.equal(excludedBy(one, { key: "77" }), undefined);
  assert.equal(excludedBy(one, {}), undefined);
});

Deno.test("ExcludedWindows takes a span of time for every service and for sessions", () => {
  const one = [exclusion("a", { kind: null, service: null }, true)];
  assert.equal(excludedBy(one, { service: "web", start: 199, end: 260 }), "a");
  assert.equal(excludedBy(one, { key: "7", start: 0, end: 100 }), "a");
  assert.equal(excludedBy(one, { key: "7", start: NaN, end: NaN }), undefined);
  assert.equal(excludedBy([exclusion("moment", { kind: null, service: null, end: 100 })], {}), "moment");
});

Deno.test("ExcludedWindows takes a label's key for a session's key or a window's", () => {
  const always = { kind: null, service: null, start: NaN, end: NaN };
  assert.equal(excludedBy([exclusion("a", { ...always, key: "7" })], { key: "7" }), "a");
  const key = "db@1970-01-01T00:00:00.100Z";
  assert.equal(excludedBy([exclusion("a", { ...always, key })], {}), "a");
  assert.equal(excludedBy([exclusion("a", { ...always, key })], { start: 101 }), undefined);
});

Deno.test("ExcludedWindows names what a person said before what alerts say", () => {
  assert.equal(excludedBy([exclusion("alert"), exclusion("person", {}, true)], {}), "person");
  assert.equal(excludedBy([exclusion("first"), exclusion("second")], {}), "first");
});

Deno.test("ExcludedWindows finds the same among overlapping spans as looking at each does", () => {
  const span = fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 30 }));
  fc.assert(fc.property(fc.array(span), span, (spans, [start, length]) => {
    const exclusions = spans.map(([start, length], i) => exclusion(`${i}`, { start, end: start + length }));
    const expected = spans.findIndex(([from, size]) => from < start + length && from + size > start);
    assert.equal(
      excludedBy(exclusions, { start, end: start + length }),
      expected < 0 ? undefined : `${expected}`,
    );
  }));
});
