import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { openFiles } from "../../lib/source/files.ts";
import { InputError, type SavedPosition } from "../../lib/source/input.ts";
import { assertSameBytes, readAll, readSome, testSource } from "./contract.ts";
import { append, write } from "./temporary.ts";
import { withFolder } from "../with_folder.ts";

const text = (lines: string[]) => lines.map((line) => line + "\n").join("");
const bytes = (content: string) => new TextEncoder().encode(content);
/** Lines like no others. */
const lines = (name: string, from: number, to: number) =>
  text(Array.from({ length: to - from }, (_, i) => `${name} ${from + i} happened at ${(from + i) * 7919}`));

for (const suffix of ["", ".gz"]) {
  for (const follow of [false, true]) {
    testSource({
      name: `openFiles() app.log${suffix} ${follow ? "followed" : "read once"}`,
      withSource: (lines, use) =>
        withFolder(async (folder) => {
          write(`${folder}/app.log${suffix}`, text(lines));
          const { inputs } = await openFiles([`${folder}/*`], { follow });
          const resume = async (saved: SavedPosition) =>
            (await openFiles([`${folder}/*`], { follow: true, saved: [saved] })).inputs[0];
          await use({ input: inputs[0], expected: bytes(text(lines)), resume });
          inputs[0].close();
        }),
    });
  }
}

Deno.test("openFiles() orders the files of a log from oldest to newest", () =>
  withFolder(async (folder) => {
    const names = ["app.log.10.gz", "app.log.2", "app.log", "app.log.1", "other.log", "app.log-20260131.gz"];
    for (const name of names) write(`${folder}/${name}`, lines(name, 0, 3));
    const { inputs } = await openFiles([`${folder}/*`]);
    assert.deepEqual(inputs.map((input) => input.name.slice(folder.length + 1)), [
      "app.log-20260131.gz",
      "app.log.10.gz",
      "app.log.2",
      "app.log.1",
      "app.log",
      "other.log",
    ]);
    assert.deepEqual(
      new Set(inputs.map((input) => input.log)),
      new Set([`${folder}/app.log`, `${folder}/other.log`]),
    );
  }));

Deno.test("openFiles() reads a file that links and patterns name several times only once, by its own name", () =>
  withFolder(async (folder) => {
    write(`${folder}/real.log`, "one\n");
    Deno.symlinkSync("real.log", `${folder}/a-link.log`);
    Deno.linkSync(`${folder}/real.log`, `${folder}/hard.log`);
    Deno.symlinkSync("nowhere", `${folder}/dangling.log`);
    const { inputs, notes } = await openFiles([`${folder}/*.log`, `${folder}/real.log`, folder]);
    assert.equal(inputs.length, 1);
    assert.doesNotMatch(inputs[0].name, /link/);
    assert.deepEqual(notes, []);
  }));

Deno.test("openFiles() passes over pipes and folders that a wildcard hits, and notes them when they are named", () =>
  withFolder(async (folder) => {
    new Deno.Command("mkfifo", { args: [`${folder}/pipe`] }).outputSync();
    Deno.mkdirSync(`${folder}/empty`);
    write(`${folder}/app.log`, "one\n");
    const all = await openFiles([`${folder}/*`]);
    assert.deepEqual([all.inputs.length, all.notes.length], [1, 0]);
    const named = await openFiles([`${folder}/pipe`, `${folder}/empty`]);
    assert.deepEqual(named.inputs.length, 0);
    assert.deepEqual(named.notes.map((note) => note.kind), ["unreadable", "missing"]);
  }));

Deno.test("openFiles() notes a pattern that matches nothing, and a compression that it can't read", () =>
  withFolder(async (folder) => {
    Deno.writeFileSync(`${folder}/app.log.xz`, new Uint8Array([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1, 2]));
    const { inputs, notes } = await openFiles([`${folder}/*.log`, `${folder}/*.xz`]);
    assert.equal(inputs.length, 0);
    assert.deepEqual(notes.map((note) => note.kind), ["missing", "unreadable"]);
    assert.match(notes[1].text, /compressed by xz/);
  }));

