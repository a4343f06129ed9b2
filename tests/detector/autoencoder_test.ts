import assert from "node:assert/strict";
import { Autoencoder, autoencoder } from "../../lib/detector/autoencoder.ts";
import { AutoencoderNetwork, HIDDEN_UNITS } from "../../lib/detector/autoencoder_network.ts";
import { trainAutoencoder, type TrainingOptions } from "../../lib/detector/autoencoder_training.ts";
import { DenseNetwork } from "../../lib/detector/dense_network.ts";
import { Scaler } from "../../lib/feature/scaler.ts";
import { encodeFloats } from "../../lib/detector/snapshot.ts";
import { loadTensorflow } from "../../lib/detector/tensorflow.ts";
import { columnName } from "../../lib/detector/trained_columns.ts";
import { ANOMALOUS, COLUMNS, matrixOf, sessions } from "./matrices.ts";

const WIDTH = COLUMNS.length;
const SIZES = [WIDTH, ...HIDDEN_UNITS, WIDTH];

/** A snapshot whose weights are all `weight`. */
function untrained(weight: number) {
  const numbers = SIZES.slice(1).reduce((sum, units, i) => sum + SIZES[i] * units + units, 0);
  const [zeros, ones] = [new Array(WIDTH).fill(0), new Array(WIDTH).fill(1)];
  return {
    kind: "autoencoder",
    version: 2,
    columns: COLUMNS.map(columnName),
    scaler: Scaler.fit(matrixOf([zeros])).toJSON(),
    medians: zeros,
    columnWeights: encodeFloats(Float32Array.from(ones)),
    weights: encodeFloats(new Float32Array(numbers).fill(weight)),
    stuck: false,
  };
}

Deno.test("autoencoder scores without loading TensorFlow.js, and loads it to fit", async () => {
  const detector = await autoencoder.restore(untrained(0));
  detector.contributions(matrixOf([ANOMALOUS]), 0);
  const [score] = detector.score(matrixOf([new Array(WIDTH).fill(0)]));
  assert.equal(score, .25); // an untrained sigmoid says ½ everywhere
  assert.equal("_tfengine" in globalThis, false);
  await autoencoder.fit(matrixOf(sessions(5, 1)));
  assert.equal("_tfengine" in globalThis, true);
});

Deno.test("autoencoder restore() refuses weights and columns that don't fit together", async () => {
  const snapshot = untrained(0);
  const short = encodeFloats(new Float32Array(7));
  for (
    const change of [
      { weights: short },
      { columnWeights: short.slice(0, 0) },
      { least: [0] },
      { medians: [] },
      {
        columns: ["template:T1"],
      },
      { size: 0 },
      { weights: encodeFloats(Float32Array.of(NaN)) },
    ]
  ) {
    await assert.rejects(autoencoder.restore({ ...snapshot, ...change }), TypeError, JSON.stringify(change));
  }
});

Deno.test("autoencoder says in its note that its training stuck, and says it again when it is restored", async () => {
  const still: TrainingOptions = { learningRate: 0, epochs: 1 };
  const stuck = await autoencoder.fit(matrixOf(sessions(20, 4)), still);
  assert.match(stuck.note!, /^the autoencoder's training stuck with every seed/);
  assert.equal((await autoencoder.restore(stuck.toJSON())).note, stuck.note);
  assert.equal((await autoencoder.restore(untrained(0))).note, "");
});

Deno.test("autoencoder encode() and reconstruct() are the network's narrowest layer and its output", async () => {
  const detector = await autoencoder.fit(matrixOf(sessions(60, 1)));
  const matrix = matrixOf([...sessions(3, 2), ANOMALOUS]), { network, scaler } = detector.fitted;
  const codes = detector.encode(matrix), rebuilt = detector.reconstruct(matrix);
  assert.deepEqual([codes.length, rebuilt.length], [4 * 16, 4 * WIDTH]);
  assert.ok(codes.every((value) => value >= 0) && codes.some((value) => value > 0));

  const decoder = new DenseNetwork(network.layers.slice(3));
  for (let row = 0; row < matrix.rows; row++) {
    const made = [...decoder.run(codes.slice(16 * row, 16 * row + 16))];
    const counts = made.map((value, column) => scaler.invert(column, value));
    assert.deepEqual([...rebuilt.subarray(row * WIDTH, (row + 1) * WIDTH)], counts);
    assert.deepEqual(counts, [...detector.expected(matrix, row)]);
  }
  const [reads, errors] = [rebuilt[3 * WIDTH + 1], rebuilt[3 * WIDTH + 6]];
  assert.ok(reads > .5 && errors < 2, "it makes of an anomalous row what it knows");

  const restored = await autoencoder.restore(detector.toJSON());
  assert.ok(restored instanceof Autoencoder);
  assert.deepEqual(restored.encode(matrix), codes);
  assert.deepEqual([restored.encode(matrixOf([])).length, restored.reconstruct(matrixOf([])).length], [0, 0]);
});

Deno.test("autoencoder encode() and reconstruct() refuse columns that it was not fitted on", async () => {
  const detector = await autoencoder.restore(untrained(0)), foreign = matrixOf([[1]], [1], [COLUMNS[0]]);
  assert.throws(() => detector.encode(foreign), TypeError);
  assert.throws(() => detector.reconstruct(foreign), TypeError);
});

Deno.test("DenseNetwork equals TensorFlow.js's predict within 1e-5 on trained weights", async () => {
  const tensorflow = await loadTensorflow(), { core, layers } = tensorflow;
  const rows = sessions(40, 5).map((row) => row.map((count) => count / 6));
  const { layers: trained } = await trainAutoencoder({
    values: Float32Array.from(rows.flat()),
    width: WIDTH,
    weights: Float64Array.from(rows, () => 1),
    columnWeights: new Float32Array(WIDTH).fill(1),
  }, { epochs: 20 });
  const model = layers.sequential({
    layers: trained.map(({ inputs, units, activation }) =>
      layers.layers.dense({ units, activation, inputShape: [inputs] })
    ),
  });
  model.setWeights(
    trained.flatMap(({ inputs, units, kernel, bias }) => [
      core.tensor2d(kernel, [inputs, units]),
      core.tensor1d(bias),
    ]),
  );
  const ours = new DenseNetwork(trained);
  const predicted = (model.predict(core.tensor2d(rows)) as ReturnType<typeof core.tensor2d>).arraySync();
  rows.forEach((row, i) => {
    ours.run(Float64Array.from(row)).forEach((value, column) => {
      assert(Math.abs(value - predicted[i][column]) < 1e-5);
    });
  });
});

Deno.test("AutoencoderNetwork frees every tensor that it made", async () => {
  const tensorflow = await loadTensorflow();
  const rows = {
    values: new Float32Array(6),
    width: 3,
    weights: Float64Array.of(1, 1),
    columnWeights: Float32Array.of(1, 1, 1),
  };
  const live = () => tensorflow.core.memory().numTensors, before = live();
  const network = new AutoencoderNetwork(tensorflow, rows, { seed: 0, learningRate: .01, means: [0, 0, 0] });
  for (let i = 0; i < 3; i++) network.step([0, 1], [.5, .5]);
  network.assign(network.layers());
  network.loss([0], [1]);
  network.dispose();
  assert.equal(live(), before);
});
