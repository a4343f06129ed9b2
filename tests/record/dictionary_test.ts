import assert from "node:assert/strict";
import fc from "fast-check";
import { Dictionary, hashBytes } from "../../lib/record/dictionary.ts";
import { bytesOf } from "./memory_input.ts";

Deno.test("Dictionary gives equal keys one number and different keys different ones", () => {
  fc.assert(fc.property(fc.array(fc.string({ maxLength: 12 }), { maxLength: 80 }), (keys) => {
    const dictionary = new Dictionary(2), numbers = new Map<string, number>(); // two: it must grow
    for (const key of keys) {
      const bytes = bytesOf(key), number = dictionary.intern(bytes, 0, bytes.length);
      if (!numbers.has(key)) numbers.set(key, numbers.size);
      assert.equal(number, numbers.get(key));
      assert.equal(
        dictionary.internHashed(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length)),
        number,
      );
      assert.equal(dictionary.internText(key), number);
    }
    assert.equal(dictionary.size, numbers.size);
    for (const [key, number] of numbers) {
      assert.equal(dictionary.text(number), key);
      assert.equal(dictionary.hash(number), hashBytes(bytesOf(key), 0, bytesOf(key).length));
    }
  }));
});

Deno.test("Dictionary keeps keys apart that share the bytes by which recent ones are remembered", () => {
  const dictionary = new Dictionary(), keys = ["abcdefgh", "abXdeYgh", "abZdeWgh"];
  const numbers = keys.map((key) => dictionary.internText(key));
  assert.equal(new Set(numbers).size, 3);
  assert.deepEqual(keys.map((key) => dictionary.internText(key)), numbers);
});
