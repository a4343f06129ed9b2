import assert from "node:assert/strict";
import { HIDDEN_UNITS, layersOf } from "../../lib/detector/autoencoder_network.ts";
import { DenseGradients } from "../../lib/detector/dense_gradients.ts";
import { DenseNetwork } from "../../lib/detector/dense_network.ts";
import { seededRandom } from "../../lib/detector/seeded_random.ts";
import { loadTensorflow } from "../../lib/detector/tensorflow.ts";

const ROWS = 40;

/** Rows of which a third are zeros, with weighted columns, and layers of Glorot's size for them. */
function made(width: number) {
  const random = seededRandom(width), sizes = [width, ...HIDDEN_UNITS, width];
  const values = Float32Array.from({ length: ROWS * width }, () => random() < 1 / 3 ? 0 : random());
  const columnWeights = Float32Array.from({ length: width }, () => .5 + random());
  const between = sizes.slice(1).flatMap((units, i) => [Math.sqrt(6 / (sizes[i] + units)), .1]);
  let part = 0;
  const layers = layersOf(width, (length) => {
    const most = between[part++];
    return Float32Array.from({ length }, () => most * (2 * random() - 1));
  });
  const batch = [3, 7, 7, 20, 39], shares = [.1, .3, .2, .25, .15];
  return { rows: { values, width, columnWeights }, layers, batch, shares };
}

type Made = ReturnType<typeof made>;

/** The loss as TensorFlow.js has it, and the gradient of each weight; after some of its own Adam's steps the weights. */
async function byTensorflow({ rows, layers, batch, shares }: Made, steps: number) {
  const { core } = await loadTensorflow(), { width } = rows;
  const variables = layers.flatMap(({ kernel, bias, inputs, units }) => [
    core.variable(core.tensor2d(kernel, [inputs, units])),
    core.variable(core.tensor1d(bias)),
  ]);
  const input = core.tensor2d(
    batch.flatMap((row) => [...rows.values.subarray(row * width, (row + 1) * width)]),
    [
      batch.length,
      width,
    ],
  );
  const loss = () => {
    let output: import("@tensorflow/tfjs-core").Tensor = input;
    layers.forEach(({ activation }, i) => {
      const sum = core.add(
        core.matMul(output as typeof input, variables[2 * i] as never),
        variables[2 * i + 1],
      );
      output = activation === "relu" ? core.relu(sum) : core.sigmoid(sum);
    });
    const errors = core.mul(core.squaredDifference(output, input), core.tensor1d(rows.columnWeights));
    return core.sum(
      core.mul(core.mean(errors, 1), core.tensor1d(shares)),
    ) as import("@tensorflow/tfjs-core").Scalar;
  };
  const { value, grads } = core.variableGrads(loss);
  const gradients = variables.map(({ name }) => grads[name].dataSync());
  const optimizer = core.train.adam(.01);
  for (let i = 0; i < steps; i++) optimizer.minimize(loss);
  return { loss: value.dataSync()[0], gradients, weights: variables.map((variable) => variable.dataSync()) };
}

/** The greatest difference, as a share of the greatest value. */
function difference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  assert.equal(actual.length, expected.length);
  const most = Array.from(expected).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  return Array.from(expected, (value, i) => Math.abs(actual[i] - value)).reduce((a, b) => Math.max(a, b)) /
    most;
}

for (const width of [5, 8]) {
  Deno.test(`DenseGradients has TensorFlow.js's loss and gradients within 1e-5, ${width} columns`, async () => {
    const it = made(width), network = new DenseGradients(it.layers, it.rows);
    const expected = await byTensorflow(it, 0);
    assert(Math.abs(network.loss(it.batch, it.shares) / expected.loss - 1) < 1e-5);
    const gradients = network.gradients(it.batch, it.shares).flatMap(({ kernel, bias }) => [kernel, bias]);
    gradients.forEach((slopes, i) => {
      assert(
        difference(slopes, expected.gradients[i]) < 1e-5,
        `weights ${i}: ${difference(slopes, expected.gradients[i])}`,
      );
    });
  });
}

Deno.test("DenseGradients step() moves weights as TensorFlow.js's Adam does", async () => {
  const it = made(6), network = new DenseGradients(it.layers, it.rows);
  for (let i = 0; i < 5; i++) network.step(it.batch, { shares: it.shares, rate: .01 });
  const { weights } = await byTensorflow(it, 5);
  network.layers().flatMap(({ kernel, bias }) => [kernel, bias]).forEach((values, i) => {
    assert(difference(values, weights[i]) < 1e-3, `weights ${i}: ${difference(values, weights[i])}`);
  });
});

Deno.test("DenseGradients layers() give a network the loss that it tells", () => {
  const it = made(7),
    network = new DenseGradients(it.layers, it.rows),
    { width, values, columnWeights } = it.rows;
  network.step(it.batch, { shares: it.shares, rate: .01 });
  const plain = new DenseNetwork(network.layers()),
    row = values.subarray(2 * width, 3 * width),
    output = plain.run(row);
  const expected = output.reduce(
    (sum, value, i) => sum + columnWeights[i] * (value - row[i]) ** 2 / width,
    0,
  );
  assert(Math.abs(network.loss([2], [1]) / expected - 1) < 1e-5);
});

Deno.test("DenseGradients refuses layers that don't reproduce the rows", () => {
  const { layers, rows } = made(5);
  assert.throws(
    () => new DenseGradients(layers.slice(1), rows),
    /^RangeError: Cannot train a network: it reads 64 numbers and gives 5, rows have 5$/,
  );
});

Deno.test("DenseGradients' step tells the loss before it", () => {
  const { rows, layers, batch, shares } = made(12), network = new DenseGradients(layers, rows);
  const before = network.loss(batch, shares);
  assert(Math.abs(network.step(batch, { shares, rate: .1 }) - before) < 1e-12);
  assert.notEqual(network.loss(batch, shares), before);
});
