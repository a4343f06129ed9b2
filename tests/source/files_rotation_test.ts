/**
 * A log followed by runs that are started now and then, while rotation does this and that to it.
 */
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { openFiles } from "../../lib/source/files.ts";
import type { SavedPosition } from "../../lib/source/input.ts";
import { readAll, readSome } from "./contract.ts";
import { append, write } from "./temporary.ts";
import { withFolder } from "../with_folder.ts";

const text = (lines: string[]) => lines.map((line) => line + "\n").join("");
/** Lines like no others. */
const lines = (name: string, from: number, to: number) =>
  text(Array.from({ length: to - from }, (_, i) => `${name} ${from + i} happened at ${(from + i) * 7919}`));

/** Follows as a program does that is started now and then: reads all, saves all positions. */
class Follower {
  saved = new Map<string, SavedPosition>();
  notes: string[] = [];
  kinds: string[] = [];
  constructor(readonly patterns: string[]) {}

  /** One run: what it read, by input. `most` bytes of each at most; those after `keep` count as not processed. */
  async run(most = Infinity): Promise<Record<string, string>> {
    const { inputs, notes, forgotten } = await openFiles(this.patterns, {
      follow: true,
      saved: [...this.saved.values()],
    });
    this.notes = notes.map((note) => note.text);
    this.kinds = notes.map((note) => note.kind);
    const read: Record<string, string> = {};
    for (const input of inputs) {
      const got = await (most < Infinity ? readSome(input, most) : readAll(input));
      if (got.length > 0) {
        read[input.name.slice(input.name.lastIndexOf("/") + 1)] = new TextDecoder().decode(got);
      }
      input.close();
    }
    for (const input of inputs) {
      this.saved.set(input.name, JSON.parse(JSON.stringify(await input.position(input.offset))));
    }
    for (const { name } of forgotten) this.saved.delete(name);
    return read;
  }
}

async function following(
  use: (folder: string, follower: Follower) => Promise<void>,
  pattern = "app*",
): Promise<void> {
  await withFolder((folder) => use(folder, new Follower([`${folder}/${pattern}`])));
}

Deno.test("openFiles() followed reads only what was appended, and nothing twice", () =>
  following(async (folder, follower) => {
    write(`${folder}/app.log`, lines("a", 0, 50));
    assert.deepEqual(await follower.run(), { "app.log": lines("a", 0, 50) });
    assert.deepEqual(await follower.run(), {});
    append(`${folder}/app.log`, lines("a", 50, 60));
    assert.deepEqual(await follower.run(), { "app.log": lines("a", 50, 60) });
    assert.deepEqual(follower.notes, []);
  }));

Deno.test("openFiles() survives rotation by rename", () =>
  following(async (folder, follower) => {
    write(`${folder}/app.log`, lines("a", 0, 50));
    await follower.run();
    append(`${folder}/app.log`, lines("a", 50, 60));
    Deno.renameSync(`${folder}/app.log`, `${folder}/app.log.1`);
    write(`${folder}/app.log`, lines("a", 60, 70));
    assert.deepEqual(await follower.run(), {
      "app.log.1": lines("a", 50, 60),
      "app.log": lines("a", 60, 70),
    });
    assert.deepEqual(follower.kinds, ["rotated"]);
  }));

Deno.test("openFiles() survives two rotations and compression between two runs", () =>
  following(async (folder, follower) => {
    write(`${folder}/app.log`, lines("a", 0, 500));
    await follower.run(4321);
    write(`${folder}/app.log.2.gz`, lines("a", 0, 600));
    Deno.removeSync(`${folder}/app.log`);
    write(`${folder}/app.log.1`, lines("a", 600, 700));
    write(`${folder}/app.log`, lines("a", 700, 800));
    const read = await follower.run();
    assert.deepEqual(Object.keys(read), ["app.log.2.gz", "app.log.1", "app.log"]);
    assert.equal(Object.values(read).join(""), lines("a", 0, 800).slice(4321));
    assert.deepEqual(await follower.run(), {});
  }));

