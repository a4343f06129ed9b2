import assert from "node:assert/strict";
import fc from "fast-check";
import { RefusalRate } from "../../../lib/detector/threat/refusal_rate.ts";
import { HALF_LIFE, recentCount } from "../../../lib/detector/threat/remembered_source.ts";
import { HABITS, REMEMBERED, ThreatMemory } from "../../../lib/detector/threat/threat_memory.ts";
import { THREAT_DETECTORS } from "../../../lib/detector/threat/registry.ts";
import { accepted, addHour, DAY, factOf, HOUR, refused, request } from "./lines.ts";

const plain = (memory: ThreatMemory) => JSON.parse(JSON.stringify(memory));

Deno.test("ThreatMemory lets what a source did fade by half in a day", () => {
  const memory = new ThreatMemory(), source = "203.0.113.9";
  addHour(memory, 0, refused(source, "root", 8));
  addHour(memory, HALF_LIFE / HOUR, refused(source, "ann", 8));
  assert.equal(memory.sources.get(source)?.failed, 12);
  assert.equal(memory.sources.get(source)?.attempts, 16);
  assert.equal(recentCount(memory.sources.get(source)!.users), 2);
  addHour(memory, 5 * 24, refused(source, "eve", 1));
  assert.equal(recentCount(memory.sources.get(source)!.users), 1); // only today's and yesterday's
});

Deno.test("ThreatMemory doesn't remember who only looks around", () => {
  const memory = new ThreatMemory();
  addHour(memory, 0, [
    request("203.0.113.9", "/"),
    accepted("203.0.113.10", "ann"),
    request("203.0.113.11", "/x", 404),
  ]);
  assert.deepEqual([...memory.sources.keys()], ["203.0.113.11"]);
});

Deno.test("ThreatMemory is bounded, and keeps those with most against them", () => {
  const memory = new ThreatMemory();
  addHour(memory, 0, refused("203.0.113.9", "root", 30));
  for (let hour = 1; hour < 8; hour++) {
    addHour(memory, hour, Array.from({ length: 250 }, (_, i) => refused(`198.51.${hour}.${i}`)[0]));
  }
  assert(memory.sources.size <= REMEMBERED);
  assert(memory.sources.has("203.0.113.9"));
  for (let hour = 8; hour < 40; hour++) {
    addHour(memory, hour, Array.from({ length: 60 }, (_, i) => `new user: name=u${hour * 60 + i}, UID=7`));
  }
  assert(memory.habits.size <= HABITS);
});

Deno.test("ThreatMemory knows the longest silence", () => {
  const memory = new ThreatMemory();
  for (const [hour, lines] of [1, 0, 0, 1, 0, 1, 0, 0, 0].entries()) {
    addHour(memory, hour, Array(lines).fill("took 4 ms"));
  }
  assert.deepEqual([memory.silence, memory.longestSilence], [3, 2]);
});

const line = fc.oneof(
  fc.tuple(fc.nat(9), fc.constantFrom("root", "ann", "eve")).map(([host, user]) =>
    refused(`203.0.113.${host}`, user)[0]
  ),
  fc.tuple(fc.nat(9), fc.constantFrom("root", "ann")).map(([host, user]) =>
    accepted(`203.0.113.${host}`, user)
  ),
  fc.tuple(fc.nat(9), fc.constantFrom("/.env", "/a?b=..%2fetc", "/x", "/y"), fc.constantFrom(200, 404, 500))
    .map(([host, path, status]) => request(`203.0.113.${host}`, path, status)),
  fc.constantFrom("new user: name=eve, UID=7", "ann : TTY=p ; PWD=/ ; USER=root ; COMMAND=/bin/id"),
);
const history = fc.array(fc.array(line, { maxLength: 12 }), { maxLength: 30 });

Deno.test("ThreatMemory goes on from what was saved as it would have", () => {
  const some = fc.array(fc.array(line, { maxLength: 12 }), { minLength: 1, maxLength: 10 });
  fc.assert(fc.property(history, some, (before, after) => {
    const memory = new ThreatMemory();
    before.forEach((lines, hour) => addHour(memory, hour, lines));
    const restored = ThreatMemory.fromJSON(plain(memory)), copy = memory.copy();
    for (const each of [memory, restored, copy]) {
      after.forEach((lines, i) => addHour(each, before.length + i, lines));
    }
    assert.deepEqual(plain(restored), plain(memory));
    assert.deepEqual(plain(copy), plain(memory));
    for (const detector of THREAT_DETECTORS) {
      const said = (of: ThreatMemory) =>
        detector.suspects(of).map(({ text, ...each }) => ({ ...each, text: text() }));
      assert.deepEqual(said(restored), said(memory));
    }
  }));
});

Deno.test("ThreatMemory refuses what is not its own", () => {
  for (const saved of [null, [], {}, { ...plain(new ThreatMemory()), sources: [7] }]) {
    assert.throws(() => ThreatMemory.fromJSON(saved), TypeError);
  }
});

Deno.test("RefusalRate learns what is usual, and doesn't learn an attack", () => {
  const rate = new RefusalRate();
  for (let hour = 0; hour < 5 * 24; hour++) rate.add(hour * HOUR, (hour + 1) * HOUR, 6 + hour % 3, 5);
  assert(Math.abs(rate.expected(HOUR) - 7) < 0.5);
  for (let hour = 120; hour < 132; hour++) rate.add(hour * HOUR, (hour + 1) * HOUR, 70, 40);
  assert(rate.excess.deviations > 15);
  assert(rate.expected(HOUR) < 12); // not 70
});

Deno.test("RefusalRate is the same for any length of windows, but for what a window hides", () => {
  const rates = [5 * 60_000, HOUR].map((size) => {
    const rate = new RefusalRate();
    for (let end = size; end <= 5 * DAY; end += size) rate.add(end - size, end, 12 * size / HOUR, 3);
    return rate.expected(HOUR);
  });
  assert(Math.abs(rates[0] - rates[1]) < 0.5, `${rates}`);
});

Deno.test("ThreatMemory takes windows of any length, and without a fact", () => {
  const memory = new ThreatMemory();
  memory.add({ start: 0, end: 0, lines: 0, fact: undefined });
  memory.add({ start: 0, end: 60_000, lines: 2, fact: factOf(refused("203.0.113.9", "root", 2)) });
  assert.equal(memory.active.length, 1);
});
