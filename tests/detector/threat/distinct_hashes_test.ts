import assert from "node:assert/strict";
import fc from "fast-check";
import {
  addHash,
  distinctCount,
  hashList,
  hashText,
  KEPT_HASHES,
  mergeHashes,
} from "../../../lib/detector/threat/distinct_hashes.ts";

const hashes = fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 200 });

Deno.test("addHash() keeps the smallest different hashes, ascending", () => {
  fc.assert(fc.property(hashes, (list) => {
    const expected = [...new Set(list)].sort((a, b) => a - b).slice(0, KEPT_HASHES);
    assert.deepEqual(hashList(list), expected);
  }));
});

Deno.test("mergeHashes() gives the list of the whole", () => {
  fc.assert(fc.property(hashes, hashes, (one, other) => {
    assert.deepEqual(mergeHashes(hashList(one), hashList(other)), hashList([...one, ...other]));
  }));
});

Deno.test("distinctCount() is exact for few, and near for many", () => {
  const kept: number[] = [];
  for (let i = 0; i < 40; i++) addHash(kept, hashText(`user ${i}`));
  assert.equal(distinctCount(kept), 40);
  for (let i = 0; i < 10_000; i++) addHash(kept, hashText(`user ${i}`));
  assert(Math.abs(distinctCount(kept) - 10_000) < 4000, `${distinctCount(kept)}`);
});
