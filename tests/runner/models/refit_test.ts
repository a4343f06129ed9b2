import assert from "node:assert/strict";
import { evaluateVerdicts, readLabels } from "../../../lib/mod.ts";
import { Stage } from "../stage.ts";
import { calmLines, stamp } from "../tasks/task.ts";

const SETTINGS =
  'streams: [{name: app, inputs: ["app.log"], clock: data, min_history: 2h, allowed_lateness: 10m}]\n';

/** So many warnings in one minute: in training three at the most. */
const warnings = (minute: number, count: number) =>
  Array.from({ length: count }, (_, i) => `${stamp(minute, 5 + i)} WARN cache misses: ${i}`);

/** A stage with a false alarm (six warnings at 03:20) and a true one (an error at 04:20) that were spoken of. */
async function spokenStage(): Promise<Stage> {
  const stage = await Stage.make(SETTINGS);
  const rare = [10, 40, 70, 100, 130, 160].flatMap((minute, i) => warnings(minute, 1 + i % 3));
  stage.append("app.log", ...[...calmLines(182), ...rare].sort());
  await done(stage, "detect");
  const fault = `${stamp(260, 5)} ERROR disk of replica failed: checksum mismatch`;
  stage.append("app.log", ...[...calmLines(120, 182), ...warnings(200, 6), fault].sort());
  await done(stage, "detect");
  const alerts = JSON.parse((await done(stage, "feedback", "--json")).stdout).alerts;
  assert.deepEqual(alerts.map(({ start }: { start: string }) => start.slice(11, 16)), ["03:20", "04:20"]);
  await done(stage, "feedback", alerts[0].id, "false");
  await done(stage, "feedback", alerts[1].id, "true");
  return stage;
}

async function done(stage: Stage, ...call: [Parameters<Stage["run"]>[0], ...string[]]) {
  const { code, stdout, stderr } = await stage.run(...call);
  assert.equal(code, 0, stderr);
  return { stdout, stderr };
}

const anomalous = (stage: Stage, from: number) =>
  stage.rows(
    `select key from verdict where anomalous = 1 and start >= ${
      Date.UTC(2026, 2, 2, 0, from)
    } order by start`,
  )
    .map(({ key }) => String(key).slice(15, 20));

Deno.test("models refit stops a false alarm that comes again, and what people called true still comes", async () => {
  await using stage = await spokenStage();
  const { stdout } = await done(stage, "models", "refit", "--activate");
  assert.match(
    stdout,
    /app, \*, unseen-vector: raised [\d.]+ times, stops 1 of 1 false alarm\nmodel v0002 is active\n/,
  );
  const fault = `${stamp(340, 5)} ERROR disk of replica failed: checksum mismatch`;
  stage.append(
    "app.log",
    ...[...calmLines(120, 302), ...warnings(320, 6), fault, ...warnings(380, 30)].sort(),
  );
  await done(stage, "detect");
  assert.deepEqual(anomalous(stage, 302), ["05:40", "06:20"]); // not 05:20; far more warnings are still too many
  const { streams: [app] } = JSON.parse((await done(stage, "models", "compare", "1", "2", "--json")).stdout);
  assert.deepEqual([app.sameData, app.born, app.gone, app.decisions.length], [true, [], [], 1]);
  assert.match(app.decisions[0].after, /raised [\d.]+ times by feedback/);
  assert.equal(stage.rows("select count(*) as n from stream where model = 'v0002'")[0].n, 1);
});

Deno.test("models refit says the same of the same feedback, and takes back what is taken back", async () => {
  await using stage = await spokenStage();
  await done(stage, "models", "refit", "--activate");
  assert.match(
    (await done(stage, "models", "refit", "--activate")).stdout,
    /nothing to refit: model v0002 stays as it is/,
  );
  const [{ alert }] = stage.rows("select alert from feedback where said = 'false'");
  await done(stage, "feedback", String(alert), "none");
  assert.match((await done(stage, "models", "refit", "--activate")).stdout, /model v0003 is active/);
  assert.equal((await done(stage, "models", "compare", "1", "3")).stdout, "app: the same\n");
});

Deno.test("models refit has its version tried first, with what was learned so far", async () => {
  await using stage = await spokenStage();
  assert.match((await done(stage, "models", "refit")).stdout, /model v0002 is tried beside v0001/);
  stage.append("app.log", ...[...calmLines(60, 302), ...warnings(320, 6)].sort());
  assert.match((await done(stage, "detect")).stderr, /candidate v0002 is being tried/);
  assert.match(
    (await done(stage, "models", "show", "2")).stdout,
    /− app@2026-03-02T05:20:00\.000Z: [\d.]+ → /,
  );
  assert.deepEqual(anomalous(stage, 302), ["05:20"]);
});

Deno.test("models refit has nothing to do where nobody said anything, and refuses streams that it doesn't know", async () => {
  await using stage = await Stage.make(SETTINGS);
  assert.match((await stage.run("models", "refit")).stderr, /none is active/);
  stage.append("app.log", ...calmLines(182));
  await done(stage, "detect");
  assert.match((await done(stage, "models", "refit")).stdout, /^nothing to refit/);
  const { code, stderr } = await stage.run("models", "refit", "--stream", "web");
  assert.deepEqual([code, /Cannot find stream "web": model v0001 has app/.test(stderr)], [2, true]);
});

Deno.test("feedback --export writes labels that evaluate reads", async () => {
  await using stage = await spokenStage();
  const path = `${stage.folder}/labels.csv`;
  assert.match((await done(stage, "feedback", "--export", path)).stderr, /\d labels, 1 of them anomalous/);
  const [header, ...rows] = (await Deno.readTextFile(path)).trimEnd().split("\r\n").map((line) =>
    line.split(",")
  );
  assert.deepEqual([header, rows.at(-1)], [["key", "label", "kind"], [
    "app@2026-03-02T04:20:00.000Z",
    "anomalous",
    "",
  ]]);
  const labels = readLabels(rows.map(([key, label, kind]) => ({ key, label, kind })));
  const windows = rows.map(([key], i) => ({
    key,
    service: "app",
    start: i,
    end: i + 1,
    score: 2,
    anomalous: true,
  }));
  const { precision, recall, labelled } = evaluateVerdicts(windows, labels);
  assert.deepEqual([precision, recall, labelled], [1 / rows.length, 1, rows.length]);
});

Deno.test("feedback --export has nothing to write where nothing was said", async () => {
  await using stage = await Stage.make(SETTINGS);
  stage.append("app.log", ...calmLines(182));
  await done(stage, "detect");
  const { code, stderr } = await stage.run("feedback", "--export", `${stage.folder}/labels.csv`);
  assert.deepEqual([code, /nothing was said of any alert yet/.test(stderr)], [1, true]);
});
