/** What every detector of sequences must do; run for each of the registry. */
import assert from "node:assert/strict";
import type { DetectorSnapshot } from "../../lib/detector/detector.ts";
import { seededRandom } from "../../lib/detector/seeded_random.ts";
import type { SequenceDetector, SequenceKind } from "../../lib/detector/sequence_detector.ts";
import { sequenceSet } from "../../lib/detector/sequence_set.ts";
import { testRefusedSnapshots } from "./refused_snapshots.ts";

/** Sessions of a file server: opened, read in pairs of look and read, closed. */
export function chains(count: number, seed: number): string[][] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const pairs = 1 + Math.floor(random() * 3);
    return ["open", ...new Array(pairs).fill(["look", "read"]).flat(), "close"];
  });
}

const setOf = (sequences: string[][]) => sequenceSet(sequences).set;

const TRAINING = setOf(chains(200, 1));
const USUAL = ["open", "look", "read", "look", "read", "close"];
const SWAPPED = ["open", "look", "read", "read", "look", "close"];
const UNKNOWN = ["open", "look", "fail", "read", "look", "read", "close"];
const TESTED = setOf([USUAL, SWAPPED, UNKNOWN, [], ["close"], ...chains(5, 2)]);

/** Registers the contract's tests for one kind. */
export function testSequenceContract(kind: SequenceKind): void {
  const fitted = lazily(() => kind.fit(TRAINING, { seed: 3 }));
  testFitting(kind, fitted);
  testScoring(kind, fitted);
  testReasons(kind, fitted);
  testSnapshot(kind, fitted);
}

function testFitting(kind: SequenceKind, fitted: () => Promise<SequenceDetector>): void {
  Deno.test(`${kind.name}: fit() gives equal detectors for equal seeds and sequences`, async () => {
    const again = await kind.fit(TRAINING, { seed: 3 });
    assert.deepEqual(again.toJSON(), (await fitted()).toJSON());
  });
  Deno.test(`${kind.name}: fit() takes no notice of sequences of weight 0, nor of how the vocabulary is numbered`, async () => {
    const sequences = chains(30, 5), ids = ["close", "fail", "look", "never", "open", "read"];
    const { set } = sequenceSet([...sequences, UNKNOWN], {
      vocabulary: ids,
      weights: [...sequences.map(() => 1), 0],
    });
    assert.deepEqual((await kind.fit(set)).toJSON(), (await kind.fit(setOf(sequences))).toJSON());
  });
  Deno.test(`${kind.name}: fit() refuses a set without an event, weights that are none, and measures that are none`, async () => {
    await assert.rejects(kind.fit(setOf([])), RangeError);
    await assert.rejects(kind.fit(setOf([[]])), RangeError);
    await assert.rejects(kind.fit({ ...setOf([USUAL]), weights: Float64Array.of(NaN) }), RangeError);
    for (const number of [0, -1, .5]) {
      await assert.rejects(kind.fit(TRAINING, { measure: { by: "surprise", largest: number } }), RangeError);
      await assert.rejects(kind.fit(TRAINING, { measure: { by: "rank", top: number } }), RangeError);
    }
  });
  Deno.test(`${kind.name}: fit() learns a single sequence, and one with events that have no id`, async () => {
    for (const vocabulary of [undefined, ["open", "read"]]) {
      const detector = await kind.fit(sequenceSet([USUAL], { vocabulary }).set);
      for (const score of detector.score(TESTED)) assert(Number.isFinite(score) && score >= 0);
    }
  });
}

