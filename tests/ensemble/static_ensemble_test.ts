import assert from "node:assert/strict";
import { newTemplate } from "../../lib/detector/new_template.ts";
import { unseenVector } from "../../lib/detector/unseen_vector.ts";
import { NEWS_FOR } from "../../lib/ensemble/first_seen.ts";
import { StaticEnsemble } from "../../lib/ensemble/static_ensemble.ts";
import { eventCountsOf } from "../../lib/feature/event_window.ts";
import { FeatureSpace } from "../../lib/feature/feature_space.ts";
import { quantile } from "../../lib/threshold/quantile.ts";
import { CountVectors } from "../../lib/window/count_vectors.ts";
import { symbolOf } from "../../lib/window/symbol.ts";

const INFO = 9, ERROR = 17;
const texts = ["started", "stopped", "disk full", "cache warm"];
const names = {
  id: (index: number) => `id${index}`,
  text: (index: number) => texts[index],
  severity: () => INFO,
  indexOf: (id: string) => Number(id.slice(2)),
};

/** Trained on two windows: template 0 twice, templates 0 and 1. */
async function made(): Promise<StaticEnsemble> {
  const vectors = new CountVectors();
  const normal = Int32Array.of(
    vectors.intern([symbolOf(0, INFO)], [2]),
    vectors.intern([symbolOf(0, INFO), symbolOf(1, INFO)], [1, 1]),
  );
  const template = (index: number) => ({ id: names.id(index), text: texts[index] });
  const space = FeatureSpace.fit(vectors, normal, { template }), { matrix } = space.project(vectors, normal);
  const detectors = await Promise.all([newTemplate, unseenVector].map(async (kind) => {
    const detector = await kind.fit(matrix);
    const threshold = quantile.choose(Float64Array.of(0), Float64Array.of(99), {
      smallest: detector.smallest!,
    });
    return { detector, threshold };
  }));
  return new StaticEnsemble({ space, detectors }, names);
}

/** A window with these events: template, level, count. */
function windowOf(start: number, ...events: [template: number, severity: number, count: number][]) {
  const pairs = events.flatMap(([template, severity, count]) => [symbolOf(template, severity), count]);
  const lines = events.reduce((sum, [, , count]) => sum + count, 0);
  return { start, end: start + 60_000, lines, events: eventCountsOf(Int32Array.from(pairs)), sequence: null };
}

Deno.test("StaticEnsemble.judge() calls what training had normal, and says which template it did not have", async () => {
  const ensemble = await made(), state = ensemble.start();
  const normal = ensemble.judge(state, windowOf(0, [0, INFO, 2]));
  assert.ok(normal.score <= 1);
  assert.deepEqual(normal.opinions, []);
  const { score, opinions } = ensemble.judge(state, windowOf(0, [0, INFO, 2], [2, ERROR, 3]));
  assert.ok(score > 1);
  assert.ok(
    opinions.every(({ evidence }, i) => evidence > 1 && evidence <= (opinions[i - 1]?.evidence ?? score)),
  );
  const [part] = opinions.find(({ detector }) => detector === "new-template")!.parts;
  assert.deepEqual([part.kind, part.template, part.actual, part.expected], ["unseen", 2, 3, 0]);
});

Deno.test("StaticEnsemble.judge() shares what it says among several new templates, and the shares sum to 1", async () => {
  const ensemble = await made();
  const { opinions } = ensemble.judge(ensemble.start(), windowOf(0, [2, INFO, 1], [3, INFO, 7]));
  const { parts } = opinions.find(({ detector }) => detector === "new-template")!;
  const shares = new Map(parts.map(({ template, share }) => [template, share]));
  assert.deepEqual([...shares.keys()].sort(), [2, 3]);
  assert.ok(Math.abs(shares.get(3)! / shares.get(2)! - 3) < 1e-12); // log2 of 8 and of 2
  assert.ok(Math.abs(shares.get(2)! + shares.get(3)! - 1) < 1e-12);
});

Deno.test("StaticEnsemble.judge() scores equal counts once", async () => {
  const ensemble = await made(), state = ensemble.start(), window = windowOf(0, [0, INFO, 5]);
  const first = ensemble.judge(state, window);
  assert.equal(ensemble.judge(state, { ...window, start: 60_000 }).opinions, first.opinions);
  ensemble.judge(state, windowOf(0, [0, INFO, 5])); // another object with the same row
  assert.equal(ensemble.scored, 1);
});

Deno.test("StaticEnsemble takes a harmless new template for usual after an hour, an error never", async () => {
  const ensemble = await made(), state = ensemble.start();
  const fired = (start: number, severity: number, template: number) =>
    ensemble.judge(state, windowOf(start, [0, INFO, 2], [template, severity, 1])).score > 1;
  assert.deepEqual([fired(0, INFO, 3), fired(NEWS_FOR - 1, INFO, 3), fired(NEWS_FOR, INFO, 3)], [
    true,
    true,
    false,
  ]);
  assert.deepEqual([fired(0, ERROR, 2), fired(2 * NEWS_FOR, ERROR, 2)], [true, true]);
  assert.ok(fired(NaN, INFO, 3)); // nobody knows when that was
});

Deno.test("StaticEnsemble that does not adapt takes nothing new for usual", async () => {
  const ensemble = await made(), state = ensemble.start({ adapts: false });
  const window = windowOf(0, [3, INFO, 1]);
  ensemble.judge(state, window);
  assert.ok(ensemble.judge(state, { ...window, start: 9 * NEWS_FOR }).score > 1);
  assert.deepEqual(ensemble.load(ensemble.save(state)), { firstSeen: null });
});

Deno.test("StaticEnsemble.load() goes on where save() was, and copy() changes apart", async () => {
  const ensemble = await made(), state = ensemble.start();
  const window = windowOf(0, [0, INFO, 2], [3, INFO, 1]);
  const untouched = ensemble.copy(state);
  ensemble.judge(state, window);
  const saved = JSON.parse(JSON.stringify(ensemble.save(state)));
  assert.deepEqual(saved, { firstSeen: { id3: 0 } });
  const later = { ...window, start: NEWS_FOR };
  assert.ok(ensemble.judge(ensemble.load(saved), later).score <= 1);
  assert.ok(ensemble.judge(untouched, later).score > 1);
  assert.throws(
    () => ensemble.load(7),
    /^TypeError: Cannot restore the state of an ensemble: state must be an object/,
  );
});
