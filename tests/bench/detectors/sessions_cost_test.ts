import assert from "node:assert/strict";
import { namedSet } from "./session_material.ts";
import { costOf, costTable } from "./sessions_cost.ts";

const USUAL = ["open", "read", "close"];

Deno.test("costOf() tells sessions of a new order from those of one that was judged", () => {
  const test = [USUAL, USUAL, ["open", "crash"], USUAL, ["open", "crash"]];
  const set = namedSet({ train: Array(50).fill(USUAL), test, labels: [0, 0, 1, 0, 1] });
  const { train, test: judged, orders, fixed, adaptive } = costOf(set, 2);
  assert.deepEqual([train, judged, orders], [50, 5, 2]);
  for (const { fit, first, repeated } of [fixed, adaptive]) {
    assert([fit, first, repeated].every((cost) => cost > 0 && cost < 1e6), `${[fit, first, repeated]}`);
  }
});

Deno.test("costTable() leaves empty what no session cost", () => {
  const set = namedSet({ train: Array(50).fill(USUAL), test: [USUAL, ["open"]], labels: [0, 1] });
  const { columns, rows: [row] } = costTable([["made up", costOf(set, 1)]], 1);
  assert.deepEqual(row.slice(0, 4), ["made up", 50, 2, 2]);
  assert.deepEqual([row[6], row[9]], [null, null]);
  assert.equal(new Set(columns).size, row.length); // as JSON each column has a name of its own
});
