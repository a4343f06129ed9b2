import assert from "node:assert/strict";
import { CONTENDERS, figuresTable } from "./contenders.ts";

Deno.test("figuresTable() shows the median pass, least and most, in the order of the contenders", () => {
  const [first, second] = CONTENDERS,
    pass = (seconds: number, cpu: number) => ({ documents: 100, seconds, cpu });
  const { rows } = figuresTable([
    { contender: second, measured: pass(1, .5) },
    { contender: first, measured: pass(4, 3) },
    { contender: first, measured: pass(1, 1) },
    { contender: first, measured: pass(2, 2) },
  ], []);
  assert.deepEqual(rows, [
    ["ship", "deepscan ship", 1, 50, 25, 100, "2.00"],
    ["ship", "deepscan ship", 2, 100, 100, 100, "0.50"],
  ]);
});
