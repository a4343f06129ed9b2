import assert from "node:assert/strict";
import { Slots } from "../../../lib/detector/series/slots.ts";
import { ALL_EVENTS, TemplateTable } from "../../../lib/detector/series/template_table.ts";
import { NAMES, RENUMBERED } from "./windows.ts";

Deno.test("TemplateTable keeps rows apart while it grows, and copies change apart", () => {
  const table = new TemplateTable(3, 1);
  for (let template = 0; template < 100; template++) {
    const row = table.open(7 * template);
    table.values[row + 2] = template;
  }
  for (let template = 0; template < 100; template++) {
    assert.equal(table.values[table.find(7 * template) + 2], template);
  }
  const copy = table.copy();
  copy.values[copy.find(7)] = 5;
  copy.open(1000);
  assert.deepEqual([table.values[table.find(7)], table.find(1000), table.length], [0, -1, 100]);
});

Deno.test("TemplateTable add() loses nothing where the table grows by it", () => {
  const table = new TemplateTable(1, 1);
  for (let template = 0; template < 100; template++) table.add(template, template + 1);
  table.add(50, 1000);
  for (let template = 0; template < 100; template++) {
    assert.equal(table.values[table.find(template)], template === 50 ? 1051 : template + 1);
  }
});

Deno.test("TemplateTable load() gives rows to the numbers of this run, and leaves out what it doesn't know", () => {
  const table = new TemplateTable(2);
  table.open(3);
  table.open(ALL_EVENTS);
  table.values.set([1, 2, 5, 6]);
  const saved = JSON.parse(JSON.stringify([...table.save(NAMES), ["gone", 8, 9]]));
  const restored = TemplateTable.load(saved, 2, RENUMBERED);
  assert.deepEqual(restored.templates, [97, ALL_EVENTS]);
  assert.deepEqual([...restored.values.subarray(0, 4)], [1, 2, 5, 6]);
  for (const wrong of [null, [[1, 2, 3]], [["t1", 1]], [["t1", 1, "2"]]]) {
    assert.throws(() => TemplateTable.load(wrong, 2, NAMES), TypeError);
  }
});

Deno.test("Slots follows a bounded number of parameters", () => {
  const slots = new Slots<number[]>();
  for (let i = 0; i < 6000; i++) slots.open(i, "size", () => [i]);
  assert.equal(slots.length, 5000);
  assert.deepEqual(slots.find(4999, "size"), [4999]);
  assert.equal(slots.find(5000, "size"), undefined);
});