Deno.test("openFiles() survives copy and truncate, with a run while copy and original coexist", () =>
  following(async (folder, follower) => {
    write(`${folder}/app.log`, lines("a", 0, 300));
    await follower.run(2000);
    append(`${folder}/app.log`, lines("a", 300, 310));
    Deno.copyFileSync(`${folder}/app.log`, `${folder}/app.log.1`);
    assert.deepEqual(await follower.run(1000), { "app.log": lines("a", 0, 310).slice(2000, 3000) });
    Deno.truncateSync(`${folder}/app.log`);
    append(`${folder}/app.log`, lines("a", 310, 900)); // longer than it ever was
    const read = await follower.run();
    assert.equal(read["app.log.1"] + read["app.log"], lines("a", 0, 900).slice(3000));
    assert.deepEqual(await follower.run(), {});
  }));

for (const more of [0, 700]) {
  const what = more === 0 ? "emptied" : "emptied and grows beyond what it was";
  Deno.test(`openFiles() reads nothing twice of a log that is ${what} while it is told from its copy, whenever that is`, async () => {
    for (let steps = 0; steps < 100; steps++) {
      await following(async (folder, follower) => {
        write(`${folder}/app.log`, lines("a", 0, 300));
        await follower.run();
        Deno.copyFileSync(`${folder}/app.log`, `${folder}/app.log.1`);
        const running = follower.run();
        for (let step = 0; step < steps; step++) await Promise.resolve();
        Deno.truncateSync(`${folder}/app.log`);
        append(`${folder}/app.log`, lines("a", 300, 300 + more));
        const first = await running;
        append(`${folder}/app.log`, lines("a", 300 + more, 310 + more));
        const read = [first, await follower.run()].flatMap((one) => Object.values(one)).join("");
        assert.equal(read, lines("a", 300, 310 + more), `after ${steps} steps`);
      });
    }
  });
}

Deno.test("openFiles() knows a half-made copy, and one that ends before what was read", () =>
  following(async (folder, follower) => {
    write(`${folder}/app.log`, lines("a", 0, 300));
    await follower.run();
    write(`${folder}/app.log.1`, lines("a", 0, 120));
    assert.deepEqual(await follower.run(), {});
    write(`${folder}/app.log.1`, lines("a", 0, 300));
    append(`${folder}/app.log`, lines("a", 300, 305));
    assert.deepEqual(await follower.run(), { "app.log": lines("a", 300, 305) });
    Deno.truncateSync(`${folder}/app.log`);
    append(`${folder}/app.log`, lines("a", 305, 310));
    assert.deepEqual(await follower.run(), { "app.log": lines("a", 305, 310) });
  }));

Deno.test("openFiles() knows a copy that was read past before it was seen", () =>
  following(async (folder, follower) => {
    write(`${folder}/app.log`, lines("a", 0, 305));
    await follower.run();
    write(`${folder}/app.log.1`, lines("a", 0, 300));
    write(`${folder}/app.log`, lines("a", 305, 307)); // same file, emptied and written to
    assert.deepEqual(await follower.run(), { "app.log": lines("a", 305, 307) });
    assert.deepEqual(follower.kinds, ["rotated"]);
    assert.deepEqual(await follower.run(), {});
  }));

Deno.test("openFiles() never reads a backup of a log again, even when the log is long gone", () =>
  following(async (folder, follower) => {
    write(`${folder}/app.log`, lines("a", 0, 300));
    await follower.run();
    Deno.copyFileSync(`${folder}/app.log`, `${folder}/app.log.bak`);
    assert.deepEqual(await follower.run(), {});
    append(`${folder}/app.log`, lines("a", 300, 400));
    await follower.run();
    Deno.removeSync(`${folder}/app.log`);
    assert.deepEqual(await follower.run(), {});
    assert.deepEqual(await follower.run(), {});
  }));

