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

const USUAL = { unit: "ms", count: 100, at: [10, 100, 500, 1000, 1500] };
const comparing = () =>
  new QuantityCollector(new SlotValues(catalogue, { watched: null, redact: (text) => text }), {
    usualOf: (_, slot) => slot === "in" ? USUAL : undefined,
  });

Deno.test("QuantityCollector.add() counts what lies above training's quantiles, and keeps the record of what is among its greatest", () => {
  const own = comparing();
  let facts: QuantityFact[] | undefined;
  for (const row of [0, 2]) facts = own.add(facts, batch, row);
  const time = () => facts!.find(({ greatest }) => greatest >= 900)!;
  assert.deepEqual([time().above, time().record], [[1, 1, 1, 0, 0], undefined]);
  facts = own.add(facts, batch, 1);
  assert.deepEqual([time().above, time().record], [[2, 2, 2, 1, 1], "served 70 bytes in 2s"]);
  assert.equal(facts!.find((fact) => fact !== time())!.above, undefined);
  assert.deepEqual(own.load(JSON.parse(JSON.stringify(own.save(facts!)))), facts);
  assert.throws(() => own.load([[1, "ms", 1, 2, 3, "", [.5]]]), /^TypeError: Cannot restore quantities: /);
});

Deno.test("QuantityCollector.merge() adds up what lies above, and keeps the record of the greatest", () => {
  const own = comparing(),
    a = own.add(undefined, batch, 0)!,
    b = own.add(own.add(undefined, batch, 1), batch, 2)!;
  for (const merged of [own.merge(a, b), own.merge(b, a)]) {
    const time = merged.find(({ greatest }) => greatest === 2000)!;
    assert.deepEqual([time.above, time.record], [[2, 2, 2, 1, 1], "served 70 bytes in 2s"]);
  }
});

Deno.test("QuantityCollector.sketches count all numbers of a parameter while it learns, and none else", () => {
  const values = () => new SlotValues(catalogue, { watched: null, redact: (text: string) => text });
  const learning = new QuantityCollector(values(), { learns: true }), other = new QuantityCollector(values());
  for (const row of [0, 1, 2]) [learning, other].forEach((each) => each.add(undefined, batch, row));
  assert.deepEqual(
    [...learning.sketches.values()].map(({ sketch: { count, greatest } }) => [count, greatest]).sort(),
    [
      [3, 2000],
      [3, 70],
    ],
  );
  assert.equal(other.sketches.size, 0);
});
