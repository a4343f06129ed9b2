/** What every detector kind must do; run for each of the registry. */
import assert from "node:assert/strict";
import type { Detector, DetectorKind, DetectorSnapshot } from "../../lib/detector/detector.ts";
import type { FeatureMatrix } from "../../lib/feature/feature_matrix.ts";
import { ANOMALOUS, COLUMNS, matrixOf, sessions, UNSEEN } from "./matrices.ts";
import { testRefusedSnapshots } from "./refused_snapshots.ts";

const TRAINING = matrixOf(sessions(60, 1));
const TESTED = matrixOf([...sessions(10, 2), ANOMALOUS, new Array(COLUMNS.length).fill(0)]);

/** Registers the contract's tests for one kind. */
export function testDetectorContract(kind: DetectorKind): void {
  const fitted = lazily(() => kind.fit(TRAINING, { seed: 3 }));
  const name = `${kind.name}:`;
  testFitting(kind, name, fitted);
  testScoring(name, fitted);
  testReasons(name, fitted);
  testSnapshot(kind, name, fitted);
}

function testFitting(kind: DetectorKind, name: string, fitted: () => Promise<Detector>): void {
  Deno.test(`${name} fit() gives equal detectors for equal seeds and data`, async () => {
    const again = await kind.fit(TRAINING, { seed: 3 });
    assert.deepEqual(again.toJSON(), (await fitted()).toJSON());
    assert.deepEqual(again.score(TESTED), (await fitted()).score(TESTED));
  });
  Deno.test(`${name} fit() takes a row of weight 3 for three equal rows, and one of weight 0 for none`, async () => {
    const [a, b, c] = [[1, 1, 2, 1, 0, 0, 0], [1, 2, 4, 1, 0, 0, 0], [1, 3, 6, 1, 1, 0, 0]];
    const weighted = await kind.fit(matrixOf([a, ANOMALOUS, b, c], [3, 0, 2, 1]));
    const repeated = await kind.fit(matrixOf([a, b, a, c, b, a]));
    assert.deepEqual(weighted.toJSON(), repeated.toJSON());
  });
  Deno.test(`${name} fit() refuses a matrix without rows, and one without columns`, async () => {
    await assert.rejects(kind.fit(matrixOf([])), RangeError);
    await assert.rejects(kind.fit(matrixOf([[]], [1], [])), RangeError);
    await assert.rejects(kind.fit(matrixOf([ANOMALOUS], [NaN])), RangeError);
  });
  Deno.test(`${name} fit() learns a single row, and all-equal rows`, async () => {
    for (const rows of [[[2, 1, 0, 2, 0, 0, 0]], new Array(5).fill([2, 1, 0, 2, 0, 0, 0])]) {
      const detector = await kind.fit(matrixOf(rows));
      const [known, strange] = detector.score(matrixOf([rows[0], ANOMALOUS]));
      assert(strange > known, `${strange} is not above ${known}`);
      assertFinite(detector, matrixOf([rows[0], ANOMALOUS, new Array(COLUMNS.length).fill(0)]));
    }
  });
}

function testScoring(name: string, fitted: () => Promise<Detector>): void {
  Deno.test(`${name} score() is higher for an event that the model doesn't know, and rises with its count`, async () => {
    const rows = [0, 1, 4, 40].map((unseen) => [1, 2, 4, 1, 0, unseen, 0]);
    const scores = (await fitted()).score(matrixOf(rows));
    for (let i = 1; i < rows.length; i++) assert(scores[i] > scores[i - 1], `${scores}`);
  });
  Deno.test(`${name} score() gives a finite number for every row, and none for none`, async () => {
    assertFinite(await fitted(), TESTED);
    assert.equal((await fitted()).score(matrixOf([])).length, 0);
  });
  Deno.test(`${name} score() judges each row alone, and changes none`, async () => {
    const before = TESTED.values.slice(), all = (await fitted()).score(TESTED);
    for (let row = TESTED.rows - 1; row >= 0; row--) {
      const width = COLUMNS.length, alone = [...TESTED.values.subarray(row * width, (row + 1) * width)];
      assert.equal((await fitted()).score(matrixOf([alone]))[0], all[row]);
    }
    assert.deepEqual(TESTED.values, before);
  });
  Deno.test(`${name} score() refuses columns that it was not fitted on`, async () => {
    const detector = await fitted(), row = new Array(COLUMNS.length).fill(1);
    const renamed = COLUMNS.map((column, i) => i === 1 ? { ...column, id: "seek" } : column);
    for (const columns of [renamed, COLUMNS.toReversed(), COLUMNS.slice(1)]) {
      const foreign = matrixOf([row.slice(0, columns.length)], [1], columns);
      assert.throws(() => detector.score(foreign), TypeError);
      assert.throws(() => detector.contributions(foreign, 0), TypeError);
      assert.throws(() => detector.expected(foreign, 0), TypeError);
    }
  });
  Deno.test(`${name} smallest is no greater than any score above 0 of a row of whole counts`, async () => {
    const { smallest = 0 } = await fitted();
    const scores = (await fitted()).score(TESTED).filter((score) => score > 0);
    assert(scores.every((score) => score >= smallest));
    assert(smallest >= 0 && Number.isFinite(smallest));
  });
}

