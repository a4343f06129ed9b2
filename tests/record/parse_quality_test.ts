import assert from "node:assert/strict";
import { ParseQuality, type SavedParseQuality } from "../../lib/record/parse_quality.ts";
import { formatByName } from "../../lib/record/formats/mod.ts";
import { recordsOf } from "./records_of.ts";

async function qualityOf(
  text: string | Uint8Array,
  format: string,
  lineLimit?: number,
): Promise<ParseQuality> {
  return (await recordsOf(text, { format: formatByName(format), lineLimit })).reader.quality;
}

Deno.test("ParseQuality counts what is missing, each with one redacted example", async () => {
  const quality = await qualityOf(
    '{"msg":"a"}\nbroken, ann@shop.example\nbroken again\n{"level":"info","msg":"b","ts":1}\n{"ts":2,"msg":"password=hunter2"}\n',
    "json",
  );
  assert.deepEqual([quality.lines, quality.records, quality.share], [5, 5, 3 / 5]);
  assert.deepEqual(quality.rows(), [
    { format: "json", reason: "parsed", count: 3, share: 3 / 5, example: "" },
    { format: "json", reason: "no header", count: 2, share: 2 / 5, example: "broken, <email>" },
    { format: "json", reason: "no time", count: 1, share: 1 / 5, example: '{"msg":"a"}' },
    { format: "json", reason: "no level", count: 2, share: 2 / 5, example: '{"msg":"a"}' },
  ]);
});

Deno.test("ParseQuality counts joined lines as lines and their record as one", async () => {
  const quality = await qualityOf("2026-03-02T10:00:00Z ERROR x\n at a\n at b\n", "iso8601");
  assert.deepEqual([quality.lines, quality.records, quality.share], [3, 1, 1]);
});

Deno.test("ParseQuality counts damaged and cut lines", async () => {
  const bytes = Uint8Array.of(...new TextEncoder().encode("a\0b\nabcdefgh\n"), 0xff, 10);
  const quality = await qualityOf(bytes, "plain", 4);
  assert.deepEqual(
    [quality.count("NUL byte"), quality.count("cut"), quality.count("invalid UTF-8", "plain")],
    [1, 1, 1],
  );
  assert.equal(quality.rows().find(({ reason }) => reason === "cut")?.example, "abcd");
  assert.equal(quality.count("cut", "json"), 0);
});

Deno.test("ParseQuality.merge() adds formats and keeps the first example", async () => {
  const quality = new ParseQuality().merge(await qualityOf("a\nb\n", "plain")).merge(
    await qualityOf("c\n", "plain"),
  )
    .merge(await qualityOf("{}\n", "json"));
  assert.deepEqual(quality.formats, ["plain", "json"]);
  assert.equal(quality.records, 4);
  assert.deepEqual(quality.rows().find(({ reason }) => reason === "no time"), {
    format: "plain",
    reason: "no time",
    count: 3,
    share: 1,
    example: "a",
  });
});

Deno.test("ParseQuality.fromJSON() restores what toJSON() gave and refuses anything else", async () => {
  const quality = await qualityOf("a\n{}\n", "json"), saved = JSON.parse(JSON.stringify(quality));
  assert.deepEqual(ParseQuality.fromJSON(saved).rows(), quality.rows());
  for (const wrong of [null, { version: 2, formats: [] }, { ...saved, formats: [{ name: "x" }] }]) {
    assert.throws(
      () => ParseQuality.fromJSON(wrong as SavedParseQuality),
      /^TypeError: Cannot restore parse quality: /,
    );
  }
});

Deno.test("ParseQuality shortens a long example only after it was redacted", async () => {
  const quality = await qualityOf(`${"x".repeat(190)} token=0123456789012345678901234567890\n`, "plain");
  const { example } = quality.rows()[1];
  assert.ok(example.length <= 200 && example.endsWith("…") && !example.includes("0123"), example);
});
