import assert from "node:assert/strict";
import fc from "fast-check";
import { similarTemplates, SimilarTexts } from "../../../lib/explain/meaning/similar_templates.ts";

const candidates = [
  { id: "a", text: "user <*> signed in" },
  { id: "b", text: "cannot write block <*> to <*>: disk is full" },
  { id: "c", text: "cannot read block <*> from <*>" },
];

Deno.test("similarTemplates() finds the same words first, and weighs rare ones more", () => {
  const found = similarTemplates("cannot write block <*>, the disk is full", candidates);
  assert.deepEqual(found.map(({ candidate }) => candidate.id), ["b"]);
  assert.equal(similarTemplates(candidates[2].text, candidates)[0].similarity, 1);
});

Deno.test("similarTemplates() keeps to its limit and its least similarity", () => {
  const least = 0.01;
  assert.equal(similarTemplates("cannot block <*>", candidates, { least }).length, 2);
  assert.equal(similarTemplates("cannot block <*>", candidates, { least, limit: 1 }).length, 1);
  assert.deepEqual(similarTemplates("nothing of these", candidates, { least }), []);
  assert.deepEqual(similarTemplates("user", []), []);
});

Deno.test("similarTemplates() has similarities between 0 and 1 for any texts, the most similar first", () => {
  const text = fc.array(fc.constantFrom("disk", "full", "write", "read", "user", "<*>", "7"), {
    maxLength: 8,
  })
    .map((words) => words.join(" "));
  fc.assert(fc.property(text, fc.array(text, { maxLength: 8 }), (question, texts) => {
    const some = texts.map((text, i) => ({ id: String(i), text }));
    const found = similarTemplates(question, some, { least: 0, limit: 99 });
    found.forEach(({ similarity }, i) => {
      assert(similarity >= 0 && similarity <= 1);
      if (i > 0) assert(similarity <= found[i - 1].similarity);
    });
    assert.deepEqual(new SimilarTexts(some).like(question, { least: 0, limit: 99 }), found);
  }));
});
