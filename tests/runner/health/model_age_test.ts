import assert from "node:assert/strict";
import { State } from "../../../lib/mod.ts";
import { parseConfig } from "../../../runner/config.ts";
import { emptyOutcome } from "../../../runner/detect/outcome.ts";
import { modelAgeRemarks } from "../../../runner/health/model_age.ts";
import { madeModel } from "./made_model.ts";

Deno.test("modelAgeRemarks() says once a day that a model is old, by the clock that counts", async () => {
  const state = State.open(":memory:"),
    model = await madeModel("shop"),
    DAY = 86_400_000,
    { to } = model.trained;
  const config = async (clock: string) =>
    await parseConfig(`streams: [{name: shop, inputs: [a.log], clock: ${clock}}]`, "/srv/deepscan.yaml");
  const wall = await config("wall"), data = await config("data");
  const outcome = { ...emptyOutcome("shop"), model, version: "v0001", reached: to + DAY };
  const remarks = (settings: typeof wall, now: number) =>
    modelAgeRemarks(state, settings, { streams: [outcome], now });
  assert.deepEqual(remarks(wall, to + 29 * DAY), []);
  assert.match(
    remarks(wall, to + 31 * DAY)[0],
    /^stream shop has gone on for 31 d behind what model v0001 has learned from/,
  );
  assert.deepEqual(remarks(wall, to + 31.5 * DAY), []);
  assert.equal(remarks(wall, to + 32 * DAY).length, 1);
  assert.deepEqual(remarks(data, to + 90 * DAY), []); // its lines are a day behind
  state.close();
});
