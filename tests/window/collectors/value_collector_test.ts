import assert from "node:assert/strict";
import { SlotValues } from "../../../lib/window/collectors/slot_values.ts";
import { ValueCollector } from "../../../lib/window/collectors/value_collector.ts";
import type { ValueFact } from "../../../lib/window/value_fact.ts";
import { mined } from "./mined.ts";

const PATHS = Array.from({ length: 60 }, (_, i) => `opened /srv/${i}.txt`);
const { batch, catalogue } = mined(...PATHS, "opened /srv/3.txt", "connected from 192.0.2.7 port 4711");
const redact = (text: string) => text.replace(/\b5\.txt/, "<redacted>");
const collector = () => new ValueCollector(new SlotValues(catalogue, { watched: null, redact }));

/** The fact of these rows. */
function collected(...rows: number[]): ValueFact[] | undefined {
  let facts: ValueFact[] | undefined;
  const own = collector();
  for (const row of rows) facts = own.add(facts, batch, row);
  return facts;
}

const valuesOf = (facts: ValueFact[] | undefined) => facts?.map(({ value }) => value).sort();

Deno.test("ValueCollector.add() notes each value of a parameter once, redacted, and how often it was there", () => {
  const facts = collected(3, 5, 60)!;
  assert.deepEqual(valuesOf(facts), ["/srv/3.txt", "/srv/<redacted>"]);
  assert.deepEqual(facts.map(({ count }) => count), [2, 1]);
});

Deno.test("ValueCollector.add() notes no addresses and no numbers", () => {
  assert.equal(collected(61), undefined);
});

Deno.test("ValueCollector.add() stops where a parameter has too many values to be one of few", () => {
  const facts = collected(...PATHS.keys())!;
  assert.equal(facts.length, 51);
  assert.equal(new Set(valuesOf(facts)).size, 51);
});

Deno.test("ValueCollector.merge() has the values of both once", () => {
  const a = collected(1, 2)!, b = collected(2, 3)!, before = structuredClone([a, b]);
  assert.deepEqual(valuesOf(collector().merge(a, b)), ["/srv/1.txt", "/srv/2.txt", "/srv/3.txt"]);
  assert.deepEqual(valuesOf(collector().merge(b, a)), ["/srv/1.txt", "/srv/2.txt", "/srv/3.txt"]);
  assert.deepEqual([a, b], before);
});

Deno.test("ValueCollector.load() gives back what was saved, with templates in their new numbers", () => {
  const facts = collected(1, 2, 2)!, saved = JSON.parse(JSON.stringify(collector().save(facts)));
  assert.deepEqual(collector().load(saved), facts);
  const renamed = Int32Array.from({ length: catalogue.size }, (_, i) => i + 7);
  const expected = facts.map((fact) => ({ ...fact, template: fact.template + 7 }));
  assert.deepEqual(collector().load(saved, renamed), expected);
  for (const wrong of [null, {}, [7], [[1, 2, "a"]], [["T", "user", "ann"]]]) {
    assert.throws(() => collector().load(wrong), /^TypeError: Cannot restore values: /);
  }
});
