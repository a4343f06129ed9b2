import assert from "node:assert/strict";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { LineReader } from "../../lib/record/line_reader.ts";
import { LogBatch } from "../../lib/record/log_batch.ts";
import { bytesOf, MemoryInput } from "./memory_input.ts";

const LIMIT = 10;

/** A reader with a small buffer: a line of 60 bytes is longer than it. */
function readerOf(input: MemoryInput): { reader: LineReader; batch: LogBatch } {
  const batch = new LogBatch(new Dictionary(), 40, 4);
  return { reader: new LineReader(input, { fit: () => batch, giveBack() {} }, LIMIT), batch };
}

async function batches(input: MemoryInput): Promise<[base: number, end: number, lines: string[]][]> {
  const { reader, batch } = readerOf(input), all: [number, number, string[]][] = [];
  while (await reader.fill()) {
    reader.take();
    const lines = [...Array(batch.length).keys()].map((i) => batch.text(batch.start[i], batch.recordEnd[i]));
    all.push([batch.base, reader.offset, lines]);
  }
  return all;
}

Deno.test("LineReader moves an unfinished line to the front of the next batch", async () => {
  const all = await batches(new MemoryInput(bytesOf("one\ntwo\nthree"), { pieces: [6] }));
  assert.deepEqual(all, [[0, 4, ["one"]], [4, 8, ["two"]], [8, 13, ["three"]]]);
});

Deno.test("LineReader hands out what the columns had no room for before it reads on", async () => {
  const all = await batches(new MemoryInput(bytesOf("a\nb\nc\nd\ne\nf\ng")));
  assert.deepEqual(all, [[0, 8, ["a", "b", "c", "d"]], [8, 12, ["e", "f"]], [12, 13, ["g"]]]);
});

Deno.test("LineReader cuts a line longer than its buffer and knows where the next one is", async () => {
  const text = `a\n${"x".repeat(100)}\nb\n`;
  for (const pieces of [[1], [7], [40], [1000]]) {
    const all = await batches(new MemoryInput(bytesOf(text), { pieces }));
    assert.deepEqual(all.flatMap(([, , lines]) => lines), ["a", "x".repeat(LIMIT), "b"]);
    assert.deepEqual(all.find(([, , lines]) => lines[0].startsWith("x"))?.slice(0, 2), [2, 103]);
  }
});

Deno.test("LineReader waits for the newline of a line longer than its buffer", async () => {
  const input = new MemoryInput(bytesOf("x".repeat(100)), { final: false }),
    { reader, batch } = readerOf(input);
  assert.equal(await reader.fill(), false);
  assert.equal(await reader.fill(), false);
  assert.equal(reader.offset, 0);
  input.bytes = bytesOf("x".repeat(120) + "\n");
  assert.equal(await reader.fill(), true);
  assert.equal(reader.take().cut, 1);
  assert.deepEqual([batch.length, reader.offset, batch.offsetAfter(0)], [1, 121, 121]);
});

Deno.test("LineReader ends such a line at the end of a final input", async () => {
  assert.deepEqual(await batches(new MemoryInput(bytesOf("x".repeat(90)))), [[0, 90, ["x".repeat(LIMIT)]]]);
});

Deno.test("LineReader.fill() reads on until there is enough, and no more", async () => {
  const { reader } = readerOf(new MemoryInput(bytesOf("a\nb\nc\nd\n"), { pieces: [2] }));
  assert.equal(await reader.fill(5), true);
  assert.equal(reader.contiguous, 5);
});
