import assert from "node:assert/strict";
import { lstm } from "../../lib/detector/lstm.ts";
import { LstmGradients } from "../../lib/detector/lstm_gradients.ts";
import { LstmNetwork, type LstmWeights } from "../../lib/detector/lstm_network.ts";
import { isStuck, type LstmTrainingOptions, trainLstm } from "../../lib/detector/lstm_training.ts";
import { HISTORY, historyRows, OWN_CLASSES } from "../../lib/detector/lstm_windows.ts";
import { seededRandom } from "../../lib/detector/seeded_random.ts";
import { sequenceSet } from "../../lib/detector/sequence_set.ts";
import { knownEvents } from "../../lib/detector/sequence_training.ts";
import { encodeFloats } from "../../lib/detector/snapshot.ts";
import { loadTensorflow } from "../../lib/detector/tensorflow.ts";
import { chains } from "./sequence_contract.ts";

const SIZES = { inputs: 5, units: 6, outputs: 6 };
const SEQUENCES = knownEvents("lstm", sequenceSet(chains(40, 1)).set).sequences;
const SHORT: LstmTrainingOptions = { epochs: 3 };
const CLASSES = { own: 4, whole: true };

/** Any weights, none of them 0. */
function anyWeights(seed: number): LstmWeights {
  const network = new LstmGradients({ sizes: SIZES, seed }), random = seededRandom(seed);
  const shaken = (values: Float32Array) => values.map((value) => value + random() - .5);
  const { kernel, recurrent, bias, outKernel, outBias } = network.weights();
  return {
    kernel: shaken(kernel),
    recurrent: shaken(recurrent),
    bias: shaken(bias),
    outKernel: shaken(outKernel),
    outBias: shaken(outBias),
  };
}

Deno.test("LstmNetwork equals TensorFlow.js's LSTM layer and softmax within 1e-5", async () => {
  const { core, layers } = await loadTensorflow(), weights = anyWeights(2), history = [3, 1, 0, 4, 2, 2, 1];
  const model = layers.sequential({
    layers: [
      layers.layers.lstm({
        units: SIZES.units,
        inputShape: [history.length, SIZES.inputs],
        recurrentActivation: "sigmoid",
        recurrentInitializer: "glorotUniform",
      }),
      layers.layers.dense({ units: SIZES.outputs, activation: "softmax" }),
    ],
  });
  model.setWeights([
    core.tensor2d(weights.kernel, [SIZES.inputs, 4 * SIZES.units]),
    core.tensor2d(weights.recurrent, [SIZES.units, 4 * SIZES.units]),
    core.tensor1d(weights.bias),
    core.tensor2d(weights.outKernel, [SIZES.units, SIZES.outputs]),
    core.tensor1d(weights.outBias),
  ]);
  const hot = history.map((input) => Array.from({ length: SIZES.inputs }, (_, i) => i === input ? 1 : 0));
  const predicted = (model.predict(core.tensor3d([hot])) as ReturnType<typeof core.tensor2d>).dataSync();
  new LstmNetwork(SIZES, weights).logProbabilities(history).forEach((logarithm, i) => {
    assert(Math.abs(Math.exp(logarithm) - predicted[i]) < 1e-5);
  });
});

Deno.test("LstmNetwork and LstmGradients say the same of every history", () => {
  const rows = historyRows(SEQUENCES, CLASSES, 0), network = new LstmGradients({ sizes: SIZES, seed: 4 });
  const forward = new LstmNetwork(SIZES, network.weights());
  for (let row = 0; row < rows.weights.length; row++) {
    const logarithms = forward.logProbabilities(rows.inputs.subarray(row * HISTORY, (row + 1) * HISTORY));
    const loss = logarithms.reduce((sum, value, i) => sum - value * rows.targets[row * rows.outputs + i], 0);
    assert(Math.abs(network.loss(rows, [row], [1]) - loss) < 1e-6);
  }
});

Deno.test("LstmGradients' slopes are those of its loss, by differences", () => {
  const rows = historyRows(SEQUENCES, CLASSES, 0), batch = [...rows.weights.keys()];
  const shares = batch.map((row) => (row + 1) / 100), step = 1e-3;
  const names = ["kernel", "recurrent", "bias", "outKernel", "outBias"] as const;
  const start = anyWeights(7), network = new LstmGradients({ sizes: SIZES, seed: 0, weights: start });
  const slopes = network.gradients(rows, batch, shares);
  for (const name of names) {
    for (let i = 0; i < start[name].length; i += 5) {
      const moved = (by: number) => {
        const weights = { ...start, [name]: start[name].map((value, at) => at === i ? value + by : value) };
        return new LstmGradients({ sizes: SIZES, seed: 0, weights }).loss(rows, batch, shares);
      };
      const slope = (moved(step) - moved(-step)) / (2 * step);
      assert(Math.abs(slopes[name][i] - slope) < 1e-3 * (1 + Math.abs(slope)), `${name} ${i}`);
    }
  }
});

