import assert from "node:assert/strict";
import fc from "fast-check";
import { countOf, RecentSessions } from "../../lib/detector/recent_sessions.ts";

const session = (...counts: number[]) => {
  const has = counts.map((_, i) => i).filter((i) => counts[i] > 0);
  const events = {
    templates: Int32Array.from(has),
    counts: Int32Array.from(has, (i) => counts[i]),
    levels: new Uint8Array(has.length),
  };
  return { events, sequence: null, key: Number(counts.join("")) };
};

Deno.test("RecentSessions counts what its last sessions have, however many came before", () => {
  const some = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 30 });
  fc.assert(fc.property(some, (all) => {
    const recent = new RecentSessions(5), last = all.slice(-5);
    for (const counts of all) recent.add(session(...counts));
    assert.equal(recent.length, last.length);
    for (const count of [1, 2, 3]) {
      assert.equal(recent.having(0, count), last.filter(([first]) => first === count).length);
      assert.equal(recent.reaching(0, count), last.filter(([first]) => first >= count).length);
    }
    const times = [0, 1, 2, 3].map((count) => last.filter(([first]) => first === count).length);
    assert.equal(recent.mode(0), Math.max(...times));
  }));
});

Deno.test("RecentSessions.withRun() counts the last sessions that came with a run", () => {
  const some = fc.array(fc.uniqueArray(fc.nat(3)), { minLength: 1, maxLength: 20 });
  fc.assert(fc.property(some, (all) => {
    const recent = new RecentSessions(4), last = all.slice(-4);
    for (const runs of all) recent.add({ ...session(1), runs });
    for (const run of [0, 1, 2, 3]) {
      const expected = last.filter((runs) => runs.includes(run)).length;
      assert.deepEqual([recent.withRun(run), recent.copy().withRun(run)], [expected, expected]);
    }
  }));
});

Deno.test("RecentSessions.distance() is that of the k-th nearest, relative to the session", () => {
  const recent = new RecentSessions(5);
  for (const counts of [[4, 0], [3, 1], [0, 9]]) recent.add(session(...counts));
  const { events } = session(4, 0);
  assert.deepEqual([1, 2, 3].map((k) => recent.distance(events, k)), [0, .5, 13 / 4]);
});

Deno.test("RecentSessions.copy() goes on in the same order", () => {
  const recent = new RecentSessions(3);
  for (let i = 1; i <= 4; i++) recent.add(session(i));
  const copy = recent.copy();
  copy.add(session(9));
  assert.deepEqual(recent.sessions().map(({ key }) => key), [2, 3, 4]);
  assert.deepEqual(copy.sessions().map(({ key }) => key), [3, 4, 9]);
});

Deno.test("countOf() finds every event of a session, and 0 for others", () => {
  const { events } = session(0, 5, 0, 2);
  assert.deepEqual([0, 1, 2, 3, 4].map((template) => countOf(events, template)), [0, 5, 0, 2, 0]);
});
