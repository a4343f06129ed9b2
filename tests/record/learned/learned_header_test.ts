import assert from "node:assert/strict";
import fc from "fast-check";
import { detectFormat } from "../../../lib/record/detect.ts";
import { learned } from "../../../lib/record/formats/learned_header.ts";
import { parseHeader } from "../../../lib/record/learned/header.ts";
import { findLines } from "../../../lib/record/lines.ts";
import { LogBatch } from "../../../lib/record/log_batch.ts";
import { RecordReader } from "../../../lib/record/record_reader.ts";
import { Dictionary } from "../../../lib/record/dictionary.ts";
import { bytesOf, MemoryInput } from "../memory_input.ts";
import { cutInvariant, readThrough, recordsOf } from "../records_of.ts";
import { LAYOUTS } from "./layouts.ts";
import { Dice, madeLines } from "./made_lines.ts";

function textOf(name: string, count: number, seed = 1): string {
  const layout = LAYOUTS.find((one) => one.name === name)!;
  return madeLines(layout, count, seed).map(({ text }) => text).join("\n") + "\n";
}

function detected(text: string) {
  const bytes = bytesOf(text);
  return detectFormat(bytes, Math.min(bytes.length, 65_536));
}

Deno.test("learned is told from lines that no other format reads", () => {
  for (const name of ["RAS", "proxy client", "role letter", "embedded tick", "unpadded bars"]) {
    const { format, share, state } = detected(textOf(name, 200));
    assert.deepEqual([format.name, share], ["learned", 1], name);
    assert.ok(parseHeader(String(state?.header)).length > 0);
  }
});

Deno.test("learned is not told from a few lines, from prose, or where another format says as much", () => {
  assert.equal(detected(textOf("RAS", 4)).format.name, "plain");
  assert.equal(detected("It was late.\n".repeat(100)).format.name, "plain");
  const iso = Array.from({ length: 100 }, (_, i) => `2026-03-02T10:00:00Z ERROR order ${i} failed\n`);
  assert.equal(detected(iso.join("")).format.name, "iso8601");
});

Deno.test("learned is told where a general format reads no more than the time", () => {
  const dice = new Dice(7);
  const line = () =>
    `2026-03-02 10:00:00.120 cn${dice.below(90)} | ${dice.digits(4)} | ${
      dice.pick(["saved", "lost", "sent"])
    } it\n`;
  const { format } = detected(Array.from({ length: 100 }, line).join(""));
  assert.equal(format.name, "learned");
});

Deno.test("learned gives the same records however the bytes are cut and wherever reading is resumed", async () => {
  const bytes = bytesOf(textOf("thread with blanks", 120) + textOf("RAS", 30) + textOf("game server", 60));
  const expected = (await recordsOf(bytes, { format: learned })).records.map(cutInvariant);
  assert.ok(expected.length > 150);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 5 }),
      fc.nat(150),
      async (pieces, at) => {
        const given = {
          services: new Dictionary(),
          fallbackService: "fallback",
          loggers: true,
          format: learned,
        };
        const first = new RecordReader(new MemoryInput(bytes, { pieces }), given), records = [];
        const batch = (await first.next())!, taken = Math.min(at, batch.length);
        for (let i = 0; i < taken; i++) records.push(batch.record(i));
        const offset = taken === 0 ? batch.base + batch.start[0] : batch.offsetAfter(taken - 1);
        const state = JSON.parse(JSON.stringify(first.state(taken)));
        const second = new RecordReader(new MemoryInput(bytes, { pieces, offset }), { ...given, state });
        records.push(...(await readThrough(second)).records);
        assert.deepEqual(records.map(cutInvariant), expected);
      },
    ),
    { numRuns: 25 },
  );
});

Deno.test("learned goes on with the header of the run before, whatever comes now", async () => {
  const { reader } = await recordsOf(textOf("role letter", 100));
  const state = reader.state(), now = "4711:M 02 Mar 2026 10:00:00.120 * loaded\nno header\n";
  const next = await recordsOf(now, { state });
  assert.deepEqual(next.records.map(({ content, lines }) => [content, lines]), [["loaded", 2]]);
});

Deno.test("learned reads every line of an input without a header as its message", async () => {
  const { records, reader } = await recordsOf("It was late.\nNobody came.\n", { format: learned });
  assert.deepEqual(records.map(({ content }) => content), ["It was late.", "Nobody came."]);
  assert.equal(reader.state().parser.header, "[]");
});

Deno.test("learned carries a time without a date over midnight, and a zone", () => {
  const batch = new LogBatch();
  const text = "23:59:58.100 [main] up\n23:59:59.200 [main] busy\n00:00:01.300 [main] down\n";
  findLines(batch, new TextEncoder().encodeInto(text, batch.bytes).written);
  const options = { utcOffset: 60, referenceTime: Date.UTC(2026, 2, 2, 12) };
  learned.open(options).parse(batch, 0, batch.length);
  assert.deepEqual([...batch.timestamp.subarray(0, 3)], [
    Date.UTC(2026, 2, 2, 22, 59, 58, 100),
    Date.UTC(2026, 2, 2, 22, 59, 59, 200),
    Date.UTC(2026, 2, 2, 23, 0, 1, 300),
  ]);
});

Deno.test("learned stays within the line whatever the bytes, with every header learned", () => {
  const states = LAYOUTS.map((layout) => {
    const bytes = bytesOf(madeLines(layout, 60, 5).map(({ text }) => text).join("\n") + "\n"),
      batch = new LogBatch();
    batch.bytes.set(bytes);
    findLines(batch, bytes.length);
    return { state: learned.learn!(batch), example: batch.record(0).text };
  });
  const damaged = fc.tuple(fc.constantFrom(...states), fc.uint8Array({ maxLength: 30 }), fc.nat(), fc.nat());
  fc.assert(
    fc.property(damaged, ([{ state, example }, noise, at, length]) => {
      const line = bytesOf(example), batch = new LogBatch(undefined, 4096, 1);
      const place = at % line.length, start = 7, end = start + Math.max(place, length % (line.length + 1));
      batch.bytes.fill(48);
      batch.bytes.set(line, start);
      batch.bytes.set(noise, start + place);
      batch.start[0] = start;
      batch.recordEnd[0] = end;
      batch.length = 1;
      learned.open({}, state).parse(batch, 0, 1);
      assert.ok(
        batch.contentStart[0] >= start && batch.contentStart[0] <= end && batch.contentEnd[0] === end,
      );
      assert.ok(batch.severity[0] <= 24 && (batch.parsed[0] === 1 || batch.contentStart[0] === start));
    }),
    { numRuns: 2000 },
  );
});
