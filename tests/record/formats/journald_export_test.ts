import assert from "node:assert/strict";
import fc from "fast-check";
import { detectFormat } from "../../../lib/record/detect.ts";
import { journaldExport } from "../../../lib/record/formats/journald_export.ts";
import { bytesOf, MemoryInput } from "../memory_input.ts";
import { cutInvariant, recordsOf } from "../records_of.ts";

const M = Date.UTC(2026, 2, 2, 10, 0, 0, 123),
  HEAD = "__CURSOR=s=1;i=2\n__REALTIME_TIMESTAMP=1772445600123456\n";

/** A binary field as the journal writes it. */
function binary(name: string, text: string): string {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  return `${name}\n${String.fromCharCode(...bytes)}${text}\n`;
}

async function read(text: string) {
  const { records } = await recordsOf(text, { format: journaldExport });
  return records.map(({ timestamp, severity, service, content }) => [
    timestamp,
    severity,
    service === "fallback" ? null : service,
    content,
  ]);
}

Deno.test("journald_export reads time, severity, service and content, in whatever order the fields come", async () => {
  const fields = "MESSAGE=a=b\nPRIORITY=3\n_COMM=c\n_SYSTEMD_UNIT=u\nSYSLOG_IDENTIFIER=s\n\n";
  assert.deepEqual(await read(HEAD + fields), [[M, 17, "s", "a=b"]]);
  const blocks = `${HEAD}_SYSTEMD_UNIT=u\n_COMM=c\nMESSAGE=\n\n${HEAD}PRIORITY=77\nMESSAGE=b\n`;
  assert.deepEqual(await read(blocks), [[M, 0, "u", ""], [M, 0, null, "b"]]);
});

Deno.test("journald_export reads binary fields by their length", async () => {
  for (const text of ["first\n\nMESSAGE=third", "ten bytes\n", "x".repeat(266), "__CURSOR=no\n"]) {
    const block = HEAD + binary("_CMDLINE", text) + binary("MESSAGE", text) + "PRIORITY=5\n\n";
    const one = [M, 10, null, text.split("\n")[0]];
    assert.deepEqual(await read(block + block), [one, one], JSON.stringify(text));
  }
});

Deno.test("journald_export takes a block without a message whole, and what is no block for lines", async () => {
  assert.deepEqual(await read(`${HEAD}PRIORITY=6\n\n`), [[M, 9, null, `${HEAD}PRIORITY=6\n`]]);
  assert.deepEqual(await read("MESSAGE=a\n"), [[null, 0, null, "MESSAGE=a"]]);
});

Deno.test("journald_export reads the same blocks wherever the input is cut", async () => {
  const bytes = bytesOf(`${journaldExport.examples.join("\n")}\n`.repeat(3));
  const whole = (await recordsOf(bytes, { format: journaldExport })).records.map(cutInvariant);
  assert.equal(whole.length, 9);
  const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(sizes, async (pieces) => {
      const cut = await recordsOf(bytes, { format: journaldExport }, new MemoryInput(bytes, { pieces }));
      assert.deepEqual(cut.records.map(cutInvariant), whole);
    }),
    { numRuns: 50 },
  );
});

Deno.test("journald_export is not told from settings", () => {
  const bytes = bytesOf("PRIORITY=6\nMESSAGE=a\nSYSLOG_IDENTIFIER=s\n");
  assert.equal(detectFormat(bytes, bytes.length).format.name, "plain");
});
