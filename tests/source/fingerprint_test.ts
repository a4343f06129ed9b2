import assert from "node:assert/strict";
import fc from "fast-check";
import { formatMarks, hashBytes, MARK_REACH, parseMarks, Trail } from "../../lib/source/fingerprint.ts";

/** With about as many line ends as a log has, or many more. */
const bytes = fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 3000, size: "max" }), fc.boolean())
  .map(([all, dense]) => all.map((byte) => dense && byte < 50 ? 10 : byte));
const cuts = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 10 });

/** Where marks are expected up to `offset`. */
function expectedEnds(all: Uint8Array, offset: number): number[] {
  const lines = Array.from(all.subarray(0, offset), (byte, i) => byte === 10 ? i + 1 : 0);
  const lasting = [64, 128, 256, 512, 1024, 2048, 4096];
  const before = new Set([
    ...lasting.filter((n) => n < offset),
    ...lines.filter((n) => n > 0 && n < offset && !(n >= 64 && Number.isInteger(Math.log2(n)))).slice(-32),
  ]);
  return [...before, offset].filter((n) => n > 0).sort((a, b) => a - b);
}

/** Adds bytes in pieces of these lengths, in turn. */
function addInPieces(trail: Trail, all: Uint8Array, lengths: number[]): void {
  for (let at = 0, i = 0; at < all.length; i++) {
    const length = lengths[i % lengths.length];
    trail.add(all.subarray(at, at + length));
    at += length;
  }
}

Deno.test("Trail.marksAt() is the same wherever reads were cut, and covers the bytes right before each mark", () => {
  fc.assert(fc.property(bytes, cuts, fc.nat(), (all, lengths, at) => {
    const offset = at % (all.length + 1);
    const trail = new Trail();
    addInPieces(trail, all, lengths);
    const marks = trail.marksAt(offset)!;
    assert.deepEqual(marks.map((mark) => mark.end), expectedEnds(all, offset));
    for (const { end, hash } of marks) {
      assert.equal(hash, hashBytes(all.subarray(Math.max(0, end - MARK_REACH), end)));
    }
  }));
});

Deno.test("Trail goes on from saved marks as if it had never stopped", () => {
  fc.assert(fc.property(bytes, bytes, cuts, (begun, after, lengths) => {
    const before = Uint8Array.of(...begun, 10); // positions are saved at line ends
    const whole = new Trail();
    whole.add(before);
    const resumed = new Trail({ offset: before.length, marks: whole.marksAt(before.length)! });
    resumed.precede(before.slice(-MARK_REACH));
    addInPieces(whole, after, lengths);
    addInPieces(resumed, after, lengths);
    const end = before.length + after.length;
    assert.deepEqual(resumed.marksAt(end), whole.marksAt(end));
    assert.deepEqual(resumed.marksAt(before.length), whole.marksAt(before.length));
  }));
});

Deno.test("Trail.marksAt() knows two reads back, and says null where it no longer does", () => {
  const trail = new Trail();
  for (let i = 0; i < 6; i++) trail.add(new Uint8Array(200_000).fill(i));
  assert.notEqual(trail.marksAt(800_000), null);
  assert.equal(trail.marksAt(300_000), null);
  assert.notEqual(trail.marksAt(262_144), null); // a lasting mark
  trail.trim(2000);
  assert.equal(trail.marksAt(1_190_000), null);
  assert.deepEqual(trail.marksAt(1_199_500)!.at(-1), {
    end: 1_199_500,
    hash: hashBytes(new Uint8Array(1024).fill(5)),
  });
  assert.equal(trail.tail(9).length, 9);
});

Deno.test("Trail of a log that is read once knows the last bytes and their mark, however reads were cut", () => {
  fc.assert(
    fc.property(bytes, fc.array(fc.integer({ min: 1, max: 2500 }), { minLength: 1 }), (all, lengths) => {
      const trail = new Trail(undefined, true), from = Math.max(0, all.length - MARK_REACH);
      addInPieces(trail, all, lengths);
      assert.equal(trail.offset, all.length);
      assert.deepEqual(trail.tail(256), all.slice(Math.max(0, all.length - 256)));
      assert.deepEqual(trail.marksAt(all.length)?.at(-1), {
        end: all.length,
        hash: hashBytes(all.subarray(from)),
      });
    }),
  );
});

Deno.test("hashBytes() differs where one byte, its place or the length differs", () => {
  const hashes = new Set<string>();
  for (let length = 0; length < 200; length++) hashes.add(hashBytes(new Uint8Array(length)));
  for (let place = 0; place < 200; place++) {
    for (let value = 1; value < 256; value++) {
      const bytes = new Uint8Array(200);
      bytes[place] = value;
      hashes.add(hashBytes(bytes));
    }
  }
  assert.equal(hashes.size, 200 + 200 * 255);
});

Deno.test("parseMarks() reads what formatMarks() wrote and refuses anything else", () => {
  const hash = "0123456789abcdef";
  assert.deepEqual(parseMarks(""), []);
  assert.deepEqual(parseMarks(formatMarks([{ end: 64, hash }, { end: 70, hash }])), [{ end: 64, hash }, {
    end: 70,
    hash,
  }]);
  for (
    const text of [
      "64",
      `64:${hash},`,
      `70:${hash},64:${hash}`,
      `0:${hash}`,
      `-1:${hash}`,
      `64:${hash.toUpperCase()}`,
    ]
  ) {
    assert.throws(() => parseMarks(text), SyntaxError, text);
  }
});
