import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { help, run } from "../../runner/commands/init.ts";
import { parseConfig } from "../../runner/config.ts";
import { type Context, UsageError } from "../../runner/context.ts";
import { patternsOf } from "../../runner/init/proposed_streams.ts";
import { settingsText } from "../../runner/init/settings_text.ts";
import { proposeSession } from "../../runner/init/session_proposal.ts";

const START = Date.UTC(2026, 2, 2, 10);

function lines(count: number, line: (i: number, time: string) => string): string {
  return Array.from({ length: count }, (_, i) => line(i, new Date(START + i * 1000).toISOString()) + "\n")
    .join("");
}

const shopLog = () =>
  lines(200, (i, time) => `${time} INFO step ${i % 4} of order=${Math.floor(i / 4)} done`);
const syslog = () =>
  lines(
    60,
    (i) => `Mar  2 10:00:${String(i).padStart(2, "0")} web1 ${i % 2 ? "sshd" : "cron"}[${i}]: event of kind`,
  );

/** A folder with logs, and what a run in it wrote and said. */
async function stage(files: Record<string, string | Uint8Array>) {
  const folder = await Deno.makeTempDir();
  for (const [name, content] of Object.entries(files)) {
    const path = `${folder}/${name}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeFile(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
  }
  const said = { stdout: "", stderr: "" };
  const context: Context = {
    ...{
      root: folder,
      cwd: folder,
      plan: null,
      isTerminal: false,
      env: () => undefined,
      now: () => Date.now(),
    },
    stdout: (text) => void (said.stdout += text),
    stderr: (text) => void (said.stderr += text),
  };
  const settings = `${folder}/deepscan.yaml`;
  return {
    folder,
    said,
    settings,
    run: (...args: string[]) => run(args, context),
    config: async () => await parseConfig(await Deno.readTextFile(settings), settings),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

Deno.test("init makes one stream of a log and its rotated siblings", async () => {
  await using here = await stage({
    "logs/shop.log": shopLog(),
    "logs/shop.log.1": shopLog(),
    "logs/shop.log.2.gz": gzipSync(shopLog()),
  });
  assert.equal(await here.run("logs"), 0);
  const { streams } = await here.config();
  assert.deepEqual(streams.map(({ name, inputs, format }) => ({ name, inputs, format })), [
    { name: "shop", inputs: [`${here.folder}/logs/shop.log*`], format: "iso8601" },
  ]);
  assert.match(await Deno.readTextFile(here.settings), /inputs: \['logs\/shop\.log\*'\]/);
  assert.match(here.said.stdout, /shop: 3 files, iso8601, sessions by order=/);
});

Deno.test("init names a mixture of formats as the settings take it", async () => {
  const mixture = lines(
    200,
    (i, time) =>
      i % 2 === 0
        ? JSON.stringify({ time, level: "info", msg: `request ${i} served` })
        : `I0302 10:${String(Math.floor(i / 60)).padStart(2, "0")}:${
          String(i % 60).padStart(2, "0")
        }.000000 1 main.go:${i}] tick`,
  );
  await using here = await stage({ "logs/node.log": mixture });
  assert.equal(await here.run("logs"), 0);
  assert.equal((await here.config()).streams[0].format, "mixed:json+golang");
});

Deno.test("init proposes a session where an id comes back, and a service where lines name it", async () => {
  await using here = await stage({ "a/shop.log": shopLog(), "b/messages": syslog() });
  await here.run("a", "b");
  const { streams } = await here.config();
  assert.deepEqual(streams.map(({ name, session, service }) => [name, session?.pattern, service]), [
    ["shop", "order=([\\w-]+)", undefined],
    ["messages", undefined, "field"],
  ]);
});

Deno.test("init keeps logs of one folder apart, and puts those together whose names differ by numbers", async () => {
  await using here = await stage({
    "worker-1.log": shopLog(),
    "worker-2.log": shopLog(),
    "auth.log": syslog(),
    "auth.log-audit": syslog(),
  });
  await here.run(".");
  const { streams } = await here.config();
  const inputs = Object.fromEntries(streams.map((stream) => [stream.name, stream.inputs]));
  assert.deepEqual(inputs.worker, [`${here.folder}/worker-*.log*`]);
  assert.deepEqual(inputs.auth, [`${here.folder}/auth.log`]);
  assert.equal(streams.find((stream) => stream.name === "worker")?.service, "file");
});

Deno.test("init tells history from logs that still grow", async () => {
  const now = lines(20, (i) => `${new Date(Date.now() - i * 1000).toISOString()} INFO up`);
  const old = lines(20, (_, time) => `${time.replace("2026", "2001")} INFO up`);
  await using here = await stage({ "live/a.log": now, "old/b.log": old });
  await here.run("live", "old");
  assert.deepEqual((await here.config()).streams.map(({ clock }) => clock), ["wall", "data"]);
});

Deno.test("init leaves out what is in a folder and no log, and says so", async () => {
  await using here = await stage({
    "shop.log": shopLog(),
    "README.md": "# Read me\n\nAbout this.\n",
    "empty.log": "",
    "core.bin": new Uint8Array(5000),
  });
  await here.run(".");
  assert.deepEqual((await here.config()).streams.map((stream) => stream.name), ["shop"]);
  assert.match(here.said.stderr, /README\.md is left out: its lines carry neither times nor ids/);
  assert.match(here.said.stderr, /empty\.log is left out: it is empty/);
  assert.match(here.said.stderr, /core\.bin is left out: it does not look like text/);
});

Deno.test("init goes by what can be read of a damaged file, and says so", async () => {
  const packed = gzipSync(shopLog());
  await using here = await stage({
    "logs/shop.log.1.gz": packed.subarray(0, packed.length - 400),
    "logs/b": syslog(),
  });
  assert.equal(await here.run("logs"), 0);
  assert.match(here.said.stderr, /Cannot read .*shop\.log\.1\.gz: its compressed data ends too early/);
  assert.deepEqual((await here.config()).streams.map(({ name }) => name).sort(), ["b", "shop"]);
});

Deno.test("init takes a file that is named, whatever it holds", async () => {
  await using here = await stage({ "notes.txt": "one\ntwo\n" });
  await here.run("notes.txt");
  assert.match(await Deno.readTextFile(here.settings), /0 % carry a time, which time windows need/);
});

Deno.test("init writes no line of the logs into the settings", async () => {
  await using here = await stage({ "shop.log": lines(50, (_, time) => `${time} INFO password=hunter2 x=1`) });
  await here.run(".");
  assert.ok(!(await Deno.readTextFile(here.settings)).includes("hunter2"));
});

Deno.test("init survives names that mean something to YAML or to patterns", async () => {
  await using here = await stage({ "it's [a] {b}: #1 *.log": shopLog() });
  await here.run(".");
  const [stream] = (await here.config()).streams;
  assert.match(stream.name, /^[A-Za-z0-9][A-Za-z0-9._-]*$/);
  assert.deepEqual(stream.inputs, [`${here.folder}/it's \\[a\\] \\{b\\}: #1 \\*.log*`]);
});

