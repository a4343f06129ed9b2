import assert from "node:assert/strict";
import { State } from "../../../lib/mod.ts";
import { Stage } from "../stage.ts";
import { calmLines, stamp } from "../tasks/task.ts";

const STREAM = '{name: app, inputs: ["app.log"], clock: wall, min_history: 2h, allowed_lateness: 10m}';
const SPAN = ["--from", "2026-03-02T04:00Z", "--to", "2026-03-02T06:00Z"];

const minute = (count: number) => Date.UTC(2026, 2, 2, 0, count);

/** Settings with one live log, and what stands under `alerts`. */
const settings = (alerts: string, stream = STREAM) => `streams: [${stream}]\nalerts: {${alerts}}\n`;

/** A live log of six hours with errors in these minutes, and a model that was trained on its first three. */
async function watched({ alerts = "", stream = STREAM, errors }: {
  alerts?: string;
  stream?: string;
  errors: number[];
}): Promise<Stage> {
  const stage = await Stage.make(settings(alerts, stream));
  stage.append("app.log", ...calmLines(240));
  stage.now = minute(240);
  const { code, stderr } = await stage.run("detect");
  assert.equal(code, 0, stderr);
  const failures = errors.map((error) => `${stamp(error, 40)} ERROR disk of replica failed`);
  stage.append("app.log", ...[...calmLines(120, 240), ...failures].sort());
  stage.now = minute(1000);
  return stage;
}

/** What a replay tells: `MINUTE KIND TO`, and what was held with why. */
async function toldBy(stage: Stage, ...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await stage.run("replay", ...SPAN, "--json", ...args);
  assert.equal(code, 0, stderr);
  return entriesOf(stdout).slice(0, -1).map(({ type, at, kind, receiver, channels, why }) => {
    const time = (Date.parse(at) - minute(0)) / 60_000;
    return type === "held" ? `${time} held ${receiver}: ${why}` : `${time} ${kind} ${channels.join()}`;
  });
}

/** The objects of a `--json`. */
// deno-lint-ignore no-explicit-any
const entriesOf = (stdout: string): any[] => stdout.trimEnd().split("\n").map((line) => JSON.parse(line));

Deno.test("replay tells an incident when a live service would have, and that it is over", async () => {
  await using stage = await watched({ errors: [252, 256] });
  // 04:12 lies in the window up to 04:15, which is judged a minute later; 30 seconds are gathered
  assert.deepEqual(await toldBy(stage), ["257 opened console", "276 resolved console"]);
  const { stdout } = await stage.run("replay", ...SPAN);
  assert.match(
    stdout,
    /^2026-03-02 04:17 UTC {2}opened {4}console {4}\[high\] app: new: disk of replica failed since /,
  );
  assert.match(
    stdout,
    /^2026-03-02 04:36 UTC {2}resolved {2}console {4}\[high\] .* until 2026-03-02 04:20 UTC$/m,
  );
  assert.match(
    stdout,
    /judged by model v0001; nothing was sent\napp: 242 records, 24 windows judged, 2 anomalous, 1 alert\n/,
  );
  assert.match(stdout, /\n1 incident: 1 high; 1 over by the end\nmessages {4}everybody\n2026-03-02 {10}2\n$/);
});

Deno.test("replay waits, updates and repeats as the settings say", async () => {
  const errors = Array.from({ length: 80 }, (_, i) => 252 + i);
  await using stage = await watched({
    errors,
    alerts: "group_wait: 10m, repeat_interval: 15m, longest_repeat: 30m",
  });
  const repeats = ["281 repeat console", "311 repeat console", "341 repeat console"];
  assert.deepEqual(await toldBy(stage), ["266 opened console", ...repeats, "351 resolved console"]);
  stage.settings(settings("group_wait: 0s, repeat_interval: 15m, longest_repeat: 30m"));
  assert.deepEqual((await toldBy(stage)).slice(0, 3), [
    "256 opened console",
    "261 worse console",
    "276 repeat console",
  ]);
});

Deno.test("replay sees silence because time goes on, and that it is over", async () => {
  await using stage = await watched({ errors: [] });
  const log = `${stage.folder}/app.log`, lines = (await Deno.readTextFile(log)).split("\n");
  const silent = lines.filter((line) => line < stamp(270) || line >= stamp(300));
  await Deno.writeTextFile(log, silent.join("\n"));
  assert.deepEqual(await toldBy(stage), ["277 opened console", "316 resolved console"]);
  const { stdout } = await stage.run("replay", ...SPAN);
  assert.match(stdout, /04:37 UTC {2}opened .* app: silent: .* since 2026-03-02 04:30 UTC/);
});

Deno.test("replay tells whom routes name, each receiver on a line of its own", async () => {
  const receivers =
    "receivers: {ann: {file: {path: a}, webhook: {webhook_env: HOOK, host: h}}, bob: {file: {path: b}}}";
  await using stage = await watched({
    errors: [252],
    alerts: `${receivers}, routes: [{severity: high, to: [ann, channels]}]`,
  });
  const { stdout } = await stage.run("replay", ...SPAN);
  const heads = stdout.split("\n").slice(0, 4).map((line) => line.split(/ {2,}/).slice(1, 3).join(" "));
  assert.deepEqual(heads.sort(), [
    ...["opened ann: file, webhook", "opened console"],
    ...["resolved ann: file, webhook", "resolved console"],
  ]);
  const { messages, incidents } = entriesOf((await stage.run("replay", ...SPAN, "--json")).stdout).at(-1);
  assert.deepEqual(messages, { ann: { "2026-03-02": 2 }, channels: { "2026-03-02": 2 } });
  assert.deepEqual(incidents, { all: 1, over: 1, unheard: 0, severity: { high: 1 } });
});

