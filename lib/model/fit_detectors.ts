/**
 * Count detectors of a scope, each with its threshold.
 *
 * @module
 */
import type { Detector, DetectorKind, FitOptions } from "../detector/detector.ts";
import { Halves } from "../detector/halves.ts";
import { detectorKind, sequenceKind } from "../detector/registry.ts";
import type { SequenceDetector } from "../detector/sequence_detector.ts";
import { SequenceHalves } from "../detector/sequence_halves.ts";
import { sequencesOf } from "../ensemble/sequence_scorer.ts";
import type { ScopeDetector, ScopeSequences } from "../ensemble/static_ensemble.ts";
import type { EventWindow, TemplateNames } from "../feature/event_window.ts";
import type { FeatureMatrix } from "../feature/feature_matrix.ts";
import { thresholdRule } from "../threshold/registry.ts";
import { optionsOf, type Threshold } from "../threshold/threshold.ts";

/** Share of a scope's windows, the last ones by time, that a detector which is dear to fit doesn't see. */
const HELD_BACK = 0.2;
/** Blocks of cross-fitting. */
const BLOCKS = 5;

/** The rule that draws the lines. */
export interface ThresholdSettings {
  /** `budget`, or the name of a threshold rule that draws a line for each detector. */
  rule: string;
  /** `quantile`, `conformal`, `pot`: share of normal windows that stay below the line, 0–1. */
  level: number;
  /** `mean-std`, `mad`: deviations above the mean or the median. */
  k: number;
  /** `budget`: false alarms a day that the time windows of a service may cause; default 1. */
  alertsPerDay?: number;
  /** `budget`: share of normal sessions that may be called anomalous, 0–1; default 0.01. */
  sessions?: number;
}

/** How a detector is fitted, and its line drawn. */
export interface DetectorFitting {
  fit: FitOptions;
  threshold: ThresholdSettings;
}

/**
 * A detector of a scope with the line that a rule draws.
 *
 * @param data The scope's windows.
 */
export function fitDetector(
  kind: string,
  data: ScopeData,
  fitting: DetectorFitting,
): Promise<ScopeDetector> {
  const algorithm = detectorKind(kind);
  return (algorithm.refits ? fitOnAll : fitOnFirst)(algorithm, data, fitting);
}

/** A detector fitted on both halves of a scope's windows, and honest scores of all of them. */
export interface HalvedFit extends ScopeDetector {
  detector: Halves;
  /** Score of each window by the half that hasn't seen it, shape [windows]. */
  heldBack: Float64Array;
}

/** Places of the first half and of the second. */
function inTwo(length: number): [Int32Array, Int32Array] {
  const all = Int32Array.from({ length }, (_, i) => i), border = length >> 1;
  return [all.subarray(0, border), all.subarray(border)];
}

/**
 * Places of the halves of sessions: alternating tenths, as our own evidence is held back, so that each half knows all times.
 * Where a log drifts, the first half is strange to the second, and lines drawn between them would find nothing.
 */
export function alternating(length: number): [Int32Array, Int32Array] {
  const all = Int32Array.from({ length }, (_, i) => i);
  return [0, 1].map((half) => all.filter((i) => halfOf(i, length) === half)) as [Int32Array, Int32Array];
}

/** Which of the two {@linkcode alternating} halves a place is in: 0 or 1. */
export function halfOf(place: number, length: number): number {
  return Math.floor(10 * place / length) % 2;
}

/** A detector of sequences fitted on both halves of the sessions, and honest scores of all of them. */
export interface HalvedSequences extends ScopeSequences {
  detector: SequenceHalves;
  heldBack: Float64Array;
}

/**
 * A detector of sequences as {@linkcode SequenceHalves}; the line is where the rule draws it through the honest scores.
 *
 * @param sessions In order of completion; two at least.
 */
export async function fitSequenceHalves(
  kind: string,
  { sessions, names }: { sessions: readonly EventWindow[]; names: TemplateNames },
  { fit, threshold }: DetectorFitting,
): Promise<HalvedSequences> {
  const algorithm = sequenceKind(kind), places = alternating(sessions.length);
  const parts = places.map((part) => sequencesOf(Array.from(part, (at) => sessions[at]), names));
  const halves: SequenceDetector[] = [];
  for (const { set } of parts) halves.push(await algorithm.fit(set, fit));
  const heldBack = new Float64Array(sessions.length);
  parts.forEach(({ set, rows }, i) => {
    const scores = halves[1 - i].score(set);
    rows.forEach((at, k) => heldBack[places[i][k]] = scores[at]);
  });
  const detector = new SequenceHalves([halves[0], halves[1]]);
  const weights = new Float64Array(sessions.length).fill(1);
  return {
    detector,
    threshold: chooseThreshold({ scores: heldBack, weights }, detector, threshold),
    heldBack,
  };
}

