import assert from "node:assert/strict";
import fc from "fast-check";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { formatByName, FORMATS } from "../../lib/record/formats/mod.ts";
import type { ReaderState } from "../../lib/record/reader_state.ts";
import { RecordReader, type RecordReaderOptions } from "../../lib/record/record_reader.ts";
import { bytesOf, MemoryInput } from "./memory_input.ts";
import { cutInvariant, readThrough, recordsOf } from "./records_of.ts";

const HEADER = "2026-03-02T10:00:00Z ERROR", TRACE = `${HEADER} lost\n  at a\n\n  at b\n`;

function readerOf(input: MemoryInput, options: Partial<RecordReaderOptions> = {}): RecordReader {
  return new RecordReader(input, {
    services: new Dictionary(),
    fallbackService: "fallback",
    formatOptions: { referenceTime: Date.UTC(2026, 2, 2) },
    ...options,
  });
}

Deno.test("RecordReader joins a stack trace to its record", async () => {
  const { records, reader } = await recordsOf(`${TRACE}${HEADER} again\n`);
  assert.deepEqual(records.map(({ content, lines }) => [content, lines]), [["lost", 4], ["again", 1]]);
  assert.equal(records[0].text, TRACE.trimEnd());
  assert.equal(records[1].offset, TRACE.length);
  assert.equal(reader.format?.name, "iso8601");
});

Deno.test("RecordReader hands lines before the first record out as rows without a header", async () => {
  const { records } = await recordsOf(`banner\n${TRACE}`, { format: formatByName("iso8601") });
  assert.deepEqual(records.map(({ content, timestamp }) => [content, timestamp === null]), [
    ["banner", true],
    ["lost", false],
  ]);
});

Deno.test("RecordReader counts lines that continue a record already handed out, and makes no rows of them", async () => {
  const reader = readerOf(new MemoryInput(bytesOf(TRACE), { pieces: [30, 9] }), {
    format: formatByName("iso8601"),
  });
  const { records, continued } = await readThrough(reader);
  assert.deepEqual(records.map(({ content }) => content), ["lost"]);
  assert.equal(records[0].lines + continued, 4);
  assert.ok(continued > 0);
  assert.equal(reader.offset, TRACE.length);
});

Deno.test("RecordReader leaves the unfinished last line of an input that may grow", async () => {
  const input = new MemoryInput(bytesOf(`${HEADER} one\n${HEADER} tw`), { final: false }),
    reader = readerOf(input);
  assert.deepEqual((await readThrough(reader)).records.map(({ content }) => content), ["one"]);
  assert.equal(reader.offset, `${HEADER} one\n`.length);
  assert.equal(await reader.next(), null);
  input.bytes = bytesOf(`${HEADER} one\n${HEADER} two\n`);
  assert.deepEqual((await readThrough(reader)).records.map(({ content }) => content), ["two"]);
  assert.equal(reader.offset, input.bytes.length);
});

Deno.test("RecordReader tells no format before there is a whole line", async () => {
  const input = new MemoryInput(bytesOf("2026-03-02T10"), { final: false }), reader = readerOf(input);
  assert.equal(await reader.next(), null);
  assert.equal(reader.format, null);
  input.bytes = bytesOf(`${HEADER} one\n`);
  assert.equal((await reader.next())?.length, 1);
  assert.equal((reader.format as { name: string } | null)?.name, "iso8601");
});

Deno.test("RecordReader tells the same format however the first bytes arrive", async () => {
  const text = Array.from({ length: 40 }, (_, i) => i < 5 ? "banner" : `${HEADER} ${i}`).join("\n");
  for (const pieces of [[1], [7], [1000]]) {
    const { reader, records } = await recordsOf(text, {}, new MemoryInput(bytesOf(text), { pieces }));
    assert.equal(reader.format?.name, "iso8601");
    assert.equal(records.length, 40);
  }
});

Deno.test("RecordReader reads nothing from nothing", async () => {
  const { records, reader } = await recordsOf("");
  assert.deepEqual([records, reader.format, reader.offset], [[], null, 0]);
});

Deno.test("RecordReader gives every row a service: fixed, the line's own, or the fallback", async () => {
  const text = "Mar  2 10:00:00 h sshd[1]: x\nMar  2 10:00:00 h without program\n";
  const names = async (options: Partial<RecordReaderOptions>) =>
    (await recordsOf(text, options)).records.map(({ service }) => service);
  assert.deepEqual(await names({}), ["sshd", "fallback"]);
  assert.deepEqual(await names({ service: "fixed" }), ["fixed", "fixed"]);
});

Deno.test("RecordReader carries more empty lines than the columns hold", async () => {
  const { records, reader } = await recordsOf("\n".repeat(262_144 + 5) + "end");
  assert.equal(records.length, 262_144 + 6);
  assert.deepEqual([records[262_144].offset, records[262_149].content], [262_144, "end"]);
  assert.equal(reader.offset, 262_144 + 8);
});

