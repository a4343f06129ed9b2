import assert from "node:assert/strict";
import { Lineage } from "../../lib/template/lineage.ts";
import { templateId } from "../../lib/template/template.ts";

function family(): Lineage {
  const lineage = new Lineage();
  for (const text of ["a <*>", "b <*>", "c <*>", "d <*>"]) lineage.birth(text, 1);
  lineage.merge(3, 2, 5, "pair");
  lineage.merge(2, 1, 6, "gap");
  return lineage;
}

Deno.test("Lineage.root() leads every index to the oldest it became part of", () => {
  const lineage = family();
  assert.deepEqual([0, 1, 2, 3].map((index) => lineage.root(index)), [0, 1, 1, 1]);
  assert.equal(lineage.roots, 2);
});

Deno.test("Lineage.merge() of what is one already tells nothing", () => {
  const lineage = family(), { length } = lineage.events;
  lineage.merge(3, 1, 7, "pair");
  assert.equal(lineage.events.length, length);
});

Deno.test("Lineage.find() keeps the name of what became part of another", () => {
  const lineage = family();
  assert.equal(lineage.find("d <*>"), 3);
  assert.equal(lineage.find("e <*>"), -1);
  assert.equal(lineage.name(3).id, templateId("d <*>"));
});

Deno.test("Lineage.fromJSON() restores names, ways and events", () => {
  const lineage = family(), restored = Lineage.fromJSON(JSON.parse(JSON.stringify(lineage)));
  assert.deepEqual(restored.events, lineage.events);
  assert.deepEqual(lineage.events.at(-1), {
    kind: "merge",
    id: templateId("c <*>"),
    other: templateId("b <*>"),
    line: 6,
    reason: "gap",
  });
  assert.equal(restored.root(3), 1);
  assert.equal(restored.find("d <*>"), 3);
});