/** How a detector is fitted on both halves. */
export interface HalvesFitting extends DetectorFitting {
  /** Places of the windows of either half; default: the first half by time, and the second. */
  places?: readonly [Int32Array, Int32Array];
}

/** A detector of a scope as {@linkcode Halves}; the line is where the rule draws it through the honest scores. */
export async function fitHalves(
  kind: string,
  { numbers, matrixOf, rowsOf }: ScopeData,
  { fit, threshold, places = inTwo(numbers.length) }: HalvesFitting,
): Promise<HalvedFit> {
  const algorithm = detectorKind(kind), parts = places.map((part) => part.map((at) => numbers[at]));
  const halves: Detector[] = [];
  for (const part of parts) halves.push(await algorithm.fit(matrixOf(part), fit));
  const heldBack = new Float64Array(numbers.length);
  parts.forEach((part, i) => {
    const { matrix, row } = rowsOf(part), scores = halves[1 - i].score(matrix);
    row.forEach((at, k) => heldBack[places[i][k]] = scores[at]);
  });
  const detector = new Halves([halves[0], halves[1]]), weights = new Float64Array(numbers.length).fill(1);
  return {
    detector,
    threshold: chooseThreshold({ scores: heldBack, weights }, detector, threshold),
    heldBack,
  };
}

/** The windows of a scope in order of time, and any part of them as a matrix. */
export interface ScopeData {
  /** Count vector of each window. */
  numbers: Int32Array;
  matrixOf: (part: Int32Array) => FeatureMatrix;
  /** The same, and the row of each window. */
  rowsOf: (part: Int32Array) => { matrix: FeatureMatrix; row: Int32Array };
}

/**
 * A detector that is cheap to fit: its threshold comes from blocked cross-fitting, where every window is scored by a detector
 * that saw only the other blocks; then it is fitted on all.
 */
async function fitOnAll(
  algorithm: DetectorKind,
  { numbers, matrixOf }: ScopeData,
  { fit, threshold }: DetectorFitting,
): Promise<ScopeDetector> {
  const detector = await algorithm.fit(matrixOf(numbers), fit);
  const scores: number[] = [], weights: number[] = [];
  for (const [from, to] of blocksOf(numbers.length)) {
    const others = numbers.filter((_, i) => i < from || i >= to);
    const block = matrixOf(numbers.subarray(from, to));
    const candidate = others.length === 0 ? detector : await algorithm.fit(matrixOf(others), fit);
    for (const score of candidate.score(block)) scores.push(score);
    for (const weight of block.weights) weights.push(weight);
  }
  const calibration = { scores: Float64Array.from(scores), weights: Float64Array.from(weights) };
  return { detector, threshold: chooseThreshold(calibration, detector, threshold) };
}

/** Borders of {@linkcode BLOCKS} blocks of almost equal length; fewer where there are fewer windows. */
function blocksOf(length: number): [from: number, to: number][] {
  const blocks = Math.min(BLOCKS, length);
  return Array.from({ length: blocks }, (_, i) => [
    Math.floor(i * length / blocks),
    Math.floor((i + 1) * length / blocks),
  ]);
}

/**
 * A detector that is dear to fit: fitted on the first part by time. Its threshold is the greater of what the rule says for the
 * held-back windows alone, and for all windows: the ones it was fitted on score lower, if anything, but there are more of them.
 */
async function fitOnFirst(
  algorithm: DetectorKind,
  { numbers, matrixOf }: ScopeData,
  { fit, threshold }: DetectorFitting,
): Promise<ScopeDetector> {
  const heldBack = numbers.length < 2 ? 0 : Math.max(1, Math.round(numbers.length * HELD_BACK));
  const detector = await algorithm.fit(matrixOf(numbers.subarray(0, numbers.length - heldBack)), fit);
  const parts = [numbers, numbers.subarray(numbers.length - heldBack)].filter((part) => part.length > 0);
  const [all, apart = all] = parts.map((part) => {
    const matrix = matrixOf(part);
    return chooseThreshold({ scores: detector.score(matrix), weights: matrix.weights }, detector, threshold);
  });
  return { detector, threshold: apart.value > all.value ? apart : all };
}

function chooseThreshold(
  { scores, weights }: { scores: Float64Array; weights: Float64Array },
  { smallest, note = "" }: Pick<Detector, "smallest" | "note">,
  { rule, level, k }: ThresholdSettings,
): Threshold {
  const drawn = thresholdRule(rule === "budget" ? "quantile" : rule);
  const threshold = drawn.choose(scores, weights, optionsOf(drawn, { level, k, smallest }));
  return { ...threshold, note: [note, threshold.note].filter((text) => text !== "").join("; ") };
}