Deno.test("replay holds back what is beyond the messages of a day, and tells it when that is over", async () => {
  const stream = STREAM.replace("app.log", "*.log");
  await using stage = await watched({ errors: [], stream, alerts: "max_per_day: 1" });
  const warnings = [252, 282, 312].map((at, i) =>
    `${stamp(at, 40)} WARN ${"one two three".split(" ")[i]} is odd`
  );
  stage.append("app.log", ...calmLines(1140, 360));
  const log = `${stage.folder}/app.log`, lines = (await Deno.readTextFile(log)).trimEnd().split("\n");
  await Deno.writeTextFile(log, `${[...lines, ...warnings].sort().join("\n")}\n`);
  stage.now = minute(2000);
  const told = await toldBy(stage, "--to", "2026-03-03T00:30");
  const held = (at: number) => `${at} held channels: more than max_per_day`;
  assert.deepEqual(told, [
    ...["257 opened console", "271 resolved console", held(287), held(301), held(317), held(331)],
    "1440 digest console",
  ]);
  const { stdout } = await stage.run("replay", ...SPAN, "--to", "2026-03-03T00:30");
  assert.match(
    stdout,
    /04:47 UTC {2}held {6}everybody {2}more than max_per_day: \[medium\] app: new: two is odd /,
  );
  assert.match(
    stdout,
    /\n2026-03-02 {10}2\n2026-03-03 {10}1\ntogether {12}3\nheld back: 2 incidents: more than max_per_day\n$/,
  );
});

Deno.test("replay holds back what people silenced, by the clock of that time", async () => {
  await using stage = await watched({ errors: [252, 312] });
  const state = State.open(`${stage.folder}/state/state.db`);
  const silence = { id: "s1", kind: "silence" as const, matcher: "{}", note: "disk is swapped", who: "ann" };
  state.mutes.put({ ...silence, start: minute(250), end: minute(290), at: minute(250) });
  state.close();
  const before = stage.files();
  assert.deepEqual(await toldBy(stage), [
    "257 held channels: silenced by s1 (disk is swapped)",
    ...["316 opened console", "331 resolved console"],
  ]);
  assert.deepEqual(stage.files(), before);
});

Deno.test("replay tells nothing of what ended before it, and what goes on as it begins", async () => {
  await using stage = await watched({ errors: [252, 282, 286] });
  assert.deepEqual(await toldBy(stage, "--from", "2026-03-02T04:15"), [
    ...["287 opened console", "306 resolved console"],
  ]);
  const late = await toldBy(stage, "--from", "2026-03-02T04:46");
  assert.deepEqual(late, ["292 opened console", "306 resolved console"]);
  const { incidents } = entriesOf(
    (await stage.run("replay", "--from", "2026-03-02T04:00", "--to", "2026-03-02T04:16:10Z", "--json"))
      .stdout,
  ).at(-1);
  assert.deepEqual([incidents.all, incidents.over, incidents.unheard], [1, 0, 1]);
});

Deno.test("replay goes by the time in the lines where that is a stream's clock", async () => {
  await using stage = await watched({ errors: [252], stream: STREAM.replace("wall", "data") });
  const told = await toldBy(stage, "--to", "2026-03-03T04:00"); // the log ends long before
  assert.deepEqual(told, ["257 opened console", "271 resolved console"]);
  const { stdout } = await stage.run("replay", ...SPAN, "--to", "2026-03-03T04:00");
  assert.match(stdout, /app: 241 records, 23 windows judged, 1 anomalous, 1 alert\n/);
});

Deno.test("replay tells what several streams have of one incident in one order, whatever the step", async () => {
  const second = STREAM.replace("app,", "db,").replace("app.log", "db.log");
  await using stage = await Stage.make(`streams: [${STREAM}, ${second}]\n`);
  const error = [`${stamp(252, 10)} ERROR disk of replica failed`];
  for (const name of ["app.log", "db.log"]) stage.append(name, ...[...calmLines(360), ...error].sort());
  stage.now = minute(240);
  await stage.run("detect");
  stage.now = minute(1000);
  const { stdout } = await stage.run("replay", ...SPAN, "--json", "--step", "30s");
  const [opened, resolved, totals] = entriesOf(stdout);
  assert.match(opened.title, /^\[high\] (app|db): new: disk of replica failed; (app|db) affected since /);
  assert.deepEqual([opened.at, resolved.kind, totals.incidents.all], [
    "2026-03-02T04:16:30.000Z",
    "resolved",
    1,
  ]);
  const one = entriesOf((await stage.run("replay", ...SPAN, "--json", "--stream", "db")).stdout);
  assert.deepEqual([one.length, one.at(-1).streams.length], [3, 1]);
  assert.doesNotMatch(one[0].title, /affected/);
});
