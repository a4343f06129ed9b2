import assert from "node:assert/strict";
import { ParseQuality } from "../../lib/record/parse_quality.ts";
import { formatByName } from "../../lib/record/formats/mod.ts";
import { recordsOf } from "./records_of.ts";

async function qualityOf(text: string | Uint8Array, format: string): Promise<ParseQuality> {
  return (await recordsOf(text, { format: formatByName(format) })).reader.quality;
}

/** How often each reason occurred. */
function counts(quality: ParseQuality): Record<string, number> {
  return Object.fromEntries(quality.rows().map(({ reason, count }) => [reason, count]));
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

Deno.test("ParseQuality takes the share of lines that could begin a record, joined or not", async () => {
  const header = "2026-03-02T10:00:00Z ERROR x\n";
  const share = async (text: string) => (await qualityOf(text, "iso8601")).share;
  assert.equal(await share(`${header}  at a\n\njava.io.IOException: gone\n... 3 more\n`), 1);
  assert.equal(await share(`${header}from another program\n${header}and again\n`), 1 / 2);
  assert.equal(await share(`banner\n  of two lines\n${header}`), 1 / 2);
  assert.equal(await share(""), 0);
});

Deno.test("ParseQuality counts damaged and cut lines", async () => {
  const long = "x".repeat(70_000), bytes = [...new TextEncoder().encode(`a\0b\n${long}\n`), 0xff, 10];
  const quality = await qualityOf(Uint8Array.from(bytes), "plain"), of = counts(quality);
  assert.deepEqual([of["NUL byte"], of["cut"], of["invalid UTF-8"]], [1, 1, 1]);
  assert.match(quality.rows().find(({ reason }) => reason === "cut")!.example, /^x+…$/);
});

Deno.test("ParseQuality.merge() adds formats and keeps the first example", async () => {
  const quality = new ParseQuality().merge(await qualityOf("a\nb\n", "plain")).merge(
    await qualityOf("c\n", "plain"),
  )
    .merge(await qualityOf("{}\n", "json"));
  assert.deepEqual([...new Set(quality.rows().map(({ format }) => format))], ["plain", "json"]);
  assert.equal(quality.records, 4);
  assert.deepEqual(quality.rows().find(({ reason }) => reason === "no time"), {
    format: "plain",
    reason: "no time",
    count: 3,
    share: 1,
    example: "a",
  });
});

Deno.test("ParseQuality.toJSON() gives the counts of each format as plain data", async () => {
  const saved = JSON.parse(JSON.stringify(await qualityOf("a\n{}\n", "json")));
  const { reasons, ...counts } = saved.formats[0];
  assert.deepEqual(counts, { name: "json", lines: 2, records: 2, beginnings: 2, parsed: 1 });
  assert.deepEqual(reasons[0], { reason: "no header", count: 1, example: "a" });
});

Deno.test("ParseQuality shortens a long example only after it was redacted", async () => {
  const quality = await qualityOf(`${"x".repeat(190)} token=0123456789012345678901234567890\n`, "plain");
  const { example } = quality.rows()[1];
  assert.ok(example.length <= 200 && example.endsWith("…") && !example.includes("0123"), example);
});
