import assert from "node:assert/strict";
import fc from "fast-check";
import { detectFormat } from "../../../lib/record/detect.ts";
import { Dictionary } from "../../../lib/record/dictionary.ts";
import { mixedFormat } from "../../../lib/record/formats/mixed.ts";
import { formatByName, FORMATS } from "../../../lib/record/formats/mod.ts";
import { RecordReader } from "../../../lib/record/record_reader.ts";
import { bytesOf, MemoryInput } from "../memory_input.ts";
import { cutInvariant, readThrough, recordsOf } from "../records_of.ts";

const JSON_LINE = '{"time":"2026-03-02T10:00:00Z","level":"info","service":"till","msg":"order 4711 paid"}';
const KLOG = "W0302 10:00:01.500000       1 stock.go:12] article 4711 is short";
const LINES = [
  JSON_LINE,
  KLOG,
  "listening on port 8080",
  "panic: no money",
  "\tat shop.go:1",
  "goroutine 1 [running]:",
  "",
];

function told(lines: readonly string[]): string {
  const bytes = bytesOf(lines.join("\n") + "\n");
  return detectFormat(bytes, bytes.length).format.name;
}

Deno.test("mixed reads each line in its own format, and any other with the time of the line before", async () => {
  const { records, reader } = await recordsOf(["up", ...LINES, JSON_LINE].join("\n"), {
    format: "mixed:json+golang",
  });
  const time = (at: number) =>
    records[at].timestamp === null ? null : new Date(records[at].timestamp!).toISOString();
  assert.deepEqual(
    records.map(({ severity, service, content, lines }, i) => [time(i), severity, service, content, lines]),
    [
      [null, 0, "fallback", "up", 1],
      ["2026-03-02T10:00:00.000Z", 9, "till", "order 4711 paid", 1],
      ["2026-03-02T10:00:01.500Z", 13, "stock.go", "article 4711 is short", 1],
      ["2026-03-02T10:00:01.500Z", 0, "fallback", "listening on port 8080", 5],
      ["2026-03-02T10:00:00.000Z", 9, "till", "order 4711 paid", 1],
    ],
  );
  assert.equal(reader.quality.share, 1);
});

Deno.test("mixed gives the same records however the bytes are cut and wherever reading is resumed", async () => {
  const parts = ["json", "docker", "cri", "syslog", "postgresql", "golang", "python", "iso8601"];
  const property = fc.asyncProperty(
    fc.subarray(parts, { minLength: 2, maxLength: 3 }),
    fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 25 }),
    fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 }),
    fc.nat(30),
    async (names, picks, pieces, at) => {
      const pools = [...names.map((name) => formatByName(name).examples), LINES];
      const bytes = bytesOf(
        picks.map(([pool, line]) => {
          const lines = pools[pool % pools.length];
          return lines[line % lines.length];
        }).join("\n"),
      );
      const format = `mixed:${names.join("+")}`, { records } = await recordsOf(bytes, { format });
      const cut = await recordsOf(bytes, { format }, new MemoryInput(bytes, { pieces }));
      const expected = records.map(cutInvariant);
      assert.deepEqual(cut.records.map(cutInvariant), expected);
      assert.deepEqual(await resumed(bytes, format, { pieces, at }), expected);
    },
  );
  await fc.assert(property, { numRuns: 150 });
});

/** The records of two runs, of which the first stops behind a number of batches. */
async function resumed(bytes: Uint8Array, format: string, cut: { pieces: number[]; at: number }) {
  const given = {
    ...{ services: new Dictionary(), fallbackService: "fallback", loggers: true, format },
    formatOptions: { referenceTime: Date.UTC(2026, 2, 2) },
  };
  const first = new RecordReader(new MemoryInput(bytes, { pieces: cut.pieces }), given), records = [];
  for (let left = cut.at, batch = null; left > 0 && (batch = await first.next()) !== null; left--) {
    for (let i = 0; i < batch.length; i++) records.push(batch.record(i));
  }
  const state = JSON.parse(JSON.stringify(first.state()));
  const input = new MemoryInput(bytes, { offset: first.offset, pieces: cut.pieces });
  records.push(...(await readThrough(new RecordReader(input, { ...given, state }))).records);
  return records.map(cutInvariant);
}

Deno.test("mixed fills every column whatever the bytes", async () => {
  const format = mixedFormat([formatByName("json"), formatByName("golang"), formatByName("iso8601")]);
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
    const { records } = await recordsOf(bytes, { format });
    assert.ok(records.every(({ severity }) => severity >= 0 && severity <= 24));
  }));
});

Deno.test("detectFormat() tells a mixture from what its formats read of the lines, in any order", () => {
  const lines = Array.from({ length: 30 }, (_, i) => i % 3 === 0 ? JSON_LINE : i % 10 === 1 ? "up" : KLOG);
  assert.equal(told(lines), "mixed:json+golang");
  assert.equal(told(lines.toSorted()), "mixed:json+golang");
  assert.equal(told([...lines, ...lines.map(() => "Mar  2 10:00:00 h su: x")]), "mixed:json+syslog+golang");
});

Deno.test("detectFormat() sees no mixture in a format, in what a more general one reads too, or in a few lines", () => {
  const python = formatByName("python").examples[0];
  assert.equal(told([...Array(50).fill(python), "2026-03-02 10:00:00,123 WARN x"]), "python");
  assert.equal(told([...Array(40).fill(KLOG), JSON_LINE, JSON_LINE]), "golang");
  assert.equal(
    told(Array(40).fill("it rains").concat(Array(10).fill(KLOG), Array(10).fill(JSON_LINE))),
    "plain",
  );
});

Deno.test("formatByName() finds a mixture by its name, and refuses what can't be mixed", () => {
  assert.equal(formatByName("mixed:json+golang").name, "mixed:json+golang");
  for (
    const name of [
      "mixed:",
      "mixed:json",
      "mixed:json+json",
      "mixed:json+plain",
      "mixed:json+cobol",
      "mixed:json+mysql_slow",
    ]
  ) {
    assert.throws(() => formatByName(name), RangeError, name);
  }
  assert.throws(
    () => mixedFormat([FORMATS[0]]),
    /^RangeError: Cannot mix formats: .* current value is mixed:/,
  );
});
