import assert from "node:assert/strict";
import { QuantityCollector } from "../../../lib/window/collectors/quantity_collector.ts";
import { SlotValues } from "../../../lib/window/collectors/slot_values.ts";
import type { QuantityFact } from "../../../lib/window/quantity_fact.ts";
import { mined } from "./mined.ts";

const { batch, catalogue } = mined(
  ...["served 10 bytes in 5ms", "served 70 bytes in 2s", "served 30 bytes in 900ms", "health check ok"],
);
const collector = () =>
  new QuantityCollector(new SlotValues(catalogue, { watched: null, redact: (text) => text }));

/** The fact of these rows. */
function collected(...rows: number[]): QuantityFact[] | undefined {
  let facts: QuantityFact[] | undefined;
  const own = collector();
  for (const row of rows) facts = own.add(facts, batch, row);
  return facts;
}

const plain = (facts: QuantityFact[] | undefined) =>
  facts?.map(({ count, least, greatest, text }) => [count, least, greatest, text]).sort();

Deno.test("QuantityCollector.add() notes the number, the least and the greatest of each parameter, in one unit", () => {
  const facts = collected(0, 1, 2)!;
  assert.deepEqual(facts.map(({ count }) => count), [3, 3]);
  const times = facts.find(({ greatest }) => greatest === 2000)!,
    bytes = facts.find((fact) => fact !== times)!;
  assert.deepEqual([times.least, times.text], [5, "2s"]); // ms
  assert.deepEqual([bytes.least, bytes.greatest], [10, 70]);
});

Deno.test("QuantityCollector.add() notes nothing of a record without numbers", () => {
  assert.equal(collected(3), undefined);
});

Deno.test("QuantityCollector.merge() is what one window would have noted, and leaves both as they were", () => {
  const a = collected(0)!, b = collected(1, 2)!, before = structuredClone([a, b]);
  assert.deepEqual(plain(collector().merge(a, b)), plain(collected(0, 1, 2)));
  assert.deepEqual(plain(collector().merge(b, a)), plain(collected(0, 1, 2)));
  assert.deepEqual([a, b], before);
});

Deno.test("QuantityCollector.load() gives back what was saved, with templates in their new numbers", () => {
  const facts = collected(0, 1)!, saved = JSON.parse(JSON.stringify(collector().save(facts)));
  assert.deepEqual(collector().load(saved), facts);
  const renamed = Int32Array.from({ length: catalogue.size }, (_, i) => i + 7);
  const expected = facts.map((fact) => ({ ...fact, template: fact.template + 7 }));
  assert.deepEqual(collector().load(saved, renamed), expected);
  for (const wrong of [null, {}, [7], [[1, "ms", 1, 2]], [["T", "ms", 1, 2, 3, ""]]]) {
    assert.throws(() => collector().load(wrong), /^TypeError: Cannot restore quantities: /);
  }
});
