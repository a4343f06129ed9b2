import assert from "node:assert/strict";
import { Stage } from "../stage.ts";

const SETTINGS =
  'streams: [{name: app, inputs: ["app.log"], clock: data, min_history: 1d, allowed_lateness: 10m}]\n';
const START = Date.UTC(2026, 2, 2), MINUTE = 60_000, DAY = 1440;

/** A record a minute for whole days, every `step`-th (0 = none) a message of a release that came later. */
function lines(days: number, from: number, step: number): string[] {
  return Array.from({ length: days * DAY }, (_, i) => {
    const time = new Date(START + (from * DAY + i) * MINUTE).toISOString();
    return `${time} INFO ${
      i % step === 1 ? `inventory synced with depot ${i % 7}` : `request ${i} served in ${5 + i % 7} ms`
    }`;
  });
}

const models = async (stage: Stage) => JSON.parse((await stage.run("models", "show", "--json")).stdout);

Deno.test("detect says once a day that a stream has drifted, models show says how far, and train --if-needed tries a new model", async () => {
  await using stage = await Stage.make(SETTINGS);
  stage.append("app.log", ...lines(6, 0, 0));
  await stage.run("detect");
  const calm = await models(stage);
  assert.deepEqual([
    calm.streams[0].drift.days,
    calm.streams[0].drift.monitors.some(({ drifted }: { drifted: boolean }) => drifted),
  ], [
    ...[1, false],
  ]);
  assert.match(
    (await stage.run("train", "--if-needed")).stderr,
    /nothing to train: app has gone on for [45]/,
  );
  stage.append("app.log", ...lines(3, 6, 4));
  const { stderr } = await stage.run("detect");
  assert.match(
    stderr,
    /note: stream app has drifted from what its model was trained for: in the last 3 days 1\d % of the records have templates that training has not seen, 0 % before/,
  );
  stage.append("app.log", ...lines(1, 9, 4).slice(0, 3));
  assert.doesNotMatch((await stage.run("detect")).stderr, /has drifted/);
  const text = (await stage.run("models", "show")).stdout;
  assert.match(text, /drift: the last 3 days beside the first behind training\n {4}scores: PSI [\d.]+/);
  assert.match(text, /templates that training has not seen, 0 % before – drifted/);
  const trained = await stage.run("train", "--if-needed");
  assert.match(
    trained.stderr,
    /trains: app has drifted: .*; the new model is tried beside model v0001 first/,
  );
  assert.match(trained.stdout, /model v0002 in .*, tried beside v0001/);
});

Deno.test("detect notes what it read and judged by day, however it is cut into runs", async () => {
  const all = lines(3, 0, 50), rows: unknown[] = [];
  for (const cuts of [[4000], [1700, 2900, 3500, 4320]]) {
    await using stage = await Stage.make(SETTINGS);
    let from = 0;
    for (const to of cuts) {
      stage.append("app.log", ...all.slice(from, to));
      await stage.run("detect");
      from = to;
    }
    if (from < all.length) stage.append("app.log", ...all.slice(from));
    await stage.run("detect");
    rows.push(stage.rows("select day, windows, records, scores from reading").map((row) => ({ ...row })));
    const [{ read }] = stage.rows("select sum(read) as read from reading");
    assert.ok(Number(read) >= 2 * DAY);
  }
  assert.deepEqual(rows[0], rows[1]);
});
