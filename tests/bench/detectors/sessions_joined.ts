/**
 * Autoencoder, isolation forest, n-grams and LSTM on labelled sessions: each alone, and all joined to the calibrated decision.
 *
 * @module
 */
import { SessionEnsemble } from "../../../lib/ensemble/sessions.ts";
import type { CalibratedScorer } from "../../../lib/ensemble/sessions.ts";
import { type EventWindow, pairsOf } from "../../../lib/feature/event_window.ts";
import { FeatureSpace } from "../../../lib/feature/feature_space.ts";
import { fitSessionScorers, type SessionHistory } from "../../../lib/model/fit_session_scorers.ts";
import { CountVectors } from "../../../lib/window/count_vectors.ts";
import type { SessionSet } from "./session_material.ts";

/** The models, as settings name them; the last takes longer than all others together. */
export const MODELS = ["autoencoder", "isolation-forest", "ngram", "lstm"] as const;
/** All of them beside our own evidence. */
export const JOINED = "calibrated with these";
/** Share of honest scores above a model's line. */
const ABOVE = .005;

/** What a model said of the tested sessions, and how many normal ones it said it would flag. */
export interface ModelSaid {
  flags: boolean[];
  stated: number;
}

/** What each of the models says by a line of its own, and the calibrated decision that all may join. */
export async function judgeByModels(
  set: SessionSet,
  { adapts, seed, models }: { adapts: boolean; seed: number; models: readonly string[] },
): Promise<Map<string, ModelSaid>> {
  const { train, test, names } = set, history = historyOf(set), said = new Map<string, ModelSaid>();
  const threshold = { rule: "budget", level: 1 - ABOVE, k: 3 };
  const { scorers } = await fitSessionScorers(models, { history, sessions: train }, {
    fit: { seed },
    threshold,
  });
  for (const scorer of scorers) said.set(scorer.name, alone(scorer, test));
  const ensemble = SessionEnsemble.fit(train, names, { adaptation: adapts ? "on" : "off", scorers });
  const state = ensemble.start();
  said.set(JOINED, {
    flags: test.map((window) => ensemble.judge(state, window).score > 1),
    stated: ensemble.rule.rate,
  });
  return said;
}

/** By the line that few honest scores are above: conformal, so that no label and no scale is needed. */
function alone({ score, heldBack }: CalibratedScorer, test: readonly EventWindow[]): ModelSaid {
  const sorted = Float64Array.from(heldBack).sort().reverse();
  const line = sorted[Math.floor(ABOVE * (sorted.length + 1))];
  const above = sorted.findIndex((value) => value <= line);
  return { flags: test.map((window) => score(window) > line), stated: (above + .5) / (sorted.length + 1) };
}

/** The training sessions as distinct rows. */
function historyOf({ train, names }: SessionSet): SessionHistory {
  const vectors = new CountVectors(), known = new Map<EventWindow["events"], number>();
  const numbers = Int32Array.from(train, ({ events }) => {
    let number = known.get(events);
    if (number === undefined) known.set(events, number = numberOf(vectors, pairsOf(events)));
    return number;
  });
  const template = (index: number) => ({ id: names.id(index), text: names.text(index) });
  const space = FeatureSpace.fit(vectors, numbers, { template });
  const rowsOf = (part: Int32Array) => space.project(vectors, part);
  return { space, names, numbers, rowsOf, matrixOf: (part) => rowsOf(part).matrix };
}

function numberOf(vectors: CountVectors, pairs: Int32Array): number {
  const even = pairs.filter((_, i) => i % 2 === 0), odd = pairs.filter((_, i) => i % 2 === 1);
  return vectors.intern(even, odd);
}
