import assert from "node:assert/strict";
import fc from "fast-check";
import { Dictionary } from "../../../lib/record/dictionary.ts";
import { detectFormat } from "../../../lib/record/detect.ts";
import type { Format } from "../../../lib/record/format.ts";
import { formatByName, FORMATS } from "../../../lib/record/formats/mod.ts";
import { findLines } from "../../../lib/record/lines.ts";
import { LogBatch } from "../../../lib/record/log_batch.ts";
import { RecordReader } from "../../../lib/record/record_reader.ts";
import { bytesOf, MemoryInput } from "../memory_input.ts";
import { cutInvariant, readThrough, recordsOf } from "../records_of.ts";

const options = { referenceTime: Date.UTC(2026, 2, 2) };
const TIMELESS = ["plain", "content"];

/** Whether every column of row `i` is as the contract says. */
function checkRow(batch: LogBatch, i: number): void {
  assert.ok(batch.start[i] <= batch.contentStart[i], "content begins in the line");
  assert.ok(batch.contentStart[i] <= batch.contentEnd[i], "content does not end before it begins");
  assert.ok(batch.contentEnd[i] <= batch.recordEnd[i], "content ends in the line");
  assert.ok(batch.severity[i] <= 24);
  assert.ok(batch.service[i] >= -1 && batch.service[i] < batch.services.size);
  if (batch.parsed[i] === 1) return;
  assert.ok(Number.isNaN(batch.timestamp[i]) && batch.severity[i] === 0 && batch.service[i] === -1);
  assert.deepEqual([batch.contentStart[i], batch.contentEnd[i]], [batch.start[i], batch.recordEnd[i]]);
}

/** One line as the only row of a batch, with `around` on both sides of it in the buffer. */
function parseLine(format: Format, line: Uint8Array, around: Uint8Array = new Uint8Array(0)): LogBatch {
  const batch = new LogBatch(new Dictionary(), line.length + 2 * around.length + 8, 1);
  batch.bytes.set(around, 0);
  batch.bytes.set(line, around.length);
  batch.bytes.set(around, around.length + line.length);
  batch.length = batch.lines[0] = 1;
  batch.start[0] = around.length;
  batch.recordEnd[0] = around.length + line.length;
  batch.parsed[0] = 7; // must be overwritten
  format.open(options).parse(batch, 0, 1);
  return batch;
}

/** Every column of a parsed line, by value and relative to the line. */
function columns(batch: LogBatch) {
  const start = batch.start[0], service = batch.service[0];
  return {
    parsed: batch.parsed[0],
    timestamp: batch.timestamp[0],
    severity: batch.severity[0],
    service: service < 0 ? null : batch.services.text(service),
    content: [batch.contentStart[0] - start, batch.contentEnd[0] - start],
  };
}

const asciiLine = fc.string({ minLength: 0, maxLength: 80 });
const anyBytes = fc.uint8Array({ maxLength: 120 });

