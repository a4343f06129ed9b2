import assert from "node:assert/strict";
import { Stage } from "../stage.ts";
import { calmLines, stamp } from "../tasks/task.ts";

const SETTINGS = 'streams: [{name: app, inputs: ["app.log"], clock: data, min_history: 2h}]\n';

/** A version as `list --json` shows it. */
interface VersionRow {
  version: string;
  parent: string | null;
  problem: string;
  streams: { name: string; templates: number; to: string }[];
}

/** A stage whose models know more and more: v0001 two hours, v0002 a warning that came later, v0003 the same with another seed. */
async function threeVersions(): Promise<Stage> {
  const stage = await Stage.make(SETTINGS);
  stage.append("app.log", ...calmLines(182));
  await done(stage, "detect");
  stage.append(
    "app.log",
    ...calmLines(60, 182),
    `${stamp(242, 5)} WARN cache is nearly full`,
    ...calmLines(30, 243),
  );
  stage.now += 3_600_000;
  await done(stage, "train");
  stage.now += 3_600_000;
  await done(stage, "train", "--seed", "7");
  return stage;
}

async function done(stage: Stage, ...call: [Parameters<Stage["run"]>[0], ...string[]]): Promise<string> {
  const { code, stdout, stderr } = await stage.run(...call);
  assert.equal(code, 0, stderr);
  return stdout;
}

const models = async (stage: Stage, ...args: string[]) =>
  JSON.parse(await done(stage, "models", ...args, "--json"));

Deno.test("models list says what each version was learned from, which one is active and since when", async () => {
  await using stage = await threeVersions();
  const { active, previous, candidate, versions } = await models(stage, "list");
  assert.deepEqual(active, { version: "v0003", at: "2026-03-03T02:00:00.000Z", how: "trained" });
  assert.deepEqual([previous, candidate], ["v0002", null]);
  assert.deepEqual(
    versions.map((
      { version, parent, problem, streams: [{ name, templates, to }] }: VersionRow,
    ) => [
      ...[version, parent, problem, name, templates, to],
    ]),
    [
      ["v0001", null, "", "app", 2, "2026-03-02T01:59:30.000Z"],
      ["v0002", "v0001", "", "app", 3, "2026-03-02T04:32:30.000Z"],
      ["v0003", "v0002", "", "app", 3, "2026-03-02T04:32:30.000Z"],
    ],
  );
  const { size } = Deno.statSync(`${stage.folder}/models/v0002/model.json`);
  assert.equal(versions[1].bytes, size);
  const text = await done(stage, "models", "list");
  assert.match(
    text,
    /^version +made .*\nv0001 .*\nv0002 .*app; active before\nv0003 .*app; active since 2026-03-03 02:00 UTC\n$/,
  );
});

Deno.test("models list shows a version that can't be used, and says that there is none", async () => {
  await using stage = await Stage.make(SETTINGS);
  const none = await stage.run("models", "list");
  assert.deepEqual([none.code, none.stdout], [0, ""]);
  assert.match(none.stderr, /no model in .* yet; `deno task train` learns one/);
  assert.equal((await stage.run("models", "show")).code, 1);
  stage.append("app.log", ...calmLines(182));
  await done(stage, "detect");
  await Deno.mkdir(`${stage.folder}/models/v0002`);
  await Deno.writeTextFile(`${stage.folder}/models/v0002/model.json`, "{");
  assert.match(await done(stage, "models", "list"), /v0002 .* cannot be used: its file is damaged/);
  const refused = await stage.run("models", "activate", "2");
  assert.deepEqual([refused.code, (await models(stage, "list")).active.version], [1, "v0001"]);
});

Deno.test("models show says what is in a version: data, windows, thresholds", async () => {
  await using stage = await threeVersions();
  const shown = await models(stage, "show", "2"), [stream] = shown.streams;
  assert.deepEqual([shown.version, shown.active, shown.activations.length, stream.templates], [
    "v0002",
    false,
    1,
    3,
  ]);
  assert.deepEqual(stream.decisions.map(({ what }: { what: string }) => what), [
    "new-template",
    "unseen-vector",
  ]);
  const text = await done(stage, "models", "show");
  assert.match(text, /^model v0003, made 2026-03-03 02:00 UTC after v0002, seed 7, .* kB; active since/);
  assert.match(text, /app: 5\d\d records .*, 3 templates, 2026-03-02 00:00 UTC to 2026-03-02 04:32:30 UTC/);
  assert.match(text, /windows: 5m, late up to 1h; format auto, service app/);
  assert.match(text, /\*, unseen-vector: line 0\.4/);
});

