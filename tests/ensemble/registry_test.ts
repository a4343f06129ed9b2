import assert from "node:assert/strict";
import { ngram } from "../../lib/detector/ngram.ts";
import { SequenceHalves } from "../../lib/detector/sequence_halves.ts";
import { unseenVector } from "../../lib/detector/unseen_vector.ts";
import { CountScorer } from "../../lib/ensemble/count_scorer.ts";
import type { Ensemble, EnsembleSnapshot } from "../../lib/ensemble/ensemble.ts";
import { restoreEnsemble } from "../../lib/ensemble/registry.ts";
import { Raised } from "../../lib/ensemble/raised.ts";
import { SequenceScorer, sequencesOf } from "../../lib/ensemble/sequence_scorer.ts";
import { SeriesEnsemble } from "../../lib/ensemble/series.ts";
import { SessionModes } from "../../lib/ensemble/session_modes.ts";
import { StaticEnsemble } from "../../lib/ensemble/static_ensemble.ts";
import { ThreatEnsemble } from "../../lib/ensemble/threats.ts";
import { Together } from "../../lib/ensemble/together.ts";
import type { EventWindow } from "../../lib/feature/event_window.ts";
import { ERROR, INFO, madeSpace, NAMES, windowOf } from "./made_scope.ts";

const MINUTE = 60_000;
const HISTORY = Array.from(
  { length: 120 },
  (_, i) => windowOf(i * MINUTE, [0, INFO, 2], [1, INFO, 1 + i % 2]),
);
const SESSIONS = HISTORY.map((window) => ({ ...window, sequence: Int32Array.of(0, 1) }));

/** One of each kind, and the scope that it belongs to. */
async function made() {
  const { space, matrix } = madeSpace(), detector = await unseenVector.fit(matrix);
  const threshold = { rule: "quantile", value: .5, nominal: null, realised: 0, windows: 2, note: "" };
  const scope = { space, detectors: [{ detector, threshold }] };
  const scorer = new CountScorer(detector, { space, names: NAMES, unit: threshold.value });
  const series = SeriesEnsemble.fit(HISTORY, NAMES, { windowMs: MINUTE, scorers: [scorer] }) as Ensemble;
  const threats = ThreatEnsemble.fit(HISTORY) as Ensemble;
  const ensembles: Ensemble[] = [
    new StaticEnsemble(scope, NAMES) as Ensemble,
    series,
    threats,
    SessionModes.fit(SESSIONS, NAMES) as Ensemble,
    new Together([series, threats]) as Ensemble,
    new Raised(series, { count: 2 }),
  ];
  return { scope, ensembles };
}

Deno.test("restoreEnsemble() gives each kind back, and it decides alike", async () => {
  const { scope, ensembles } = await made();
  const window = { ...windowOf(200 * MINUTE, [0, INFO, 2], [2, ERROR, 4]), sequence: Int32Array.of(0, 2) };
  for (const ensemble of ensembles) {
    const saved: EnsembleSnapshot = JSON.parse(JSON.stringify(ensemble.toJSON()));
    const own = ensemble.kind === "session-modes" ? { ...scope, detectors: [] } : scope;
    const restored = restoreEnsemble(saved, own, NAMES);
    assert.equal(restored.kind, ensemble.kind);
    assert.deepEqual(JSON.parse(JSON.stringify(restored.toJSON())), saved);
    const options = { adapts: false }, { score, opinions } = ensemble.judge(ensemble.start(options), window);
    const again = restored.judge(restored.start(options), window);
    assert.deepEqual([again.score, again.opinions], [score, opinions], ensemble.kind);
  }
});

Deno.test("restoreEnsemble() refuses a kind or a version that nobody knows, also inside of another", async () => {
  const { scope, ensembles } = await made();
  for (const ensemble of ensembles) {
    const saved = JSON.parse(JSON.stringify(ensemble.toJSON()));
    assert.throws(() => restoreEnsemble({ ...saved, version: 99 }, scope, NAMES), Error, ensemble.kind);
    const inside = { kind: "together", version: 1, members: [{ ...saved, kind: "oracle" }] };
    assert.throws(
      () => restoreEnsemble(inside, scope, NAMES),
      /^RangeError: Cannot restore an ensemble: oracle is not known$/,
    );
  }
  assert.throws(
    () => restoreEnsemble({ kind: "together", version: 1, members: [null] }, scope, NAMES),
    TypeError,
  );
});

Deno.test("restoreEnsemble() refuses a series whose detector is gone from its scope", async () => {
  const { scope, ensembles: [, series] } = await made();
  assert.throws(
    () => restoreEnsemble(series.toJSON(), { ...scope, detectors: [] }, NAMES),
    /^TypeError: Cannot restore series: it knows no channel unseen-vector$/,
  );
});

Deno.test("restoreEnsemble() gives the decision on sessions the detectors of its scope, those of counts first", async () => {
  const { scope: { space, detectors } } = await made(), [{ threshold }] = detectors;
  const one = await ngram.fit(sequencesOf(SESSIONS, NAMES).set), detector = new SequenceHalves([one, one]);
  const scorers = [
    new CountScorer(detectors[0].detector, { space, names: NAMES, unit: threshold.value }),
    new SequenceScorer(detector, { names: NAMES, unit: threshold.value }),
  ].map((scorer) => ({
    name: scorer.name,
    score: (window: EventWindow) => scorer.score(window),
    parts: (window: EventWindow) => scorer.parts(window),
    besides: (window: EventWindow) => scorer.score(window),
    heldBack: SESSIONS.map((window) => scorer.score(window)),
  }));
  const ensemble = SessionModes.fit(SESSIONS, NAMES, { scorers }) as Ensemble;
  const saved: EnsembleSnapshot = JSON.parse(JSON.stringify(ensemble.toJSON()));
  const restored = restoreEnsemble(saved, { space, detectors, sequences: [{ detector, threshold }] }, NAMES);
  const window = { ...windowOf(200 * MINUTE, [0, INFO, 2], [2, ERROR, 4]), sequence: Int32Array.of(2, 0) };
  const options = { adapts: false }, decision = ensemble.judge(ensemble.start(options), window);
  assert.deepEqual(restored.judge(restored.start(options), window), decision);
  assert(decision.opinions.some(({ detector }) => detector === "ngram"));
  assert.throws(() => restoreEnsemble(saved, { space, detectors }, NAMES), TypeError);
});
