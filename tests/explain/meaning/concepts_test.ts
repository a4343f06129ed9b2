import assert from "node:assert/strict";
import { conceptsOf } from "../../../lib/explain/meaning/concepts.ts";
import { wordsOf } from "../../../lib/explain/meaning/words.ts";

const told = (text: string) => conceptsOf(wordsOf(text));

Deno.test("conceptsOf() says the same of words that mean the same", () => {
  for (const [one, other] of [["volume full", "datastore exhausted"], ["peer vanished", "neighbor lost"]]) {
    const both = told(one).filter((concept) => told(other).includes(concept));
    assert(both.length >= 2, `${one}, ${other}: ${both}`);
  }
});

Deno.test("conceptsOf() gives each concept once, in the order of the alphabet", () => {
  const concepts = told("disk drive volume of drive is full, no free disk");
  assert.deepEqual(concepts, [...new Set(concepts)].sort());
  assert(concepts.includes("storage") && concepts.includes("full") && concepts.includes("not"));
});

Deno.test("conceptsOf() is silent about words that nobody knows", () => {
  assert.deepEqual(told("qwrtz plmk"), []);
  assert.deepEqual(conceptsOf([]), []);
});
