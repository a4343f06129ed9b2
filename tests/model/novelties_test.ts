import assert from "node:assert/strict";
import { Novelties } from "../../lib/model/novelties.ts";

Deno.test("Novelties.see() keeps the earliest time, whatever order windows come in", () => {
  const novelties = new Novelties();
  for (const start of [5000, 1000, 9000]) novelties.see("t", start);
  assert.equal(novelties.firstSeen("t"), 1000);
  assert.equal(novelties.firstSeen("other"), null);
});

Deno.test("Novelties.takeChanged() gives each change once, with the time that holds", () => {
  const novelties = new Novelties();
  novelties.see("t", 5000);
  novelties.see("t", 2000);
  assert.deepEqual(novelties.takeChanged(), [{ template: "t", firstSeen: 2000 }]);
  novelties.see("t", 9000);
  assert.deepEqual(novelties.takeChanged(), []);
});

Deno.test("Novelties() goes on from what earlier runs saw", () => {
  const later = new Novelties(new Map([["t", 5000]]));
  later.see("t", 9000);
  assert.equal(later.firstSeen("t"), 5000);
  assert.deepEqual(later.takeChanged(), []);
});
