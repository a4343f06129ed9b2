import assert from "node:assert/strict";
import { NEWS_FOR, Novelties } from "../../lib/model/novelties.ts";

Deno.test("Novelties.see() adopts a harmless template an hour after it was first seen", () => {
  const novelties = new Novelties();
  assert.equal(novelties.see("*", "t", 1000, 2), false);
  assert.equal(novelties.see("*", "t", 1000 + NEWS_FOR - 1, 2), false);
  assert.equal(novelties.see("*", "t", 1000 + NEWS_FOR, 2), true);
  assert.equal(novelties.see("other", "t", 1000 + NEWS_FOR, 2), false);
});

Deno.test("Novelties.see() never adopts a template from warn on", () => {
  const novelties = new Novelties();
  for (const level of [3, 4, 5]) {
    novelties.see("*", `t${level}`, 0, level);
    assert.equal(novelties.see("*", `t${level}`, 100 * NEWS_FOR, level), false);
  }
});

Deno.test("Novelties.see() takes the earliest window, in whatever order they are judged", () => {
  const novelties = new Novelties();
  novelties.see("*", "t", 5000, 2);
  novelties.see("*", "t", 1000, 2);
  novelties.see("*", "t", 9000, 2);
  assert.equal(novelties.firstSeen("*", "t"), 1000);
  assert.equal(novelties.firstSeen("*", "unknown"), null);
});

Deno.test("Novelties.takeChanged() gives what must be saved once, and goes on from what was saved", () => {
  const novelties = new Novelties();
  novelties.see("*", "t", 5000, 2);
  assert.deepEqual(novelties.takeChanged(), [{ scope: "*", template: "t", firstSeen: 5000 }]);
  novelties.see("*", "t", 9000, 2);
  assert.deepEqual(novelties.takeChanged(), []);
  const later = new Novelties(new Map([["* t", 5000]]));
  assert.equal(later.see("*", "t", 5000 + NEWS_FOR, 2), true);
  assert.deepEqual(later.takeChanged(), []);
});