Deno.test("openFiles() waits for a compressed copy that is being written beside its original", () =>
  following(async (folder, follower) => {
    const packed = gzipSync(lines("a", 0, 3000));
    write(`${folder}/app.log.1`, lines("a", 0, 3000));
    Deno.writeFileSync(`${folder}/app.log.1.gz`, packed.subarray(0, 5000));
    assert.deepEqual(await follower.run(10_000), { "app.log.1": lines("a", 0, 3000).slice(0, 10_000) });
    Deno.writeFileSync(`${folder}/app.log.1.gz`, packed);
    assert.deepEqual(await follower.run(10_000), { "app.log.1": lines("a", 0, 3000).slice(10_000, 20_000) });
    Deno.removeSync(`${folder}/app.log.1`);
    assert.deepEqual(await follower.run(), { "app.log.1.gz": lines("a", 0, 3000).slice(20_000) });
    assert.deepEqual(await follower.run(), {});
  }));

Deno.test("openFiles() waits once for a gzip file that ends too early, then says that it is damaged", () =>
  following(async (folder, follower) => {
    const packed = gzipSync(lines("a", 0, 3000));
    Deno.writeFileSync(`${folder}/app.log.1.gz`, packed.subarray(0, 5000));
    const first = (await follower.run())["app.log.1.gz"];
    assert.equal(first, lines("a", 0, 3000).slice(0, first.length));
    assert.deepEqual(await follower.run(), {});
    assert.deepEqual(follower.kinds, ["damaged"]);
    assert.deepEqual(await follower.run(), {});
    assert.deepEqual(follower.kinds, []);
    Deno.writeFileSync(`${folder}/app.log.1.gz`, packed);
    assert.equal((await follower.run())["app.log.1.gz"], lines("a", 0, 3000).slice(first.length));
  }));

Deno.test("openFiles() reads a truncated file from its new beginning and says so", () =>
  following(async (folder, follower) => {
    write(`${folder}/app.log`, lines("a", 0, 300));
    await follower.run();
    write(`${folder}/app.log`, lines("b", 0, 10));
    assert.deepEqual(await follower.run(), { "app.log": lines("b", 0, 10) });
    assert.deepEqual(follower.kinds, ["truncated"]);
  }));

Deno.test("openFiles() reads a file that was replaced by another of the same size", () =>
  following(async (folder, follower) => {
    write(`${folder}/app.log`, lines("a", 0, 300));
    await follower.run();
    write(`${folder}/app.log`, lines("b", 0, 300));
    assert.deepEqual(await follower.run(), { "app.log": lines("b", 0, 300) });
    write(`${folder}/new`, lines("c", 0, 300));
    Deno.renameSync(`${folder}/new`, `${folder}/app.log`);
    assert.deepEqual(await follower.run(), { "app.log": lines("c", 0, 300) });
    assert.deepEqual(follower.kinds, ["deleted"]);
  }));

Deno.test("openFiles() goes on in a file that was written anew with the same beginning, as rsync does", () =>
  following(async (folder, follower) => {
    write(`${folder}/app.log`, lines("a", 0, 30));
    await follower.run();
    write(`${folder}/new`, lines("a", 0, 40));
    Deno.renameSync(`${folder}/new`, `${folder}/app.log`);
    assert.deepEqual(await follower.run(), { "app.log": lines("a", 30, 40) });
  }));

Deno.test("openFiles() tells logs apart that begin with the same 1,500 bytes", () =>
  following(async (folder, follower) => {
    const banner = "=".repeat(1499) + "\n";
    write(`${folder}/app-a.log`, banner + lines("a", 0, 50));
    write(`${folder}/app-b.log`, banner + lines("b", 0, 50));
    await follower.run();
    Deno.renameSync(`${folder}/app-a.log`, `${folder}/swap`);
    Deno.renameSync(`${folder}/app-b.log`, `${folder}/app-a.log`);
    Deno.renameSync(`${folder}/swap`, `${folder}/app-b.log`);
    append(`${folder}/app-b.log`, lines("a", 50, 60));
    assert.deepEqual(await follower.run(), { "app-b.log": lines("a", 50, 60) });
    Deno.removeSync(`${folder}/app-b.log`);
    write(`${folder}/app-b.log`, banner + lines("c", 0, 100));
    assert.deepEqual(await follower.run(), { "app-b.log": banner + lines("c", 0, 100) });
  }));

