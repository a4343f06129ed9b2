/**
 * What every source must do, whatever it reads from.
 *
 * @module
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Input, SavedPosition } from "../../lib/source/input.ts";

/** An input under test. */
export interface OpenedSource {
  input: Input;
  /** All bytes that it has to hand out. */
  expected: Uint8Array;
  /** Goes on from a saved position; `null` for a source that can't. */
  resume: ((saved: SavedPosition) => Promise<Input>) | null;
}

/** A kind of source: how to make one that holds these lines. */
export interface SourceCase {
  name: string;
  /** Runs `use` with a source that holds the lines, and clears away what it made. */
  withSource(lines: string[], use: (source: OpenedSource) => Promise<void>): Promise<void>;
}

const LINES = Array.from(
  { length: 400 },
  (_, i) => `2026-01-31 12:00:00 INFO line ${i} ${"ä€😀".repeat(i % 7)}`,
);

/** Reads an input to where nothing more comes; targets get the lengths in turn. */
export async function readAll(input: Input, lengths: number[] = [65_536]): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let i = 0;; i++) {
    const target = new Uint8Array(lengths[i % lengths.length]);
    const count = await input.read(target);
    if (count === 0) return Buffer.concat(parts);
    parts.push(target.slice(0, count));
  }
}

/** Reads exactly so many bytes, or fewer where the input ends. */
export async function readSome(input: Input, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let at = 0;
  while (at < length) {
    const count = await input.read(bytes.subarray(at));
    if (count === 0) break;
    at += count;
  }
  return bytes.subarray(0, at);
}

/** Same bytes; says where they part instead of printing them all. */
export function assertSameBytes(actual: Uint8Array, expected: Uint8Array): void {
  if (Buffer.compare(actual, expected) === 0) return;
  let at = 0;
  while (at < actual.length && actual[at] === expected[at]) at++;
  const show = (bytes: Uint8Array) =>
    JSON.stringify(new TextDecoder().decode(bytes.slice(Math.max(0, at - 20), at + 40)));
  assert.fail(
    `${actual.length} bytes, expected ${expected.length}; apart at ${at}: ${show(actual)}, expected ${
      show(expected)
    }`,
  );
}

/** Registers the tests that a source has to pass. */
export function testSource({ name, withSource }: SourceCase): void {
  Deno.test(`${name}: read() hands out every byte in order, whatever the target's length`, async () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(lengths, async (lengths) => {
        await withSource(LINES, async ({ input, expected }) => {
          assertSameBytes(await readAll(input, lengths), expected);
          assert.equal(input.offset, expected.length);
        });
      }),
      { numRuns: 10 },
    );
  });

  Deno.test(`${name}: read() returns 0 at the end, again and again`, async () => {
    await withSource(LINES.slice(0, 3), async ({ input }) => {
      await readAll(input);
      for (let i = 0; i < 3; i++) assert.equal(await input.read(new Uint8Array(8)), 0);
    });
  });

  Deno.test(`${name}: read() hands out nothing of an input without lines`, async () => {
    await withSource([], async ({ input }) => {
      assert.equal(await input.read(new Uint8Array(8)), 0);
      assert.equal(input.offset, 0);
    });
  });

  Deno.test(`${name}: read() writes nothing behind the bytes that it counts`, async () => {
    await withSource(LINES.slice(0, 2), async ({ input }) => {
      const target = new Uint8Array(100_000).fill(0xee);
      const count = await input.read(target);
      assert.ok(count > 0);
      assert.ok(target.subarray(count).every((byte) => byte === 0xee));
    });
  });

  Deno.test(`${name}: position() refuses an offset that was not read`, async () => {
    await withSource(LINES, async ({ input }) => {
      await readSome(input, 100);
      for (const offset of [-1, .5, NaN, input.offset + 1]) {
        await assert.rejects(() => input.position(offset), RangeError);
      }
    });
  });

  Deno.test(`${name}: position() is plain JSON with name and offset`, async () => {
    await withSource(LINES, async ({ input }) => {
      await readSome(input, 3000);
      const saved = await input.position(2999);
      assert.equal(saved.name, input.name);
      assert.equal(saved.offset, 2999);
      assert.deepEqual(JSON.parse(JSON.stringify(saved)), saved);
      assert.ok(Object.values(saved).every((value) => value === null || typeof value !== "object"));
    });
  });

  Deno.test(`${name}: close() gives up nothing that read() has still to hand out`, async () => {
    await withSource(LINES, async ({ input, expected }) => {
      input.close();
      const first = await readSome(input, 1234);
      input.close();
      input.close();
      assertSameBytes(Buffer.concat([first, await readAll(input, [777])]), expected);
    });
  });

  Deno.test(`${name}: rewind() goes back to where it began to be read`, async () => {
    await withSource(LINES, async ({ input, expected, resume }) => {
      if (resume === null || input.rewind === undefined) return assert.equal(input.rewind, undefined);
      await readSome(input, 3000);
      const saved = await input.position(2500), resumed = await resume(saved);
      for (const [again, from] of [[input, 0], [resumed, 2500]] as const) {
        await readAll(again);
        again.rewind!();
        assert.equal(again.offset, from);
        assert.deepEqual(await again.position(from), from === 0 ? { ...saved, offset: 0, marks: "" } : saved);
        assertSameBytes(await readAll(again), expected.subarray(from));
      }
    });
  });

  Deno.test(`${name}: position() at any offset is where a resumed input goes on`, async () => {
    await withSource(LINES, async ({ input, expected, resume }) => {
      if (resume === null) return assert.equal((await input.position(0)).resumable, false);
      await readSome(input, expected.length - 10);
      for (const offset of [0, 1, 63, 64, 65, 1023, 1024, 1025, 5000, expected.length - 10]) {
        const resumed = await resume(JSON.parse(JSON.stringify(await input.position(offset))));
        assert.equal(resumed.offset, offset);
        assertSameBytes(await readAll(resumed, [333]), expected.subarray(offset));
      }
    });
  });

  Deno.test(`${name}: position() of a resumed input is exact again`, async () => {
    await withSource(LINES, async ({ input, expected, resume }) => {
      if (resume === null) return assert.equal((await input.position(0)).resumable, false);
      const parts: Uint8Array[] = [];
      let present = input;
      for (let offset = 0; offset < expected.length; offset += 1500) {
        const bytes = await readSome(present, 2000); // 500 more than are kept
        parts.push(bytes.slice(0, 1500));
        const saved = await present.position(Math.min(offset + 1500, present.offset));
        present.close();
        present = await resume(saved);
      }
      assertSameBytes(Buffer.concat(parts), expected);
    });
  });
}
