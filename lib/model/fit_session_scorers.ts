/**
 * Detectors that join the decision on sessions.
 *
 * @module
 */
import { isSequenceKind } from "../detector/registry.ts";
import { CountScorer } from "../ensemble/count_scorer.ts";
import { SequenceScorer } from "../ensemble/sequence_scorer.ts";
import type { CalibratedScorer, SessionScorer } from "../ensemble/sessions/scorer.ts";
import type { ScopeDetector, ScopeSequences } from "../ensemble/static_ensemble.ts";
import type { EventWindow, TemplateNames } from "../feature/event_window.ts";
import type { FeatureSpace } from "../feature/feature_space.ts";
import {
  alternating,
  type DetectorFitting,
  fitHalves,
  fitSequenceHalves,
  halfOf,
  type ScopeData,
} from "./fit_detectors.ts";

/** Sessions that halves need to be worth fitting. */
const ENOUGH_FOR_HALVES = 40;

/** The sessions of a stream, in order of completion. */
export interface SessionHistory extends ScopeData {
  space: FeatureSpace;
  names: TemplateNames;
}

/** Detectors as they are saved, and as evidence for a decision: first those of counts, then those of sequences. */
export interface FittedScorers {
  detectors: ScopeDetector[];
  sequences: ScopeSequences[];
  scorers: CalibratedScorer[];
}

/**
 * Fits detectors on both halves of the sessions, so that each session has a score by a fit that did not see it.
 *
 * @param kinds Names of detectors of counts or sequences.
 * @param sessions The same sessions as `history` has; where they are few, nothing is fitted.
 */
export async function fitSessionScorers(
  kinds: readonly string[],
  { history, sessions }: { history: SessionHistory; sessions: readonly EventWindow[] },
  fitting: DetectorFitting,
): Promise<FittedScorers> {
  const { space, names } = history, fitted: FittedScorers = { detectors: [], sequences: [], scorers: [] };
  if (sessions.length < ENOUGH_FOR_HALVES) return fitted;
  for (const kind of kinds.filter((kind) => !isSequenceKind(kind))) {
    const { heldBack, ...scope } = await fitHalves(kind, history, {
      ...fitting,
      places: alternating(sessions.length),
    });
    const unit = scope.threshold.value;
    const scorer = (detector: ScopeDetector["detector"]) => new CountScorer(detector, { space, names, unit });
    fitted.detectors.push(scope);
    fitted.scorers.push(calibrated(scorer(scope.detector), scope.detector.halves.map(scorer), {
      heldBack: heldBack.map((score) => score / unit),
    }));
  }
  for (const kind of kinds.filter(isSequenceKind)) {
    const { heldBack, ...scope } = await fitSequenceHalves(kind, { sessions, names }, fitting);
    const unit = scope.threshold.value;
    const scorer = (detector: ScopeSequences["detector"]) => new SequenceScorer(detector, { names, unit });
    fitted.sequences.push(scope);
    fitted.scorers.push(calibrated(scorer(scope.detector), scope.detector.halves.map(scorer), {
      heldBack: heldBack.map((score) => score / unit),
    }));
  }
  return fitted;
}

/** What both halves say, and each of them alone of what the other one was fitted on. */
function calibrated(
  whole: SessionScorer,
  halves: readonly SessionScorer[],
  { heldBack }: { heldBack: Float64Array },
): CalibratedScorer {
  return {
    name: whole.name,
    score: (window) => whole.score(window),
    parts: (window) => whole.parts(window),
    heldBack,
    besides: (window, session) => halves[1 - halfOf(session, heldBack.length)].score(window),
  };
}
