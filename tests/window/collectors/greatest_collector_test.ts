import assert from "node:assert/strict";
import { GreatestCollector } from "../../../lib/window/collectors/greatest_collector.ts";
import { SlotValues, type WatchedSlots } from "../../../lib/window/collectors/slot_values.ts";
import type { GreatestFact } from "../../../lib/window/greatest_fact.ts";
import { DURATION, NUMBER, SIZE } from "../../../lib/template/parameter/kind.ts";
import { mined } from "./mined.ts";

const { batch, catalogue } = mined(
  ...["served 10 bytes in 5ms", "served 70 bytes in 2s", "served 30 bytes in 900ms", "health check ok"],
);
const collector = (watched: WatchedSlots | null = null) =>
  new GreatestCollector(new SlotValues(catalogue, { watched, redact: (text) => text }));

function collected(rows: readonly number[], own = collector()): GreatestFact[] | undefined {
  let facts: GreatestFact[] | undefined;
  for (const row of rows) facts = own.add(facts, batch, row);
  return facts;
}

const plain = (facts: GreatestFact[] | undefined) =>
  facts?.map(({ greatest, kind }) => [greatest, kind]).sort();

Deno.test("GreatestCollector.add() notes the greatest number of each parameter in its unit, in any order", () => {
  const facts = collected([0, 1, 2]), [[time, kind], [size, sizeKind]] = plain(facts)!;
  assert.deepEqual([time, kind, size], [2000, DURATION, 70]); // ms
  assert([SIZE, NUMBER].includes(sizeKind));
  assert.deepEqual(plain(collected([2, 1, 0])), plain(facts));
  assert.equal(collected([3]), undefined);
});

Deno.test("GreatestCollector concerns templates with watched parameters only, and notes those alone", () => {
  const { id } = catalogue.template(batch.template[0]), [{ slot }] = collected([0])!;
  const own = collector({ quantities: { [id]: [slot] }, values: {} });
  assert.deepEqual([own.concerns(batch.template[0]), own.concerns(batch.template[3])], [true, false]);
  assert.deepEqual(collected([0, 1], own)?.map((fact) => fact.slot), [slot]);
});

Deno.test("GreatestCollector keeps the record of a number above what it is told, redacted, in any order", () => {
  const values = new SlotValues(catalogue, {
    watched: null,
    redact: (text) => text.replace("served", "***"),
  });
  const own = new GreatestCollector(values, (template) => template === batch.template[0] ? 1000 : Infinity);
  const records = (rows: number[]) =>
    collected(rows, own)!.map(({ greatest, record }) => [greatest, record]).sort();
  assert.deepEqual(records([0, 2]), [[30, undefined], [900, undefined]]);
  assert.deepEqual(records([0, 1, 2]), [[2000, "*** 70 bytes in 2s"], [70, undefined]]);
  assert.deepEqual(records([2, 1, 0]), records([0, 1, 2]));
  const facts = collected([0, 1], own)!;
  assert.deepEqual(own.load(JSON.parse(JSON.stringify(own.save(facts)))), facts);
});

Deno.test("GreatestCollector.merge() is what one session would have noted, and leaves both as they were", () => {
  const a = collected([0])!, b = collected([1, 2])!, before = structuredClone([a, b]);
  assert.deepEqual(plain(collector().merge(a, b)), plain(collected([0, 1, 2])));
  assert.deepEqual(plain(collector().merge(b, a)), plain(collected([0, 1, 2])));
  assert.deepEqual([a, b], before);
});

Deno.test("GreatestCollector.load() gives back what was saved, with templates in their new numbers", () => {
  const facts = collected([0, 1])!, saved = JSON.parse(JSON.stringify(collector().save(facts)));
  assert.deepEqual(collector().load(saved), facts);
  const renamed = Int32Array.from({ length: catalogue.size }, (_, i) => i + 7);
  assert.deepEqual(
    collector().load(saved, renamed),
    facts.map((fact) => ({ ...fact, template: fact.template + 7 })),
  );
  for (const wrong of [null, {}, [7], [[1, "ms", 1]], [["T", "ms", 1, 2]]]) {
    assert.throws(() => collector().load(wrong), /^TypeError: Cannot restore greatest numbers: /);
  }
});
