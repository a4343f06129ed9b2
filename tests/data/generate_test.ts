import assert from "node:assert/strict";
import { ensureSample, FILES, generateSample, type SampleSummary } from "../../data/generate.ts";
import { folder, linesOf, records, root, summary } from "./sample.ts";

async function hash(path: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", Deno.readFileSync(path));
  return new Uint8Array(digest).toHex();
}

async function hashes(where: string): Promise<Record<string, string>> {
  const names = [...Deno.readDirSync(where)].map((entry) => entry.name).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await hash(`${where}/${name}`)])),
  );
}

Deno.test("generateSample() gives the same bytes for the same seed, others for another", async () => {
  const options = { days: 4, scale: .3 };
  generateSample(`${folder}/a`, { seed: 7, ...options });
  generateSample(`${folder}/b`, { seed: 7, ...options });
  generateSample(`${folder}/c`, { seed: 8, ...options });
  const [a, b, c] = await Promise.all(["a", "b", "c"].map((name) => hashes(`${folder}/${name}`)));
  assert.deepEqual(a, b);
  for (const name of Object.values(FILES)) assert.notEqual(a[name], c[name], name);
});

/** Changes only together with the summary's version. */
const DIGEST_OF_SEED_1 = "85a7c9f0ba41a7616a7ea091e1e6d272";

Deno.test("generateSample() gives these bytes for seed 1, on every machine", async () => {
  const all = JSON.stringify(await hashes(`${folder}/sample`));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(all))).toHex();
  assert.deepEqual([summary.version, digest.slice(0, 32)], [1, DIGEST_OF_SEED_1]);
});

Deno.test("generateSample() says how many lines and bytes it wrote", () => {
  for (const { name, lines, bytes } of summary.files) {
    assert.deepEqual(
      [lines, bytes],
      [linesOf(name).length, Deno.statSync(`${folder}/sample/${name}`).size],
      name,
    );
  }
  assert.equal(summary.lines, summary.files.reduce((sum, file) => sum + file.lines, 0));
});

Deno.test("generateSample() makes 150,000 to 250,000 lines, 20 to 32 MB", () => {
  assert.ok(summary.lines >= 150_000 && summary.lines <= 250_000, `${summary.lines}`);
  assert.ok(summary.bytes >= 20e6 && summary.bytes <= 32e6, `${summary.bytes}`);
});

Deno.test("generateSample() writes every line in its file's format and in the order of time", () => {
  for (const [name, list] of Object.entries(records)) {
    assert.ok(list.length > 10_000, name);
    assert.ok(list[0].time >= summary.start && list.at(-1)!.time < summary.end, name);
    for (let i = 1; i < list.length; i++) assert.ok(list[i].time >= list[i - 1].time, list[i].head);
  }
});

Deno.test("generateSample() dates the files by their last lines, for logs that name no year", () => {
  for (const name of Object.values(FILES)) {
    assert.equal(Deno.statSync(`${folder}/sample/${name}`).mtime!.getTime(), summary.end, name);
  }
});

Deno.test("generateSample() has no part that looks at the clock or rolls unseeded dice", () => {
  for (const where of ["data", "data/shop"]) {
    for (const entry of Deno.readDirSync(root + where)) {
      if (!entry.name.endsWith(".ts")) continue;
      const code = Deno.readTextFileSync(`${root}${where}/${entry.name}`).replaceAll(/\/\*[\s\S]*?\*\//g, "");
      assert.doesNotMatch(
        code,
        /Date\.now|new Date\(\)|performance\.now|Math\.random|getRandomValues/,
        entry.name,
      );
    }
  }
});

Deno.test("generateSample() throws away what an interruption left, and replaces an earlier sample", () => {
  const options = { days: 1, scale: .2 }, target = `${folder}/again`;
  Deno.mkdirSync(`${target}.partial`);
  Deno.writeTextFileSync(`${target}.partial/auth.log`, "cut sho");
  const first = generateSample(target, options), second = generateSample(target, options);
  assert.deepEqual(first, second);
  assert.throws(() => Deno.statSync(`${target}.partial`), Deno.errors.NotFound);
});

Deno.test("generateSample() leaves a folder alone that is not a sample", () => {
  const target = `${folder}/mine`;
  Deno.mkdirSync(target);
  Deno.writeTextFileSync(`${target}/letter.txt`, "dear");
  assert.throws(() => generateSample(target), /Cannot generate sample: folder holds something else/);
  assert.equal(Deno.readTextFileSync(`${target}/letter.txt`), "dear");
});

Deno.test("generateSample() refuses options out of range", () => {
  for (
    const options of [{ seed: -1 }, { seed: .5 }, { days: 0 }, { days: 1.5 }, { scale: 0 }, { scale: 11 }]
  ) {
    assert.throws(() => generateSample(`${folder}/never`, options), RangeError);
  }
  assert.throws(() => Deno.statSync(`${folder}/never`), Deno.errors.NotFound);
});

Deno.test("ensureSample() makes a sample once, and again for other options", () => {
  const target = `${folder}/kept`, options = { days: 1, scale: .2 };
  const made = (more: { seed?: number }) => ensureSample(target, { ...options, ...more }).made;
  assert.deepEqual([made({}), made({}), made({ seed: 2 }), made({ seed: 2 })], [true, false, true, false]);
});

Deno.test("ensureSample() makes a sample of another version anew", () => {
  const target = `${folder}/old`, options = { days: 1, scale: .2 };
  const { summary } = ensureSample(target, options);
  const older: SampleSummary = { ...summary, version: summary.version - 1 };
  Deno.writeTextFileSync(`${target}/sample.json`, JSON.stringify(older));
  assert.deepEqual(ensureSample(target, options), { summary, made: true });
});

async function generate(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const rights = ["--no-prompt", `--allow-read=${folder}`, `--allow-write=${folder}`];
  const command = new Deno.Command("deno", {
    args: ["run", "--quiet", ...rights, `${root}data/generate.ts`, ...args],
    stdout: "piped",
    stderr: "piped",
  });
  const { code, stdout, stderr } = await command.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test("data/generate.ts runs with leave for its folder only", async () => {
  const target = `${folder}/by-command`;
  const { code, out, err } = await generate(target, "--seed", "3", "--days", "1");
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, /by-command: \d+ lines, \d+\.\d MB, 0 incidents, 0 harmless\n$/);
  assert.equal(JSON.parse(Deno.readTextFileSync(`${target}/sample.json`)).seed, 3);
});

Deno.test("data/generate.ts ends with 2 and its help on a wrong argument", async () => {
  for (const words of [["--sed", "3"], ["--seed", "x"], ["--days"], ["one", "two"]]) {
    const { code, err } = await generate(...words);
    assert.equal(code, 2);
    assert.match(err, /^Cannot read .*\n\nMakes the sample/);
  }
});
