import assert from "node:assert/strict";
import fc from "fast-check";
import { type BlockStep, gatherBlocks, unfinishedBlock } from "../../lib/record/blocks.ts";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { mysqlSlow } from "../../lib/record/formats/mysql_slow.ts";
import { windowsEvent } from "../../lib/record/formats/windows_event.ts";
import { findLines } from "../../lib/record/lines.ts";
import { LogBatch } from "../../lib/record/log_batch.ts";
import { RecordReader } from "../../lib/record/record_reader.ts";
import { bytesOf, MemoryInput } from "./memory_input.ts";
import { cutInvariant, readThrough, recordsOf } from "./records_of.ts";

/** `#` begins a block or goes on with it, `!` does not belong to it, anything else ends it. */
const step: BlockStep = (bytes, start, _end, state) =>
  bytes[start] === 35 ? state + 1 : bytes[start] === 33 || state === 0 ? 0 : -1;

function batchOf(text: string): LogBatch {
  const batch = new LogBatch();
  findLines(batch, new TextEncoder().encodeInto(text, batch.bytes).written, { final: true });
  return batch;
}

function gathered(text: string): string[] {
  const batch = batchOf(text);
  gatherBlocks(batch, step);
  return Array.from({ length: batch.length }, (_, i) => batch.record(i).text);
}

Deno.test("gatherBlocks() makes a row of each block and leaves other lines alone", () => {
  assert.deepEqual(gathered("a\n#1\n#2\nb\nc\n#3\n!\n#4"), ["a", "#1\n#2\nb", "c", "#3", "!", "#4"]);
});

Deno.test("gatherBlocks() ends a block that has too many lines", () => {
  assert.deepEqual(gathered("#\n".repeat(100)).map((text) => text.split("\n").length), [64, 36]);
});

Deno.test("unfinishedBlock() finds the block that may go on", () => {
  assert.equal(unfinishedBlock(batchOf("a\n#1\nb\n#2\n#3"), step), 3);
  assert.equal(unfinishedBlock(batchOf("a\n#1\nb\nc"), step), 4);
  assert.equal(unfinishedBlock(batchOf("#1\n#2"), step), 0);
  assert.equal(unfinishedBlock(batchOf("#\n".repeat(64) + "a"), step), 65);
});

Deno.test("RecordReader does not consume a block whose end is not there yet", async () => {
  const [first, second] = mysqlSlow.examples, bytes = bytesOf(`${first}\n${second}\n`);
  const given = { services: new Dictionary(), fallbackService: "f", format: mysqlSlow };
  for (let cut = 1; cut < bytes.length; cut += 7) {
    const input = new MemoryInput(bytes.subarray(0, cut), { final: false });
    const reader = new RecordReader(input, given), before = await readThrough(reader);
    const whole = cut <= first.length ? 0 : 1;
    assert.equal(before.records.length, whole, `cut at ${cut}`);
    assert.equal(reader.offset, whole * (first.length + 1));
    input.bytes = bytes;
    const after = await readThrough(reader);
    assert.equal(before.records.length + after.records.length, 2);
    assert.equal(reader.offset, bytes.length);
  }
});

Deno.test("RecordReader gives the same blocks however the bytes are cut, with lines of any length between them", async () => {
  const line = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...mysqlSlow.examples, ...windowsEvent.examples) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        ...[...mysqlSlow.examples, ...windowsEvent.examples].flatMap((text) => text.split("\n")),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 60_000, max: 300_000 }).map((length) => "#".padEnd(length, "x")),
    },
  );
  const property = fc.asyncProperty(
    fc.constantFrom(mysqlSlow, windowsEvent),
    fc.array(line, { minLength: 1, maxLength: 12 }),
    fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 5 }),
    async (format, lines, pieces) => {
      const bytes = bytesOf(lines.join("\n"));
      const whole = await recordsOf(bytes, { format });
      const cut = await recordsOf(bytes, { format }, new MemoryInput(bytes, { pieces: [...pieces, 90_000] }));
      assert.deepEqual(cut.records.map(cutInvariant), whole.records.map(cutInvariant));
      assert.equal(cut.reader.offset, bytes.length);
    },
  );
  await fc.assert(property, { numRuns: 25 });
});
