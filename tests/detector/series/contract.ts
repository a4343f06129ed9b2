/** What every detector that follows a service must do; run for each of the registry. */
import assert from "node:assert/strict";
import type {
  Outcome,
  SeriesDetector,
  SeriesDetectorKind,
} from "../../../lib/detector/series/series_detector.ts";
import type { EventWindow } from "../../../lib/feature/event_window.ts";
import { anomalousFor, history, NAMES, RENUMBERED, renumbered, WINDOW, windowAt } from "./windows.ts";

const OPTIONS = { windowMs: WINDOW, names: NAMES };
const NORMAL: Outcome = { fired: false, alerted: false, line: Infinity };
const HISTORY = history(20);

/** A detector and its state behind a history. */
function followed(kind: SeriesDetectorKind, windows: readonly EventWindow[] = HISTORY) {
  const detector = kind.create(OPTIONS), state = detector.start();
  const scores = windows.map((window) => {
    const score = detector.score(state, window);
    detector.step(state, window, NORMAL);
    return score;
  });
  return { detector, state, scores };
}

/** Registers the contract's tests for one kind. */
export function testSeriesContract(kind: SeriesDetectorKind): void {
  const name = `${kind.name}:`, anomalous = anomalousFor(kind.name);
  testScores(kind, name, anomalous);
  testStates(kind, name, anomalous);
  testSaving(kind, name, anomalous);
}

function testScores(kind: SeriesDetectorKind, name: string, anomalous: EventWindow[]): void {
  Deno.test(`${name} score() of its anomaly is above its line and above every normal window of the last days`, () => {
    const { detector, state, scores } = followed(kind);
    assert.equal(detector.missing(state), 0);
    let most = 0;
    for (const window of anomalous) {
      most = Math.max(most, detector.score(state, window));
      detector.step(state, window, NORMAL);
    }
    const usual = Math.max(...scores.slice(scores.length / 2));
    assert(most > usual && most > kind.least, `${most} is not above ${usual} and ${kind.least}`);
  });
  Deno.test(`${name} score() is finite and not negative, also of the first window and of an empty one`, () => {
    for (const length of [0, 1, 5, HISTORY.length]) {
      const { detector, state, scores } = followed(kind, HISTORY.slice(0, length));
      scores.push(detector.score(state, windowAt(length, [])), detector.score(state, anomalous[0]));
      for (const score of scores) assert(Number.isFinite(score) && score >= 0, `${score}`);
    }
  });
  Deno.test(`${name} score() and explain() change nothing`, () => {
    const { detector, state } = followed(kind), before = JSON.stringify(detector.save(state));
    const first = detector.score(state, anomalous[0]);
    detector.explain(state, anomalous[0]);
    assert.equal(JSON.stringify(detector.save(state)), before);
    assert.equal(detector.score(state, anomalous[0]), first);
  });
  Deno.test(`${name} explain() names the anomaly first, with shares that sum to 1, and nothing where the score is 0`, () => {
    const { detector, state } = followed(kind);
    let said = 0;
    for (const window of [...HISTORY.slice(-30), ...anomalous]) {
      const score = detector.score(state, window), parts = detector.explain(state, window);
      if (score > 0) {
        said++;
        const sum = parts.reduce((sum, { share }) => sum + share, 0);
        assert(Math.abs(sum - 1) < 1e-9, `${sum}`);
        for (let i = 1; i < parts.length; i++) assert(parts[i].share <= parts[i - 1].share);
      } else assert.deepEqual(parts, []);
      detector.step(state, window, NORMAL);
    }
    assert(said > 0);
  });
}

function testStates(kind: SeriesDetectorKind, name: string, anomalous: EventWindow[]): void {
  Deno.test(`${name} start() knows nothing and says that it can't judge`, () => {
    const detector = kind.create(OPTIONS), state = detector.start();
    assert(detector.missing(state) > 0);
    assert.equal(detector.score(state, HISTORY[0]), 0);
  });
  Deno.test(`${name} copy() gives a state that changes apart`, () => {
    const { detector, state } = followed(kind), before = JSON.stringify(detector.save(state));
    const copy = detector.copy(state);
    assert.equal(JSON.stringify(detector.save(copy)), before);
    for (const window of anomalous) detector.step(copy, window, NORMAL);
    assert.equal(JSON.stringify(detector.save(state)), before);
    assert.notEqual(JSON.stringify(detector.save(copy)), before);
  });
  Deno.test(`${name} fit by following is the same for the same windows`, () => {
    const [a, b] = [followed(kind), followed(kind)];
    assert.deepEqual(a.scores, b.scores);
    assert.deepEqual(a.detector.save(a.state), b.detector.save(b.state));
  });
}

function testSaving(kind: SeriesDetectorKind, name: string, anomalous: EventWindow[]): void {
  Deno.test(`${name} load() gives a state that scores and learns alike, also where templates are renumbered`, () => {
    const { detector, state } = followed(kind), saved = JSON.parse(JSON.stringify(detector.save(state)));
    const other = kind.create({ windowMs: WINDOW, names: RENUMBERED }), restored = other.load(saved);
    for (const window of [...anomalous, ...history(1, 21)]) {
      assert.equal(other.score(restored, renumbered(window)), detector.score(state, window));
      detector.step(state, window, NORMAL);
      other.step(restored, renumbered(window), NORMAL);
    }
    assert.deepEqual(other.save(restored), detector.save(state));
  });
  Deno.test(`${name} load() refuses what it never saved`, () => {
    const { detector } = followed(kind);
    for (const wrong of [null, 7, "?", [[1, 2, 3]], { table: 1 }, {}]) {
      assert.throws(() => (detector as SeriesDetector).load(wrong), TypeError, JSON.stringify(wrong));
    }
  });
}