Deno.test("openFiles() tells gzip by its bytes, whatever the name says", () =>
  withFolder(async (folder) => {
    Deno.writeFileSync(`${folder}/app.log.1`, gzipSync("packed\n"));
    Deno.writeFileSync(`${folder}/app.log.2.gz`, bytes("plain\n"));
    const { inputs } = await openFiles([folder]);
    assertSameBytes(await readAll(inputs[0]), bytes("plain\n"));
    assertSameBytes(await readAll(inputs[1]), bytes("packed\n"));
  }));

Deno.test("openFiles() hands out the good bytes of damaged gzip before it throws", () =>
  withFolder(async (folder) => {
    const content = bytes(lines("a", 0, 20_000));
    const packed = gzipSync(content);
    const wrongSum = packed.slice();
    wrongSum[packed.length - 6] ^= 0x55;
    const cases: [name: string, bytes: Uint8Array, least: number][] = [
      ["cut.gz", packed.subarray(0, packed.length - 4), content.length],
      ["sum.gz", wrongSum, content.length],
      ["middle.gz", Buffer.concat([packed.subarray(0, 40_000), new Uint8Array(5000).fill(0xff)]), 100_000],
    ];
    for (const [name, damaged, least] of cases) {
      Deno.writeFileSync(`${folder}/${name}`, damaged);
      const { inputs: [input] } = await openFiles([`${folder}/${name}`]);
      const good: Uint8Array[] = [];
      const target = new Uint8Array(10_000);
      await assert.rejects(async () => {
        for (let count; (count = await input.read(target)) > 0;) good.push(target.slice(0, count));
      }, InputError);
      const got = Buffer.concat(good);
      assert.ok(got.length >= least, `${name}: ${got.length} of ${least}`);
      if (name !== "middle.gz") assertSameBytes(got, content);
      assert.equal(await input.read(target), 0);
    }
  }));

Deno.test("openFiles() reads gzip of several members with zeros behind them", () =>
  withFolder(async (folder) => {
    const packed = [gzipSync("one\n"), gzipSync(""), gzipSync("two\n"), new Uint8Array(3000)];
    Deno.writeFileSync(`${folder}/app.log.gz`, Buffer.concat(packed));
    const { inputs: [input] } = await openFiles([folder]);
    assertSameBytes(await readAll(input, [3]), bytes("one\ntwo\n"));
  }));

Deno.test("openFiles() read once stops where the file ended when it was found", () =>
  withFolder(async (folder) => {
    write(`${folder}/app.log`, lines("a", 0, 10));
    const { inputs: [input] } = await openFiles([folder]);
    append(`${folder}/app.log`, lines("a", 10, 20));
    assert.equal(input.final, true);
    assertSameBytes(await readAll(input), bytes(lines("a", 0, 10)));
  }));

Deno.test("openFiles() read once finds a file that is renamed before it is read, and throws when it shrinks", () =>
  withFolder(async (folder) => {
    write(`${folder}/app.log`, lines("a", 0, 10));
    const { inputs: [input] } = await openFiles([`${folder}/*`]);
    Deno.renameSync(`${folder}/app.log`, `${folder}/app.log.1`);
    write(`${folder}/app.log`, lines("b", 0, 10));
    const first = await readSome(input, 20);
    input.close();
    assertSameBytes(first, bytes(lines("a", 0, 10)).subarray(0, 20));
    Deno.truncateSync(`${folder}/app.log.1`, 30);
    await assert.rejects(() => readAll(input), { name: "InputError", input: `${folder}/app.log` });
  }));

Deno.test("openFiles() followed does not mix a file with what replaced it during the run", () =>
  withFolder(async (folder) => {
    write(`${folder}/app.log`, lines("a", 0, 100));
    const { inputs: [input] } = await openFiles([`${folder}/*`], { follow: true });
    await readSome(input, 500);
    write(`${folder}/app.log`, lines("b", 0, 1000)); // same file, emptied and grown past the offset
    assert.equal(await input.read(new Uint8Array(100)), 0);
    const saved = await input.position(400);
    assert.equal(saved.offset, 400);
    write(`${folder}/app.log.1`, lines("a", 0, 100));
    const next = await openFiles([`${folder}/*`], { follow: true, saved: [saved] });
    assertSameBytes(await readAll(next.inputs[0]), bytes(lines("a", 0, 100)).subarray(400));
    assertSameBytes(await readAll(next.inputs[1]), bytes(lines("b", 0, 1000)));
  }));

