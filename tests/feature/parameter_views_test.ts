import assert from "node:assert/strict";
import { parameterTable } from "../../lib/feature/parameter_views.ts";
import { Miner } from "../../lib/template/miner.ts";
import { ParameterCollector } from "../../lib/template/parameter/parameter_collector.ts";
import { batchOf } from "../template/parameter/batch.ts";

function tableOf(lines: readonly string[]) {
  const miner = new Miner(), collector = new ParameterCollector(miner), batch = batchOf(lines);
  miner.learn(batch);
  collector.add(batch);
  return parameterTable(collector.finish());
}

Deno.test("parameterTable() has a row for each slot, quantities with their distribution", () => {
  const lines = Array.from({ length: 100 }, (_, i) => `GET /cart took ${i + 1} ms, sent ${i % 2} items`);
  const { columns } = tableOf(lines), column = (name: string) => [...columns.get(name)!];
  assert.deepEqual(column("slot"), [0, 1, 2]);
  assert.deepEqual(column("name"), ["GET", "took", "sent"]);
  assert.deepEqual(column("kind"), ["path", "duration", "number"]);
  assert.deepEqual(column("unit"), ["", "ms", ""]);
  assert.deepEqual(column("count"), [100, 100, 100]);
  assert.deepEqual(column("distinct"), [1, 100, 2]);
  assert.deepEqual(column("min"), [null, 1, 0]);
  assert.deepEqual(column("max"), [null, 100, 1]);
  assert.deepEqual(column("top"), ["/cart × 100", "", "0 × 50, 1 × 50"]);
});

Deno.test("parameterTable() has its columns where there is no value at all", () => {
  const names = "template slot name kind share unit count distinct min median p99 max top".split(" ");
  assert.deepEqual(parameterTable([]).names, names);
  assert.deepEqual(tableOf(["took 1 ms"]).names, names);
  assert.equal(tableOf(["started"]).length, 0);
});
