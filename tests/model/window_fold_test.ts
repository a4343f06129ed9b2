import assert from "node:assert/strict";
import { type FoldRow, WindowFold } from "../../lib/model/window_fold.ts";
import { madeEnsemble } from "./made_ensemble.ts";

const events = { templates: new Int32Array(), counts: new Int32Array(), levels: new Uint8Array() };

/** A window that ends at `end`; `lines` tell versions of it apart. */
function row(end: number, lines = 1, reopened = 0): FoldRow {
  const window = { start: end - 1, end, lines, events, sequence: null };
  return { identity: () => `w${end}`, service: "web", reopened, window, decision: null };
}

const score = ({ decision }: FoldRow) => decision!.score;

/** Scores of rows that come in order of end, undisturbed. */
function undisturbed(...rows: FoldRow[]): number[] {
  const ensemble = madeEnsemble(9), state = ensemble.start();
  return rows.map(({ window }) => ensemble.judge(state, window).score);
}

Deno.test("WindowFold.add() decides in order of end, whatever comes first, and gives back what it decided otherwise before", () => {
  const fold = new WindowFold(madeEnsemble(9)), [a, b, c] = [row(1), row(2), row(3)];
  assert.deepEqual(fold.add([c, a]), []);
  assert.deepEqual(fold.add([b]), score(c) === undisturbed(a, c)[1] ? [] : [c]);
  assert.deepEqual([a, b, c].map(score), undisturbed(a, b, c));
});

Deno.test("WindowFold.add() replaces a window that comes again, and leaves out one that is taken back or open again", () => {
  const fold = new WindowFold(madeEnsemble(9)), [a, b, c, d] = [row(1), row(2), row(3), row(4)];
  fold.add([a, b, c, d]);
  const again = row(1, 5, 1), gone = row(2, 0, 2);
  fold.add([again, gone], ["w3"]);
  assert.deepEqual([again, d].map(score), undisturbed(again, d));
  assert.equal(gone.decision, null);
});

Deno.test("WindowFold.save() gives the settled state when it has changed, and null where it has not", () => {
  const fold = new WindowFold(madeEnsemble(9)), a = row(1), b = row(2);
  assert.equal(fold.save(), null);
  fold.add([a, b]);
  fold.settle(({ end }) => end < 2);
  assert.deepEqual(Object.keys(fold.save() as object), ["state", "anew"]);
  assert.equal(fold.save(), null);
});

Deno.test("WindowFold.resume() goes on from what was saved and the windows that were not settled", () => {
  const [a, b, c] = [row(1), row(2), row(3)], before = new WindowFold(madeEnsemble(9));
  before.add([a, b]);
  before.settle(({ end }) => end < 2);
  const fold = new WindowFold(madeEnsemble(9));
  fold.resume(JSON.parse(JSON.stringify(before.save())), [row(2)]);
  fold.add([c]);
  assert.equal(score(c), undisturbed(a, b, c)[2]);
});

Deno.test("WindowFold.resume() has a window told again whose decision rested on one that has changed since", () => {
  const ends = Array.from({ length: 30 }, (_, i) => i + 1), rows = ends.map((end) => row(end));
  const before = new WindowFold(madeEnsemble(9));
  before.add(rows);
  const saved = JSON.parse(JSON.stringify(before.save(["w1"])));
  assert.ok(saved.anew.length > 0);
  const fold = new WindowFold(madeEnsemble(9));
  fold.resume(saved, ends.slice(1).map((end) => row(end)));
  const told = fold.add([row(1, 7, 2)]).map(({ identity }) => identity());
  assert.deepEqual(told, saved.anew);
  assert.deepEqual(fold.add([row(31)]), []);
});

Deno.test("WindowFold.resume() refuses what is no saved state", () => {
  const fold = new WindowFold(madeEnsemble(1));
  assert.throws(
    () => fold.resume(7, []),
    /^TypeError: Cannot restore the state of an ensemble: fold must be an object/,
  );
  assert.throws(() => fold.resume({ state: { last: [] } }, []), TypeError);
});
