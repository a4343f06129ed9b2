import assert from "node:assert/strict";
import { Stage } from "../stage.ts";
import { calmLines, stamp } from "../tasks/task.ts";

const LIVE =
  'streams: [{name: app, inputs: ["app.log"], clock: wall, min_history: 2h, allowed_lateness: 10m}]\n';

/** Minutes after the beginning of the log, as real time. */
const minute = (count: number) => Date.UTC(2026, 2, 2, 0, count);

/** A live log of four hours, watched up to then. */
async function watched(): Promise<Stage> {
  const stage = await Stage.make(LIVE);
  stage.append("app.log", ...calmLines(240));
  stage.now = minute(240);
  const { code, stderr } = await stage.run("detect");
  assert.equal(code, 0, stderr);
  return stage;
}

/** What is settled: verdicts by time. */
const verdicts = (stage: Stage) => stage.rows("select key, lines, anomalous from verdict order by start");

Deno.test("detect with clock: wall trains on all but the last hour of what is there", async () => {
  await using stage = await watched();
  const { streams: [{ trained }] } = JSON.parse(
    await Deno.readTextFile(`${stage.folder}/models/v0001/model.json`),
  );
  assert.deepEqual([trained.from, trained.windows], [minute(0), 36]);
  assert.equal(verdicts(stage)[0].key, `app@${stamp(180).replace("Z", ".000Z")}`);
});

Deno.test("detect with clock: wall sees silence because real time moves on, once it may not be a delay any more", async () => {
  await using stage = await watched();
  stage.now = minute(245) + 59_000; // the window ends at 04:05, and a line may take a minute to reach its file
  assert.match((await stage.run("detect")).stdout, /nothing new, 1 window judged, 0 anomalous/); // 03:55 to 04:00
  const before = verdicts(stage).length;
  stage.now = minute(246);
  const silent = await stage.run("detect");
  assert.match(silent.stdout, /app: nothing new, 1 window judged, 1 anomalous, 1 new alert/);
  assert.deepEqual(
    verdicts(stage).slice(before),
    [
      { key: `app@${stamp(240).replace("Z", ".000Z")}`, lines: 0, anomalous: 1 },
    ].map((row) => Object.assign(Object.create(null), row)),
  );
  stage.now = minute(256);
  const longer = await stage.run("detect");
  assert.match(longer.stdout, /2 windows judged, 2 anomalous, 0 new alerts, 1 alert went on/);
});

Deno.test("detect with clock: data sees no silence, whatever the time is", async () => {
  await using stage = await Stage.make(LIVE.replace("wall", "data"));
  stage.append("app.log", ...calmLines(240));
  await stage.run("detect");
  stage.now = minute(2400);
  assert.match((await stage.run("detect")).stdout, /nothing new, 0 windows judged/);
});

Deno.test("detect with clock: wall takes the time from a line that is dated in the future, and calls no other one late", async () => {
  await using stage = await watched();
  const future = new Date(stage.now + 2 * 86_400_000).toISOString();
  stage.append("app.log", `${future} INFO health check ok`, ...calmLines(10, 240));
  stage.now = minute(251);
  const { code, stdout } = await stage.run("detect");
  assert.equal(code, 0);
  assert.match(stdout, /21 new records, .* 1 record without a time/);
  assert.doesNotMatch(stdout, /too late/);
  assert.deepEqual(verdicts(stage).slice(-2).map(({ lines }) => lines), [10, 10]);
});

Deno.test("detect with clock: wall after a pause comes to what runs every five minutes come to", async () => {
  const lines = [...calmLines(30, 240), `${stamp(271)} ERROR disk failed`, ...calmLines(28, 272)];
  await using often = await watched();
  await using once = await watched();
  for (let at = 240; at < 300; at += 5) {
    const [from, to] = [stamp(at), stamp(at + 5)];
    often.append("app.log", ...lines.filter((line) => line >= from && line < to));
    often.now = minute(at + 5);
    assert.equal((await often.run("detect")).code, 0);
  }
  once.append("app.log", ...lines);
  for (const stage of [often, once]) {
    stage.now = minute(310);
    assert.equal((await stage.run("detect")).code, 0);
  }
  assert.deepEqual(verdicts(once), verdicts(often));
  const alerts = (stage: Stage) => stage.rows("select id from alert order by id");
  assert.ok(alerts(often).length > 0);
  assert.deepEqual(alerts(once), alerts(often));
});

Deno.test("detect with clock: wall tells what was over long ago together", async () => {
  await using stage = await watched();
  const errors = [300, 400, 500].flatMap((at) =>
    `${stamp(at)} ERROR disk ${"abc"[at / 100 - 3]}-${at} failed with code ${at}`
  );
  stage.append("app.log", ...calmLines(660, 240).concat(errors).sort());
  stage.now = minute(900);
  const { code, stdout } = await stage.run("detect");
  assert.equal(code, 0);
  assert.match(stdout, /3 new alerts/);
  assert.match(stdout, /3 (more )?alerts/);
  assert.equal(stdout.match(/ {2}Window /g), null, stdout); // none is told by itself
});
