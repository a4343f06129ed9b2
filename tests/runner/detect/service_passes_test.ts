import assert from "node:assert/strict";
import { defaultConfig } from "../../../runner/config.ts";
import { parseConfig } from "../../../runner/config.ts";
import { emptyOutcome } from "../../../runner/detect/outcome.ts";
import { type Pass, ServicePasses } from "../../../runner/detect/service_passes.ts";

function pass(at: number, records: number, failed = ""): Pass {
  const failures = failed === "" ? [] : [{ stream: "shop", message: failed, wrongUse: false }];
  const streams = [{ ...emptyOutcome("shop"), records, windows: 1 }];
  return { streams, failures, startedAt: at, finishedAt: at + 10, skipped: 0 };
}

Deno.test("ServicePasses.add() gives a minute's passes as one, each record once", () => {
  const passes = new ServicePasses(new AbortController().signal);
  const noted = [0, 20_000, 40_000, 60_000, 80_000].map((at) => passes.add(pass(at, 5)));
  assert.deepEqual(noted.map((one) => one?.streams[0].records), [
    undefined,
    undefined,
    undefined,
    20,
    undefined,
  ]);
  assert.deepEqual([noted[3]!.startedAt, noted[3]!.finishedAt, noted[3]!.streams[0].windows], [0, 60_010, 4]);
});

Deno.test("ServicePasses.add() gives at once what has begun to fail, and the last pass", () => {
  const stopping = new AbortController(), passes = new ServicePasses(stopping.signal);
  assert.equal(passes.add(pass(0, 5)), null);
  assert.deepEqual(passes.add(pass(1, 0, "gone"))?.failures.map(({ message }) => message), ["gone"]);
  assert.equal(passes.add(pass(2, 1)), null);
  stopping.abort();
  assert.equal(passes.add(pass(3, 1))?.streams[0].records, 2);
});

Deno.test("ServicePasses.quiet() names streams that go by their lines and had none for group_wait", async () => {
  const passes = new ServicePasses(new AbortController().signal),
    text = (clock: string) =>
      `streams: [{name: shop, inputs: [/a.log], clock: ${clock}}]\nalerts: {group_wait: 30s}\n`;
  const config = await parseConfig(text("data"), "/deepscan.yaml");
  passes.add(pass(0, 5));
  assert.deepEqual([...passes.quiet(config, 29_000)], []);
  assert.deepEqual([...passes.quiet(config, 31_000)], ["shop"]);
  assert.deepEqual([...passes.quiet(await parseConfig(text("wall"), "/deepscan.yaml"), 31_000)], []);
  assert.deepEqual([...passes.quiet(defaultConfig("/"), 31_000)], []);
});
