import assert from "node:assert/strict";
import { lossCurve } from "../../lib/chart/loss_curve.ts";

const axisOf = (chart: ReturnType<typeof lossCurve>) =>
  (chart.spec as unknown as { encoding: { y: { axis: { title: string } } } }).encoding.y.axis.title;

Deno.test("lossCurve() names the unit, and the logarithm where the loss falls far", () => {
  assert.equal(
    axisOf(lossCurve([{ epoch: 1, loss: 1 }, { epoch: 2, loss: 0.5 }])),
    "Loss (mean squared error)",
  );
  assert.deepEqual(
    axisOf(lossCurve([{ epoch: 1, loss: 1 }, { epoch: 2, loss: 0.01 }], { loss: "cross entropy" })),
    ["Loss (cross entropy)", "logarithmic"],
  );
});

Deno.test("lossCurve() sorts epochs and leaves out what isn't finite, saying so", () => {
  const chart = lossCurve([{ epoch: 2, loss: 0.5 }, { epoch: 1, loss: 1 }, {
    epoch: 3,
    loss: NaN,
    validationLoss: Infinity,
  }]);
  assert.equal(
    chart.toText(),
    "Loss by epoch: 3 epochs, mean squared error at the end: training 0.5. 2 not finite and left out.",
  );
});

Deno.test("lossCurve() of nothing finite is an empty chart", () => {
  assert.equal(lossCurve([{ epoch: 1, loss: NaN }]).toText(), "Loss by epoch: no finite losses");
});

Deno.test("lossCurve() draws a single epoch and a loss of zero", async () => {
  assert.match(await lossCurve([{ epoch: 1, loss: 0 }]).svg(), /^<svg/);
});

Deno.test("lossCurve() takes 300,000 epochs", () => {
  const epochs = Array.from({ length: 300_000 }, (_, i) => ({ epoch: i + 1, loss: 1 / (i + 1) }));
  const chart = lossCurve(epochs), { y } = chart.spec.encoding as { y: { scale: { type: string } } };
  assert.equal(y.scale.type, "log");
  assert.match(chart.toText(), /: 300,000 epochs, /);
});