Deno.test("historyRows() holds each history once, with how often it occurred and what came next", () => {
  const sequences = [{ events: Int32Array.of(0, 1, 0), weight: 2 }, { events: Int32Array.of(0), weight: 6 }];
  const { inputs, targets, outputs, weights } = historyRows(sequences, { own: 2, whole: true }, 0);
  assert.deepEqual([...weights], [8, 8, 2, 2]);
  assert.deepEqual([...inputs.subarray(HISTORY - 2, HISTORY)], [-1, -1]);
  assert.deepEqual([...inputs.subarray(3 * HISTORY, 4 * HISTORY)], [
    ...new Array(HISTORY - 3).fill(-1),
    0,
    1,
    0,
  ]);
  assert.deepEqual([...targets.subarray(outputs, 2 * outputs)], [0, .25, 0, .75]); // after 0: 1, or the end
});

Deno.test("historyRows() keeps at most 20,000 distinct histories, the frequent ones among them", () => {
  const random = seededRandom(1);
  const events = Int32Array.from({ length: 30_000 }, () => Math.floor(random() * 50));
  const sequences = [{ events, weight: 1 }, { events: Int32Array.of(7, 7, 7), weight: 9 }];
  const { weights, inputs } = historyRows(sequences, { own: 50, whole: false }, 0);
  assert.equal(weights.length, 20_000);
  assert.equal(weights.filter((weight) => weight === 9).length, 2);
  assert.equal(inputs.length, 20_000 * HISTORY);
});

Deno.test("trainLstm() learns the order, and gives equal weights for one seed and others for another", async () => {
  const [first, again, other] = await Promise.all(
    [1, 1, 2].map((seed) => trainLstm(SEQUENCES, CLASSES, { seed, epochs: 20 })),
  );
  assert.deepEqual(again, first);
  assert.notDeepEqual(other.weights, first.weights);
  assert.equal(first.stuck, false);
  assert.equal(first.attempts, 1);
});

Deno.test("trainLstm() tries other seeds where a training sticks, and says that all did", async () => {
  const stuck = await trainLstm(SEQUENCES, CLASSES, { learningRate: 0, epochs: 2 });
  assert.deepEqual([stuck.stuck, stuck.attempts], [true, 3]);
  const still: LstmTrainingOptions = { learningRate: 0, epochs: 1 };
  const detector = await lstm.fit(sequenceSet(chains(40, 1)).set, still);
  assert.match(detector.note!, /^the LSTM's training stuck with every seed/);
  assert.equal((await lstm.restore(detector.toJSON())).note, detector.note);
});

Deno.test("trainLstm() tells both losses of an epoch, and goes on when its listener does", async () => {
  const told: string[] = [], rows = historyRows(SEQUENCES, CLASSES, 0);
  let training = NaN, validation = NaN;
  await trainLstm(SEQUENCES, CLASSES, {
    ...{ learningRate: 0, epochs: 2 }, // nothing moves: what is told of an epoch is true of the start
    onProgress: async ({ done, loss, trainingLoss }) => {
      told.push(`${done} begins`);
      [training, validation] = [trainingLoss!, loss!];
      await new Promise((resolve) => setTimeout(resolve, 0));
      told.push(`${done} ends`);
    },
  });
  assert.deepEqual(told.slice(0, 4), ["1 begins", "1 ends", "2 begins", "2 ends"]);
  assert.notEqual(training, validation);
  for (const loss of [training, validation]) {
    assert(loss > 0 && loss < 2 * Math.log(rows.outputs), `${loss}`);
  }
});

Deno.test("LstmGradients' step tells the loss before it", () => {
  const rows = historyRows(SEQUENCES, CLASSES, 0), network = new LstmGradients({ sizes: SIZES, seed: 4 });
  const [batch, shares] = [[0, 1, 1], [.5, .2, .3]], before = network.loss(rows, batch, shares);
  assert(Math.abs(network.step(rows, batch, { shares, rate: .1 }) - before) < 1e-12);
  assert.notEqual(network.loss(rows, batch, shares), before);
});

Deno.test("isStuck() asks for half of what the last event tells, and nothing where it tells nothing", () => {
  assert.equal(isStuck(1.9, { alone: 2, afterLast: 1 }), true);
  assert.equal(isStuck(NaN, { alone: 2, afterLast: 1 }), true);
  assert.equal(isStuck(1.2, { alone: 2, afterLast: 1 }), false);
  assert.equal(isStuck(2.1, { alone: 2, afterLast: 2 }), false);
});

Deno.test("lstm puts rare templates into one class, and an unknown one above all that it knows", async () => {
  const rare = Array.from({ length: OWN_CLASSES + 20 }, (_, i) => [`T${i}`, "end"]);
  const { set } = sequenceSet(rare, { weights: rare.map((_, i) => i < OWN_CLASSES ? 20 : 1) });
  const detector = await lstm.fit(set, SHORT);
  const tested =
    sequenceSet([[`T${OWN_CLASSES + 5}`, "end"], [`T${OWN_CLASSES + 9}`, "end"], ["T999", "end"]]).set;
  const [one, other, unknown] = detector.score(tested);
  assert.equal(one, other);
  assert(unknown > one);
});

Deno.test("lstm restore() refuses weights that don't fit its vocabulary", async () => {
  const snapshot = (await lstm.fit(sequenceSet(chains(5, 1)).set, SHORT)).toJSON();
  for (
    const change of [{ weights: encodeFloats(new Float32Array(9)) }, { units: 7 }, { vocabulary: ["open"] }]
  ) {
    await assert.rejects(lstm.restore({ ...snapshot, ...change }), TypeError, JSON.stringify(change));
  }
});
