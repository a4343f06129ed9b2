import assert from "node:assert/strict";
import fc from "fast-check";
import { SessionKeys } from "../../lib/window/session_keys.ts";

const action = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 60 }));

Deno.test("SessionKeys give each key one number while it is there, whatever comes and goes", () => {
  fc.assert(fc.property(fc.array(action, { maxLength: 300, size: "max" }), (actions) => {
    const keys = new SessionKeys(2), numbers = new Map<string, number>();
    for (const [remove, name, length] of actions) {
      const text = `${name}:${"x".repeat(length % 3)}`, known = numbers.get(text);
      if (remove && known !== undefined) {
        keys.remove(known);
        numbers.delete(text);
      } else {
        const bytes = new TextEncoder().encode(text), number = keys.intern(bytes, 0, bytes.length);
        if (known !== undefined) assert.equal(number, known);
        else assert.ok(![...numbers.values()].includes(number));
        numbers.set(text, number);
      }
      assert.equal(keys.size, numbers.size);
    }
    const copied = new Uint8Array(100);
    for (const [text, number] of numbers) {
      assert.equal(keys.text(number), text);
      keys.copy(number, copied, 3);
      assert.equal(new TextDecoder().decode(copied.subarray(3, 3 + keys.lengthOf(number))), text);
    }
  }));
});

Deno.test("SessionKeys recycle numbers and the bytes of their texts", () => {
  const keys = new SessionKeys();
  for (let i = 0; i < 50_000; i++) {
    const bytes = new TextEncoder().encode(`a rather long key, number ${i}`);
    const number = keys.intern(bytes, 0, bytes.length);
    assert.equal(keys.text(number), `a rather long key, number ${i}`);
    if (i >= 10) keys.remove((number + 1) % 11);
  }
  assert.equal(keys.end, 11);
  assert.equal(keys.capacity, 1024);
});

Deno.test("SessionKeys.reserve() gives numbers that no key has", () => {
  const keys = new SessionKeys(2), bytes = new TextEncoder().encode("abc");
  const a = keys.intern(bytes, 0, 1), extra = keys.reserve(), b = keys.intern(bytes, 1, 2);
  assert.equal(new Set([a, extra, b]).size, 3);
  keys.release(extra);
  assert.equal(keys.intern(bytes, 2, 3), extra);
  assert.deepEqual([a, b, extra].map((number) => keys.text(number)), ["a", "b", "c"]);
});
