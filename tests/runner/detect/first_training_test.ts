import assert from "node:assert/strict";
import { Registry, type StreamModel } from "../../../lib/mod.ts";
import { Stage } from "../stage.ts";

const SETTINGS = `streams:
  - {name: shop, inputs: ["a.log*", "b.log*"], service: file, clock: data, min_history: 2h, window: 5m}
`;
const START = Date.UTC(2026, 1, 2, 10), MINUTE = 60_000;

/** A line a minute, `from` to `to` minutes after the start. */
function minutes(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => {
    const time = new Date(START + (from + i) * MINUTE).toISOString();
    return `${time} INFO ${(from + i) % 7 === 0 ? "cache cleared" : `request ${i} served`}`;
  });
}

/** Stretches that training reads until it has come to the end of a log of fifty minutes, and a bit. */
const BEHIND_FIFTY_MINUTES = 105;

/** What `detect` trains while `happen` happens to the logs, right after it read so many stretches. */
async function trained(
  begin: (stage: Stage) => void,
  happen: (stage: Stage) => void,
  after = 1,
): Promise<StreamModel> {
  await using stage = await Stage.make(SETTINGS);
  begin(stage);
  const folder = `${stage.folder}/models`, { now } = stage;
  let stretches = 0;
  Object.defineProperty(stage, "now", {
    get: () => {
      if (new Error().stack!.includes("onProgress") && ++stretches === after) happen(stage);
      return now;
    },
  });
  const { code, stderr } = await stage.run("detect");
  assert.equal(code, 0, stderr);
  assert.ok(stretches >= after);
  return (await new Registry(folder).loadActive())!.streams[0];
}

const whole = () =>
  trained((stage) => {
    stage.append("a.log", ...minutes(0, 150));
    stage.append("b.log", ...minutes(0, 180));
  }, () => {});

Deno.test("firstTraining() learns what was written to one log while it read another one", async () => {
  const stream = await trained(
    (stage) => {
      stage.append("a.log", ...minutes(0, 50));
      stage.append("b.log", ...minutes(0, 180));
    },
    (stage) => stage.append("a.log", ...minutes(50, 150)),
    BEHIND_FIFTY_MINUTES,
  );
  assert.deepEqual(stream.trained, (await whole()).trained);
});

Deno.test("firstTraining() learns from a log that was rotated while it read another one", async () => {
  const stream = await trained((stage) => {
    stage.append("a.log", ...minutes(0, 50));
    stage.append("b.log", ...minutes(0, 180));
  }, (stage) => {
    stage.append("a.log", ...minutes(50, 70));
    Deno.renameSync(`${stage.folder}/a.log`, `${stage.folder}/a.log.1`);
    stage.append("a.log", ...minutes(70, 150));
  });
  assert.deepEqual(stream.trained, (await whole()).trained);
});
