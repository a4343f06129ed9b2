import assert from "node:assert/strict";
import { tableData, tableText } from "./report.ts";

const TABLE = {
  title: "What",
  notes: ["How"],
  columns: ["", "GA", "lines"],
  rows: [["a", 0.5, 4000], ["b", null, "4 k"], ["c", -0.0004, 1]],
};

Deno.test("tableText() lines up columns and tells counts from shares", () => {
  assert.equal(
    tableText(TABLE),
    ["## What", "How", "", "      GA  lines", "a   .500  4,000", "b      –    4 k", "c  -.000      1"].join(
      "\n",
    ),
  );
});

Deno.test("tableData() gives each row by column", () => {
  assert.deepEqual(tableData(TABLE).rows[0], { "": "a", GA: 0.5, lines: 4000 });
});
