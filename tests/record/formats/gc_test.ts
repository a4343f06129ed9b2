import assert from "node:assert/strict";
import { gc } from "../../../lib/record/formats/gc.ts";
import { detectFormat } from "../../../lib/record/detect.ts";
import { bytesOf } from "../memory_input.ts";
import { recordsOf } from "../records_of.ts";
import { checkGolden } from "./golden_lines.ts";

const M = "2026-03-02T10:00:00.123Z";

Deno.test("gc reads time, severity, tags and content", async () => {
  await checkGolden(gc, [
    ["[2026-03-02T10:00:00.123+0000][info][gc] GC(7) Pause", [M, 9, "gc", "GC(7) Pause"]],
    ["[2026-03-02T11:00:00.123+0100][0.834s][info ][gc,heap   ] x", [M, 9, "gc,heap", "x"]],
    ["[0.123s][warning][gc,phases] x", [null, 13, "gc,phases", "x"]],
    ["[123ms][error][os] x", [null, 17, "os", "x"]],
    ["[2026-03-02T10:00:00.123+0000][4242][17][trace][gc] [x] y", [M, 1, "gc", "[x] y"]],
    ["[2026-03-02T10:00:00.123+0000][info][gc]", [M, 9, "gc", ""]],
    ["2026-03-02T10:00:00.123+0000: 1.234: [GC (x) 1K->2K(3K)]", [M, 0, null, "[GC (x) 1K->2K(3K)]"]],
    ["2026-03-02T10:00:00.123+0000: [GC (x)]", [M, 0, null, "[GC (x)]"]],
    ["1.234: [Full GC (x)]", [null, 0, null, "[Full GC (x)]"]],
    ["2026-03-02T10:00:00.123+0000: started", null],
    ["[2026-03-02T10:00:00,123][INFO ][o.e.n.Node] [a] x", null],
    ["[2026-03-02T10:00:00.123+0000][info] x", null],
    ["[info][gc] x", null],
    ["   [Parallel Time: 7.2 ms, GC Workers: 1]", null],
  ]);
});

Deno.test("gc is told from lines that have the time since the start alone", () => {
  const bytes = bytesOf("[0.004s][info][gc] Using G1\n[0.123s][info][gc,start] GC(0) Pause Young\n");
  assert.equal(detectFormat(bytes, bytes.length).format, gc);
});

Deno.test("gc joins the indented details of a pause to its record", async () => {
  const pause =
    "2026-03-02T10:00:00.123+0000: 1.234: [GC pause (young), 0.01 secs]\n   [Parallel Time: 7.2 ms]\n      [Update RS (ms):  0.0]\n";
  const { records, reader } = await recordsOf(`Memory: 4k page\n${pause}${pause}`);
  assert.deepEqual([reader.format, records.map(({ lines }) => lines)], [gc, [1, 3, 3]]);
});