function testReasons(name: string, fitted: () => Promise<Detector>): void {
  Deno.test(`${name} contributions() are not negative and sum to 1, or are all 0`, async () => {
    const detector = await fitted();
    for (let row = 0; row < TESTED.rows; row++) {
      const parts = detector.contributions(TESTED, row), sum = parts.reduce((a, b) => a + b, 0);
      assert.equal(parts.length, COLUMNS.length);
      assert(parts.every((part) => part >= 0));
      assert(sum === 0 || Math.abs(sum - 1) < 1e-9, `${sum}`);
    }
  });
  Deno.test(`${name} contributions() name the column of an unseen event first`, async () => {
    const parts = (await fitted()).contributions(matrixOf([[1, 2, 4, 1, 0, 30, 0]]), 0);
    assert.equal(parts.indexOf(Math.max(...parts)), UNSEEN);
    assert(Math.abs(parts.reduce((a, b) => a + b, 0) - 1) < 1e-9);
  });
  Deno.test(`${name} expected() gives counts that are not negative, and next to no unseen event`, async () => {
    const detector = await fitted(), matrix = matrixOf([[1, 2, 4, 1, 0, 30, 0], ANOMALOUS]);
    for (let row = 0; row < matrix.rows; row++) {
      const expected = detector.expected(matrix, row);
      assert.equal(expected.length, COLUMNS.length);
      assert(expected.every((count) => count >= 0 && Number.isFinite(count)));
      assert(expected[UNSEEN] < .5);
    }
  });
  Deno.test(`${name} contributions() and expected() refuse a row that isn't there`, async () => {
    const detector = await fitted();
    for (const row of [-1, TESTED.rows, .5]) {
      assert.throws(() => detector.contributions(TESTED, row), RangeError);
      assert.throws(() => detector.expected(TESTED, row), RangeError);
    }
  });
}

function testSnapshot(kind: DetectorKind, name: string, fitted: () => Promise<Detector>): void {
  const saved = async (): Promise<DetectorSnapshot> => JSON.parse(JSON.stringify((await fitted()).toJSON()));
  Deno.test(`${name} restore() gives identical scores, contributions and expectations`, async () => {
    const detector = await fitted(), restored = await kind.restore(await saved());
    assert.equal(restored.kind, kind.name);
    assert.equal(restored.smallest, detector.smallest);
    assert.equal(restored.note, detector.note);
    assert.deepEqual(restored.score(TESTED), detector.score(TESTED));
    for (let row = 0; row < TESTED.rows; row++) {
      assert.deepEqual(restored.contributions(TESTED, row), detector.contributions(TESTED, row));
      assert.deepEqual(restored.expected(TESTED, row), detector.expected(TESTED, row));
    }
    assert.deepEqual(restored.toJSON(), detector.toJSON());
  });
  testRefusedSnapshots(kind, saved);
}

function assertFinite(detector: Detector, matrix: FeatureMatrix): void {
  const scores = detector.score(matrix);
  assert.equal(scores.length, matrix.rows);
  for (const score of scores) assert(Number.isFinite(score) && score >= 0, `${score}`);
}

/** A value that is made when it is first asked for. */
function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => made ??= make();
}
