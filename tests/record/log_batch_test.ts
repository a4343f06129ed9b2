import assert from "node:assert/strict";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { markUnparsed } from "../../lib/record/format.ts";
import { LogBatch } from "../../lib/record/log_batch.ts";
import { bytesOf } from "./memory_input.ts";

function batchOf(): LogBatch {
  const batch = new LogBatch(new Dictionary(), 9, 4);
  batch.bytes.set(bytesOf("one\ntwo\n"));
  batch.base = 100;
  batch.length = 2;
  batch.filled = 8;
  batch.start.set([0, 4]);
  batch.recordEnd.set([3, 7]);
  batch.lines.fill(1);
  markUnparsed(batch, 0);
  markUnparsed(batch, 1);
  return batch;
}

Deno.test("LogBatch rounds its buffer up to whole words", () => {
  const batch = batchOf();
  assert.deepEqual([batch.bytes.length, batch.words.length], [12, 3]);
});

Deno.test("LogBatch.record() shows a row in readable form", () => {
  const batch = batchOf(), empty = { timestamp: null, severity: 0, service: null, lines: 1 };
  assert.deepEqual(batch.record(1), { ...empty, content: "two", text: "two", offset: 104 });
  batch.timestamp[1] = 5;
  batch.service[1] = batch.services.internText("shop");
  assert.deepEqual([batch.record(1).timestamp, batch.record(1).service], [5, "shop"]);
});

Deno.test("LogBatch.record() takes separators of documents only where a source has put them there", () => {
  const batch = batchOf();
  batch.bytes.set(bytesOf("o\x1fe"));
  assert.equal(batch.record(0).text, "o\x1fe");
  batch.prefixed = true;
  assert.equal(batch.record(0).text, "o e");
});

Deno.test("LogBatch.offsetAfter() is behind the newline, and behind bytes that were skipped", () => {
  const batch = batchOf();
  assert.deepEqual([batch.offsetAfter(0), batch.offsetAfter(1)], [104, 108]);
  batch.skipped = 50;
  assert.deepEqual([batch.offsetAfter(0), batch.offsetAfter(1)], [104, 158]);
});
