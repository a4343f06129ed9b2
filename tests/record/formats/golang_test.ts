import assert from "node:assert/strict";
import { golang } from "../../../lib/record/formats/golang.ts";
import { recordsOf } from "../records_of.ts";
import { checkGolden } from "./golden_lines.ts";

const T = "2026-03-02T10:00:00.000Z", M = "2026-03-02T10:00:00.123Z";

Deno.test("golang reads time, severity, place and content", async () => {
  await checkGolden(golang, [
    ["I0302 10:00:00.123456    1 file.go:12] x", [M, 9, "file.go", "x"]],
    ["W0302 10:00:00.123456 4242 a/b_c.go:301] x", [M, 13, "a/b_c.go", "x"]],
    ['F0302 10:00:00.123456       1 a.go:1] "x" k="v"', [M, 21, "a.go", '"x" k="v"']],
    ["E0302 10:00:00.123456       1 a.go:1]", [M, 17, "a.go", ""]],
    ["2026/03/02 10:00:00 x y", [T, 0, null, "x y"]],
    ["2026/03/02 10:00:00.123456 a.go:23: x", [M, 0, "a.go", "x"]],
    ["2026/03/02 10:00:00 [WARN] x", [T, 13, null, "x"]],
    ["2026/03/02 10:00:00 ERROR: x", [T, 17, null, "x"]],
    ["2026/03/02 10:00:00 error x", [T, 0, null, "error x"]],
    ["2026/03/02 10:00:00 http: x", [T, 0, null, "http: x"]],
    ["2026/03/02 10:00:00", [T, 0, null, ""]],
    ["D0302 10:00:00.123456    1 file.go:12] x", null],
    ["I1302 10:00:00.123456    1 file.go:12] x", null],
    ["I0302 10:00:00.123456    1 file.go] x", null],
    ["2026/02/30 10:00:00 x", null],
    ["panic: runtime error: index out of range", null],
  ], { referenceTime: Date.UTC(2026, 2, 2) });
});

Deno.test("golang takes times as FormatOptions.utcOffset says", async () => {
  await checkGolden(golang, [
    ["I0302 12:00:00.123456    1 file.go:12] x", [M, 9, "file.go", "x"]],
    ["2026/03/02 12:00:00 x", [T, 0, null, "x"]],
  ], { referenceTime: Date.UTC(2026, 2, 2), utcOffset: 120 });
});

Deno.test("golang runs over New Year", async () => {
  const { records } = await recordsOf(
    "I1231 23:59:59.000000    1 a.go:1] x\nI0101 00:00:00.500000    1 a.go:1] y\n",
    { format: golang, formatOptions: { referenceTime: Date.UTC(2026, 0, 1) } },
  );
  assert.equal(records[1].timestamp! - records[0].timestamp!, 1500);
});
