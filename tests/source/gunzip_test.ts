import assert from "node:assert/strict";
import fc from "fast-check";
import { gzipSync } from "node:zlib";
import { Gunzip, isGzip } from "../../lib/source/gunzip.ts";
import { assertSameBytes } from "./contract.ts";

/** Everything that a stream unfolds to, fed in pieces. */
async function unfold(
  packed: Uint8Array,
  piece: number,
  target: number,
): Promise<{ gunzip: Gunzip; bytes: Uint8Array }> {
  let at = 0;
  const gunzip = new Gunzip(() => at < packed.length ? packed.subarray(at, at += piece) : null);
  const parts: Uint8Array[] = [];
  const buffer = new Uint8Array(target);
  for (let count; (count = await gunzip.read(buffer)) > 0;) parts.push(buffer.slice(0, count));
  gunzip.close();
  return { gunzip, bytes: Buffer.concat(parts) };
}

Deno.test("Gunzip unfolds any members, whatever the pieces and targets are", async () => {
  const members = fc.array(fc.uint8Array({ maxLength: 3000, size: "max" }), { minLength: 1, maxLength: 4 });
  const length = fc.integer({ min: 1, max: 4000 });
  await fc.assert(
    fc.asyncProperty(members, length, length, fc.nat({ max: 600 }), async (members, piece, target, zeros) => {
      const packed = Buffer.concat([...members.map((member) => gzipSync(member)), new Uint8Array(zeros)]);
      const { gunzip, bytes } = await unfold(packed, piece, target);
      assertSameBytes(bytes, Buffer.concat(members));
      assert.equal(gunzip.state, "end");
      assert.equal(gunzip.offset, bytes.length);
    }),
    { numRuns: 50 },
  );
});

Deno.test("Gunzip says cut wherever the stream ends too early, and hands out a beginning", async () => {
  const all = new Uint8Array(20_000).map((_, i) => (i * i) % 251);
  const packed = gzipSync(all);
  for (let length = 0; length < packed.length; length += 37) {
    const { gunzip, bytes } = await unfold(packed.subarray(0, length), 500, 1000);
    assert.equal(gunzip.state, "cut", `${length} of ${packed.length}`);
    assertSameBytes(bytes, all.subarray(0, bytes.length));
  }
});

Deno.test("Gunzip says damaged where a checksum or the data is wrong", async () => {
  const packed = gzipSync(new Uint8Array(20_000).map((_, i) => (i * i) % 251));
  const wrongSum = packed.slice();
  wrongSum[wrongSum.length - 8] ^= 1;
  assert.equal((await unfold(wrongSum, 10, 1000)).gunzip.state, "damaged");
  const noise = Buffer.concat([packed.subarray(0, 12), new Uint8Array(300).fill(0xff)]);
  const { gunzip } = await unfold(noise, 10, 1000);
  assert.equal(gunzip.state, "damaged");
  assert.ok(gunzip.failure instanceof Error);
});

Deno.test("isGzip() wants the magic bytes and the method", () => {
  assert.equal(isGzip(gzipSync("")), true);
  assert.equal(isGzip(new Uint8Array([0x1f, 0x8b])), false);
  assert.equal(isGzip(new Uint8Array([0x1f, 0x8b, 7])), false);
});
