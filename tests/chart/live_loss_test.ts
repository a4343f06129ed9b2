import assert from "node:assert/strict";
import { LiveLoss } from "../../lib/chart/live_loss.ts";
import { autoencoder } from "../../lib/detector/autoencoder.ts";
import { lstm } from "../../lib/detector/lstm.ts";
import { sequenceSet } from "../../lib/detector/sequence_set.ts";
import { matrixOf, sessions } from "../detector/matrices.ts";
import { chains } from "../detector/sequence_contract.ts";

/** A screen that notes how many epochs each drawing had. */
function noting() {
  const drawn: number[] = [], types = new Set<string>();
  const broadcast = async (type: string, content: Record<string, unknown>) => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    const { data } = content as { data: Record<string, string> };
    drawn.push(Number(/: (\d+) epochs?,/.exec(data["text/plain"])![1]));
    types.add(type);
  };
  return { screen: { broadcast }, drawn, types };
}

Deno.test("LiveLoss draws while a training goes on, ever farther apart, and the whole at its end", async () => {
  const { screen, drawn } = noting(), live = new LiveLoss(screen, "loss", { title: "Loss" });
  for (let done = 1; done <= 99; done++) {
    await live.onProgress({ step: "lstm", done, total: 100, loss: 1 / done });
    if (done === 50) assert.ok(drawn.length > 10 && drawn.at(-1)! > 45, "it lags behind the training");
  }
  await live.end();
  assert.deepEqual(drawn.slice(0, 12), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13]);
  assert.equal(drawn.at(-1), 99);
  assert.ok(drawn.length < 40);
  await live.end();
  assert.equal(drawn.at(-2) === 99, false, "the end is drawn once");
});

Deno.test("LiveLoss forgets a training that started anew", async () => {
  const { screen, drawn } = noting(), live = new LiveLoss(screen, "loss");
  for (const done of [1, 2, 3, 1, 2]) await live.onProgress({ step: "lstm", done, total: 9, loss: 1 });
  await live.end();
  assert.deepEqual([live.epochs.length, ...drawn], [2, 1, 2, 3, 1, 2]);
});

Deno.test("LiveLoss shows what the trainings of the autoencoder and the LSTM tell, in one place each", async () => {
  const { set } = sequenceSet(chains(40, 1));
  for (
    const fit of [
      (live: LiveLoss) => autoencoder.fit(matrixOf(sessions(60, 1)), { onProgress: live.onProgress }),
      (live: LiveLoss) => lstm.fit(set, { onProgress: live.onProgress }),
    ]
  ) {
    const { screen, drawn, types } = noting(), live = new LiveLoss(screen, "loss");
    await fit(live);
    await live.end();
    assert.deepEqual([...types], ["display_data", "update_display_data"]);
    assert.equal(drawn.at(-1), live.epochs.length);
    assert.ok(live.epochs.every(({ loss, validationLoss }) => loss! > 0 && validationLoss! > 0));
  }
});

Deno.test("LiveLoss is silent outside of a notebook, and without an epoch", async () => {
  const { screen, drawn } = noting();
  await new LiveLoss(screen, "loss").end();
  assert.deepEqual(drawn, []);
  const outside = new LiveLoss(undefined, "loss");
  await outside.onProgress({ step: "lstm", done: 1, total: 9, loss: 1 });
  await outside.end();
  assert.equal(outside.epochs.length, 1);
});
