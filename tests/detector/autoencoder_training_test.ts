import assert from "node:assert/strict";
import { isStuck, trainAutoencoder } from "../../lib/detector/autoencoder_training.ts";
import { loadTensorflow } from "../../lib/detector/tensorflow.ts";
import { sessions } from "./matrices.ts";

/** Rows scaled to 0–1. */
function trainingRows(count: number, weight = 1) {
  const rows = sessions(count, 4).map((row) => row.map((value) => value / 6));
  const width = rows[0].length;
  return {
    values: Float32Array.from(rows.flat()),
    width,
    weights: new Float64Array(count).fill(weight),
    columnWeights: new Float32Array(width).fill(1),
  };
}

Deno.test("trainAutoencoder() learns far more than the columns' means", async () => {
  const training = await trainAutoencoder(trainingRows(64, 4));
  assert(training.loss < .2 * training.meanLoss, `${training.loss} of ${training.meanLoss}`);
  assert.equal(training.stuck, false);
  assert.equal(training.attempts, 1);
});

Deno.test("trainAutoencoder() gives equal weights for one seed and others for another", async () => {
  const [first, again, other] = await Promise.all(
    [1, 1, 2].map((seed) => trainAutoencoder(trainingRows(20), { seed, epochs: 4 })),
  );
  assert.deepEqual(again, first);
  assert.notDeepEqual(other.layers, first.layers);
});

Deno.test("trainAutoencoder() tries other seeds where a training sticks, and says that all did", async () => {
  const stuck = await trainAutoencoder(trainingRows(20), { learningRate: 0, epochs: 2 });
  assert.equal(stuck.attempts, 4);
  assert.equal(stuck.stuck, true);
});

Deno.test("trainAutoencoder() stops when the validation loss no longer falls, and keeps the best weights", async () => {
  const attempts: number[][] = [];
  const training = await trainAutoencoder(trainingRows(20), {
    learningRate: .3, // too long a step: the loss jumps about
    epochs: 500,
    onProgress: ({ step, done, total, loss }) => {
      if (done === 1) attempts.push([]);
      attempts.at(-1)!.push(loss!);
      assert.deepEqual([step, done, total], ["autoencoder", attempts.at(-1)!.length, 500]);
    },
  });
  assert.equal(training.attempts, attempts.length);
  const kept = attempts.find((losses) => Math.min(...losses) === training.validationLoss);
  assert.equal(training.epochs, kept?.length);
  assert(attempts.every((losses) => losses.length >= 160 && losses.length < 500));
});

Deno.test("trainAutoencoder() tells both losses of an epoch, and goes on when its listener does", async () => {
  const told: string[] = [], losses: { loss?: number; trainingLoss?: number }[] = [];
  const training = await trainAutoencoder(trainingRows(64, 4), {
    epochs: 30,
    onProgress: async ({ done, loss, trainingLoss }) => {
      told.push(`${done} begins`);
      losses.push({ loss, trainingLoss });
      await new Promise((resolve) => setTimeout(resolve, 0));
      told.push(`${done} ends`);
    },
  });
  assert.deepEqual(told.slice(0, 4), ["1 begins", "1 ends", "2 begins", "2 ends"]);
  assert.ok(
    losses[0].trainingLoss! > losses[0].loss!,
    "the epoch's mean is of steps that came before its end",
  );
  const quiet = await trainAutoencoder(trainingRows(64, 4), { epochs: 30 });
  assert.deepEqual(quiet, training, "who listens changes nothing");
});

Deno.test("trainAutoencoder() ends, and frees what it made, where its listener fails", async () => {
  const { core } = await loadTensorflow(), before = core.memory().numTensors;
  const failing = { onProgress: () => Promise.reject(new Error("the screen is gone")) };
  await assert.rejects(() => trainAutoencoder(trainingRows(20), failing), /the screen is gone/);
  assert.equal(core.memory().numTensors, before);
});

Deno.test("trainAutoencoder() refuses to train on nothing", async () => {
  const nothing = {
    values: new Float32Array(0),
    width: 2,
    weights: new Float64Array(0),
    columnWeights: Float32Array.of(1, 1),
  };
  await assert.rejects(
    trainAutoencoder(nothing),
    /^RangeError: Cannot train an autoencoder: there are no rows$/,
  );
});

Deno.test("isStuck() asks for a loss clearly below that of the means, and nothing where those leave none", () => {
  assert.equal(isStuck(.5, .5), true);
  assert.equal(isStuck(NaN, .5), true);
  assert.equal(isStuck(.1, .5), false);
  assert.equal(isStuck(.1, 0), false);
});
