import assert from "node:assert/strict";
import { Stage } from "../stage.ts";
import { calmLines, stamp } from "../tasks/task.ts";

const STREAM = '{name: app, inputs: ["app.log"], clock: wall, min_history: 2h, allowed_lateness: 10m}';

const minute = (count: number) => Date.UTC(2026, 2, 2, 0, count);

/** What runs every five minutes tell of a live log with errors in these minutes, each with when it was told (minute). */
async function toldBy(
  alerts: string,
  { errors, until, before = () => Promise.resolve() }: {
    errors: number[];
    until: number;
    before?: (stage: Stage, minute: number) => Promise<void>;
  },
): Promise<string[]> {
  await using stage = await Stage.make(`streams: [${STREAM}]\nalerts: {${alerts}}\n`);
  stage.append("app.log", ...calmLines(240));
  stage.now = minute(240);
  assert.equal((await stage.run("detect")).code, 0);
  const told: string[] = [];
  for (let at = 240; at < until; at += 5) {
    const fresh = errors.filter((error) => error >= at && error < at + 5);
    stage.append(
      "app.log",
      ...calmLines(5, at),
      ...fresh.map((error) => `${stamp(error, 40)} ERROR disk of replica failed`),
    );
    stage.now = minute(at + 5) + 90_000; // a live log is judged a minute behind
    await before(stage, at);
    const { code, stdout, stderr } = await stage.run("detect");
    assert.equal(code, 0, stderr);
    for (const line of stdout.split("\n")) {
      const kind = /^(?:([A-Z][\w ]*): )?\[\w+\] app: .*disk of replica/.exec(line);
      if (kind !== null && (kind[1] !== undefined || !told.at(-1)?.startsWith(`${at + 5} `))) {
        told.push(`${at + 5} ${kind[1] ?? "Opened"}`);
      }
    }
  }
  return told;
}

Deno.test("detect by cron tells an incident when it begins, and once that it is over", async () => {
  assert.deepEqual(await toldBy("", { errors: [252, 256], until: 320 }), ["255 Opened", "275 Resolved"]);
});

Deno.test("detect by cron says that an incident goes on, ever more seldom", async () => {
  const errors = Array.from({ length: 80 }, (_, i) => 252 + i);
  const told = await toldBy("repeat_interval: 15m, longest_repeat: 30m", { errors, until: 340 });
  assert.deepEqual(told, [
    "255 Opened",
    "260 Worse",
    "275 Still going on",
    "305 Still going on",
    "335 Still going on",
  ]);
});

Deno.test("detect by cron says once that an incident comes and goes, and that it is over after a longer calm", async () => {
  const told = await toldBy("flapping: {times: 1, within: 6h, calm: 40m}", {
    errors: [252, 282, 312],
    until: 400,
  });
  assert.deepEqual(told, ["255 Opened", "270 Resolved", "285 Again", "370 Resolved"]);
});
