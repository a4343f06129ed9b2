import assert from "node:assert/strict";
import { postgresql } from "../../../lib/record/formats/postgresql.ts";
import { postgresqlCsv } from "../../../lib/record/formats/postgresql_csv.ts";
import { recordsOf } from "../records_of.ts";
import { checkGolden } from "./golden_lines.ts";

const T = "2026-03-02T10:00:00.000Z", M = "2026-03-02T10:00:00.123Z";

Deno.test("postgresql reads time, severity and content behind any prefix that begins with the time", async () => {
  await checkGolden(postgresql, [
    ["2026-03-02 10:00:00.123 UTC [77] LOG:  ready", [M, 9, null, "ready"]],
    ["2026-03-02 10:00:00.123 UTC [77-1] shop@orders PANIC:  no", [M, 22, null, "no"]],
    ["2026-03-02 11:00:00.123 CET [77] ERROR:  no", [M, 17, null, "no"]],
    ["2026-03-02 05:00:00 EST [77] INFO:  a", [T, 9, null, "a"]],
    ["2026-03-02 07:00:00 -03 [77] NOTICE:  a", [T, 10, null, "a"]],
    ["2026-03-02 10:00:00 UTC [77] DEBUG3:  a", [T, 5, null, "a"]],
    ["<2026-03-02 10:00:00 UTC>WARNING:  a", [T, 13, null, "a"]],
    ["2026-03-02 10:00:00 UTC:192.0.2.7(1):a@b:[7]:FATAL:  no", [T, 21, null, "no"]],
    ["2026-03-02 10:00:00 UTC [7]: [3-1] user=a,db=b,app=c,client=d LOG:  x", [T, 9, null, "x"]],
    ["1772445600.123 [7] LOG:  DETAIL:  x", [M, 9, null, "DETAIL:  x"]],
    ["2026-03-02 10:00:00 UTC [7] LOG: one blank", null],
    ["2026-03-02 10:00:00 UTC [7] CATALOG:  x", null],
    ["2026-03-02 10:00:00 UTC [7] x:  y", null],
    ["2026-02-30 10:00:00 UTC [7] LOG:  x", null],
    ["\tfrom basket", null],
  ]);
});

Deno.test("postgresql takes times without a zone as FormatOptions.utcOffset says, and a zone's name by its name", async () => {
  await checkGolden(postgresql, [
    ["2026-03-02 12:00:00 [77] LOG:  a", [T, 9, null, "a"]],
    ["2026-03-02 11:00:00 CET [77] LOG:  a", [T, 9, null, "a"]],
    ["2026-03-02 10:00:00 UTC [77] LOG:  a", [T, 9, null, "a"]],
  ], { utcOffset: 120 });
});

Deno.test("postgresql joins detail, hint, context and statement to the record that they are about", async () => {
  const at = "2026-03-02 10:00:00.123 UTC [77] ";
  const parts = [
    "DETAIL:  a",
    "HINT:  b",
    "CONTEXT:  c",
    "QUERY:  d",
    "LOCATION:  e",
    "STATEMENT:  select 1",
  ];
  const error = `${at}ERROR:  no\n${parts.map((part) => at + part).join("\n")}\n\tfrom basket\n`;
  const { records, reader } = await recordsOf((error + `${at}LOG:  yes\n`).repeat(80));
  assert.equal(reader.format, postgresql);
  assert.deepEqual([records.length, records[0].lines, records[1].content], [160, 8, "yes"]);
  assert.equal(records[0].text, error.trimEnd());
  assert.equal(reader.quality.share, 1);
});

Deno.test("postgresql_csv reads time, severity and content", async () => {
  const row = (level: string, message: string, rest = ",,") =>
    `2026-03-02 10:00:00.123 UTC,"a","b, ""c""",7,"h:1",6.7,1,"SELECT",2026-03-02 09:00:00 UTC,3/1,0,${level},42P01,${message}${rest}`;
  await checkGolden(postgresqlCsv, [
    [row("ERROR", '"no ""basket"", none"'), [M, 17, null, 'no ""basket"", none']],
    [row("LOG", "bare"), [M, 9, null, "bare"]],
    [row("DEBUG2", '""'), [M, 5, null, ""]],
    [row("PANIC", '"goes on', ""), [M, 22, null, "goes on"]],
    [row("LOUD", '"x"'), null],
    ["2026-03-02 10:00:00.123 UTC,a,b,7", null],
  ]);
});
