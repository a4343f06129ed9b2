import assert from "node:assert/strict";
import { confusionMatrix } from "../../lib/chart/confusion_matrix.ts";

const counts = (
  truePositives: number,
  falseNegatives: number,
  falsePositives: number,
  trueNegatives: number,
) => {
  return { truePositives, falsePositives, falseNegatives, trueNegatives };
};

Deno.test("confusionMatrix() tells all four counts with their shares of what was so", () => {
  assert.equal(
    confusionMatrix(counts(47, 2, 1, 1382), { title: "Orders", one: "session" }).toText(),
    "Orders: 1,432 sessions. Of 49 anomalous ones 47 found (96 %), 2 missed; of 1,383 normal ones 1 called (0.072 %), " +
      "1,382 left alone.",
  );
  const { values } = confusionMatrix(counts(1, 3, 2, 8)).spec.data as { values: Record<string, unknown>[] };
  assert.deepEqual(values.map(({ name, count, share }) => [name, count, share]), [
    ["found", "1", "25 % of anomalous"],
    ["missed", "3", "75 % of anomalous"],
    ["false alarms", "2", "20 % of normal"],
    ["left alone", "8", "80 % of normal"],
  ]);
});

Deno.test("confusionMatrix() says 100 % only where nothing is missing", () => {
  const shares = (one: ReturnType<typeof counts>) =>
    (confusionMatrix(one).spec.data as { values: { share: string }[] }).values.map(({ share }) => share);
  assert.equal(shares(counts(1, 0, 12, 9876))[3], "99.88 % of normal");
  assert.equal(shares(counts(1, 0, 0, 9876))[3], "100 % of normal");
});

Deno.test("confusionMatrix() has no shares of what there is none of", () => {
  assert.match(confusionMatrix(counts(0, 0, 1, 9)).toText(), /Of 0 anomalous ones 0 found, 0 missed; of 10 /);
  assert.equal(confusionMatrix(counts(0, 0, 0, 0)).toText(), "Confusion: no labelled windows");
});

Deno.test("confusionMatrix() can be read without colours: wrong decisions have a broken border", () => {
  const { layer } = confusionMatrix(counts(1, 1, 1, 1)).spec as {
    layer: { transform?: { filter: string }[]; mark: { strokeDash?: number[] } }[];
  };
  const dashes = layer.filter(({ transform }) => transform).map(({ mark }) => mark.strokeDash!.length > 0);
  assert.deepEqual(dashes, [false, true]);
});

Deno.test("confusionMatrix() refuses counts that are none", () => {
  assert.throws(() => confusionMatrix(counts(1, -1, 0, 0)), {
    name: "RangeError",
    message: "Cannot chart a confusion: falseNegatives must be a number from 0, current value is -1",
  });
  assert.throws(() => confusionMatrix(counts(NaN, 0, 0, 0)), RangeError);
});
