import assert from "node:assert/strict";
import { Stage } from "../stage.ts";
import { calmLines } from "../tasks/task.ts";

/** Minutes after the beginning of the log, as real time. */
const minute = (count: number) => Date.UTC(2026, 2, 2, 0, count);

Deno.test("detect says which detectors can't judge yet and by when they probably can, until they can", async () => {
  await using stage = await Stage.make(
    "streams: [{name: app, inputs: [app.log], clock: wall, min_history: 2h}]\n",
  );
  const settings = `${stage.folder}/deepscan.yaml`, text = await Deno.readTextFile(settings);
  await Deno.writeTextFile(settings, text.replace(/model: .*\n/, "model: {directory: models}\n")); // a budget, and all detectors
  stage.append("app.log", ...calmLines(240));
  stage.now = minute(240);
  const { code, stderr } = await stage.run("detect");
  assert.equal(code, 0, stderr);
  const [, windows] =
    /^app: cannot judge yet: .*low.*: (\d+) more windows \(.*\), probably by 2026-03-0\d \d\d:\d\d UTC$/m
      .exec(stderr) ?? [];
  assert.ok(Number(windows) > 1, stderr);
  const json = await stage.run("detect", "--json"), [{ cannotJudge }] = JSON.parse(json.stdout).streams;
  const low = cannotJudge.find(({ detectors }: { detectors: string[] }) => detectors.includes("low"));
  assert.equal(low.missing, 300 * Number(windows)); // nothing was judged since
  assert.match(
    (await stage.run("health")).stdout,
    new RegExp(`cannot judge yet: .*low.*: ${windows} more windows`),
  );
  for (let at = 240; at < 48 * 60; at += 360) stage.append("app.log", ...calmLines(360, at));
  stage.now = minute(48 * 60);
  assert.doesNotMatch((await stage.run("detect")).stderr, /cannot judge yet: .*low/);
});
