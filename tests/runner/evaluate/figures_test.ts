import assert from "node:assert/strict";
import { columnsText, delayText, rateText, shareText, spreadText } from "../../../runner/evaluate/figures.ts";

Deno.test("spreadText() shows a mean with its least and most, or one figure with its interval", () => {
  const spread = (runs: number) => ({ mean: .5, least: .25, most: 1, runs });
  assert.equal(spreadText(spread(3), [.1, .9]), ".500 (.250–1.000)");
  assert.equal(spreadText(spread(1), [.1, .9]), ".500 (.100–.900)");
  assert.equal(spreadText(spread(1)), ".500");
  assert.equal(spreadText(null), "–");
});

Deno.test("delayText() says seconds of short times only", () => {
  assert.deepEqual([delayText(null), delayText(42_400), delayText(5_400_000), delayText(0)], [
    "–",
    "42s",
    "1h30m",
    "0s",
  ]);
});

Deno.test("shareText() and rateText() have as many digits as mean something", () => {
  assert.deepEqual([shareText(.001), shareText(.5), shareText(0)], ["0.10 %", "50.0 %", "0.0 %"]);
  assert.deepEqual([rateText(null), rateText(.123456)], ["–", "0.1235"]);
});

Deno.test("columnsText() aligns the first column to the left and the others to the right", () => {
  assert.equal(columnsText([["a", "long"], ["bbb", "1"]]), "a    long\nbbb     1\n");
});
