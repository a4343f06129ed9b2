import assert from "node:assert/strict";
import fc from "fast-check";
import { docker } from "../../../lib/record/formats/docker.ts";
import { detectFormat } from "../../../lib/record/detect.ts";
import { bytesOf, MemoryInput } from "../memory_input.ts";
import { cutInvariant, recordsOf } from "../records_of.ts";
import { checkGolden } from "./golden_lines.ts";

const M = "2026-03-02T10:00:00.123Z", TAIL = `"time":"2026-03-02T10:00:00.123456789Z"}`;

/** A line as Docker writes it. */
function line(log: string, stream = "stdout"): string {
  return `{"log":${JSON.stringify(log)},"stream":"${stream}",${TAIL}`;
}

Deno.test("docker reads its time and the header that the program wrote", async () => {
  await checkGolden(docker, [
    [line("order 4711 paid\n"), [M, 0, null, "order 4711 paid"]],
    [line("a\tb\r\n"), [M, 0, null, "a\\tb"]],
    [line("C:\\n"), [M, 0, null, "C:\\\\n"]],
    [line("prompt> "), [M, 0, null, "prompt> "]],
    [line('{"level":"warn","service":"s","msg":"say \\"x\\" \u00e9"}\n'), [
      M,
      13,
      "s",
      'say \\\\\\"x\\\\\\" \u00e9',
    ]],
    [line('level=error msg="a <b>"\n').replace("<", "\\u003c"), [M, 17, null, "a \\u003cb>"]],
    [line("2026-03-02 09:00:00,000 INFO [main] o.a.App: up\n"), [M, 9, null, "up"]],
    [line("FATAL: x\n"), [M, 21, null, "FATAL: x"]],
    [line("\tat a.B.c(B.java:1)\n"), null], // its record isn't there
    [line("\n"), null],
    [`{"log":"x\\n","stream":"stderr","attrs":{"tag":"t"},${TAIL}`, [M, 0, null, "x"]],
    [`{"log":"x\\n","stream":"stdout","time":"soon"}`, null],
    [`{"log":"x\\n","stream":"stdout",${TAIL} `, null],
    [`{"log":"x\\n",${TAIL}`, null],
    [`{"log":"x`, null],
    [`{"msg":"x"}`, null],
  ]);
});

const LONG = "a".repeat(16_384);
const PIECES = [
  ...[line("before\n"), line(`b${LONG}`), line("the rest\n"), line("ERROR lost\n"), line("\tat a.B.c\n")],
  ...[line(`c${LONG}`), line("of another stream\n", "stderr"), line("after\n")],
];

Deno.test("docker makes one record of the pieces of a line, and of a record and its stack frames", async () => {
  const { records, reader } = await recordsOf(PIECES.join("\n"), { format: docker });
  assert.deepEqual(records.map(({ content, lines }) => [content.slice(0, 8), lines]), [
    ["before", 1],
    ["baaaaaaa", 2],
    ["ERROR lo", 2],
    ...[["caaaaaaa", 1], ["of anoth", 1], ["after", 1]],
  ]);
  assert.equal(reader.quality.share, 1);
});

Deno.test("docker joins pieces in the same way wherever the input is cut", async () => {
  const bytes = bytesOf(PIECES.join("\n") + "\n" + PIECES.join("\n"));
  const whole = (await recordsOf(bytes, { format: docker })).records.map(cutInvariant);
  const sizes = fc.array(fc.integer({ min: 50, max: 20_000 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(sizes, async (pieces) => {
      const cut = await recordsOf(bytes, { format: docker }, new MemoryInput(bytes, { pieces }));
      assert.deepEqual(cut.records.map(cutInvariant), whole);
    }),
    { numRuns: 20 },
  );
});

Deno.test("docker is detected although pieces are no records, and JSON would read them all", () => {
  const bytes = bytesOf(PIECES.slice(1, 3).join("\n") + "\n");
  assert.equal(detectFormat(bytes, bytes.length).format.name, "docker");
});
