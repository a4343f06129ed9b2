import assert from "node:assert/strict";
import { Activity } from "../../lib/model/activity.ts";
import { calmLog, judged, modelOf, START, WINDOW } from "./made_logs.ts";

const model = await modelOf({ "a.log": calmLog(100) });

async function activityOf(minutes: number): Promise<Activity> {
  const activity = new Activity(WINDOW);
  const { parts } = await judged(model, { "a.log": calmLog(minutes) });
  const vectors = { pairs: () => Int32Array.of(0 << 3 | 2, 2) }; // two records of level info
  for (const part of parts) activity.add(part, vectors as unknown as Parameters<Activity["add"]>[1]);
  assert.ok(parts.length > 0);
  return activity;
}

Deno.test("Activity keeps records by level and the highest score of every span", async () => {
  const activity = await activityOf(11);
  assert.deepEqual(activity.levels()[0], { time: START, level: "info", count: 2 });
  assert.equal(activity.levels().length, 10);
  assert.deepEqual(
    activity.scores().map(({ start }) => start),
    Array.from({ length: 10 }, (_, i) => START + i * WINDOW),
  );
});

Deno.test("Activity widens its spans when there would be too many, and loses no record", async () => {
  const activity = await activityOf(5001);
  assert.equal(activity.size, 4 * WINDOW);
  assert.ok(activity.scores().length <= 2000);
  assert.equal(activity.levels().reduce((sum, { count }) => sum + count, 0), 10_000);
  for (const { time } of activity.levels()) assert.equal(time % activity.size, 0);
});