Deno.test("RecordReader cuts a line of 50 MB, counts it and goes on behind it", async () => {
  const head = `${HEADER} first\n${HEADER} `, length = 50 << 20, bytes = new Uint8Array(length).fill(120);
  bytes.set(bytesOf(head));
  bytes.set(bytesOf(`\n${HEADER} last\n`), length - 40);
  const end = bytes.indexOf(10, length - 40),
    input = new MemoryInput(bytes.subarray(0, bytes.indexOf(10, end + 1) + 1));
  const reader = readerOf(input), { records } = await readThrough(reader);
  assert.deepEqual(records.map(({ content }) => content.length), [5, 65_536 - HEADER.length - 1, 4]);
  assert.deepEqual(records.map(({ offset }) => offset), [0, `${HEADER} first\n`.length, end + 1]);
  assert.equal(reader.quality.rows().find(({ reason }) => reason === "cut")?.count, 1);
  assert.equal(reader.offset, input.bytes.length);
});

Deno.test("RecordReader does not consume a line over the limit before its newline is there", async () => {
  const start = `${HEADER} first\n`.length, long = `${HEADER} first\n${HEADER} ${"x".repeat(600_000)}`;
  const input = new MemoryInput(bytesOf(long), { final: false }), reader = readerOf(input);
  assert.equal((await readThrough(reader)).records.length, 1);
  assert.equal(reader.offset, start);
  input.bytes = bytesOf(`${long}yyy\n${HEADER} next\n`);
  const { records } = await readThrough(reader);
  assert.deepEqual(records.map(({ offset }) => offset), [start, long.length + 4]);
  assert.equal(reader.offset, input.bytes.length);
});

Deno.test("RecordReader cuts at the limit the same however the bytes arrive", async () => {
  const line = fc.string({ unit: fc.constantFrom("a", "é", "😀", "\r"), maxLength: 60 });
  const long = fc.tuple(fc.boolean(), line).map(([isLong, end]) => (isLong ? "x".repeat(65_520) : "") + end);
  const pieces = fc.array(fc.integer({ min: 60, max: 9000 }), { minLength: 1, maxLength: 5 });
  await fc.assert(fc.asyncProperty(fc.array(long, { maxLength: 4 }), pieces, async (lines, sizes) => {
    const bytes = bytesOf(lines.join("\n")), options = { format: formatByName("plain") };
    const whole = await recordsOf(bytes, options);
    const cut = await recordsOf(bytes, options, new MemoryInput(bytes, { pieces: sizes }));
    assert.deepEqual(cut.records, whole.records);
    assert.deepEqual(cut.reader.quality.rows(), whole.reader.quality.rows());
    for (const { content } of whole.records) {
      assert.ok(bytesOf(content).length <= 65_536 && !content.includes("\ufffd"));
    }
  }));
});

Deno.test("RecordReader's records and continued lines tile the input", async () => {
  const line = fc.oneof(
    fc.string({ maxLength: 30 }),
    ...FORMATS.map(({ examples }) => fc.constantFrom(...examples)),
  );
  const pieces = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 });
  const property = fc.asyncProperty(
    fc.array(line, { maxLength: 40 }),
    pieces,
    fc.boolean(),
    async (lines, sizes, open) => {
      const bytes = bytesOf(lines.join("\n") + (open ? "" : "\n")),
        reader = readerOf(new MemoryInput(bytes, { pieces: sizes }));
      let at = 0, count = 0;
      for (let batch = await reader.next(); batch !== null; batch = await reader.next()) {
        assert.equal(batch.base, at);
        const first = batch.length > 0 ? batch.start[0] : batch.filled;
        assert.equal(linesIn(batch.bytes.subarray(0, first)), batch.continued);
        for (let i = 0; i < batch.length; i++) {
          const end: number = batch.offsetAfter(i) - batch.base;
          assert.equal(linesIn(batch.bytes.subarray(batch.start[i], end)), batch.lines[i]);
          count += batch.lines[i];
        }
        count += batch.continued;
        at = batch.offsetAfter(batch.length - 1);
      }
      assert.deepEqual([at, count], [bytes.length, linesIn(bytes)]);
    },
  );
  await fc.assert(property, { numRuns: 200 });
});

/** Physical lines of some bytes; the last one may lack its newline. */
function linesIn(bytes: Uint8Array): number {
  return bytes.filter((byte) => byte === 10).length + (bytes.length > 0 && bytes.at(-1) !== 10 ? 1 : 0);
}

