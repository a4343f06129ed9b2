import assert from "node:assert/strict";
import fc from "fast-check";
import type { Detector } from "../../lib/detector/detector.ts";
import { DETECTORS } from "../../lib/detector/registry.ts";
import { explain } from "../../lib/explain/explain.ts";
import type { FeatureMatrix } from "../../lib/feature/feature_matrix.ts";

const COLUMNS = [
  ...["a", "b", "c", "d", "e", "f"].map((id) => ({ kind: "template" as const, id, title: `did ${id}` })),
  { kind: "unseen" as const, id: "unseen", title: "unseen templates" },
  { kind: "level" as const, id: "error", title: "ERROR" },
];
const UNSEEN = 6;

function rowOf(...values: number[]): FeatureMatrix {
  return {
    columns: COLUMNS,
    rows: 1,
    values: Float32Array.from(COLUMNS, (_, i) => values[i] ?? 0),
    weights: Float64Array.of(1),
  };
}

/** A detector that says what it is told to. */
function saying(kind: string, contributions: number[], expected: number[] = []): Detector {
  const filled = (values: number[]) => Float64Array.from(COLUMNS, (_, i) => values[i] ?? 0);
  return {
    kind,
    score: () => Float64Array.of(1),
    contributions: () => filled(contributions),
    expected: () => filled(expected),
    toJSON: () => ({ kind, version: 1 }),
  };
}

Deno.test("explain() weighs the detectors that fired by their evidence, and leaves out the others", () => {
  const reasons = explain({
    matrix: rowOf(5, 7, 9),
    row: 0,
    detectors: [saying("x", [1, 0, 0], [2]), saying("y", [.5, .5, 0], [1, 3]), saying("z", [0, 0, 1])],
    evidence: [3, 1.5, 1],
  });
  assert.deepEqual(reasons.map(({ id, share }) => [id, share]), [["a", 3.75 / 4.5], ["b", .75 / 4.5]]);
  assert.deepEqual(reasons.map(({ detector, actual, expected }) => [detector, actual, expected]), [
    ["x", 5, 2],
    ["y", 7, 3],
  ]);
  assert.deepEqual(reasons[0], {
    detector: "x",
    kind: "template",
    id: "a",
    title: "did a",
    share: 3.75 / 4.5,
    actual: 5,
    expected: 2,
    firstSeen: null,
    example: "",
  });
});

Deno.test("explain() gives at most five reasons, and shares out what the others contributed", () => {
  const detectors = [saying("x", [.3, .2, .2, .1, .1, .1])];
  const reasons = explain({ matrix: rowOf(1, 1, 1, 1, 1, 1), row: 0, detectors, evidence: [2] });
  assert.deepEqual(reasons.map(({ id }) => id), ["a", "b", "c", "d", "e"]);
  assert(Math.abs(reasons[0].share - .3 / .9) < 1e-12);
  const [only] = explain({ matrix: rowOf(1), row: 0, detectors, evidence: [2], limit: 1 });
  assert.equal(only.share, 1);
});

Deno.test("explain() names unseen templates one by one, by the logarithm of their counts", () => {
  const contributions = [.5];
  contributions[UNSEEN] = .5;
  const reasons = explain({
    matrix: rowOf(1, 0, 0, 0, 0, 0, 4),
    row: 0,
    detectors: [saying("x", contributions, [0, 0, 0, 0, 0, 0, .4])],
    evidence: [2],
    unseen: [{ id: "p1", title: "disk failed", count: 3, firstSeen: 77 }, {
      id: "p2",
      title: "bye",
      count: 1,
    }],
  });
  assert.deepEqual(reasons.map(({ id, kind }) => `${kind} ${id}`), ["template a", "unseen p1", "unseen p2"]);
  assert(Math.abs(reasons[1].share - .5 * 2 / 3) < 1e-12);
  assert.deepEqual([reasons[1].actual, reasons[1].firstSeen, reasons[1].title], [3, 77, "disk failed"]);
  assert(Math.abs(reasons[1].expected - .3) < 1e-12);
  assert.equal(reasons[2].firstSeen, null);
});

Deno.test("explain() names the unseen column itself where nobody says what it counted", () => {
  const contributions: number[] = [];
  contributions[UNSEEN] = 1;
  const [reason] = explain({
    matrix: rowOf(0, 0, 0, 0, 0, 0, 4),
    row: 0,
    detectors: [saying("x", contributions)],
    evidence: [2],
  });
  assert.deepEqual([reason.kind, reason.id, reason.actual], ["unseen", "unseen", 4]);
});

Deno.test("explain() has no reasons where nothing fired, or what fired can name nothing", () => {
  const matrix = rowOf(1), detectors = [saying("x", [1])];
  assert.deepEqual(explain({ matrix, row: 0, detectors, evidence: [1] }), []);
  assert.deepEqual(explain({ matrix, row: 0, detectors: [saying("x", [])], evidence: [9] }), []);
});

Deno.test("explain() gives the whole verdict to the detectors that can name something", () => {
  const detectors = [saying("silent", []), saying("x", [.25, .75])];
  const reasons = explain({ matrix: rowOf(1, 1), row: 0, detectors, evidence: [90, 2] });
  assert.deepEqual(reasons.map(({ id, share }) => [id, share]), [["b", .75], ["a", .25]]);
});

Deno.test("explain() refuses evidence that doesn't fit its detectors, and a limit below 1", () => {
  const given = { matrix: rowOf(1), row: 0, detectors: [saying("x", [1])], evidence: [2] };
  assert.throws(() => explain({ ...given, evidence: [] }), TypeError);
  for (const limit of [0, -1, 1.5, NaN]) assert.throws(() => explain({ ...given, limit }), RangeError);
});

Deno.test("explain() with every detector: shares sum to 1 and the injected template comes first", async () => {
  const normal = [4, 2, 0, 1, 0, 0];
  const training = {
    columns: COLUMNS,
    rows: 3,
    values: Float32Array.from([...normal, 0, 0, 4, 3, 0, 1, 0, 0, 0, 0, 5, 2, 0, 1, 1, 0, 0, 0]),
    weights: Float64Array.of(40, 20, 20),
  };
  const detectors = await Promise.all(DETECTORS.map((kind) => kind.fit(training)));
  const evidence = detectors.map(() => 2);
  await fc.assert(fc.asyncProperty(fc.integer({ min: 20, max: 200 }), (count) => {
    const unseen = [{ id: "p1", title: "disk failed", count }];
    const reasons = explain({
      matrix: rowOf(...normal, count, 0),
      row: 0,
      detectors,
      evidence,
      unseen,
    });
    assert.equal(reasons[0].id, "p1");
    assert(reasons.length <= 5);
    assert(Math.abs(reasons.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
    return Promise.resolve();
  }));
});
