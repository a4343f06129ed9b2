import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { SCHEMA_VERSION } from "../../../lib/store/schema.ts";
import { type LiveFolder, makeLiveFolder, withLiveFolder } from "./live_folder.ts";
import { calmLines, type TaskResult } from "./task.ts";

function refused({ code, stdout, stderr }: TaskResult, message: RegExp, expected = 1): void {
  assert.equal(code, expected, stderr);
  assert.equal(stdout, "");
  assert.match(stderr, message);
  assert.doesNotMatch(stderr, /\n\s+at /, "no stack trace");
}

/** Runs once, does something to the model's file, and runs again. */
async function withModel(change: (text: string) => string, message: RegExp): Promise<void> {
  await withLiveFolder({}, async (live) => {
    await live.runHere("detect");
    const path = `${live.path}/models/v0001/model.json`, before = live.rows("select * from input");
    await Deno.writeTextFile(path, change(await Deno.readTextFile(path)));
    live.append(...calmLines(10, 240));
    refused(await live.runHere("detect"), message);
    assert.deepEqual(live.rows("select * from input"), before);
  });
}

Deno.test("detect refuses a model of another format", () =>
  withModel(
    (text) => text.replace(/"format":\d+/, '"format":99'),
    /Cannot use model v0001: it has format 99, this program knows \d+; train a new one/,
  ));

Deno.test("detect refuses a truncated model", () =>
  withModel((text) => text.slice(0, 700), /Cannot use model v0001 in .*: SyntaxError/));

Deno.test("detect refuses a model with a part missing", () =>
  withModel((text) => text.replace(/"scopes":/, '"scoops":'), /Cannot use model v0001: .*; train a new one/));

Deno.test("detect refuses an active version that isn't there", () =>
  withLiveFolder({}, async (live) => {
    await live.runHere("detect");
    await Deno.remove(`${live.path}/models/v0001`, { recursive: true });
    refused(await live.runHere("detect"), /Cannot use model v0001 in .*: there is no such version/);
  }));

/** Replaces the state database. */
async function spoil(
  live: LiveFolder,
  change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array,
): Promise<void> {
  const path = `${live.path}/state/state.db`;
  await Deno.writeFile(path, change(await Deno.readFile(path)));
}

Deno.test("detect refuses a state file that is no database", () =>
  withLiveFolder({}, async (live) => {
    await live.runHere("detect");
    await spoil(live, () => new TextEncoder().encode("not a database at all, whatever its name says"));
    refused(
      await live.runHere("detect"),
      /Cannot open the state database: .*state\.db: file is not a database/,
    );
  }));

Deno.test("detect refuses a state file that is damaged inside", () =>
  withLiveFolder({}, async (live) => {
    await live.runHere("detect");
    await spoil(live, (bytes) => bytes.fill(0xaa, 4096));
    refused(await live.runHere("detect"), /malformed/);
  }));

Deno.test("detect refuses a state of a newer schema", () =>
  withLiveFolder({}, async (live) => {
    await live.runHere("detect");
    const database = new DatabaseSync(`${live.path}/state/state.db`);
    database.exec(`pragma user_version = ${SCHEMA_VERSION + 1}`);
    database.close();
    refused(
      await live.runHere("detect"),
      new RegExp(`schema version ${SCHEMA_VERSION + 1}, this program knows up to`),
    );
  }));

Deno.test("detect refuses settings with an unknown key, a wrong type or a bad length of time, with line and example", () =>
  withLiveFolder({}, async (live) => {
    const path = `${live.path}/deepscan.yaml`, settings = await Deno.readTextFile(path);
    const wrong: [string, string, RegExp][] = [
      ["clock:", "clok:", /deepscan\.yaml:1: streams\[0\]\.clok: unknown key; did you mean "clock"/],
      ["2h", "2 bananas", /deepscan\.yaml:1: streams\[0\]\.min_history: expected a length of time .*5m/],
      ['["logs/*.log*"]', "17", /deepscan\.yaml:1: streams\[0\]\.inputs: /],
      ["streams: [{", "streams: [{{", /deepscan\.yaml:1: .*not YAML/],
    ];
    for (const [from, to, message] of wrong) {
      await Deno.writeTextFile(path, settings.replace(from, to));
      refused(await live.runHere("detect"), message, 2);
    }
  }));

/** Mounts a small file system; `null` where this user may not. */
async function smallDisk(): Promise<string | null> {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return null;
  const folder = await Deno.makeTempDir({ prefix: "small" });
  const { success } = await new Deno.Command("mount", {
    args: ["-t", "tmpfs", "-o", "size=1400k", "tmpfs", folder],
    stderr: "null",
  }).output();
  if (success) return folder;
  await Deno.remove(folder);
  return null;
}

const disk = await smallDisk();

Deno.test({
  name: `detect on a full disk fails, says so, and goes on when there is room${
    disk === null ? " (skipped: no right to mount a small disk here)" : ""
  }`,
  ignore: disk === null,
  fn: async () => {
    try {
      const live = await makeLiveFolder(disk!), filler = `${disk}/filler`;
      assert.equal((await live.runHere("detect")).code, 0);
      live.append(...calmLines(240, 240));
      fill(filler);
      const { code, stderr } = await live.detect();
      assert.equal(code, 1);
      assert.match(stderr, /full|No space left|disk I\/O error/);
      await Deno.remove(filler);
      assert.equal((await live.runHere("detect")).code, 0);
      const [{ n, lines }] = live.rows("select count(*) as n, sum(lines) as lines from verdict");
      assert.deepEqual([n, lines], [71, 710 + 1]);
    } finally {
      await new Deno.Command("umount", { args: ["-l", disk!] }).output();
      await Deno.remove(disk!);
    }
  },
});

/** Writes a file until there is no room left. */
function fill(path: string): void {
  const file = Deno.openSync(path, { write: true, create: true }), block = new Uint8Array(512);
  try {
    for (;;) file.writeSync(block);
  } catch (error) {
    assert.match(String(error), /No space left/);
  } finally {
    file.close();
  }
}
