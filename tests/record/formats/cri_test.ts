import assert from "node:assert/strict";
import fc from "fast-check";
import { cri } from "../../../lib/record/formats/cri.ts";
import { detectFormat } from "../../../lib/record/detect.ts";
import { bytesOf, MemoryInput } from "../memory_input.ts";
import { cutInvariant, recordsOf } from "../records_of.ts";
import { checkGolden } from "./golden_lines.ts";

const M = "2026-03-02T10:00:00.123Z", T = "2026-03-02T10:00:00.123456789Z", OUT = `${T} stdout F`;
const ERR = `${T} stderr F`;

Deno.test("cri reads the runtime's time and the header that the program wrote", async () => {
  await checkGolden(cri, [
    [`${OUT} order 4711 paid`, [M, 0, null, "order 4711 paid"]],
    [`2026-03-02T11:00:00.123+01:00 stderr F x  `, [M, 0, null, "x  "]],
    [`${T} stdout F:tag x`, [M, 0, null, "x"]],
    [`${ERR} {"level":"error","service":"s","msg":"a \\"b\\"","time":1}`, [M, 17, "s", 'a \\"b\\"']],
    [`${ERR} {"level":"error"`, [M, 0, null, '{"level":"error"']],
    [`${ERR} level=warn app=s msg="a b"`, [M, 13, "s", "a b"]],
    [`${OUT} 2026-03-02 09:00:00,000 INFO [main] o.a.App: up`, [M, 9, null, "up"]],
    [`${OUT} 2026-03-02T09:00:00Z INFO [4242] x`, [M, 9, null, "x"]],
    [`${OUT} 26/03/02 10:00:00 ERROR spark.X: lost`, [M, 17, null, "lost"]],
    [`${OUT} 2026/03/02 10:00:00 [error] 4#7: *1 x`, [M, 17, null, "x"]],
    [`${ERR} E0302 10:00:00.123456 1 pay.go:12] "cannot pay" order=4711`, [
      M,
      17,
      null,
      '"cannot pay" order=4711',
    ]],
    [`${OUT} h - - [02/Mar/2026:10:00:00 +0000] "GET /" 500 1`, [M, 17, null, '"GET /" 500 1']],
    [`${OUT} ERROR: x`, [M, 17, null, "ERROR: x"]],
    [`${OUT} WARN x`, [M, 13, null, "WARN x"]],
    [`${OUT} [info] x`, [M, 9, null, "[info] x"]],
    [`${OUT} error x`, [M, 0, null, "error x"]],
    [`${OUT} at last`, null], // the frame of a stack trace, whose record isn't there
    [OUT, null], // blank
    [`${T} stdin F x`, null],
    [`${T} stdout X x`, null],
    [`${T} stdout Full x`, null],
    [`${T} stdout`, null],
    ["yesterday stdout F x", null],
  ]);
});

const PIECES = [
  `${OUT} before`,
  `${T} stderr P aaa`,
  `${T} stderr P bbb`,
  `${ERR} ccc`,
  `${ERR} ERROR lost`,
  `${ERR} java.io.IOException: gone`,
  `${ERR} \tat a.B.c(B.java:1)`,
  `${ERR} Caused by: d`,
  `${T} stderr P ddd`,
  `${OUT} another stream`,
  `${OUT} after`,
];

Deno.test("cri makes one record of the pieces of a line, and of a record and its stack frames", async () => {
  const { records, continued, reader } = await recordsOf(PIECES.join("\n"), { format: cri });
  const expected = [["before", 1], ["aaa", 3], ["ERROR lost", 1], ["java.io.IOException: gone", 3]];
  assert.deepEqual(records.map(({ content, lines }) => [content, lines]), [
    ...expected,
    ...[["ddd", 1], ["another stream", 1], ["after", 1]],
  ]);
  assert.equal(continued, 0);
  assert.equal(reader.quality.share, 1);
});

Deno.test("cri joins pieces in the same way wherever the input is cut", async () => {
  const bytes = bytesOf(PIECES.join("\r\n") + "\r\n" + PIECES.slice(1).join("\r\n"));
  const whole = (await recordsOf(bytes, { format: cri })).records.map(cutInvariant);
  const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(sizes, async (pieces) => {
      const cut = await recordsOf(bytes, { format: cri }, new MemoryInput(bytes, { pieces }));
      assert.deepEqual(cut.records.map(cutInvariant), whole);
    }),
    { numRuns: 50 },
  );
});

Deno.test("cri is detected although pieces and frames are no records", () => {
  const lines = [...PIECES.slice(1, 4), ...PIECES.slice(1, 4)].join("\n") + "\n";
  const { format, share } = detectFormat(bytesOf(lines), bytesOf(lines).length);
  assert.deepEqual([format.name, share], ["cri", 1]);
});
