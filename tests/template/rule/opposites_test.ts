import assert from "node:assert/strict";
import { areOpposites, isPolar, opposed } from "../../../lib/template/rule/opposites.ts";

Deno.test("areOpposites() knows pairs, negations and pairs inside words, in any order and case", () => {
  const pairs = [
    "started stopped",
    "up down",
    "success failure",
    "true false",
    "stable unstable",
    "LinkUp LinkDown",
  ];
  for (const pair of [...pairs, "ACCEPTED REJECTED", "is_locked is_unlocked", "connect disconnect"]) {
    const [a, b] = pair.split(" ");
    assert.ok(areOpposites(a, b), pair);
    assert.ok(areOpposites(b, a), pair);
  }
});

Deno.test("areOpposites() refuses equal words, names and words that differ in more than one part", () => {
  for (const pair of ["up up", "alice bob", "StartServer StopClient", "12 13"]) {
    const [a, b] = pair.split(" ");
    assert.ok(!areOpposites(a, b), pair);
  }
});

Deno.test("isPolar() and opposed() look at the words of a position", () => {
  assert.ok(isPolar("LinkUp"));
  assert.ok(!isPolar("alice"));
  assert.ok(opposed(["alice", "opened"], ["closed"]));
  assert.ok(!opposed(["opened"], ["opened", "bob"]));
});
