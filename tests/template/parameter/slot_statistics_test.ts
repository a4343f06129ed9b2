import assert from "node:assert/strict";
import fc from "fast-check";
import { ID_ROLE, SECRET_ROLE, USER_ROLE } from "../../../lib/template/parameter/role.ts";
import { SlotStatistics } from "../../../lib/template/parameter/slot_statistics.ts";
import { ValueReader } from "../../../lib/template/parameter/value_reader.ts";

const reader = new ValueReader(), encoder = new TextEncoder();

function statisticsOf(values: readonly string[]): SlotStatistics {
  const statistics = new SlotStatistics();
  for (const value of values) {
    const bytes = encoder.encode(value);
    reader.read(bytes, 0, bytes.length);
    statistics.add(reader, bytes, 0, bytes.length);
  }
  return statistics;
}

const asIs = (text: string) => text;

Deno.test("SlotStatistics tells the kind of most values and their share", () => {
  const { kind, kindShare, count } = statisticsOf(["7", "8", "9", "none"]);
  assert.deepEqual([kind, kindShare, count], ["number", 0.75, 4]);
  assert.deepEqual([new SlotStatistics().count, new SlotStatistics().kindShare], [0, 0]);
});

Deno.test("SlotStatistics.inRole() makes of values what the slot's name says", () => {
  const ids = statisticsOf(["7", "8"]).inRole(ID_ROLE);
  assert.deepEqual([ids.kind, ids.isQuantity, ids.quantiles.count], ["id", false, 0]);
  assert.equal(statisticsOf(["ann", "bob7"]).inRole(USER_ROLE).kind, "user");
  const secret = statisticsOf(["hunter2", "x"]).inRole(SECRET_ROLE);
  assert.deepEqual([secret.kind, secret.count, secret.distinct, secret.frequent.top(9)], [
    "secret",
    2,
    0,
    [],
  ]);
});

Deno.test("SlotStatistics merges parts into the whole, and comes back from JSON", () => {
  const values = fc.array(
    fc.oneof(fc.integer({ min: 0, max: 99 }).map((i) => `${i}ms`), fc.constantFrom("ann", "/a", "-")),
  );
  fc.assert(fc.property(values, values, (one, other) => {
    const whole = statisticsOf([...one, ...other]).toJSON(asIs);
    assert.deepEqual(statisticsOf(one).merge(statisticsOf(other)).toJSON(asIs), whole);
    assert.deepEqual(SlotStatistics.fromJSON(JSON.parse(JSON.stringify(whole))).toJSON(asIs), whole);
  }));
});

Deno.test("SlotStatistics.fromJSON() refuses what it doesn't know", () => {
  const saved = statisticsOf(["7"]).toJSON(asIs);
  assert.throws(() => SlotStatistics.fromJSON({ ...saved, version: 2 }), RangeError);
  assert.throws(() => SlotStatistics.fromJSON({ ...saved, kinds: "x" }), TypeError);
  assert.throws(() => SlotStatistics.fromJSON({ ...saved, distinct: null }), TypeError);
});
