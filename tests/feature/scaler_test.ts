import assert from "node:assert/strict";
import fc from "fast-check";
import type { FeatureColumn, FeatureMatrix } from "../../lib/feature/feature_matrix.ts";
import { Scaler, type ScalerOptions, type ScalerSnapshot } from "../../lib/feature/scaler.ts";

const COLUMNS: FeatureColumn[] = [
  { kind: "template", id: "E1", title: "" },
  { kind: "template", id: "E2", title: "" },
  { kind: "level", id: "warn", title: "" },
];

function matrixOf(rows: number[][], weights = rows.map(() => 1)): FeatureMatrix {
  return {
    columns: COLUMNS,
    rows: rows.length,
    values: Float32Array.from(rows.flat()),
    weights: Float64Array.from(weights),
  };
}

const rows = fc.array(fc.array(fc.nat({ max: 1000 }), { minLength: 3, maxLength: 3 }), {
  minLength: 1,
  maxLength: 20,
});
const options = fc.record({
  scaling: fc.constantFrom("count", "share"),
  range: fc.constantFrom("min-max", "z-score"),
  idf: fc.boolean(),
}) as fc.Arbitrary<ScalerOptions>;

Deno.test("Scaler.transform() puts training into 0–1 by min-max, and is finite by every option", () => {
  fc.assert(fc.property(rows, rows, options, (training, others, options) => {
    const scaler = Scaler.fit(matrixOf(training), options);
    const scaled = scaler.transform(matrixOf(training));
    if (options.range === "min-max") assert.ok(scaled.every((value) => value >= 0 && value <= 1 + 1e-6));
    assert.ok([...scaled, ...scaler.transform(matrixOf(others))].every(Number.isFinite));
  }));
});

Deno.test("Scaler.transform() centres training by z-score, each row as often as its weight says", () => {
  const training = matrixOf([[0, 5, 2], [3, 5, 0]], [3, 1]);
  const scaled = Scaler.fit(training, { range: "z-score" }).transform(training);
  const mean = (scaled[0] * 3 + scaled[3]) / 4, square = (scaled[0] ** 2 * 3 + scaled[3] ** 2) / 4;
  assert.ok(Math.abs(mean) < 1e-6 && Math.abs(square - 1) < 1e-6);
  assert.ok(Math.abs(scaled[1]) < 1e-12); // a column that never varies
});

Deno.test("Scaler.transform() gives one event of a column never seen in training the value 1", () => {
  const scaler = Scaler.fit(matrixOf([[4, 0, 0], [2, 0, 0]]));
  assert.deepEqual([...scaler.transform(matrixOf([[2, 1, 0]]))], [0, 1, 0]);
});

Deno.test("Scaler.transform() with idf makes rare columns count for more", () => {
  const scaler = Scaler.fit(matrixOf([[1, 0, 0], [1, 1, 0], [1, 0, 0]]), { idf: true });
  const [common, rare, never] = scaler.transform(matrixOf([[2, 1, 1]])).map((value, i) =>
    i === 0 ? value / Math.log2(1.5) : value
  );
  assert.ok(common < rare && rare < never);
  assert.equal(never, 1);
});

Deno.test("Scaler.transform() by share doesn't see the volume", () => {
  const scaler = Scaler.fit(matrixOf([[1, 3, 0], [2, 2, 1]]), { scaling: "share" });
  const [once, tenfold] = [[2, 6, 1], [20, 60, 10]].map((row) => [...scaler.transform(matrixOf([row]))]);
  assert.deepEqual(once, tenfold);
  assert.ok(scaler.transform(matrixOf([[0, 0, 0]])).every(Number.isFinite));
});

Deno.test("Scaler.invert() gives the counts back", () => {
  fc.assert(fc.property(rows, options, (training, options) => {
    const matrix = matrixOf(training),
      scaler = Scaler.fit(matrix, options),
      scaled = scaler.transform(matrix);
    scaled.forEach((value, i) => {
      const row = Math.floor(i / 3), total = training[row][0] + training[row][1];
      if (options.scaling === "share" && total === 0) return; // nothing can be said of an empty row's shares
      const count = scaler.invert(i % 3, value, total), expected = matrix.values[i];
      assert.ok(Math.abs(count - expected) <= 1e-3 * (1 + expected), `${count} is not ${expected}`);
    });
  }));
});

Deno.test("Scaler.fromJSON() scales as the one that was saved", () => {
  fc.assert(fc.property(rows, rows, options, (training, others, options) => {
    const scaler = Scaler.fit(matrixOf(training), options);
    const restored = Scaler.fromJSON(JSON.parse(JSON.stringify(scaler)));
    assert.deepEqual(restored.transform(matrixOf(others)), scaler.transform(matrixOf(others)));
  }));
});

Deno.test("Scaler.fromJSON() refuses what it doesn't know", () => {
  const good = Scaler.fit(matrixOf([[1, 2, 3]])).toJSON();
  const changes: Record<string, unknown>[] = [
    { version: 2 },
    { scaling: "cube" },
    { range: "none" },
    { columns: "E1" },
    { total: NaN },
    { offset: [1] },
    { width: [1, 0, 1] },
    { factor: [1, "1", 1] },
  ];
  for (const change of changes) {
    assert.throws(() => Scaler.fromJSON({ ...good, ...change } as ScalerSnapshot), {
      name: "TypeError",
      message: /^Cannot restore a scaler: /,
    });
  }
  assert.throws(() => Scaler.fromJSON(null as unknown as ScalerSnapshot), TypeError);
});

Deno.test("Scaler refuses other columns than those of training, no rows and unknown options", () => {
  const scaler = Scaler.fit(matrixOf([[1, 2, 3]]));
  const other = { ...matrixOf([[1, 2, 3]]), columns: [COLUMNS[1], COLUMNS[0], COLUMNS[2]] };
  assert.throws(() => scaler.transform(other), { name: "TypeError", message: /^Cannot scale: columns/ });
  assert.throws(() => Scaler.fit(matrixOf([])), RangeError);
  assert.throws(() => Scaler.fit(matrixOf([[1, 2, 3]]), { range: "log" as "min-max" }), RangeError);
});