for (const format of FORMATS) {
  Deno.test(`${format.name} parses each of its examples, with a time where the format has one`, () => {
    assert.ok(format.examples.length > 0 && format.title.length > 0);
    for (const example of format.examples) {
      const batch = parseLine(format, bytesOf(example));
      assert.equal(batch.parsed[0], 1, example);
      checkRow(batch, 0);
      assert.equal(Number.isNaN(batch.timestamp[0]), TIMELESS.includes(format.name), example);
    }
  });

  Deno.test(`${format.name} is what detection tells from its examples`, () => {
    const bytes = bytesOf(format.examples.join("\n") + "\n");
    assert.equal(
      detectFormat(bytes, bytes.length).format.name,
      format.name === "content" ? "plain" : format.name,
    );
  });

  Deno.test(`${format.name} reads nothing outside the line when an example is cut at any byte`, () => {
    const digits = bytesOf("0123456789"), quotes = bytesOf('":,} ]- ');
    for (const example of format.examples) {
      const line = bytesOf(example);
      for (let length = 0; length <= line.length; length++) {
        const cut = line.subarray(0, length), alone = parseLine(format, cut);
        checkRow(alone, 0);
        for (const around of [digits, quotes, line.subarray(length)]) {
          assert.deepEqual(
            columns(parseLine(format, cut, around)),
            columns(alone),
            `${example} cut at ${length}`,
          );
        }
      }
    }
  });

  Deno.test(`${format.name} fills every column whatever the bytes`, () => {
    fc.assert(fc.property(anyBytes, (line) => checkRow(parseLine(format, line), 0)), { numRuns: 300 });
    const mutated = fc.tuple(fc.constantFrom(...format.examples), fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(mutated, ([example, at, byte]) => {
        const line = bytesOf(example);
        line[at % line.length] = byte;
        checkRow(parseLine(format, line), 0);
      }),
      { numRuns: 500 },
    );
  });

  Deno.test(`${format.name} reads line by line what it reads at once`, () => {
    const text = [...format.examples, "", "not a header", ...format.examples].join("\n");
    const together = new LogBatch(), apart = new LogBatch();
    for (const batch of [together, apart]) {
      findLines(batch, new TextEncoder().encodeInto(text, batch.bytes).written, { final: true });
    }
    format.open(options).parse(together, 0, together.length);
    let parser = format.open(options);
    for (let i = 0; i < apart.length; i++) {
      parser.parse(apart, i, i + 1);
      parser = format.open(options, JSON.parse(JSON.stringify(parser.state()))); // as a later run would
    }
    for (let i = 0; i < apart.length; i++) assert.deepEqual(apart.record(i), together.record(i));
  });

  Deno.test(`${format.name} gives the same records however the bytes are cut and wherever reading is resumed`, async () => {
    const line = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...format.examples) }, asciiLine);
    const lines = fc.array(line, { minLength: 1, maxLength: 30 });
    const pieces = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 10 });
    const property = fc.asyncProperty(
      lines,
      pieces,
      fc.nat(),
      fc.boolean(),
      async (texts, sizes, at, crlf) => {
        const bytes = bytesOf(texts.join(crlf ? "\r\n" : "\n"));
        const whole = await recordsOf(bytes, { format });
        const cut = await recordsOf(bytes, { format }, new MemoryInput(bytes, { pieces: sizes }));
        const expected = whole.records.map(cutInvariant);
        assert.deepEqual(cut.records.map(cutInvariant), expected);
        assert.deepEqual(await resumed(bytes, format, { sizes, at }), expected);
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });
}

/** The records of two runs: the first stops before a record, the second goes on with what the first left. */
async function resumed(bytes: Uint8Array, format: Format, cut: { sizes: number[]; at: number }) {
  const given = {
    ...{ services: new Dictionary(), fallbackService: "fallback", loggers: true },
    ...{ formatOptions: options, format },
  };
  const first = new RecordReader(new MemoryInput(bytes, { pieces: cut.sizes }), given);
  const records = [];
  let offset = 0, state = first.state(), left = cut.at % 40;
  for (let batch = await first.next(); batch !== null; batch = await first.next()) {
    const taken = Math.min(left, batch.length);
    for (let i = 0; i < taken; i++) records.push(batch.record(i));
    left -= taken;
    offset = batch.offsetAfter(taken - 1);
    if (taken === 0 && batch.length > 0) offset = batch.base + batch.start[0];
    state = first.state(taken);
    if (taken < batch.length) break;
  }
  const saved = JSON.parse(JSON.stringify(state));
  const second = new RecordReader(new MemoryInput(bytes, { offset, pieces: cut.sizes }), {
    ...given,
    state: saved,
  });
  records.push(...(await readThrough(second)).records);
  return records.map(cutInvariant);
}

Deno.test("FORMATS has no name twice", () => {
  assert.equal(new Set(FORMATS.map((format) => format.name)).size, FORMATS.length);
});

Deno.test("formatByName() finds each format and refuses an unknown name", () => {
  for (const format of FORMATS) assert.equal(formatByName(format.name), format);
  assert.throws(() => formatByName("cobol"), /^RangeError: Cannot find a log format: .*"cobol"$/);
});
