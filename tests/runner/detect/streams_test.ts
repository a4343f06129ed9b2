import assert from "node:assert/strict";
import { RunLock, State } from "../../../lib/mod.ts";
import { SKIPS_BEFORE_ALARM } from "../../../runner/detect/run_state.ts";
import { Stage } from "../stage.ts";
import { calmLines, linesWithError, stamp } from "../tasks/task.ts";

/** A stream of a log with its own name. */
const stream = (name: string, more = "") =>
  `- {name: ${name}, inputs: ["${name}.log"], clock: data, min_history: 2h${more}}\n`;

/** Settings with these streams. */
const streams = (...entries: string[]) => `streams:\n${entries.join("")}`;

Deno.test("detect judges and tells of the other streams where one contradicts its model, and exits 1", async () => {
  await using stage = await Stage.make(streams(stream("one"), stream("two")));
  stage.append("one.log", ...calmLines(200));
  stage.append("two.log", ...calmLines(200));
  assert.equal((await stage.run("detect")).code, 0);
  stage.settings(streams(stream("one", ", window: 1m"), stream("two")));
  stage.append("one.log", ...calmLines(20, 200));
  stage.append("two.log", `${stamp(201)} ERROR disk failed`, ...calmLines(20, 202));
  const { code, stdout, stderr } = await stage.run("detect");
  assert.equal(code, 1);
  assert.match(stderr, /deepscan detect: Cannot scan stream one: its window is 60000 in the settings/);
  assert.match(stdout, /disk failed[\s\S]*two: 41 new records, .* 1 new alert/);
  assert.deepEqual(stage.rows("select status from delivery").map(({ status }) => status), ["sent"]);
  const json = JSON.parse((await stage.run("detect", "--json")).stdout);
  assert.match(json.streams[0].notJudged[0], /Cannot scan stream one/);
});

Deno.test("detect sends what is due where no stream can be judged", async () => {
  await using stage = await Stage.make(streams(stream("one")));
  stage.append("one.log", ...linesWithError(240, 200));
  await stage.run("detect");
  const state = State.open(`${stage.folder}/state/state.db`);
  state.database.exec("update delivery set status = 'due'");
  state.close();
  await Deno.writeTextFile(`${stage.folder}/models/v0001/model.json`, "{");
  const { code, stdout, stderr } = await stage.run("detect");
  assert.equal(code, 1);
  assert.match(stderr, /Cannot use model v0001/);
  assert.match(stdout, /disk of replica failed/);
});

Deno.test("detect exits 1 where a configured log isn't there, with and without a model, and judges the others", async () => {
  await using stage = await Stage.make(streams(stream("gone"), stream("there")));
  stage.append("there.log", ...calmLines(200));
  const first = await stage.run("detect");
  assert.equal(first.code, 1);
  assert.match(first.stderr, /Cannot read stream gone: there is no input: .*gone\.log/);
  assert.match(first.stdout, /^there: 160 new records/m);
  await Deno.remove(`${stage.folder}/there.log`);
  const second = await stage.run("detect");
  assert.equal(second.code, 1);
  assert.match(second.stderr, /Cannot read stream there: there is no input/);
});

Deno.test("detect exits 1 where lines have no times, with and without a model", async () => {
  await using stage = await Stage.make(streams(stream("one")));
  stage.append("one.log", ...Array.from({ length: 50 }, (_, i) => `request ${i} served`));
  const first = await stage.run("detect");
  assert.equal(first.code, 1);
  assert.match(
    first.stderr,
    /Cannot train stream one: no window can be formed: all 50 new records have neither/,
  );
  await Deno.remove(`${stage.folder}/one.log`);
  stage.append(
    "one.log",
    ...calmLines(200).map((line) => `{"time": "${line.slice(0, 20)}", "message": "request served"}`),
  );
  assert.equal((await stage.run("detect")).code, 0);
  stage.append("one.log", '{"message": "request served"}', '{"message": "request served"}');
  const third = await stage.run("detect");
  assert.equal(third.code, 1, third.stdout);
  assert.match(
    third.stderr,
    /Cannot judge stream one: no window can be formed: all 2 new records have neither/,
  );
});

Deno.test("detect --input in a format that doesn't fit is a failure, not a clean bill of health", async () => {
  await using stage = await Stage.make("");
  stage.append("a.log", ...calmLines(200));
  await stage.run("train", "--input", "a.log", "--model", "m");
  const wrong = await stage.run("detect", "--input", "a.log", "--model", "m", "--format", "syslog");
  assert.equal(wrong.code, 1);
  assert.match(
    wrong.stderr,
    /no window can be formed: all 400 new records have neither a session nor a time/,
  );
  stage.append("empty.log");
  const empty = await stage.run("detect", "--input", "empty.log", "--model", "m");
  assert.equal(empty.code, 1);
  assert.match(empty.stderr, /no record was read/);
});

