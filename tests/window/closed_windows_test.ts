import assert from "node:assert/strict";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { ClosedRows } from "../../lib/window/closed_rows.ts";
import type { ClosedWindows } from "../../lib/window/closed_windows.ts";

Deno.test("ClosedWindows.copyKey() copies a session's key, and of a time window's all but the time", () => {
  const services = new Dictionary(), rows = new ClosedRows(), start = Date.UTC(2026, 2, 2);
  const names = ["api", "größe", "a@b"].map((name) => services.internText(name));
  names.forEach((service) => {
    rows.push({ kind: 1, service, start, end: start + 1, lines: 1, vector: 0, reopened: 0 });
  });
  const key = new TextEncoder().encode("blk_7");
  rows.push({ kind: 0, key, service: names[0], start, end: start + 2, lines: 1, vector: 0, reopened: 0 });
  const closed = rows.finish(services), decoder = new TextDecoder();
  for (let i = 0; i < closed.length; i++) {
    const target = new Uint8Array(closed.keyLength(i) + 2), length = closed.copyKey(i, target, 2);
    const time = closed.isSession(i) ? "" : new Date(start).toISOString();
    assert.equal(length, closed.keyLength(i));
    assert.equal(decoder.decode(target.subarray(2)) + time, closed.key(i));
  }
});

Deno.test("ClosedWindows.pick() keeps rows whole: keys, facts and identities", () => {
  const services = new Dictionary(), rows = new ClosedRows(), encoder = new TextEncoder();
  const service = services.internText("api");
  for (const [i, key] of ["größe", "b", "a@c", "d"].entries()) {
    const facts = i % 2 === 1 ? [i] : undefined;
    rows.push({
      kind: 0,
      key: encoder.encode(key),
      service,
      start: i,
      end: i + 1,
      lines: i,
      vector: i,
      reopened: 0,
      facts,
    });
  }
  const closed = rows.finish(services, true), picked = closed.pick(Int32Array.of(3, 1));
  const rowOf = (
    of: ClosedWindows,
    i: number,
  ) => [of.identity(i), of.start[i], of.lines[i], of.vector[i], of.facts.get(i)];
  assert.deepEqual([rowOf(picked, 0), rowOf(picked, 1)], [rowOf(closed, 3), rowOf(closed, 1)]);
  assert.equal(picked.length, 2);
});
