import assert from "node:assert/strict";
import fc from "fast-check";
import { LineCache } from "../../lib/template/line_cache.ts";

Deno.test("LineCache answers what was kept, and -1 for all else", () => {
  const hash = fc.integer({ min: -3, max: 3 }), pair = fc.tuple(hash, hash);
  fc.assert(fc.property(fc.array(pair, { maxLength: 60 }), (keys) => {
    const cache = new LineCache(), kept = new Map<string, number>();
    for (const [first, second] of keys) {
      const name = `${first},${second}`;
      assert.equal(cache.get(first, second), kept.get(name) ?? -1);
      if (kept.has(name)) continue;
      cache.set(first, second, kept.size);
      kept.set(name, kept.size);
    }
  }));
});

Deno.test("LineCache forgets everything when it is half full, and answers nothing wrong", () => {
  const cache = new LineCache();
  for (let i = 0; i < 100_000; i++) cache.set(Math.imul(i, 0x9e3779b1), i, i);
  let known = 0;
  for (let i = 0; i < 100_000; i++) {
    const value = cache.get(Math.imul(i, 0x9e3779b1), i);
    assert.ok(value === i || value === -1);
    if (value === i) known++;
  }
  assert.ok(known > 0 && known <= 32_768);
});
