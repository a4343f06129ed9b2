import assert from "node:assert/strict";
import fc from "fast-check";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { formatByName } from "../../lib/record/formats/mod.ts";
import { RecordReader } from "../../lib/record/record_reader.ts";
import { bytesOf, MemoryInput } from "./memory_input.ts";
import { cutInvariant, readThrough, recordsOf } from "./records_of.ts";

const time = (i: number) => new Date(Date.UTC(2026, 2, 2, 10, 0, i)).toISOString();
const iso = (from: number, to: number) => made(from, to, (i) => `${time(i)} INFO request ${i}`);
const json = (from: number, to: number) =>
  made(from, to, (i) => JSON.stringify({ time: time(i), level: "info", service: "pay", msg: `paid ${i}` }));
const alien = (from: number, to: number) => made(from, to, (i) => `from another program ${i}`);

/** More than what detection looks at. */
const LONG = 1600;

function made(from: number, to: number, line: (i: number) => string): string {
  return Array.from({ length: to - from }, (_, i) => `${line(from + i)}\n`).join("");
}

Deno.test("RecordReader tells the format anew where lines cease to have it, and says so", async () => {
  const { records, reader } = await recordsOf(iso(0, LONG) + json(100, 700));
  assert.equal(reader.format?.name, "json");
  const paid = records.filter(({ service }) => service === "pay");
  assert.deepEqual(
    paid.map(({ content }) => content),
    Array.from({ length: 500 }, (_, i) => `paid ${200 + i}`),
  );
  assert.ok(paid.every(({ timestamp }, i) => timestamp === Date.UTC(2026, 2, 2, 10, 0, 200 + i)));
  const rows = reader.quality.rows().map(({ format, reason, count }) => [format, reason, count]);
  assert.deepEqual(rows, [
    ["iso8601", "parsed", LONG],
    ["iso8601", "no header", 50],
    ["iso8601", "format changed", 1],
    ["json", "parsed", 500],
  ]);
  assert.equal(reader.quality.share, (LONG + 500) / (LONG + 600));
});

Deno.test("RecordReader makes rows of the lines behind fifty that have no header, whatever they are", async () => {
  const { records, reader } = await recordsOf(iso(0, LONG) + alien(0, 600) + iso(0, 1));
  assert.equal(reader.format?.name, "iso8601");
  assert.equal(records.length, LONG + 550 + 1);
  assert.equal(reader.quality.share, (LONG + 1) / (LONG + 601));
});

Deno.test("RecordReader keeps a format that it was told", async () => {
  const { records, reader } = await recordsOf(iso(0, 10) + json(10, 610), {
    format: formatByName("iso8601"),
  });
  assert.equal(reader.format?.name, "iso8601");
  assert.equal(records.length, 10 + 550);
});

Deno.test("RecordReader finds a format behind lines that have none, later and later", async () => {
  const { reader } = await recordsOf(iso(0, LONG) + alien(0, 300) + json(0, 2000));
  assert.deepEqual(
    reader.quality.rows().filter(({ reason }) => reason === "parsed").map(({ count }) => count),
    [
      LONG,
      1450, // the trial of lines 801 to 850 without a header
    ],
  );
});

Deno.test("RecordReader goes back when the log does", async () => {
  const { reader } = await recordsOf(iso(0, LONG) + json(100, 700) + iso(700, 1300));
  assert.equal(reader.format?.name, "iso8601");
  assert.equal(reader.quality.rows().filter(({ reason }) => reason === "format changed").length, 2);
});

Deno.test("RecordReader changes formats at the same line however the bytes are cut and wherever reading is resumed", async () => {
  const part = fc.oneof(
    fc.tuple(fc.constantFrom(iso, json, alien), fc.integer({ min: 1, max: 160 })).map(([make, n]) =>
      make(0, n)
    ),
    fc.constantFrom("  at main\n", "\n", "java.io.IOException: gone\n", "Mar  2 10:00:00 h cron[1]: up\n"),
  );
  const pieces = fc.array(fc.integer({ min: 20, max: 4000 }), { minLength: 1, maxLength: 5 });
  const property = fc.asyncProperty(
    fc.array(part, { minLength: 1, maxLength: 8 }),
    pieces,
    fc.nat(900),
    async (parts, sizes, stop) => {
      const bytes = bytesOf(iso(0, 700) + parts.join(""));
      const whole = await recordsOf(bytes), expected = whole.records.map(cutInvariant);
      const cut = await recordsOf(bytes, {}, new MemoryInput(bytes, { pieces: sizes }));
      assert.deepEqual(cut.records.map(cutInvariant), expected);
      assert.deepEqual(counts(cut.reader), counts(whole.reader));
      assert.deepEqual(await resumed(bytes, sizes, 600 + stop), expected);
    },
  );
  await fc.assert(property, { numRuns: 60, seed: 7 });
});

/** What cuts can't change: joined lines may be counted with a record or by themselves. */
function counts({ quality, format }: RecordReader) {
  return [format?.name, quality.lines, quality.records, quality.share];
}

/** The records of two runs; the first stops behind some records. */
async function resumed(bytes: Uint8Array, pieces: number[], stop: number) {
  const given = {
    ...{ services: new Dictionary(), fallbackService: "fallback", loggers: true },
    ...{ formatOptions: { referenceTime: Date.UTC(2026, 2, 2) } },
  };
  const first = new RecordReader(new MemoryInput(bytes, { pieces }), given), records = [];
  let state = first.state(), offset = 0;
  for (let batch = await first.next(); batch !== null && records.length < stop; batch = await first.next()) {
    const taken = Math.min(stop - records.length, batch.length);
    for (let i = 0; i < taken; i++) records.push(batch.record(i));
    offset = taken < batch.length ? batch.base + batch.start[taken] : first.offset;
    state = first.state(taken < batch.length ? taken : undefined);
    if (taken < batch.length) break;
  }
  const second = new RecordReader(new MemoryInput(bytes, { offset, pieces }), {
    ...given,
    state: JSON.parse(JSON.stringify(state)),
  });
  return [...records, ...(await readThrough(second)).records].map(cutInvariant);
}
