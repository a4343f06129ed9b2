import assert from "node:assert/strict";
import { allBytes, joined, memoryInput } from "../../../lib/evaluate/log/memory_input.ts";

Deno.test("memoryInput() hands out all bytes, whatever the size of the target, and again after it was rewound", async () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251),
    input = memoryInput(bytes, { name: "a" });
  const parts: Uint8Array[] = [], target = new Uint8Array(33);
  for (let count = await input.read(target); count > 0; count = await input.read(target)) {
    parts.push(target.slice(0, count));
  }
  assert.deepEqual(joined(parts), bytes);
  assert.equal(input.offset, 1000);
  input.rewind!();
  assert.deepEqual(await allBytes(input), bytes);
});
