import assert from "node:assert/strict";
import { type TemplateRecord, templatesOverTime } from "../../lib/chart/templates_over_time.ts";

const record = (template: string, time: number, level: TemplateRecord["level"] = "info"): TemplateRecord => {
  return { template, time, level };
};
const valuesOf = (chart: ReturnType<typeof templatesOverTime>) =>
  (chart.spec.data as { values: TemplateRecord[] }).values;

Deno.test("templatesOverTime() puts the most frequent templates above, and says what it leaves out", () => {
  const records = [record("rare", 0), record("b", 1e6), record("a", 2e6), record("a", 3e6), record("b", NaN)];
  const chart = templatesOverTime(records, { limit: 2 });
  const { y } = chart.spec.encoding as { y: { sort: string[] } };
  assert.deepEqual(y.sort, ["a", "b"]);
  assert.equal(
    chart.toText(),
    "Templates over time, 1970-01-01 00:00 to 1970-01-01 00:50 UTC, 4 records: a 2; b 1; and 1 template more. " +
      "1 record without a time left out.",
  );
});

Deno.test("templatesOverTime() draws one mark where many would lie on one another, but none for another level", () => {
  const busy = Array.from({ length: 50_000 }, (_, i) => record("busy", i, i === 7 ? "error" : "info"));
  const marks = valuesOf(templatesOverTime([...busy, record("late", 50_000)]));
  assert.ok(marks.length > 600 && marks.length < 800, `${marks.length}`);
  assert.deepEqual(marks.filter(({ level }) => level === "error").map(({ time }) => time), [7]);
});

Deno.test("templatesOverTime() has a legend of the levels that there are, each with a shape of its own", () => {
  const chart = templatesOverTime([record("a", 0, "fatal"), record("a", 9, "warn"), record("b", 5, "error")]);
  const { color, shape } = chart.spec.encoding as Record<
    string,
    { scale: { domain: string[]; range: string[] } }
  >;
  assert.deepEqual(color.scale.domain, ["warn", "error", "fatal"]);
  assert.equal(new Set(shape.scale.range).size, 3);
});

Deno.test("templatesOverTime() of one moment, and of none", async () => {
  assert.match(await templatesOverTime([record("a", 60_000)]).svg(), /^<svg/);
  assert.equal(templatesOverTime([record("a", NaN)]).toText(), "Templates over time: no records with a time");
});

Deno.test("templatesOverTime() refuses a level that is none, and a limit that is none", () => {
  assert.throws(() => templatesOverTime([record("a", 0, "loud" as never)]), /unknown level loud/);
  assert.throws(() => templatesOverTime([record("a", 0)], { limit: 0 }), RangeError);
});
