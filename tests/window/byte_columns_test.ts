import assert from "node:assert/strict";
import fc from "fast-check";
import { ByteReader, ByteWriter } from "../../lib/window/byte_columns.ts";

Deno.test("ByteReader reads what ByteWriter wrote, every number exactly", () => {
  const times = fc.array(fc.oneof(fc.double(), fc.maxSafeInteger(), fc.integer()));
  fc.assert(fc.property(times, fc.array(fc.maxSafeNat()), fc.string(), (times, integers, text) => {
    const writer = new ByteWriter();
    times.forEach((time) => writer.time(time));
    integers.forEach((integer) => writer.integer(integer));
    writer.text(text);
    const reader = new ByteReader(writer.finish());
    for (const time of times) assert.equal(reader.time(), time);
    for (const integer of integers) assert.equal(reader.integer(), integer);
    assert.equal(reader.text(), text);
    assert.ok(reader.atEnd);
  }));
});

Deno.test("ByteReader refuses to read past the end", () => {
  const reader = new ByteReader(new ByteWriter().finish());
  assert.throws(() => reader.integer(), { name: "RangeError", message: /they end early/ });
});
