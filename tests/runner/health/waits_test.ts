import assert from "node:assert/strict";
import { State } from "../../../lib/mod.ts";
import { parseConfig } from "../../../runner/config.ts";
import { emptyOutcome, type StreamOutcome } from "../../../runner/detect/outcome.ts";
import { watchStream } from "../../../runner/health/stream_watch.ts";
import { detectorWaits, historyWait, readWaiting, saveWaiting } from "../../../runner/health/waits.ts";
import { madeModel } from "./made_model.ts";

const HOUR = 3_600_000, STREAM = { name: "shop", window: 300_000, clock: "wall" as const };

Deno.test("historyWait() says by when the logs will be long enough: by the clock, or by what the lines say", () => {
  const has = { span: 5 * HOUR, least: 24 * HOUR };
  const wall = historyWait(has, { readyAt: 19 * HOUR, clock: "wall" });
  assert.match(wall.text, /: 19h more, probably by 1970-01-01 19:00 UTC$/);
  assert.deepEqual([wall.missing, wall.readyAt], [19 * HOUR, 19 * HOUR]);
  const data = historyWait(has, { readyAt: 24 * HOUR, clock: "data" });
  assert.match(data.text, /: 19h more, up to 1970-01-02 00:00 UTC in the lines$/);
  assert.equal(data.readyAt, null); // nobody knows when such lines come
});

Deno.test("detectorWaits() puts services together that wait for the same detectors", () => {
  const low = (windows: number) => [{ detectors: ["low"], windows }];
  const waiting = new Map(["a", "b", "c", "d"].map((name, i) => [name, low(i + 1)]));
  const [{ text, services, missing }, ...more] = detectorWaits(waiting, STREAM, 0);
  assert.deepEqual([more, services.length, missing], [[], 4, 4 * STREAM.window]);
  assert.equal(
    text,
    "low of a, b, c and 1 more: up to 4 more windows (20 min), probably by 1970-01-01 00:20 UTC",
  );
});

Deno.test("detectorWaits() names no service where it is the stream, and calls sessions so", () => {
  const texts = (service: string) =>
    detectorWaits(new Map([[service, [{ detectors: ["low"], windows: 1 }]]]), STREAM, NaN).map(({ text }) =>
      text
    );
  assert.deepEqual(texts("shop"), ["low: 1 more window (5 min)"]);
  assert.deepEqual(texts(""), ["low of sessions: 1 more window (5 min)"]);
});

Deno.test("readWaiting() reads what saveWaiting() gives", () => {
  const waiting = new Map([["a", [{ detectors: ["low", "total"], windows: 3 }]], ["", []]]);
  assert.deepEqual(readWaiting(JSON.parse(JSON.stringify(saveWaiting(waiting)))), waiting);
  assert.throws(() => readWaiting([["a", [{ detectors: "low", windows: 3 }]]]), /detectors must be an array/);
});

Deno.test("watchStream() keeps what services wait for that had no window in this run", async () => {
  const { streams: [stream] } = await parseConfig(
    "streams: [{name: shop, inputs: [a.log]}]",
    "/srv/deepscan.yaml",
  );
  const state = State.open(":memory:"), model = await madeModel("shop");
  const run = (waiting: StreamOutcome["waiting"], version = "v0001") => {
    const outcome = { ...emptyOutcome("shop"), model, version, waiting };
    const { conditions } = watchStream(state, { stream, outcome, failure: "" }, 0);
    for (const condition of conditions) state.conditions.put(condition);
    return outcome.waits.map(({ detectors, services }) => `${detectors} ${services}`);
  };
  const two = new Map([["a", [{ detectors: ["low"], windows: 2 }]], ["b", [{
    detectors: ["low"],
    windows: 1,
  }]]]);
  assert.deepEqual(run(two), ["low a,b"]);
  assert.deepEqual(run(new Map()), ["low a,b"]);
  assert.deepEqual(run(new Map([["b", []]])), ["low a"]);
  assert.deepEqual(run(new Map(), "v0002"), []); // another model has other habits
  state.close();
});
