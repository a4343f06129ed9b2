import assert from "node:assert/strict";
import { frameOf, joinFrames, tableOf } from "../../lib/feature/frame.ts";
import { Table } from "../../lib/table/table.ts";

const JUPYTER = Symbol.for("Jupyter.display");

/** What Jupyter would show. */
function displayOf(object: unknown): Record<string, string> {
  return (object as Record<symbol, () => Record<string, string>>)[JUPYTER]();
}

Deno.test("Table shows numbers that can be read: thousands apart, four digits, text to the left", () => {
  const table = new Table({ text: ["a", null], number: [1234567, 0.123456], small: [1e-7, -2.5e9] });
  const shown = displayOf(table);
  assert.equal(shown["text/plain"], "text\tnumber\tsmall\na\t1,234,567\t1e-7\n\t0.1235\t-2,500,000,000");
  assert.match(shown["text/html"], /<td class="text"[^>]*>a<\/td><td>1,234,567<\/td>/);
});

Deno.test("Table shortens long texts where it shows them, and nowhere else", () => {
  const long = "x".repeat(500), table = new Table({ text: [long] });
  assert.match(displayOf(table)["text/html"], /<td class="long text"[^>]*>x{159}…<\/td>/);
  assert.deepEqual(table.rows(), [[long]]);
});

Deno.test("Table.filter() and Table.sortedBy() keep whole rows", () => {
  const table = new Table({ key: ["a", "b", "c", "d"], score: [1, null, 3, 1] });
  assert.deepEqual(table.filter(({ score }) => Number(score) > 0).columns.get("key"), ["a", "c", "d"]);
  assert.deepEqual(table.sortedBy("score").columns.get("key"), ["c", "a", "d", "b"]);
  assert.throws(
    () => table.sortedBy("nothing"),
    /TypeError: Cannot sort a table: there is no column nothing/,
  );
});

Deno.test("Table.concat() refuses tables with other columns", () => {
  assert.throws(() => Table.concat([new Table({ a: [1] }), new Table({ b: [1] })]), TypeError);
  assert.equal(Table.concat([]).length, 0);
});

Deno.test("frameOf() makes frames, and all that is computed from them, show themselves as tables", async () => {
  const frame = await frameOf(new Table({ level: ["INFO", null, "INFO"], lines: [1, 2, 6] }));
  assert.match(displayOf(frame.head(1))["text/html"], /<th class="text"[^>]*>level<\/th><th>lines<\/th>/);
  assert.equal(displayOf(frame["lines"].describe())["text/plain"].split("\n")[1], "count\t3");
  const counted = tableOf(frame.groupby(["level"]).agg({ lines: "sum" }));
  assert.deepEqual(counted.rows(), [["INFO", 7], [null, 2]]);
});

Deno.test("joinFrames() keeps the rows that it is told to, and fills what they don't find with danfo's null", async () => {
  const events = await frameOf(new Table({ id: ["b", "a", "c", "a"], lines: [1, 2, 3, 4] }));
  const texts = await frameOf(new Table({ id: ["a", "b", "d"], text: ["x", "y", null] }));
  const rowsOf = async (how?: "inner" | "left" | "right" | "outer") =>
    tableOf(await joinFrames(events, texts, { on: ["id"], how })).rows().map((row) => row.join(" ")).sort();
  const both = ["a 2 x", "a 4 x", "b 1 y"];
  assert.deepEqual(await rowsOf(), both);
  assert.deepEqual(await rowsOf("left"), [...both, "c 3 NaN"]);
  assert.deepEqual(await rowsOf("right"), [...both, "d NaN "]);
  assert.deepEqual(await rowsOf("outer"), [...both, "c 3 NaN", "d NaN "]);
  const joined = await joinFrames(events, texts, { on: ["id"] });
  assert.match(displayOf(joined)["text/plain"], /^id\tlines\ttext\n/);
});

Deno.test("joinFrames() refuses a column that one of the frames hasn't got", async () => {
  const frame = await frameOf(new Table({ id: ["a"] })), other = await frameOf(new Table({ key: ["a"] }));
  await assert.rejects(
    () => joinFrames(frame, other, { on: ["id"] }),
    /^TypeError: Cannot join frames: one of them hasn't got the column id$/,
  );
});
