import assert from "node:assert/strict";
import { type LiveFolder, withLiveFolder } from "./live_folder.ts";
import { runTask, stamp } from "./task.ts";

/** Three records a minute: sessions opened and closed, requests. */
function records(minutes: number, from = 0): string[] {
  return Array.from({ length: minutes }, (_, i) => [
    `${stamp(from + i)} INFO session ${i % 2 === 0 ? "opened" : "closed"} for user u${i % 5}`,
    `${stamp(from + i, 20)} INFO request ${from + i} served in ${i % 90} ms`,
    `${stamp(from + i, 40)} INFO health check ok`,
  ]).flat();
}

interface Listed {
  version: string;
  templates: {
    id: string;
    text: string;
    records: number;
    state: string;
    pinned: boolean;
    others: string[];
  }[];
  pending: { id: string; text: string; of: string | null }[];
}

const templates = (live: LiveFolder, ...args: string[]) => live.runHere("deepscan", "templates", ...args);

async function listed(live: LiveFolder): Promise<Listed> {
  const { stdout, stderr, code } = await templates(live, "list", "--json");
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

async function idOf(live: LiveFolder, text: string): Promise<string> {
  const found = (await listed(live)).templates.find((template) => template.text === text);
  assert.ok(found, `${text} is listed`);
  return found.id;
}

async function done(live: LiveFolder, ...args: string[]): Promise<string> {
  const { stdout, stderr, code } = await templates(live, ...args);
  assert.equal(code, 0, stderr);
  return stdout;
}

/** Starts the task. */
async function started(live: LiveFolder, ...args: string[]): Promise<string> {
  const { stdout, stderr, code } = await runTask("deepscan", ["templates", ...args], { cwd: live.path });
  assert.equal(code, 0, stderr);
  return stdout;
}

const probes = (minutes: number, from: number) =>
  Array.from({ length: minutes }, (_, i) => `${stamp(from + i, 50)} INFO health probe is fine`);

Deno.test("deepscan templates merge makes a template that was born while scanning a known one, split takes it back", () =>
  withLiveFolder({ lines: records(182) }, async (live) => {
    await live.runHere("detect");
    live.append(...records(30, 182), ...probes(30, 182).sort());
    assert.equal((await live.runHere("detect")).code, 0);
    const born = await idOf(live, "health probe is fine"), known = await idOf(live, "health check ok");
    assert.match(await started(live, "merge", born, known), new RegExp(`^merged ${born} into ${known}: `));
    live.append(...records(30, 212), ...probes(30, 212).sort());
    const after = await live.detect();
    assert.equal(after.code, 0, after.stderr);
    assert.deepEqual(live.rows("select * from birth"), []);
    const merged = await listed(live);
    assert.deepEqual(merged.templates.find(({ id }) => id === known)?.others, [born]);
    assert.ok(!merged.templates.some(({ text }) => text.includes("probe")));
    const again = await live.runHere("detect");
    assert.match(again.stdout, /app: nothing new/);
    assert.match(await started(live, "split", known), new RegExp(`^split ${born} from ${known}: `));
    live.append(...records(5, 242), ...probes(5, 242).sort());
    assert.equal((await live.runHere("detect")).code, 0);
    assert.deepEqual(
      (await listed(live)).templates.filter(({ state }) => state === "new").map(({ id }) => id),
      [born],
    );
  }));

Deno.test("deepscan templates merge makes two templates that were born while scanning one, however often detect runs", () =>
  withLiveFolder({ lines: records(182) }, async (live) => {
    await live.runHere("detect");
    const news = (minutes: number, from: number) =>
      [
        ...probes(minutes, from),
        ...Array.from({ length: minutes }, (_, i) => `${stamp(from + i, 55)} WARN watchdog probe is late`),
      ].sort();
    const grow = async (from: number) => {
      live.append(...[...records(4, from), ...news(4, from)].sort());
      const { code, stderr } = await live.runHere("detect");
      assert.equal(code, 0, stderr);
    };
    const born = async () =>
      (await listed(live)).templates.filter(({ state }) => state === "new").map((
        { id, records },
      ) => [id, records]);
    for (const from of [182, 186]) await grow(from);
    const fine = await idOf(live, "health probe is fine"), late = await idOf(live, "watchdog probe is late");
    assert.deepEqual((await born()).map(([, records]) => records), [8, 8]);
    await done(live, "merge", late, fine);
    for (const from of [190, 194]) await grow(from);
    assert.deepEqual(await born(), [[late, 32]]);
    assert.equal(live.rows("select * from birth").length, 1);
    await done(live, "split", fine);
    await grow(198);
    assert.deepEqual(await born(), [[late, 36], [fine, 4]]);
  }));

Deno.test("deepscan templates keeps no secret that people type", () =>
  withLiveFolder({ lines: records(182) }, async (live) => {
    await live.runHere("detect");
    const text = "login by ann@shop.example with password=hunter2 done";
    assert.match(await done(live, "pin", text), /: login by <\*> with password=<\*> done; it holds/);
    const request = await idOf(live, "request <*> served in <*> ms");
    const split = await templates(live, "split", request, "--slot", "1", "--by", "ann@shop.example");
    assert.deepEqual([split.code, /the word is a secret or personal/.test(split.stderr)], [1, true]);
    const model = Deno.readTextFileSync(`${live.path}/models/v0002/model.json`);
    assert.doesNotMatch(model, /hunter2|ann@/);
    assert.match(await done(live, "unpin", text), /^unpinned /);
  }));

Deno.test("deepscan templates takes no beginning of an id that is short or several", () =>
  withLiveFolder({ lines: records(182) }, async (live) => {
    await live.runHere("detect");
    const opened = await idOf(live, "session opened for user u<*>");
    const closed = await idOf(live, "session closed for user u<*>");
    await done(live, "merge", opened, closed);
    await done(live, "pin", "health <*>");
    const [{ id }] = (await listed(live)).pending, { version } = await listed(live);
    for (
      const args of [["split", closed.slice(0, 3)], ["split", ""], ["unpin", id.slice(0, 3)], ["unpin", ""]]
    ) {
      assert.equal((await templates(live, ...args)).code, 1, args.join(" "));
    }
    assert.equal((await listed(live)).version, version);
    assert.match(await done(live, "split", closed.slice(0, 6)), /^split /);
    assert.match(await done(live, "unpin", id.slice(0, 6)), /^unpinned /);
  }));

Deno.test("train keeps to what people decided: merges, pins and splits by a word", () =>
  withLiveFolder({ lines: records(182) }, async (live) => {
    await live.runHere("detect");
    const opened = await idOf(live, "session opened for user u<*>");
    const closed = await idOf(live, "session closed for user u<*>");
    const request = await idOf(live, "request <*> served in <*> ms");
    await done(live, "merge", opened, closed);
    const early = await listed(live);
    assert.ok(!early.templates.some(({ id }) => id === closed));
    assert.match(
      await done(live, "split", request, "--by", "7", "--slot", "2"),
      /request <\*> served in 7 ms; it holds/,
    );
    await done(live, "pin", "health <*>");
    assert.deepEqual((await listed(live)).pending.map(({ text, of }) => [text, of]), [
      ["health <*>", null],
      ["request <*> served in 7 ms", request],
    ]);
    for (let time = 0; time < 2; time++) {
      assert.equal((await live.runHere("train")).code, 0);
      const { templates, pending } = await listed(live);
      assert.deepEqual(pending, []);
      assert.deepEqual(templates.map(({ text, records, pinned }) => [text, records, pinned]), [
        ["health <*>", 182, true],
        ["session opened for user u<*>", 182, false],
        ["request <*> served in <*> ms", 180, false],
        ["request <*> served in 7 ms", 2, true],
      ]);
      assert.ok(templates[1].others.includes(closed));
    }
    await done(live, "unpin", "health <*>");
    await done(live, "split", closed);
    assert.equal((await live.runHere("train")).code, 0);
    const texts = (await listed(live)).templates.map(({ text }) => text).sort();
    assert.deepEqual(texts, [
      ...["health check ok", "request <*> served in 7 ms", "request <*> served in <*> ms"],
      ...["session closed for user u<*>", "session opened for user u<*>"],
    ]);
  }));

Deno.test("deepscan templates list and show are for people too", () =>
  withLiveFolder({ lines: records(182) }, async (live) => {
    await live.runHere("detect");
    assert.match(
      await started(live, "list"),
      /^id +records +level +template\n[0-9a-f]{10} +120 +info +health check ok\n/,
    );
    const id = await idOf(live, "request <*> served in <*> ms");
    assert.match(
      await started(live, "show", id.slice(0, 5)),
      /request <1> served in <2> ms\n {2}120 records, level info, known to model v0001\n/,
    );
  }));

Deno.test("deepscan templates refuses what makes no sense, and changes nothing", () =>
  withLiveFolder({ lines: records(182) }, async (live) => {
    const early = await templates(live, "list");
    assert.deepEqual([early.code, /there is no model in .* yet/.test(early.stderr)], [1, true]);
    await live.runHere("detect");
    const id = await idOf(live, "request <*> served in <*> ms");
    const WRONG: [string[], number, RegExp][] = [
      [["merge", id], 2, /expected two IDs or more behind merge, got 1/],
      [["merge", id, id], 1, /are one already/],
      [["merge", id, "feedfeedfe"], 1, /Cannot find template feedfeedfe: there is none of this id/],
      [["split", id], 1, /nobody merged it with another/],
      [
        ["split", id, "--by", "7"],
        2,
        /say which value holds "7", by --slot 1 to 2: request <1> served in <2> ms/,
      ],
      [["split", id, "--by", "7", "--slot", "3"], 2, /it has no value 3/],
      [["pin", "<*>: <*>"], 1, /must have a letter or digit/],
      [["unpin", id], 1, /nothing of this id or text is pinned/],
      [["mend", id], 2, /expected one of list, show, merge, split, pin, unpin/],
      [["list", "--by", "x"], 2, /Cannot use --by and --slot with list/],
      [["list", "--stream", "web"], 2, /Cannot find stream "web": model v0001 has app/],
    ];
    for (const [args, code, message] of WRONG) {
      const result = await templates(live, ...args);
      assert.deepEqual([result.code, result.stdout], [code, ""], args.join(" "));
      assert.match(result.stderr, message);
    }
    assert.equal((await listed(live)).version, "v0001");
    const help = await runTask("deepscan", ["templates", "--help"]);
    assert.match(help.stdout, /^Shows the templates of the active model/);
    assert.match((await runTask("templates", ["--help"])).stdout, /^Finds the template of every line/);
  }));