Deno.test("openFiles() reads a short rotated file that shares nothing but the banner with what was read", () =>
  following(async (folder, follower) => {
    const banner = "=".repeat(1099) + "\n";
    write(`${folder}/app.log`, banner + lines("a", 0, 100));
    await follower.run();
    write(`${folder}/app.log.1`, banner + lines("b", 0, 10));
    write(`${folder}/app.log`, "");
    assert.deepEqual(await follower.run(), { "app.log.1": banner + lines("b", 0, 10) });
  }));

Deno.test("openFiles() knows a copy that was made a few lines before the last one read", () =>
  following(async (folder, follower) => {
    write(`${folder}/app.log`, lines("a", 0, 105));
    await follower.run();
    write(`${folder}/app.log.1`, lines("a", 0, 100));
    write(`${folder}/app.log`, lines("b", 0, 10));
    assert.deepEqual(await follower.run(), { "app.log": lines("b", 0, 10) });
  }));

Deno.test("openFiles() does not take a day's file for the copy of another day's with the same lines", () =>
  following(async (folder, follower) => {
    write(`${folder}/app-2026-01-30.log`, "backup done\n");
    await follower.run();
    write(`${folder}/app-2026-01-31.log`, "backup done\n");
    assert.deepEqual(await follower.run(), { "app-2026-01-31.log": "backup done\n" });
    Deno.removeSync(`${folder}/app-2026-01-30.log`);
    write(`${folder}/app-2026-02-01.log`, "backup done\n");
    assert.deepEqual(await follower.run(), { "app-2026-02-01.log": "backup done\n" });
  }));

Deno.test("openFiles() forgets a deleted file, but not one that can't be seen at the moment", () =>
  following(async (folder, follower) => {
    write(`${folder}/app.log.1`, lines("a", 0, 30));
    write(`${folder}/app.log`, lines("a", 30, 60));
    await follower.run();
    Deno.removeSync(`${folder}/app.log.1`);
    await follower.run();
    assert.deepEqual(follower.kinds, ["deleted"]);
    assert.deepEqual([...follower.saved.keys()], [`${folder}/app.log`]);
    Deno.renameSync(`${folder}/app.log`, `${folder}/hidden`);
    await follower.run();
    assert.deepEqual(follower.kinds, ["missing"]);
    assert.deepEqual([...follower.saved.keys()], [`${folder}/app.log`]);
    Deno.renameSync(`${folder}/hidden`, `${folder}/app.log`);
    assert.deepEqual(await follower.run(), {});
  }));

Deno.test("openFiles() follows a log into another folder, compressed on the way", () =>
  withFolder(async (folder) => {
    Deno.mkdirSync(`${folder}/old`);
    const follower = new Follower([`${folder}/app.log`, `${folder}/old/*`]);
    write(`${folder}/app.log`, lines("a", 0, 100));
    await follower.run();
    write(`${folder}/old/app.log-20260131.gz`, lines("a", 0, 130));
    write(`${folder}/app.log`, lines("a", 130, 135));
    assert.equal(Object.values(await follower.run()).sort().join(""), lines("a", 100, 135));
  }));

Deno.test("openFiles() follows a file under a name with special characters", () =>
  withFolder(async (folder) => {
    const name = `${folder}/app [1] *{ä}?.log`;
    const follower = new Follower([name]);
    write(name, "one\n");
    write(`${folder}/app 1 xa.log`, "other\n");
    assert.deepEqual(Object.values(await follower.run()), ["one\n"]);
    append(name, "two\n");
    assert.deepEqual(Object.values(await follower.run()), ["two\n"]);
  }));
