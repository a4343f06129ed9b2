import assert from "node:assert/strict";
import fc from "fast-check";
import type { FeatureColumn, FeatureMatrix } from "../../lib/feature/feature_matrix.ts";
import { Scaler, type ScalerSnapshot } from "../../lib/feature/scaler.ts";

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
Deno.test("Scaler.transform() puts training into 0–1, and is finite beyond it", () => {
  fc.assert(fc.property(rows, rows, (training, others) => {
    const scaler = Scaler.fit(matrixOf(training)), scaled = scaler.transform(matrixOf(training));
    assert.ok(scaled.every((value) => value >= 0 && value <= 1 + 1e-6));
    assert.ok(scaler.transform(matrixOf(others)).every(Number.isFinite));
  }));
});

Deno.test("Scaler.transform() gives one event of a column never seen in training the value 1", () => {
  const scaler = Scaler.fit(matrixOf([[4, 0, 0], [2, 0, 0]]));
  assert.deepEqual([...scaler.transform(matrixOf([[2, 1, 0]]))], [0, 1, 0]);
});

Deno.test("Scaler.invert() gives the counts back", () => {
  fc.assert(fc.property(rows, (training) => {
    const matrix = matrixOf(training), scaler = Scaler.fit(matrix);
    scaler.transform(matrix).forEach((value, i) => {
      const count = scaler.invert(i % 3, value), expected = matrix.values[i];
      assert.ok(Math.abs(count - expected) <= 1e-3 * (1 + expected), `${count} is not ${expected}`);
    });
  }));
});

Deno.test("Scaler.fromJSON() scales as the one that was saved", () => {
  fc.assert(fc.property(rows, rows, (training, others) => {
    const scaler = Scaler.fit(matrixOf(training));
    const restored = Scaler.fromJSON(JSON.parse(JSON.stringify(scaler)));
    assert.deepEqual(restored.transform(matrixOf(others)), scaler.transform(matrixOf(others)));
  }));
});

Deno.test("Scaler.fromJSON() refuses what it doesn't know", () => {
  const good = Scaler.fit(matrixOf([[1, 2, 3]])).toJSON();
  const changes: Record<string, unknown>[] = [
    { version: 1 },
    { scaling: "cube" },
    { columns: "E1" },
    { offset: [1] },
    { offset: [1, "1", 1] },
    { width: [1, 0, 1] },
  ];
  for (const change of changes) {
    assert.throws(() => Scaler.fromJSON({ ...good, ...change } as ScalerSnapshot), {
      name: "TypeError",
      message: /^Cannot restore a scaler: /,
    });
  }
  assert.throws(() => Scaler.fromJSON(null as unknown as ScalerSnapshot), TypeError);
});

Deno.test("Scaler refuses other columns than those of training, and no rows", () => {
  const scaler = Scaler.fit(matrixOf([[1, 2, 3]]));
  const other = { ...matrixOf([[1, 2, 3]]), columns: [COLUMNS[1], COLUMNS[0], COLUMNS[2]] };
  assert.throws(() => scaler.transform(other), { name: "TypeError", message: /^Cannot scale: columns/ });
  assert.throws(() => Scaler.fit(matrixOf([])), RangeError);
});
