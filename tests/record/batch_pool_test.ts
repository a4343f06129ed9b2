import assert from "node:assert/strict";
import { BatchPool, FEW_READERS } from "../../lib/record/batch_pool.ts";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { BATCH_BYTES } from "../../lib/record/log_batch.ts";
import { RecordReader } from "../../lib/record/record_reader.ts";
import { bytesOf, MemoryInput } from "./memory_input.ts";
import { readThrough } from "./records_of.ts";

Deno.test("BatchPool lends large batches to a few and small ones to many", () => {
  const pool = new BatchPool(new Dictionary());
  const lent = Array.from({ length: FEW_READERS + 3 }, () => pool.fit(null, 0));
  const large = lent.filter(({ bytes }) => bytes.length === BATCH_BYTES);
  assert.deepEqual([large.length, new Set(lent).size, pool.made], [FEW_READERS, lent.length, lent.length]);
  assert.equal(pool.fit(lent.at(-1)!, 100_000).bytes.length, BATCH_BYTES); // a small one has no room
});

Deno.test("BatchPool takes a large batch away where many read, and gives it back where few do", () => {
  const pool = new BatchPool(new Dictionary());
  const first = pool.fit(null, 0), others = Array.from({ length: FEW_READERS }, () => pool.fit(null, 0));
  const small = pool.fit(first, 0);
  assert.ok(small !== first && small.bytes.length < BATCH_BYTES);
  for (const batch of [first, ...others]) pool.giveBack(batch);
  assert.equal(pool.fit(small, 0).bytes.length, BATCH_BYTES);
  assert.equal(pool.made, FEW_READERS + 2);
});

const time = (i: number) => new Date(Date.UTC(2026, 2, 2) + i * 1000).toISOString();
const text = Array.from({ length: 4000 }, (_, i) => `${time(i)} INFO request ${i} served\n`).join("") +
  `${time(0)} INFO ${"x".repeat(300_000)}\n${time(1)} INFO ${"y".repeat(40_000)}\n${time(2)} INFO unfinish`;

Deno.test("RecordReader reads the same with small batches, changing ones, and when it gives them back in between", async () => {
  const services = new Dictionary(),
    expected = await readThrough(
      new RecordReader(new MemoryInput(bytesOf(text), { final: false }), { services, fallbackService: "f" }),
    );
  for (const others of [0, FEW_READERS]) {
    const pool = new BatchPool(services), input = new MemoryInput(bytesOf(text), { final: false });
    const lent = Array.from({ length: others }, () => pool.fit(null, 0));
    const reader = new RecordReader(input, { services, fallbackService: "f", batches: pool }), records = [];
    for (let batch = await reader.next(), k = 0; batch !== null; batch = await reader.next(), k++) {
      for (let i = 0; i < batch.length; i++) records.push(batch.record(i));
      if (k % 2 === 0) reader.release();
      if (k % 5 === 4 && lent.length > 0) pool.giveBack(lent.pop()!);
    }
    assert.deepEqual(records, expected.records);
    assert.deepEqual(reader.state(), expected.reader.state());
    reader.release();
    input.bytes = bytesOf(`${text}ed\n`);
    assert.equal((await reader.next())?.record(0).content, "unfinished");
    assert.ok(pool.made <= others + 3);
  }
});

Deno.test("RecordReader names no service that no record has", async () => {
  const services = new Dictionary(), line = "Mar  2 10:00:00 h cron[1]: up\n";
  const given = { services, fallbackService: "messages" };
  await readThrough(new RecordReader(new MemoryInput(bytesOf(line)), given));
  await readThrough(new RecordReader(new MemoryInput(bytesOf("")), { ...given, service: "fixed" }));
  assert.deepEqual([services.size, services.text(0)], [1, "cron"]);
  await readThrough(new RecordReader(new MemoryInput(bytesOf("no program\n")), given));
  assert.equal(services.size, 2);
});
