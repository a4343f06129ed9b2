import assert from "node:assert/strict";
import { overRepresented } from "../../lib/explain/over_represented.ts";

const NAMES = { id: (i: number) => `T${i}`, text: () => "", severity: () => 0, indexOf: () => -1 };
const USUAL = { T1: { host: { db1: 500, db2: 500 }, job: { nightly: 1000 } } };

function found(...values: [slot: string, value: string, count: number][]) {
  const facts = values.map(([slot, value, count]) => ({ template: 1, slot, value, count }));
  return overRepresented(facts, USUAL, NAMES).map(({ slot, value }) => `${slot}=${value}`);
}

Deno.test("overRepresented() names what training hardly had", () => {
  assert.deepEqual(found(["job", "cleanup", 9], ["job", "nightly", 1]), ["job=cleanup"]);
});

Deno.test("overRepresented() is silent about chance: few records, or a part not far from the usual one", () => {
  assert.deepEqual(found(["job", "cleanup", 4]), []);
  assert.deepEqual(found(["host", "db1", 70], ["host", "db2", 30]), []);
});

Deno.test("overRepresented() knows nothing of parameters that training did not watch", () => {
  const facts = [{ template: 2, slot: "host", value: "db1", count: 90 }];
  assert.deepEqual(overRepresented(facts, USUAL, NAMES), []);
});

Deno.test("overRepresented() puts the largest difference first", () => {
  assert.deepEqual(
    found(["job", "cleanup", 60], ["job", "nightly", 40], ["host", "db9", 95], ["host", "db1", 5]),
    ["host=db9", "job=cleanup"],
  );
});
