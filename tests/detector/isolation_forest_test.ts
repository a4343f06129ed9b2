import assert from "node:assert/strict";
import fc from "fast-check";
import { isolationForest } from "../../lib/detector/isolation_forest.ts";
import { growTrees } from "../../lib/detector/isolation_growth.ts";
import { type IsolationTrees, meanPath, pathLength, treeShape } from "../../lib/detector/isolation_trees.ts";
import { encodeFloats } from "../../lib/detector/snapshot.ts";
import { matrixOf, sessions } from "./matrices.ts";

/** Of scikit-learn; `golden/isolation_forest.py` makes it. */
interface Golden {
  forest: {
    windows: number;
    trees: Record<"left" | "right" | "column" | "threshold" | "windows", number[]>[];
    rows: number[][];
    scores: number[];
  };
  fitted: { rows: number[][]; scores: number[]; spread: number };
}

const golden: Golden = JSON.parse(
  Deno.readTextFileSync(new URL("golden/isolation_forest.json.golden", import.meta.url)),
);

const columnsOf = (width: number) =>
  Array.from({ length: width }, (_, i) => ({ kind: "template" as const, id: `T${i}`, title: `T${i}` }));

/** scikit-learn's trees as ours. */
function imported(trees: Golden["forest"]["trees"]): IsolationTrees {
  const nodes = Int32Array.from(
    trees.flatMap(({ left, column, windows }) => left.map((child, i) => child < 0 ? -windows[i] : column[i])),
  );
  const thresholds = Float64Array.from(
    trees.flatMap(({ left, threshold }) => threshold.map((value, i) => left[i] < 0 ? 0 : value)),
  );
  return { ...treeShape(nodes), nodes, thresholds };
}

/** Spearman's rank correlation. */
function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [ranks(a), ranks(b)], middle = (a.length - 1) / 2;
  const product = (p: number[], q: number[]) =>
    p.reduce((sum, value, i) => sum + (value - middle) * (q[i] - middle), 0);
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
}

/** Places from 0; equal values share the mean of theirs. */
function ranks(values: ArrayLike<number>): number[] {
  const all = Array.from(values);
  return all.map((value) => {
    const below = all.filter((other) => other < value).length;
    return below + (all.filter((other) => other === value).length - 1) / 2;
  });
}

Deno.test("treeShape() finds the children that scikit-learn wrote down", () => {
  const { roots, rights } = imported(golden.forest.trees);
  golden.forest.trees.forEach(({ left, right }, tree) => {
    right.forEach((child, i) => {
      assert.equal(rights[roots[tree] + i], child < 0 ? 0 : roots[tree] + child);
      if (child >= 0) assert.equal(left[i], i + 1);
    });
  });
});

Deno.test("pathLength() gives scikit-learn's scores with scikit-learn's trees", () => {
  const { rows, scores, windows } = golden.forest, trees = imported(golden.forest.trees);
  rows.forEach((row, i) => {
    const score = 2 ** -(pathLength(trees, Float32Array.from(row)) / meanPath(windows));
    assert(Math.abs(score - scores[i]) < 1e-9, `${score} instead of ${scores[i]}`);
  });
});

Deno.test("isolationForest fitted on the rows that scikit-learn was fitted on gives nearly its scores", async () => {
  const { rows, scores, spread } = golden.fitted,
    matrix = matrixOf(rows, undefined, columnsOf(rows[0].length));
  for (const seed of [0, 1, 2]) {
    const found = (await isolationForest.fit(matrix, { seed })).score(matrix);
    const correlation = rankCorrelation(found, scores);
    const apart = found.reduce((sum, score, i) => sum + Math.abs(score - scores[i]), 0) / rows.length;
    assert(correlation > .97, `rank correlation ${correlation}`);
    assert(apart < 2 * spread, `${apart} apart on average, scikit-learn's own forests ${spread}`);
  }
});

