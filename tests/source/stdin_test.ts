import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { InputError } from "../../lib/source/input.ts";
import { stdinInput } from "../../lib/source/stdin.ts";
import { assertSameBytes, readAll, testSource } from "./contract.ts";

function encode(lines: string[]): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(lines.map((line) => line + "\n").join(""));
}

/** A stream of these bytes in pieces of `size`, an empty one after each. */
function inPieces(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0;
  let isEmptyNext = false;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(isEmptyNext ? new Uint8Array(0) : bytes.slice(at, at += size));
      isEmptyNext = !isEmptyNext;
    },
  });
}

for (
  const [name, pack] of [["stdinInput() plain", encode], [
    "stdinInput() gzip",
    (l: string[]) => gzipSync(encode(l)),
  ]] as const
) {
  testSource({
    name,
    async withSource(lines, use) {
      const expected = encode(lines);
      const stream = lines.length === 0 ? inPieces(expected, 1) : inPieces(pack(lines), 1000);
      await use({ input: stdinInput(stream), expected, resume: null });
    },
  });
}

Deno.test("stdinInput() recognises gzip that comes a byte at a time", async () => {
  const input = stdinInput(inPieces(gzipSync("some lines\n"), 1));
  assertSameBytes(await readAll(input), encode(["some lines"]));
});

Deno.test("stdinInput() hands out one and two bytes, which are too few for gzip", async () => {
  for (const text of ["a", "\x1f\n"]) {
    assertSameBytes(await readAll(stdinInput(new Blob([text]).stream())), new TextEncoder().encode(text));
  }
});

Deno.test("stdinInput() says when gzip ends too early, after the good bytes", async () => {
  const packed = gzipSync(encode(Array.from({ length: 5000 }, (_, i) => `line ${i * 7919}`)));
  const input = stdinInput(inPieces(packed.subarray(0, packed.length >> 1), 512));
  await assert.rejects(
    () => readAll(input),
    (error) => error instanceof InputError && error.message.includes("ends too early"),
  );
  assert.ok(input.offset > 10_000);
  assert.equal(await input.read(new Uint8Array(9)), 0);
});

Deno.test("stdinInput() says when the stream breaks", async () => {
  const broken = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.error(new Error("pipe broke")),
  });
  await assert.rejects(() => stdinInput(broken).read(new Uint8Array(9)), {
    name: "InputError",
    input: "-",
    message: "Cannot read standard input: pipe broke",
  });
});

Deno.test("stdinInput() reads the process's standard input, with no permission at all", async () => {
  const program = `
    import { stdinInput } from ${JSON.stringify(new URL("../../lib/source/stdin.ts", import.meta.url).href)};
    const input = stdinInput();
    const target = new Uint8Array(100_000);
    let length = 0;
    for (let count; (count = await input.read(target)) > 0;) length += count;
    console.log(length, input.offset);`;
  const path = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(path, program);
  const args = ["run", "--no-prompt", "--no-check", "--no-config", path];
  const child = new Deno.Command("deno", { args, stdin: "piped", stdout: "piped", stderr: "piped" }).spawn();
  await new Blob(["a line of some length\n".repeat(20_000)]).stream().pipeTo(child.stdin);
  const { stdout, stderr } = await child.output();
  await Deno.remove(path);
  assert.equal(new TextDecoder().decode(stderr), "");
  assert.equal(new TextDecoder().decode(stdout), "440000 440000\n");
});