Deno.test("detect --stream looks at that stream only, --seed is the seed of its model", async () => {
  await using stage = await Stage.make(streams(stream("one"), stream("two")));
  for (const name of ["one.log", "two.log"]) stage.append(name, ...calmLines(200));
  const { code, stdout } = await stage.run("detect", "--stream", "two", "--seed", "7");
  assert.equal(code, 0);
  assert.match(stdout, /^two: /);
  const { seed, streams: [trained, ...others] } = JSON.parse(
    await Deno.readTextFile(`${stage.folder}/models/v0001/model.json`),
  );
  assert.deepEqual([seed, trained.settings.name, others.length], [7, "two", 0]);
  assert.equal((await stage.run("detect", "--stream", "three")).code, 2);
});

Deno.test("detect --dry-run leaves every file as it was, before the first run and after it", async () => {
  await using stage = await Stage.make(streams(stream("one")));
  stage.append("one.log", ...calmLines(200));
  const bare = stage.files();
  assert.equal((await stage.run("detect", "--dry-run")).code, 0);
  assert.deepEqual(stage.files(), bare);
  await stage.run("detect");
  stage.append("one.log", `${stamp(201)} ERROR disk failed`, ...calmLines(20, 202));
  const before = stage.files(), rows = stage.rows("select * from input");
  const { stdout } = await stage.run("detect", "--dry-run");
  assert.match(stdout, /41 new records, .* 1 anomalous, 1 new alert/);
  assert.doesNotMatch(stdout, /disk failed/); // nobody is told
  assert.deepEqual(stage.files(), before);
  assert.deepEqual(stage.rows("select * from input"), rows);
});

Deno.test("detect counts skipped runs, raises an alarm when they are many, and forgets them when one gets through", async () => {
  await using stage = await Stage.make(streams(stream("one")));
  stage.append("one.log", ...calmLines(200));
  await stage.run("detect");
  const lock = RunLock.take(`${stage.folder}/state/run.lock`, { pid: 4711, since: 0 });
  assert.ok(lock instanceof RunLock);
  for (let i = 1; i < SKIPS_BEFORE_ALARM; i++) assert.equal((await stage.run("detect")).code, 0);
  const alarm = await stage.run("detect");
  assert.equal(alarm.code, 1);
  assert.match(alarm.stderr, new RegExp(`${SKIPS_BEFORE_ALARM} runs in a row were skipped`));
  lock.release();
  assert.equal((await stage.run("detect")).code, 0);
  assert.equal((await stage.run("detect")).code, 0);
  const skipped = stage.rows("select skipped from run order by id").map((row) => row.skipped);
  assert.deepEqual(skipped, [0, SKIPS_BEFORE_ALARM, 0]);
});

Deno.test("detect doesn't undo a training that has replaced its model", async () => {
  await using stage = await Stage.make(streams(stream("one")));
  stage.append("one.log", ...calmLines(200));
  await stage.run("detect");
  assert.equal(
    (await stage.run("train", "--input", "one.log", "--model", "models", "--stream", "other")).code,
    0,
  );
  await stage.run("detect", "--dry-run");
  assert.equal((await Deno.readTextFile(`${stage.folder}/models/active`)).trim(), "v0002");
  await stage.run("detect");
  const model = JSON.parse(await Deno.readTextFile(`${stage.folder}/models/v0003/model.json`));
  assert.deepEqual(model.streams.map(({ settings }: { settings: { name: string } }) => settings.name), [
    "other",
    "one",
  ]);
});

Deno.test("train says which files it could not read, and replaces a model that can't be read", async () => {
  await using stage = await Stage.make(streams(stream("one")));
  stage.append("one.log", ...calmLines(200));
  await Deno.writeFile(`${stage.folder}/one.log.xz`, Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4));
  const { code, stderr } = await stage.run("train", "--input", "one.log*", "--model", "models");
  assert.equal(code, 0);
  assert.match(stderr, /note: .*one\.log\.xz/);
  await Deno.writeTextFile(`${stage.folder}/models/v0001/model.json`, "{");
  const again = await stage.run("train");
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stderr, /note: Cannot use model v0001 in .*; the new model has only/);
});