Deno.test("models compare names settings, templates and thresholds that differ, and nothing where nothing does", async () => {
  await using stage = await threeVersions();
  const { streams: [app] } = await models(stage, "compare", "1", "2");
  assert.deepEqual([app.change, app.sameData, app.gone], ["changed", false, []]);
  assert.deepEqual(app.born.map(({ text }: { text: string }) => text), ["cache is nearly full"]);
  assert.match(await done(stage, "models", "compare", "1", "2"), /\+ [0-9a-f]{10} 1 × cache is nearly full/);
  assert.match(await done(stage, "models", "compare", "2", "1"), /− [0-9a-f]{10} 1 × cache is nearly full/);
  assert.equal(await done(stage, "models", "compare", "2", "3"), "app: the same\n");
});

Deno.test("models rollback goes back one activation at a time, and says when there is none", async () => {
  await using stage = await threeVersions();
  assert.deepEqual(await models(stage, "rollback"), { before: "v0003", active: "v0002" });
  assert.equal(await done(stage, "models", "rollback"), "model v0001 is active\n");
  const refused = await stage.run("models", "rollback");
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /Cannot roll back: no version that is still in .* was active before v0001/);
  await done(stage, "models", "activate", "v0003");
  assert.equal(await done(stage, "models", "activate", "3"), "model v0003 is active already\n");
  assert.deepEqual(await models(stage, "rollback"), { before: "v0003", active: "v0001" });
});

Deno.test("detect goes on with what was open and born after a rollback, and keeps to it", async () => {
  await using stage = await threeVersions();
  await done(stage, "detect");
  const before = stage.rows("select count(*) as n from verdict")[0].n as number;
  await done(stage, "models", "rollback");
  await done(stage, "models", "rollback");
  stage.append("app.log", `${stamp(273, 5)} WARN cache is nearly full`, ...calmLines(60, 274));
  const { stdout, stderr } = await stage.run("detect");
  assert.match(stdout, /app: 121 new records/, stderr);
  assert.equal(stage.rows("select model from stream")[0].model, "v0001");
  assert.ok(stage.rows("select count(*) as n from verdict")[0].n as number > before);
  const windows = stage.rows("select start, count(*) as n from verdict group by start having n > 1");
  assert.deepEqual(windows, []);
  assert.equal(stage.rows("select * from birth").length, 1); // what v0001 doesn't know is provisional again
  assert.match((await stage.run("detect")).stdout, /app: nothing new/);
  assert.equal((await models(stage, "list")).active.version, "v0001");
});

Deno.test("models prune leaves what is active, what a rollback leads to, what open windows go by, and the newest", async () => {
  await using stage = await threeVersions();
  for (const seed of ["8", "9", "10", "11"]) await done(stage, "train", "--seed", seed);
  assert.deepEqual((await models(stage, "prune", "--keep", "1")).left, ["v0001", "v0006", "v0007"]); // v0001: open windows
  await done(stage, "detect");
  assert.deepEqual(await models(stage, "prune", "--keep", "1"), {
    removed: ["v0001"],
    left: ["v0006", "v0007"],
  });
  assert.equal(await done(stage, "models", "prune"), "nothing is taken away\n");
  await done(stage, "models", "rollback");
  await done(stage, "train");
  assert.deepEqual((await models(stage, "list")).active.version, "v0008");
});

Deno.test("train takes away what model.keep doesn't leave", async () => {
  await using stage = await Stage.make(SETTINGS);
  const path = `${stage.folder}/deepscan.yaml`, text = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, text.replace("{directory: models,", "{directory: models, keep: 2,"));
  stage.append("app.log", ...calmLines(182));
  for (const seed of ["1", "2", "3"]) await done(stage, "train", "--seed", seed);
  const { stderr } = await stage.run("train", "--seed", "4");
  assert.match(stderr, /taken away, as model\.keep says: v0002/);
  assert.deepEqual(
    (await models(stage, "list")).versions.map(({ version }: { version: string }) => version),
    [
      ...["v0003", "v0004"],
    ],
  );
});

Deno.test("models works on any registry with --model, and asks for no state then", async () => {
  await using stage = await threeVersions();
  const folder = `${stage.folder}/models`, state = `${stage.folder}/state`;
  await Deno.rename(state, `${stage.folder}/away`);
  for (
    const args of [["list"], ["show"], ["compare", "1", "2"], ["refit"], ["rollback"], [
      "prune",
      "--keep",
      "1",
    ]]
  ) {
    await done(stage, "models", ...args, "--model", folder);
  }
  await assert.rejects(() => Deno.stat(state), Deno.errors.NotFound);
});
