import assert from "node:assert/strict";
import { SessionKeys } from "../../lib/detector/session_keys.ts";

const keysOf = (ids: string) =>
  new SessionKeys({ id: (i) => ids[i], text: String, severity: () => 0, indexOf: (id) => ids.indexOf(id) });
const sequence = (ids: string, letters: string) => Int32Array.from(letters, (letter) => ids.indexOf(letter));

Deno.test("SessionKeys gives the same keys where templates have other numbers", () => {
  const [one, other] = ["abc", "cba"];
  for (const runs of ["pairs", "triples"] as const) {
    const first = keysOf(one)[runs](sequence(one, "aabc")),
      second = keysOf(other)[runs](sequence(other, "aabc"));
    assert.deepEqual(first, second);
  }
  const events = { templates: Int32Array.of(0, 2), counts: Int32Array.of(3, 1), levels: new Uint8Array(2) };
  const renamed = { templates: Int32Array.of(0, 2), counts: Int32Array.of(1, 3), levels: new Uint8Array(2) };
  assert.equal(keysOf(one).vector(events), keysOf(other).vector(renamed));
  assert.notEqual(keysOf(one).vector(events), keysOf(one).vector(renamed));
});

Deno.test("SessionKeys.pairs() counts repeated neighbours and knows their order", () => {
  const keys = keysOf("ab"), runs = keys.pairs(sequence("ab", "ababa"));
  assert.equal(runs.total, 6);
  assert.deepEqual([...runs.times].sort(), [1, 1, 2, 2]); // start a, a end, ab twice, ba twice
  assert.notDeepEqual(keys.pairs(sequence("ab", "ab")).keys, keys.pairs(sequence("ab", "ba")).keys);
});

Deno.test("SessionKeys.inOrder() gives the runs by their places, the first with the border before the first event", () => {
  const keys = keysOf("abc"), whole = sequence("abc", "aabc"), last = keys.pairs(sequence("abc", "bc"));
  const places = [...last.keys].map((run) => keys.inOrder(whole, 2).indexOf(run) - 1).sort((a, b) => a - b);
  assert.deepEqual(places, [-2, 2, 3]); // start b is nowhere; b c; c end
});

Deno.test("SessionKeys has no runs where the order wasn't kept, and one where a session is shorter than a run", () => {
  const keys = keysOf("a");
  assert.equal(keys.pairs(null).total, 0);
  assert.equal(keys.triples(sequence("a", "a")).total, 1);
});
