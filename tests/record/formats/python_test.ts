import assert from "node:assert/strict";
import { python } from "../../../lib/record/formats/python.ts";
import { recordsOf } from "../records_of.ts";
import { checkGolden } from "./golden_lines.ts";

const T = "2026-03-02T10:00:00.000Z", M = "2026-03-02T10:00:00.123Z";

Deno.test("python reads time, severity, logger and content", async () => {
  await checkGolden(python, [
    ["2026-03-02 10:00:00,123 - a.b - INFO - x - y", [M, 9, "a.b", "x - y"]],
    ["2026-03-02 10:00:00,123 - a.b - WARNING  - x", [M, 13, "a.b", "x"]],
    ["2026-03-02 10:00:00,123 - ERROR - x", [M, 17, null, "x"]],
    ["[2026-03-02 10:00:00,123] INFO in app: x", [M, 9, "app", "x"]],
    ["[10:00:00] ERROR in a.b: x", [T, 17, "a.b", "x"]],
    ["[2026-03-02 10:00:00,123: CRITICAL/Worker-1] x", [M, 21, "Worker-1", "x"]],
    ["2026-03-02 10:00:00.123 | SUCCESS  | a.b:c:88 - x", [M, 9, "a.b", "x"]],
    ["2026-03-02 10:00:00.123 | ERROR    | a:<module>:1 - x", [M, 17, "a", "x"]],
    ["WARNING:root:x: y", [null, 13, "root", "x: y"]],
    ["DEBUG:a.b:", [null, 5, "a.b", ""]],
    ["2026-03-02 10:00:00,123 - a.b - LOUD - x", null],
    ["2026-03-02 10:00:00,123 INFO a.b: x", null],
    ["Error:root:x", null],
    ["ERROR: x: y", null],
    ["[25:00:00] INFO in app: x", null],
    ["ValueError: x", null],
  ], { referenceTime: Date.UTC(2026, 2, 2, 12) });
});

Deno.test("python takes times without a zone as FormatOptions.utcOffset says", async () => {
  await checkGolden(python, [
    ["2026-03-02 12:00:00,123 - a - INFO - x", [M, 9, "a", "x"]],
    ["[12:00:00] INFO in a: x", [T, 9, "a", "x"]],
  ], { referenceTime: Date.UTC(2026, 2, 2, 12), utcOffset: 120 });
});

Deno.test("python runs over midnight where lines have the time of day alone", async () => {
  const { records } = await recordsOf("[23:59:59] INFO in a: x\n[00:00:01] INFO in a: y\n", {
    format: python,
  });
  assert.equal(records[1].timestamp! - records[0].timestamp!, 2000);
});

Deno.test("python is told from the layout of basicConfig()", async () => {
  const { records, reader } = await recordsOf(
    "INFO:root:started\nWARNING:shop.pay:slow\nTraceback (most recent\n",
  );
  assert.deepEqual([reader.format, records.length, records[1].service], [python, 2, "shop.pay"]);
});
