import assert from "node:assert/strict";
import { parse } from "../../lib/csv.ts";
import { EventRows } from "../../lib/feature/event_rows.ts";
import { frameOf } from "../../lib/feature/frame.ts";
import { Table } from "../../lib/table/table.ts";
import { matrixTable, windowTable } from "../../lib/feature/views.ts";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { OpenWindows } from "../../lib/window/open_windows.ts";
import { batchOf } from "../window/made_rows.ts";

/** What Jupyter would show. */
function displayOf(object: object): Record<string, string> {
  return (object as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]();
}

Deno.test("Table keeps its columns in order, also where a name is a whole number", () => {
  const table = new Table([["b", [1]], ["10", [2]], ["2", [3]]]);
  assert.deepEqual(table.names, ["b", "10", "2"]);
  assert.deepEqual(table.rows(), [[1, 2, 3]]);
});

Deno.test("Table refuses columns that differ in length or have one name", () => {
  assert.throws(() => new Table({ a: [1], b: [] }), { name: "TypeError", message: /column b has 0 values/ });
  assert.throws(() => new Table([["a", [1]], ["a", [2]]]), { name: "TypeError", message: /comes twice/ });
});

Deno.test("Table.toCsv() can be read back, whatever the text", () => {
  const texts = ['say "hi", now', "two\nlines", "", "=1+1", "ünï"];
  const table = new Table({ text: texts, number: [1, 2.5, NaN, null, -0] });
  const rows = parse(table.toCsv(), { skipFirstRow: true });
  assert.deepEqual(rows.map((row) => row.text), texts);
  assert.deepEqual(rows.map((row) => row.number), ["1", "2.5", "", "", "0"]);
});

Deno.test("Table shows itself in Jupyter: escaped, and only its first rows", () => {
  const table = new Table({ Content: ["<script>", ...Array.from({ length: 30 }, () => "a & b")] });
  const shown = displayOf(table);
  assert.match(shown["text/html"], /<td [^>]*>&lt;script&gt;<\/td><\/tr><tr><td [^>]*>a &amp; b/);
  assert.match(shown["text/html"], /… and 11 more rows/);
  assert.equal(shown["text/plain"].split("\n").length, 22);
});

Deno.test("EventRows use loghub's columns, number physical lines, redact, and leave empty what a line doesn't have", () => {
  const services = new Dictionary();
  const batch = batchOf([{ time: 1_226_262_975_148, severity: 14 }, { time: NaN, severity: 0 }], services);
  batch.lines[0] = 3;
  batch.template[1] = -1;
  batch.service[1] = -1;
  const events = new EventRows({
    template: (index) => ({ id: `E${index}`, text: "-" }),
    redact: (text) => `<${text}>`,
  });
  events.add(batch);
  batch.continued = 2;
  events.add(batch);
  const table = events.table();
  assert.deepEqual(table.names, [
    "LineId",
    "Date",
    "Time",
    "Level",
    "Component",
    "Content",
    "EventId",
    "EventTemplate",
  ]);
  assert.deepEqual(table.rows(0, 2), [
    [1, "2008-11-09", "20:36:15.148", "WARN", "api", "<->", "E0", "-"],
    [4, null, null, null, null, "<->", null, null],
  ]);
  assert.deepEqual(table.columns.get("LineId"), [1, 4, 7, 10]);
});

Deno.test("EventRows redact secrets by themselves", () => {
  const services = new Dictionary(), batch = batchOf([{ time: 0, keys: ["a"] }], services);
  const text = new TextEncoder().encode("login password=hunter22 ok");
  const larger = batchOf([{ time: 0, keys: ["x".repeat(60)] }], services);
  larger.bytes.set(text);
  larger.contentEnd[0] = text.length;
  const events = new EventRows({ template: () => ({ id: "E", text: "" }) });
  events.add(batch);
  events.add(larger);
  assert.doesNotMatch(String(events.table().rows()[1][5]), /hunter22/);
});

Deno.test("windowTable() names windows and leaves missing times empty", () => {
  const services = new Dictionary();
  const windows = new OpenWindows({ size: 1000, idle: 1000, lateness: 0 }, services);
  windows.add(batchOf([{ time: 10 }, { time: 2500 }], services), 0, 2);
  const table = windowTable(windows.closeAll(), services);
  assert.deepEqual(table.columns.get("lines"), [1, 0, 1]);
  assert.deepEqual(table.rows(1, 2), [[
    "api@1970-01-01T00:00:01.000Z",
    "window",
    "api",
    "1970-01-01T00:00:01.000Z",
    "1970-01-01T00:00:02.000Z",
    0,
    0,
  ]]);
});

Deno.test("matrixTable() refuses values of another shape", () => {
  const matrix = { columns: [], rows: 1, values: new Float32Array(0), weights: Float64Array.of(1) };
  assert.throws(() => matrixTable(matrix, new Float32Array(2)), TypeError);
});

Deno.test("frameOf() makes a danfo DataFrame with the same columns and cells", async () => {
  const frame = await frameOf(new Table([["b", [1, 2]], ["10", ["x", null]], ["2", [true, false]]]));
  assert.deepEqual(frame.columns, ["b", "10", "2"]);
  assert.deepEqual(frame.values, [[1, "x", true], [2, null, false]]);
  await assert.rejects(frameOf(new Table({ a: [] })), TypeError);
});

Deno.test("Table says that it is empty where it has no columns", () => {
  assert.equal(Table.from([]).toMimeBundle()["text/plain"], "none");
  assert.equal(
    Table.from([]).toMimeBundle("<late> records")["text/html"],
    "<p>&lt;late&gt; records: none</p>",
  );
});

Deno.test("Table.sortedBy() and filter() give back a table without columns, and refuse unknown columns of others", () => {
  const none = Table.from([]);
  assert.deepEqual(none.sortedBy("anomalous").rows(), []);
  assert.deepEqual(none.filter(() => true).names, []);
  assert.throws(() => new Table({ a: [1] }).sortedBy("b"), { name: "TypeError", message: /no column b$/ });
});