Deno.test("init says where models, state and reports go, and puts none of them into /etc", async () => {
  await using here = await stage({ "shop.log": shopLog() });
  await here.run("shop.log");
  const { model, state, reports } = await here.config();
  assert.deepEqual(
    [model, state, reports].map(({ directory }) => directory),
    ["models", "state", "reports"].map((name) => `${here.folder}/data/${name}`),
  );
  assert.match(here.said.stdout, new RegExp(`Models, state and reports go to ${here.folder}/data\\.`));
  const machine = settingsText([], { file: "/etc/deepscan.yaml", isLive: () => false });
  assert.match(machine, /state:\n {2}directory: \/var\/lib\/deepscan\/state/);
});

Deno.test("init does not replace a file unless it is told to", async () => {
  await using here = await stage({ "shop.log": shopLog(), "deepscan.yaml": "mine" });
  await assert.rejects(here.run("shop.log"), (error: Error) => {
    assert.ok(error instanceof UsageError);
    assert.match(error.message, /deepscan\.yaml is there already; --force replaces it/);
    return true;
  });
  assert.equal(await Deno.readTextFile(here.settings), "mine");
  assert.equal(await here.run("shop.log", "--force"), 0);
});

Deno.test("init refuses a command line that it doesn't understand, and logs that aren't there", async () => {
  await using here = await stage({});
  await assert.rejects(here.run(), { name: "UsageError", message: /name the logs to look at/ });
  await assert.rejects(here.run("x", "--frobnicate"), { name: "UsageError" });
  await assert.rejects(here.run("nowhere/*.log"), /Cannot propose settings: no logs were found in .*nowhere/);
  assert.match(help, /deepscan init PATH/);
});

Deno.test("proposeSession() takes the id that most lines carry", () => {
  const both = Array.from({ length: 60 }, (_, i) => `request_id=r${i % 20} ${i % 2 ? `order=${i % 6}` : ""}`);
  assert.deepEqual(proposeSession(both), { pattern: "request_id=([\\w-]+)", coverage: 1, sessions: 20 });
});

Deno.test("proposeSession() finds ids in JSON, by form and after a word", () => {
  const of = (line: (id: number) => string) =>
    proposeSession(Array.from({ length: 40 }, (_, i) => line(i % 10)))?.pattern;
  assert.equal(of((id) => `{"requestId": "a${id}"}`), '"requestId": ?"([\\w-]+)');
  assert.equal(of((id) => `block blk_-${id} written`), "blk_-?\\d+");
  assert.equal(of((id) => `job ${id} moved`), "job (\\d+)");
});

Deno.test("proposeSession() takes neither what occurs once nor what lives long", () => {
  const of = (line: (i: number) => string) => proposeSession(Array.from({ length: 400 }, (_, i) => line(i)));
  assert.equal(of((i) => `request_id=${i}`), null);
  assert.equal(of((i) => `uid=${i % 20} user_id=${i % 20} pid=${i % 20}`), null);
  assert.equal(of((i) => `order=${i % 3}`), null);
  assert.equal(of(() => "nothing"), null);
});

Deno.test("patternsOf() falls back on one pattern a log, then on the files", () => {
  const every = ["/a/x.log", "/a/x.log.1", "/a/x.logger", "/b/x.log"];
  assert.deepEqual(patternsOf([{ path: "/b/x.log", files: ["/b/x.log"] }], every), ["/b/x.log*"]);
  assert.deepEqual(patternsOf([{ path: "/a/x.log", files: ["/a/x.log", "/a/x.log.1"] }], every), [
    "/a/x.log",
    "/a/x.log.1",
  ]);
});