function testScoring(kind: SequenceKind, fitted: () => Promise<SequenceDetector>): void {
  Deno.test(`${kind.name}: score() is higher for another order, for an unknown event and for a sequence cut short`, async () => {
    const short = ["open", "look", "read", "look"];
    const [usual, ...unusual] = (await fitted()).score(setOf([USUAL, SWAPPED, UNKNOWN, short]));
    for (const score of unusual) assert(score > 2 * usual, `${score} is not far above ${usual}`);
  });
  Deno.test(`${kind.name}: score() gives a finite number for every sequence, and none for none`, async () => {
    const scores = (await fitted()).score(TESTED);
    assert.equal(scores.length, TESTED.rows);
    for (const score of scores) assert(Number.isFinite(score) && score >= 0);
    assert.equal((await fitted()).score(setOf([])).length, 0);
  });
  Deno.test(`${kind.name}: score() judges each sequence alone, whatever numbers its events have`, async () => {
    const alone = [...chains(5, 2)].map((sequence) => setOf([sequence.toReversed()]));
    const together = sequenceSet([USUAL, ...chains(5, 2).map((sequence) => sequence.toReversed())]);
    const scores = (await fitted()).score(together.set);
    for (const [i, set] of alone.entries()) {
      assert.equal((await fitted()).score(set)[0], scores[together.rows[i + 1]]);
    }
  });
  Deno.test(`${kind.name}: score() of pieces predicts neither the first event nor the end`, async () => {
    const detector = await kind.fit(TRAINING, { whole: false });
    const set = setOf([["read", "look", "read"], [], ["fail"]]);
    assert.deepEqual([...detector.score(set)].slice(1), [0, 0]);
    const surprises = detector.surprises(set, 0);
    assert.equal(surprises.length, 4);
    assert.deepEqual([surprises[0], surprises[3]], [0, 0]);
    assert(detector.score(setOf([USUAL.slice(2)]))[0] < detector.score(setOf([SWAPPED.slice(2)]))[0]);
  });
  Deno.test(`${kind.name}: score() is the mean of the largest surprises, or counts events outside the top`, async () => {
    const mean = await kind.fit(TRAINING, { seed: 3, measure: { by: "surprise", largest: 2 } });
    const [first, second] = mean.surprises(TESTED, 1).toSorted().reverse();
    assert(Math.abs(mean.score(TESTED)[1] - (first + second) / 2) < 1e-12);
    const rank = await kind.fit(TRAINING, { seed: 3, measure: { by: "rank", top: 2 } });
    assert.equal(rank.smallest, 1);
    assert.deepEqual([...rank.score(setOf([USUAL, ["open", "look", "fail"]]))].map((n) => n > 0), [
      false,
      true,
    ]);
  });
}

function testReasons(kind: SequenceKind, fitted: () => Promise<SequenceDetector>): void {
  Deno.test(`${kind.name}: contributions() are not negative and sum to 1, one an event and one for the end`, async () => {
    const detector = await kind.fit(TRAINING, { seed: 3, measure: { by: "surprise", largest: 3 } });
    for (let row = 0; row < TESTED.rows; row++) {
      const parts = detector.contributions(TESTED, row), sum = parts.reduce((a, b) => a + b, 0);
      assert.equal(parts.length, TESTED.starts[row + 1] - TESTED.starts[row] + 1);
      assert(parts.every((part) => part >= 0) && Math.abs(sum - 1) < 1e-9);
    }
  });
  Deno.test(`${kind.name}: contributions() name the event that is out of order, or unknown, first`, async () => {
    for (const [sequence, at] of [[SWAPPED, 3], [UNKNOWN, 2]] as const) {
      const parts = (await fitted()).contributions(setOf([sequence]), 0);
      assert.equal(parts.indexOf(Math.max(...parts)), at);
    }
  });
  Deno.test(`${kind.name}: expected() names the event that training had there, and the end`, async () => {
    const expected = (await fitted()).expected(setOf([SWAPPED]), 0);
    assert.deepEqual(expected.slice(0, 3), ["open", "look", "read"]);
    assert.equal(expected.at(-1), null);
  });
  Deno.test(`${kind.name}: surprises(), contributions() and expected() refuse a row that isn't there`, async () => {
    const detector = await fitted();
    for (const row of [-1, TESTED.rows, .5]) {
      assert.throws(() => detector.surprises(TESTED, row), RangeError);
      assert.throws(() => detector.contributions(TESTED, row), RangeError);
      assert.throws(() => detector.expected(TESTED, row), RangeError);
    }
  });
}

function testSnapshot(kind: SequenceKind, fitted: () => Promise<SequenceDetector>): void {
  const saved = async (): Promise<DetectorSnapshot> => JSON.parse(JSON.stringify((await fitted()).toJSON()));
  Deno.test(`${kind.name}: restore() gives identical scores, contributions and expectations`, async () => {
    const detector = await fitted(), restored = await kind.restore(await saved());
    assert.equal(restored.kind, kind.name);
    assert.equal(restored.note, detector.note);
    assert.deepEqual(restored.vocabulary, detector.vocabulary);
    assert.deepEqual(restored.score(TESTED), detector.score(TESTED));
    assert.deepEqual(restored.expected(TESTED, 1), detector.expected(TESTED, 1));
    assert.deepEqual(restored.toJSON(), detector.toJSON());
  });
  testRefusedSnapshots(kind, saved);
}

/** A value that is made when it is first asked for. */
function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => made ??= make();
}
