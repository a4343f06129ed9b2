import assert from "node:assert/strict";
import { Stage } from "../stage.ts";
import { stamp } from "../tasks/task.ts";

/** A stream `app` that trains on two hours. */
const stream = (more: string) =>
  `streams: [{name: app, inputs: ["app.log"], clock: data, min_history: 2h${more}}]\n`;

/** Lines of orders, three a minute for so many minutes. */
function orders(minutes: number, from = 0): string[] {
  return Array.from({ length: minutes }, (_, i) => [
    `${stamp(from + i)} INFO order=${Math.floor((from + i) / 3)} created`,
    `${stamp(from + i, 20)} INFO order=${Math.floor((from + i) / 3)} paid in ${i % 9} ms`,
    `${stamp(from + i, 40)} INFO health check ok`,
  ]).flat();
}

/** Settings before and after, by what differs. */
const CHANGES: Record<string, [string, string]> = {
  window: [", window: 5m", ", window: 1m"],
  allowed_lateness: [", allowed_lateness: 1h", ", allowed_lateness: 2h"],
  session: ["", ", session: 'order=(\\d+)'"],
  idle: [", session: {pattern: 'order=(\\d+)', idle: 30m}", ", session: {pattern: 'order=(\\d+)', idle: 5m}"],
};

for (const [setting, [before, after]] of Object.entries(CHANGES)) {
  Deno.test(`detect goes on after ${setting} has changed and a model was trained for it`, async () => {
    await using stage = await Stage.make(stream(before));
    stage.append("app.log", ...orders(182));
    assert.equal((await stage.run("detect")).code, 0);
    const open = Number(stage.rows("select sum(lines) as n from verdict")[0].n);
    stage.settings(stream(after));
    assert.equal((await stage.run("detect")).code, 2);
    assert.equal((await stage.run("train")).code, 0);
    stage.append("app.log", ...orders(60, 182));
    const moved = await stage.run("detect");
    assert.equal(moved.code, 0, moved.stderr);
    assert.match(
      moved.stderr,
      /its lines form other windows now; those that were open are closed and judged by model v0001/,
    );
    assert.match(moved.stdout, /app: 180 new records/);
    const models = stage.rows("select distinct model from verdict order by model").map(({ model }) => model);
    assert.deepEqual(models, ["v0001", "v0002"]);
    assert.ok(Number(stage.rows("select sum(lines) as n from verdict")[0].n) > open);
    const again = await stage.run("detect");
    assert.deepEqual([again.code, again.stderr.includes("other windows")], [0, false], again.stderr);
    assert.match(again.stdout, /app: nothing new/);
  });
}

Deno.test("detect goes on with no open windows, and says so, where the model that left them is gone", async () => {
  await using stage = await Stage.make(stream(""));
  stage.append("app.log", ...orders(182));
  await stage.run("detect");
  stage.append("app.log", ...orders(3, 182));
  assert.equal((await stage.run("train")).code, 0);
  await Deno.remove(`${stage.folder}/models/v0001`, { recursive: true });
  stage.append("app.log", ...orders(30, 185));
  const moved = await stage.run("detect");
  assert.equal(moved.code, 0, moved.stderr);
  assert.match(moved.stderr, /model v0001, under which windows were left open, is gone/);
  assert.match(moved.stdout, /app: 99 new records/);
  assert.equal((await stage.run("detect")).stderr.includes("is gone"), false);
});

Deno.test("detect redacts by a new pattern at once, under the model that is there", async () => {
  const redact = "redact: {patterns: ['vault-[a-z]+']}\n";
  await using stage = await Stage.make(stream(""));
  stage.append("app.log", ...orders(182));
  await stage.run("detect");
  stage.settings(stream("") + redact);
  stage.append(
    "app.log",
    ...orders(2, 182),
    `${stamp(184)} ERROR opening of vault-north failed`,
    ...orders(9, 185),
  );
  const { code, stdout, stderr } = await stage.run("detect", "--report", "r.html");
  assert.equal(code, 0, stderr);
  assert.match(stderr, /redact has patterns that model v0001 was not trained with/);
  assert.match(stdout, /opening of <redacted> failed/);
  const kept = JSON.stringify([
    stage.rows("select * from verdict"),
    stage.rows("select * from birth"),
    stage.rows("select * from alert"),
    stage.rows("select * from delivery"),
  ]);
  assert.ok(kept.includes("opening of") && !kept.includes("vault-north"));
  assert.ok(!(await Deno.readTextFile(`${stage.folder}/r.html`)).includes("vault-north"));
});
