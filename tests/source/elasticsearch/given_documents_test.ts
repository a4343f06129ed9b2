import assert from "node:assert/strict";
import fc from "fast-check";
import { GivenDocuments } from "../../../lib/source/elasticsearch/given_documents.ts";
import { packSeen, readIndexPosition, unpackSeen } from "../../../lib/source/elasticsearch/index_position.ts";

Deno.test("GivenDocuments.reached() is the same whatever was forgotten before", () => {
  const length = fc.integer({ min: 1, max: 30 }), time = fc.integer({ min: 0, max: 50_000 });
  fc.assert(
    fc.property(fc.array(fc.tuple(length, time), { minLength: 2000, maxLength: 4000 }), (documents) => {
      const all = new GivenDocuments(5000), pruned = new GivenDocuments(5000);
      let end = 0;
      documents.forEach(([length, jitter], i) => {
        end += length;
        const document = { end, time: 10 * i + jitter / 100, fingerprint: i };
        all.add(document);
        pruned.add(document);
        if (i % 400 === 399) pruned.forget(end - 1);
      });
      for (const offset of [end, end - 3, end - 40]) {
        assert.deepEqual(pruned.reached(offset), all.reached(offset));
      }
    }),
    { numRuns: 20 },
  );
});

Deno.test("GivenDocuments.reached() begins where an earlier reading stopped", () => {
  const given = new GivenDocuments(1000, { begin: 500 });
  given.add({ end: 500, time: 100, fingerprint: 1 });
  given.add({ end: 510, time: 200, fingerprint: 2 });
  assert.deepEqual(given.reached(500), {
    time: 100,
    from: -900,
    seen: [{ time: 100, fingerprint: 1 }],
    partial: null,
  });
  assert.deepEqual(given.reached(503).partial, { fingerprint: 2, within: 3 });
  assert.equal(given.reached(510).time, 200);
});

Deno.test("unpackSeen() gives back what packSeen() took", () => {
  const document = fc.record({ time: fc.double(), fingerprint: fc.maxSafeNat() }, { noNullPrototype: true });
  fc.assert(fc.property(fc.array(document), (seen) => assert.deepEqual(unpackSeen(packSeen(seen)), seen)));
});

Deno.test("readIndexPosition() refuses what an index input didn't save", () => {
  const position = {
    ...{ name: "elasticsearch:logs", offset: 3, source: "elasticsearch" as const, version: 2 as const },
    ...{ time: 5, from: null, seen: packSeen([{ time: 5, fingerprint: 6 }]), partial: null, within: 0 },
  };
  assert.deepEqual(readIndexPosition(position), position);
  const wrong = {
    name: "",
    offset: -1,
    source: "file",
    time: "5",
    from: "",
    seen: "AAAA",
    partial: 1.5,
    within: null,
  };
  for (const [field, value] of Object.entries(wrong)) {
    assert.throws(() => readIndexPosition({ ...position, [field]: value }), {
      name: "TypeError",
      message: new RegExp(field),
    });
  }
  assert.throws(() => readIndexPosition({ ...position, version: 1 }), RangeError);
});

Deno.test("GivenDocuments.reached() goes back less far where it would meet too many again", () => {
  const given = new GivenDocuments(1000, { limit: 10 });
  for (let i = 0; i < 100; i++) given.add({ end: 5 * (i + 1), time: i, fingerprint: i });
  const { time, from, seen } = given.reached(500);
  assert.deepEqual([time, from, seen.map(({ time }) => time)], [99, 90, [
    90,
    91,
    92,
    93,
    94,
    95,
    96,
    97,
    98,
    99,
  ]]);
});

Deno.test("GivenDocuments.reached() keeps all documents of the greatest time, however many", () => {
  const given = new GivenDocuments(1000, { limit: 10 });
  for (let i = 0; i < 100; i++) given.add({ end: 5 * (i + 1), time: i < 50 ? 1 : 7, fingerprint: i });
  const { from, seen } = given.reached(500);
  assert.deepEqual([from, seen.length], [7, 50]);
});

Deno.test("GivenDocuments.reached() and forget() never leave out a document that a later reading looks for", () => {
  const time = fc.integer({ min: 0, max: 60 }), limit = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(fc.array(time, { minLength: 1, maxLength: 200 }), limit, fc.nat(), (times, limit, cut) => {
      const given = new GivenDocuments(15, { limit });
      times.forEach((time, i) => given.add({ end: i + 1, time, fingerprint: i }));
      const offset = cut % (times.length + 1), { from, seen } = given.reached(offset);
      const meant = times.slice(0, offset).flatMap((time, i) => time >= from ? [i] : []);
      assert.deepEqual(seen.map(({ fingerprint }) => fingerprint), meant);
    }),
  );
});

Deno.test("GivenDocuments.shortened() says how far a later reading looks back where the limit leaves less than the overlap", () => {
  const given = new GivenDocuments(1000, { limit: 3 });
  const add = (time: number) => given.add({ end: time, time, fingerprint: time });
  for (const time of [100, 200, 300]) add(time);
  assert.equal(given.shortened(given.reached(300)), null);
  for (const time of [400, 500]) add(time);
  const reached = given.reached(500);
  assert.deepEqual([reached.seen.length, given.shortened(reached)], [3, 500 - reached.from]);
  assert.ok(reached.from > 200 && reached.from <= 300);
});