Deno.test("openFiles() followed does not take a file for one found before that has its inode and birth time, and begins alike", () =>
  withFolder(async (folder) => {
    const banner = "#".repeat(1100) + "\n";
    write(`${folder}/app.log.1`, banner + lines("a", 0, 1));
    write(`${folder}/app.log`, banner + lines("b", 0, 20));
    const { inputs } = await openFiles([`${folder}/*`], { follow: true });
    assert.deepEqual(inputs.map((input) => input.name), [`${folder}/app.log.1`, `${folder}/app.log`]);
    // What a deletion and a new file within one tick of the clock leave: the number and birth time of the old one.
    Deno.renameSync(`${folder}/app.log.1`, `${folder}/reused`);
    write(`${folder}/app.log.2.gz`, banner + lines("a", 0, 1));
    Deno.renameSync(`${folder}/app.log`, `${folder}/app.log.1`);
    Deno.renameSync(`${folder}/reused`, `${folder}/app.log`);
    write(`${folder}/app.log`, banner + lines("c", 0, 20));
    assert.equal(await inputs[0].read(new Uint8Array(5000)), 0);
    assert.equal(await inputs[1].read(new Uint8Array(5000)), 0); // it is newer than what could not be read
    const saved = await Promise.all(inputs.map((input) => input.position(input.offset)));
    const next = await openFiles([`${folder}/*`], { follow: true, saved });
    const read: Uint8Array[] = [];
    for (const input of next.inputs) read.push(await readAll(input));
    const expected = [lines("a", 0, 1), lines("b", 0, 20), lines("c", 0, 20)].map((log) => banner + log).join(
      "",
    );
    assertSameBytes(Buffer.concat(read), bytes(expected));
    for (const input of [...inputs, ...next.inputs]) input.close();
  }));

Deno.test("openFiles() refuses saved positions that it can't trust", () =>
  withFolder(async (folder) => {
    write(`${folder}/app.log`, lines("a", 0, 10));
    const { inputs: [input] } = await openFiles([folder], { follow: true });
    await readAll(input);
    const good = await input.position(100);
    await assert.rejects(() => openFiles([folder], { saved: [good] }), TypeError);
    const wrong: [SavedPosition, ErrorConstructor][] = [
      [{ ...good, version: 2 }, RangeError],
      [{ ...good, offset: -1 }, TypeError],
      [{ ...good, offset: 99 }, RangeError],
      [{ ...good, inode: "12" }, TypeError],
      [{ ...good, marks: "100:xyz" }, SyntaxError],
      [{ ...good, ended: "maybe" }, TypeError],
      [{ ...good, extra: 1 }, TypeError],
    ];
    for (const [saved, kind] of wrong) {
      await assert.rejects(() => openFiles([folder], { follow: true, saved: [saved] }), kind);
    }
    const others = [{ name: "-", offset: 3, source: "stdin", version: 1, resumable: false }];
    assert.deepEqual((await openFiles([folder], { follow: true, saved: others })).forgotten, []);
  }));

Deno.test("openFiles() needs no permission but to read the patterns' fixed folders, and notes what it may not read", () =>
  withFolder(async (folder) => {
    for (const name of ["open", "shut"]) {
      Deno.mkdirSync(`${folder}/${name}`);
      write(`${folder}/${name}/app.log`, `${name}\n`);
      write(`${folder}/${name}/app.log.1.gz`, `${name} before\n`);
    }
    const program = `
      import { openFiles } from ${JSON.stringify(new URL("../../lib/source/files.ts", import.meta.url).href)};
      const { inputs, notes } = await openFiles(Deno.args, { follow: true });
      const target = new Uint8Array(99);
      let text = "";
      for (const input of inputs) {
        text += new TextDecoder().decode(target.subarray(0, await input.read(target)));
        JSON.stringify(await input.position(input.offset));
        input.close();
      }
      console.log(JSON.stringify({ text, kinds: notes.map((note) => note.kind) }));`;
    write(`${folder}/program.ts`, program);
    const { stdout, stderr } = await new Deno.Command("deno", {
      args: [
        ...[
          "run",
          "--no-prompt",
          "--no-check",
          "--no-config",
          `--allow-read=${folder}/open`,
          `${folder}/program.ts`,
        ],
        ...[`${folder}/open/*.log*`, `${folder}/shut/*.log*`],
      ],
    }).output();
    assert.equal(new TextDecoder().decode(stderr), "");
    assert.deepEqual(JSON.parse(new TextDecoder().decode(stdout)), {
      text: "open before\nopen\n",
      kinds: ["unreadable"],
    });
  }));

