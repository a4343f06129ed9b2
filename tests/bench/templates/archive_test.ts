import assert from "node:assert/strict";
import { deflateRawSync, gzipSync } from "node:zlib";
import { archiveFiles } from "./archive.ts";

const encoder = new TextEncoder();

/** A zip of files, packed or stored by turns. */
function zipOf(files: Record<string, string>): Uint8Array {
  const locals: number[] = [],
    directory: number[] = [],
    two = (n: number) => [n & 255, n >> 8],
    four = (n: number) => [...two(n & 65535), ...two(n >>> 16)];
  Object.entries(files).forEach(([path, text], i) => {
    const name = encoder.encode(path),
      plain = encoder.encode(text),
      method = i % 2 === 0 ? 8 : 0,
      body = method === 8 ? deflateRawSync(plain) : plain;
    const shared = [
      ...two(20),
      ...two(0),
      ...two(method),
      ...four(0),
      ...four(0),
      ...four(body.length),
      ...four(plain.length),
      ...two(name.length),
      ...two(0),
    ];
    directory.push(
      ...four(0x02014b50),
      ...two(20),
      ...shared,
      ...two(0),
      ...two(0),
      ...two(0),
      ...four(0),
      ...four(locals.length),
      ...name,
    );
    locals.push(...four(0x04034b50), ...shared, ...name, ...body);
  });
  const count = two(Object.keys(files).length);
  return Uint8Array.from([
    ...locals,
    ...directory,
    ...four(0x06054b50),
    ...four(0),
    ...count,
    ...count,
    ...four(directory.length),
    ...four(locals.length),
    ...two(0),
  ]);
}

/** A tar block by block. */
function tarOf(files: [path: string, text: string, type?: string][]): Uint8Array {
  const blocks = files.flatMap(([path, text, type = "0"]) => {
    const body = encoder.encode(text),
      header = new Uint8Array(512),
      padded = new Uint8Array(Math.ceil(body.length / 512) * 512);
    header.set(encoder.encode(path.slice(0, 100)));
    header.set(encoder.encode(body.length.toString(8).padStart(11, "0")), 124);
    header.set(encoder.encode(type), 156);
    padded.set(body);
    return [...header, ...padded];
  });
  return Uint8Array.from([...blocks, ...new Uint8Array(1024)]);
}

function read(bytes: Uint8Array, wanted = (_: string) => true) {
  const path = Deno.makeTempFileSync();
  Deno.writeFileSync(path, bytes);
  try {
    return archiveFiles(path, wanted);
  } finally {
    Deno.removeSync(path);
  }
}

Deno.test("archiveFiles() reads zip, packed and stored, in the order of paths", () => {
  const files = { "b.py": "import b\n".repeat(50), "a/x.py": "ä = 1\n", "c.txt": "no" };
  assert.deepEqual(read(zipOf(files), (path) => path.endsWith(".py")), [
    { path: "a/x.py", text: files["a/x.py"] },
    { path: "b.py", text: files["b.py"] },
  ]);
});

Deno.test("archiveFiles() reads gzipped tar with long names", () => {
  const long = `package/${"deep/".repeat(30)}x.js`, record = `path=${long}\n`;
  const tar = tarOf([["package/", "", "5"], ["package/b.js", "b();\n".repeat(300)], [
    "pax",
    `${record.length + 4} ${record}`,
    "x",
  ], [long.slice(0, 100), "a();"]]);
  assert.deepEqual(read(gzipSync(tar)).map(({ path, text }) => [path, text.length]), [
    ["package/b.js", 1500],
    [long, 4],
  ]);
});

Deno.test("archiveFiles() refuses what is no archive", () => {
  assert.throws(
    () => read(encoder.encode("PK but nothing else, for many bytes")),
    /^SyntaxError: Cannot read zip/,
  );
});
