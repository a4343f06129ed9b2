import assert from "node:assert/strict";
import { partOfSessions, partOfTime, sessionsOf, withKey } from "../../../lib/evaluate/log/divided_log.ts";
import { LogEdit } from "../../../lib/evaluate/log/log_edit.ts";
import { allBytes } from "../../../lib/evaluate/log/memory_input.ts";
import { BEGIN, MINUTE, ORDERS, ordersLog, recorded, servicesLog, textOf } from "../made_log.ts";

const SHARED =
  "order=1 made\norder=2 made\nmerge of order=1 and order=22 and order=2\nnobody's\norder=22 made\n";

Deno.test("sessionsOf() finds each session's records and span, in order of first appearance", async () => {
  const log = await recorded(SHARED, { ...ORDERS, format: "content" });
  assert.deepEqual(
    sessionsOf(log, (key) => key === "2").map(({ key, records, first, last, anomalous }) => {
      return { key, records, first, last, anomalous };
    }),
    [
      { key: "1", records: [0, 2], first: 0, last: 2, anomalous: false },
      { key: "2", records: [1, 2], first: 1, last: 2, anomalous: true },
      { key: "22", records: [2, 4], first: 2, last: 4, anomalous: false },
    ],
  );
  const timed = sessionsOf(await recorded(ordersLog(3), ORDERS));
  assert.ok(timed.every(({ first, last }) => first >= BEGIN && last > first));
});

Deno.test("partOfSessions() lets no piece of another session in", async () => {
  const log = await recorded(SHARED, { ...ORDERS, format: "content" }), sessions = sessionsOf(log);
  const part = async (...keys: string[]) =>
    textOf(await allBytes(partOfSessions(log, sessions.filter(({ key }) => keys.includes(key)))[0]));
  assert.equal(await part("2"), "order=2 made\nmerge of order=2 and order=2 and order=2\n");
  assert.equal(
    await part("1", "22"),
    "order=1 made\nmerge of order=1 and order=22 and order=1\norder=22 made\n",
  );
  assert.equal(await part("1", "2", "22"), SHARED.replace("nobody's\n", ""));
});

Deno.test("partOfSessions() takes lines without a session where it is told to, and changes", async () => {
  const log = await recorded(SHARED, { ...ORDERS, format: "content" }), [first] = sessionsOf(log);
  const edit = new LogEdit(log);
  edit.remove(0);
  const [input] = partOfSessions(log, [first], { edit, also: () => true });
  assert.equal(textOf(await allBytes(input)), "merge of order=1 and order=1 and order=1\nnobody's\n");
});

Deno.test("partOfTime() cuts where it is told to, and leaves out what it is told to", async () => {
  const text = servicesLog(1, "iso8601"), log = await recorded(text), cut = BEGIN + 20 * MINUTE;
  const parts = await Promise.all([
    allBytes(partOfTime(log, { to: cut })[0]),
    allBytes(partOfTime(log, { from: cut })[0]),
  ]);
  assert.equal(parts.map(textOf).join(""), text);
  assert.ok(textOf(parts[1]).startsWith("2026-03-02T00:20:"));
  const without = (record: number) => log.records[record].severity >= 13;
  assert.doesNotMatch(textOf(await allBytes(partOfTime(log, { without })[0])), /WARN/);
});

Deno.test("withKey() replaces keys and nothing else", async () => {
  const log = await recorded(SHARED, { ...ORDERS, format: "content" });
  const bytes = new TextEncoder().encode("22 of order=22 with order=1\n");
  assert.equal(textOf(withKey(log, bytes, "7")), "22 of order=7 with order=7\n");
  assert.equal(textOf(withKey(log, bytes, "7", new Set(["1"]))), "22 of order=7 with order=1\n");
});