Deno.test("isolationForest gives other trees for another seed, and nearly the same scores", async () => {
  const matrix = matrixOf(sessions(200, 1));
  const [first, second] = await Promise.all([0, 1].map((seed) => isolationForest.fit(matrix, { seed })));
  assert.notDeepEqual(first.toJSON().nodes, second.toJSON().nodes);
  const others = second.score(matrix);
  first.score(matrix).forEach((score, i) => assert(Math.abs(score - others[i]) < .05));
});

Deno.test("isolationForest scores a row within training's range by its path alone, beyond it the higher the farther", async () => {
  const columns = columnsOf(2), train = matrixOf([[1, 5], [2, 6], [3, 5], [2, 9]], [30, 30, 30, 1], columns);
  const detector = await isolationForest.fit(train);
  const scores = detector.score(matrixOf([[2, 9], [2, 19], [2, 99], [0, 5], [1, 5]], undefined, columns));
  assert(scores[1] > scores[0] && scores[2] > scores[1]);
  assert(scores[3] > scores[4], "a count below all of training's leaves its range, too");
  // One doubling halves the path: the score's logarithm halves.
  assert(Math.abs(Math.log2(scores[1]) - Math.log2(scores[0]) / 2) < 1e-9);
});

Deno.test("growTrees() draws the windows that there are, splits them all, and never below the depth of their logarithm", () => {
  fc.assert(fc.property(
    fc.array(fc.record({ value: fc.integer({ min: 0, max: 9 }), weight: fc.integer({ min: 1, max: 40 }) }), {
      minLength: 1,
      maxLength: 12,
    }),
    fc.integer({ min: 0, max: 99 }),
    (rows, seed) => {
      const values = Float32Array.from(rows, ({ value }) => value),
        weights = Float64Array.from(rows, ({ weight }) => weight);
      const all = weights.reduce((a, b) => a + b);
      const { trees, windows } = growTrees({ values, width: 1, weights }, { trees: 3, subsample: 32, seed });
      assert.equal(windows, Math.min(32, all));
      for (const [tree, root] of trees.roots.entries()) {
        const nodes = trees.nodes.subarray(root, trees.roots[tree + 1] ?? trees.nodes.length);
        assert.equal(nodes.filter((node) => node < 0).reduce((sum, node) => sum - node, 0), windows);
      }
      for (const value of values) {
        const deepest = Math.ceil(Math.log2(Math.max(2, windows)));
        assert(pathLength(trees, Float32Array.of(value)) <= deepest + meanPath(windows));
      }
    },
  ));
});

Deno.test("growTrees() takes all windows of a small history for every tree", () => {
  const rows = { values: Float32Array.of(0, 1, 2), width: 1, weights: Float64Array.of(1, 1, 1) };
  const { trees, windows } = growTrees(rows, { trees: 50, subsample: 256, seed: 1 });
  assert.equal(windows, 3);
  // Three windows apart by two splits: one path of 1, two of 2, whatever the splits; the middle one always has 2.
  assert.equal(pathLength(trees, Float32Array.of(1)), 2);
});

Deno.test("isolationForest restore() refuses trees that are none", async () => {
  const snapshot = (await isolationForest.fit(matrixOf(sessions(30, 1)))).toJSON();
  const floats = (...values: number[]) => encodeFloats(Float32Array.from(values));
  const faults = [
    { nodes: floats(), thresholds: floats() },
    { nodes: floats(0, -2), thresholds: floats(1) },
    { nodes: floats(0, -2, -2), thresholds: floats() },
    { nodes: floats(99, -2, -2), thresholds: floats(1) },
    { nodes: floats(.5, -2, -2), thresholds: floats(1) },
    { windows: 0 },
    { least: [1] },
    { columns: ["template:T1"] },
  ];
  for (const fault of faults) {
    await assert.rejects(
      isolationForest.restore({ ...snapshot, ...fault }),
      TypeError,
      JSON.stringify(fault),
    );
  }
});
