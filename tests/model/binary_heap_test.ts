import assert from "node:assert/strict";
import fc from "fast-check";
import { BinaryHeap } from "../../lib/model/binary_heap.ts";

const numbers = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 });

Deno.test("BinaryHeap gives its items in order, and knows the second", () => {
  fc.assert(fc.property(numbers, (numbers) => {
    const heap = new BinaryHeap<number>((a, b) => a < b), sorted = [...numbers].sort((a, b) => a - b);
    for (const number of numbers) heap.add(number);
    for (let i = 0; i < sorted.length; i++) {
      assert.deepEqual([heap.size, heap.first, heap.second], [
        sorted.length - i,
        sorted[i],
        sorted[i + 1] ?? null,
      ]);
      heap.removeFirst();
    }
    assert.deepEqual([heap.size, heap.first, heap.second], [0, null, null]);
  }));
});

Deno.test("BinaryHeap.moveFirst() puts an item that has changed where it belongs", () => {
  fc.assert(fc.property(numbers, fc.array(fc.nat(20), { maxLength: 30 }), (numbers, steps) => {
    const heap = new BinaryHeap<{ value: number }>((a, b) => a.value < b.value);
    const items = numbers.map((value) => ({ value }));
    for (const item of items) heap.add(item);
    for (const step of steps) {
      if (heap.first === null) return;
      heap.first.value += step;
      heap.moveFirst();
      assert.equal(heap.first.value, Math.min(...items.map(({ value }) => value)));
    }
  }));
});

Deno.test("BinaryHeap.moveFirst() looks at few of many items", () => {
  let looks = 0;
  const heap = new BinaryHeap<{ value: number }>((a, b) => {
    looks++;
    return a.value < b.value;
  });
  for (let value = 0; value < 1024; value++) heap.add({ value });
  looks = 0;
  for (let i = 0; i < 1000; i++) {
    heap.first!.value += 1024;
    heap.moveFirst();
  }
  assert.ok(looks <= 1000 * 2 * 10, `${looks} comparisons`);
});