Deno.test("openFiles() followed leaves an empty file to the next run when its log was rotated before it had a line", () =>
  withFolder(async (folder) => {
    write(`${folder}/app.log`, "");
    const first = await openFiles([`${folder}/*`], { follow: true });
    write(`${folder}/app.log`, lines("a", 0, 20));
    Deno.copyFileSync(`${folder}/app.log`, `${folder}/app.log.1`);
    write(`${folder}/app.log`, lines("a", 20, 40));
    assert.equal(await first.inputs[0].read(new Uint8Array(99)), 0);
    const saved = [await first.inputs[0].position(0)];
    const { inputs } = await openFiles([`${folder}/*`], { follow: true, saved });
    const read = Buffer.concat([await readAll(inputs[0]), await readAll(inputs[1])]);
    assertSameBytes(read, bytes(lines("a", 0, 40)));
  }));

Deno.test("openFiles() followed hands out what is added to an empty file, and to one that was read to its end", () =>
  withFolder(async (folder) => {
    write(`${folder}/app.log`, "");
    const { inputs: [input] } = await openFiles([`${folder}/*`], { follow: true });
    const target = new Uint8Array(99);
    for (const line of ["one\n", "two\n", "three\n"]) {
      assert.equal(await input.read(target), 0);
      append(`${folder}/app.log`, line);
      assert.equal(await input.read(target), line.length);
    }
    assert.equal(input.final, false);
    input.close();
  }));

Deno.test("openFiles() says of each input which log it belongs to, when it was written and what it goes on from", () =>
  withFolder(async (folder) => {
    write(`${folder}/app.log.1`, "one\n");
    Deno.utimeSync(`${folder}/app.log.1`, 0, new Date(1_767_225_600_000));
    const { inputs: [first] } = await openFiles([folder], { follow: true });
    assert.deepEqual([first.log, first.modified, first.resumes], [
      `${folder}/app.log`,
      1_767_225_600_000,
      null,
    ]);
    await readAll(first);
    const saved = await first.position(4);
    const { inputs: [second] } = await openFiles([folder], { follow: true, saved: [saved] });
    assert.equal(second.resumes, saved);
  }));

Deno.test("openFiles() followed names the logs of which nothing can be seen, but may be again", () =>
  withFolder(async (folder) => {
    for (const name of ["here/app.log", "away/db.log", "away/db.log.1", "here/old.log"]) {
      Deno.mkdirSync(`${folder}/${name.split("/")[0]}`, { recursive: true });
      write(`${folder}/${name}`, lines(name, 0, 10));
    }
    const patterns = [`${folder}/here/*`, `${folder}/away/*`];
    const first = await openFiles(patterns, { follow: true }), saved: SavedPosition[] = [];
    for (const input of first.inputs) {
      await readAll(input);
      saved.push(await input.position(input.offset));
    }
    assert.deepEqual(first.unseen, []);
    Deno.renameSync(`${folder}/away`, `${folder}/elsewhere`);
    Deno.removeSync(`${folder}/here/old.log`); // deleted, not out of sight
    const second = await openFiles(patterns, { follow: true, saved });
    assert.deepEqual(second.unseen, [`${folder}/away/db.log`]);
    Deno.mkdirSync(`${folder}/away`);
    Deno.renameSync(`${folder}/elsewhere/db.log`, `${folder}/away/db.log`); // the log is seen, if not all of its files
    assert.deepEqual((await openFiles(patterns, { follow: true, saved })).unseen, []);
  }));