Deno.test("RecordReader goes on in a later run as if it had never stopped", async () => {
  const text =
    `Dec 31 23:59:59 h a[1]: x\n joined\nJan  1 00:00:01 h b[2]: y\n joined too\nDec 31 23:59:58 h a[1]: late\n`;
  const whole = (await recordsOf(text, { formatOptions: { referenceTime: Date.UTC(2025, 11, 31) } })).records
    .map(cutInvariant);
  assert.deepEqual(whole.map(({ timestamp }) => new Date(timestamp!).getUTCFullYear()), [2025, 2026, 2025]);
  for (let taken = 0; taken <= 3; taken++) {
    const first = readerOf(new MemoryInput(bytesOf(text)), {
        formatOptions: { referenceTime: Date.UTC(2025, 11, 31) },
      }),
      batch = (await first.next())!;
    const offset = taken === 0 ? 0 : batch.offsetAfter(taken - 1);
    const state = JSON.parse(JSON.stringify(first.state(taken)));
    const second = readerOf(new MemoryInput(bytesOf(text), { offset }), {
      formatOptions: { referenceTime: Date.UTC(2025, 11, 31) },
      state,
    });
    assert.deepEqual(
      (await readThrough(second)).records.map(cutInvariant),
      whole.slice(taken),
      `after ${taken}`,
    );
  }
});

Deno.test("RecordReader.state() names the format, the last time and whether a record was begun", async () => {
  const { reader } = await recordsOf(TRACE);
  assert.deepEqual(reader.state(), {
    version: 1,
    format: "iso8601",
    parser: {},
    lastTime: Date.UTC(2026, 2, 2, 10),
    begun: true,
  });
  const fresh = readerOf(new MemoryInput(bytesOf("")));
  assert.deepEqual(fresh.state(), { version: 1, format: null, parser: {}, lastTime: null, begun: false });
});

Deno.test("RecordReader refuses a state of another version and an unknown format", () => {
  const state = { version: 1, format: "iso8601", parser: {}, lastTime: null, begun: false };
  const restore = (change: object) => () =>
    readerOf(new MemoryInput(bytesOf("")), { state: { ...state, ...change } as ReaderState });
  assert.throws(restore({ version: 2 }), /^RangeError: Cannot continue reading records: .* 2$/);
  assert.throws(restore({ format: "cobol" }), /^RangeError: Cannot find a log format: /);
});

Deno.test("RecordReader hands out what came before an error, then throws it", async () => {
  const text = `${HEADER} one\n${HEADER} two\n${HEADER} thr`;
  for (const final of [true, false]) {
    const reader = readerOf(
      new MemoryInput(bytesOf(`${text}ee\n`), { failAt: text.length, pieces: [20], final }),
    );
    const contents: string[] = [];
    await assert.rejects(async () => {
      for (let batch = await reader.next(); batch !== null; batch = await reader.next()) {
        for (let i = 0; i < batch.length; i++) contents.push(batch.record(i).content);
      }
    }, /^Error: Cannot read: damaged at/);
    assert.deepEqual(contents, final ? ["one", "two", "thr"] : ["one", "two"]);
  }
});

Deno.test("RecordReader.close() closes its input", () => {
  const input = new MemoryInput(bytesOf(""));
  readerOf(input).close();
  assert.equal(input.closed, true);
});

Deno.test("RecordReader resets what later rooms fill", async () => {
  const reader = readerOf(new MemoryInput(bytesOf(`${HEADER} one\n${HEADER} two\n`), { pieces: [40] }), {
    format: formatByName("iso8601"),
  });
  const batch = (await reader.next())!;
  batch.template[0] = 7;
  batch.sessionStart[1] = 3;
  assert.equal(await reader.next(), batch);
  assert.deepEqual([batch.template[0], batch.sessionStart[1]], [-1, 0]);
});

Deno.test("RecordReader takes a logger for a service only where it is asked to", async () => {
  const line = "081109 203615 148 INFO dfs.DataNode$X: started\n", format = formatByName("log4j");
  for (const [loggers, expected] of [[undefined, "fallback"], [true, "dfs.DataNode$X"]] as const) {
    const batch = await readerOf(new MemoryInput(new TextEncoder().encode(line)), { format, loggers }).next();
    assert.equal(batch?.record(0).service, expected);
  }
});

Deno.test("RecordReader takes the year that lines don't name from the file's last change", async () => {
  const input = new MemoryInput(bytesOf("Mar  2 10:00:00 h cron[1]: started\n"));
  Object.assign(input, { modified: Date.UTC(2026, 2, 9) });
  const reader = new RecordReader(input, { services: new Dictionary(), fallbackService: "f" });
  assert.equal((await reader.next())?.timestamp[0], Date.UTC(2026, 2, 2, 10));
});

Deno.test("RecordReader reads an input that has a format of its own by that, whatever the options say", async () => {
  const input = Object.assign(new MemoryInput(bytesOf("2026-03-02T10:00:00Z ERROR shop\x1flost\n")), {
    format: "document",
  });
  const reader = readerOf(input, { format: "json" }), batch = await reader.next();
  assert.equal(reader.format?.name, "document");
  assert.equal(batch?.record(0).content, "lost");
});
