import assert from "node:assert/strict";
import { UsageError } from "../../../runner/context.ts";
import { mapOptions } from "../../../runner/map/options.ts";

Deno.test("mapOptions() reads what stands on the command line", () => {
  assert.deepEqual(mapOptions([], "/here"), { config: null, follow: false, json: false });
  const all = mapOptions(["--config", "a.yaml", "--follow", "--json"], "/here");
  assert.deepEqual(all, { config: "/here/a.yaml", follow: true, json: true });
});

Deno.test("mapOptions() refuses what it doesn't know", () => {
  for (const args of [["--worker", "1"], ["a.log"]]) {
    assert.throws(() => mapOptions(args, "/here"), UsageError);
  }
});
