/**
 * Learned windows → a stream's model: scopes, detectors, thresholds.
 *
 * @module
 */
import type { Detector, DetectorKind, FitOptions } from "../detector/detector.ts";
import { detectorKind, DETECTORS } from "../detector/registry.ts";
import type { Ensemble } from "../ensemble/ensemble.ts";
import { type ScopeDetector, StaticEnsemble } from "../ensemble/static_ensemble.ts";
import type { FeatureMatrix } from "../feature/feature_matrix.ts";
import { FeatureSpace } from "../feature/feature_space.ts";
import { thresholdRule } from "../threshold/registry.ts";
import type { Threshold } from "../threshold/threshold.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { LearnedStream } from "./learn.ts";
import { type Scope, serviceScope, type StreamModel } from "./stream_model.ts";
import { templateNames } from "./template_names.ts";
import type { HistoryRow } from "./window_history.ts";

/** Share of a scope's windows, the last ones by time, that a detector which is dear to fit doesn't see. */
const HELD_BACK = 0.2;
/** Blocks of cross-fitting. */
const BLOCKS = 5;
/** Where nothing else is said. */
const USUAL_THRESHOLD: ThresholdSettings = { rule: "quantile", level: 0.999, k: 3 };
/** Windows with records that a service needs for a scope of its own: half a day of five-minute windows. */
const OWN_SCOPE_WINDOWS = 144;

/** The rule that draws the lines: `level` belongs to `quantile`, `k` to `mean-std`. */
export interface ThresholdSettings {
  rule: string;
  /** Share of normal windows that stay below the line, 0–1. */
  level: number;
  /** Standard deviations above the mean. */
  k: number;
}

/** How {@linkcode fitStream} goes about it. */
export interface FitStreamOptions {
  /** Names of the detectors; default all of {@linkcode DETECTORS}. */
  detectors?: readonly string[];
  /** Default: `quantile` with level 0.999. */
  threshold?: ThresholdSettings;
  /** Of everything random; default 0. */
  seed?: number;
  /** Told how far a long fit has come. */
  onProgress?: FitOptions["onProgress"];
  /** Only the windows of this first part (0–1) of the history train; default all. */
  part?: number;
}

/** A stream without a single window to learn from. */
export class NoWindowsError extends Error {
  override readonly name = "NoWindowsError";
}

/**
 * Fits every scope of a stream: columns, detectors, and a threshold for each.
 *
 * @throws {NoWindowsError} if there are no windows: no lines, or lines with neither session nor time.
 * @throws {RangeError} if there is no such detector or threshold rule.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stdinInput } from "../source/stdin.ts";
 * import { fitStream } from "./fit.ts";
 * import { learn } from "./learn.ts";
 * import { streamSettings } from "./stream_settings.ts";
 *
 * const log = "2026-03-02T10:00:01Z INFO request 7 served\n2026-03-02T10:01:02Z INFO request 8 served\n";
 * const learned = await learn(streamSettings({ name: "web", window: 60_000 }), [stdinInput(new Blob([log]).stream())]);
 * const { scopes, trained } = await fitStream(learned, { detectors: ["new-template", "unseen-vector"] });
 *
 * assert.deepEqual(scopes.map(({ name, windows }) => [name, windows]), [["*", 2]]);
 * assert.deepEqual(scopes[0].detectors.map(({ detector }) => detector.kind), ["new-template", "unseen-vector"]);
 * assert.equal(trained.to - trained.from, 61_000); // ms
 * ```
 */
export async function fitStream(
  learned: LearnedStream,
  options: FitStreamOptions = {},
): Promise<StreamModel> {
  const all = learned.history.rows(), rows = all.slice(0, Math.ceil(all.length * (options.part ?? 1)));
  if (rows.length === 0) {
    const lines = learned.read === 0
      ? "there are no lines"
      : "no line has a session or a time that could be read";
    throw new NoWindowsError(`Cannot train stream ${learned.settings.name}: ${lines}`);
  }
  const scopes: Scope[] = [];
  for (const [name, scopeRows] of scopesOf(rows, (service) => learned.services.text(service))) {
    scopes.push(await fitScope(name, scopeRows, learned, options));
  }
  const { settings, catalogue, from, to, read } = learned;
  const formats = new Set(
    learned.records.inputs().map(({ format }) => format).filter((name) => name !== null),
  );
  const trained = {
    from: Number.isFinite(from) ? from : NaN,
    to: Number.isFinite(to) ? to : NaN,
    records: read,
    windows: rows.length,
    fingerprint: await fingerprintOf(learned, rows),
  };
  return { settings, formats: [...formats].sort(), catalogue, scopes, trained };
}

/** Which rows train which scope; `*` also takes what has a scope of its own, unless one service is all there is. */
function scopesOf(rows: HistoryRow[], nameOf: (service: number) => string): Map<string, HistoryRow[]> {
  const scopes = new Map<string, HistoryRow[]>();
  const sessions = rows.filter((row) => row.kind === "session"),
    timed = rows.filter((row) => row.kind === "window");
  if (sessions.length > 0) scopes.set("sessions", sessions);
  if (timed.length > 0) scopes.set("*", timed);
  const services = Map.groupBy(timed, (row) => row.service);
  if (services.size < 2) return scopes;
  for (const [service, own] of services) {
    if (own.filter((row) => row.lines > 0).length >= OWN_SCOPE_WINDOWS) {
      scopes.set(serviceScope(nameOf(service)), own);
    }
  }
  return scopes;
}

async function fitScope(
  name: string,
  rows: HistoryRow[],
  learned: LearnedStream,
  options: FitStreamOptions,
): Promise<Scope> {
  const { catalogue, windows: { vectors } } = learned;
  const numbers = Int32Array.from(rows, (row) => row.vector);
  const space = FeatureSpace.fit(vectors, numbers, { template: (index) => catalogue.template(index) });
  const data: ScopeData = { numbers, matrixOf: (part) => space.project(vectors, part).matrix };
  const { seed = 0, threshold = USUAL_THRESHOLD, onProgress } = options, detectors: ScopeDetector[] = [];
  for (const kind of options.detectors ?? DETECTORS.map((detector) => detector.name)) {
    const algorithm = detectorKind(kind), fit = algorithm.refits ? fitOnAll : fitOnFirst;
    detectors.push(await fit(algorithm, data, { seed, onProgress }, threshold));
  }
  const ensemble = new StaticEnsemble({ space, detectors }, templateNames(catalogue)) as Ensemble;
  return { name, space, detectors, ensemble, windows: rows.length };
}

/** The windows of a scope in order of time, and any part of them as a matrix. */
interface ScopeData {
  /** Count vector of each window. */
  numbers: Int32Array;
  matrixOf: (part: Int32Array) => FeatureMatrix;
}

/**
 * A detector that is cheap to fit: its threshold comes from blocked cross-fitting, where every window is scored by a detector
 * that saw only the other blocks; then it is fitted on all.
 */
async function fitOnAll(
  algorithm: DetectorKind,
  { numbers, matrixOf }: ScopeData,
  fit: FitOptions,
  settings: ThresholdSettings,
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
  return { detector, threshold: chooseThreshold(calibration, detector, settings) };
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
  fit: FitOptions,
  settings: ThresholdSettings,
): Promise<ScopeDetector> {
  const heldBack = numbers.length < 2 ? 0 : Math.max(1, Math.round(numbers.length * HELD_BACK));
  const detector = await algorithm.fit(matrixOf(numbers.subarray(0, numbers.length - heldBack)), fit);
  const parts = [numbers, numbers.subarray(numbers.length - heldBack)].filter((part) => part.length > 0);
  const [all, apart = all] = parts.map((part) => {
    const matrix = matrixOf(part);
    return chooseThreshold({ scores: detector.score(matrix), weights: matrix.weights }, detector, settings);
  });
  return { detector, threshold: apart.value > all.value ? apart : all };
}

function chooseThreshold(
  { scores, weights }: { scores: Float64Array; weights: Float64Array },
  { smallest, note = "" }: Detector,
  { rule, level, k }: ThresholdSettings,
): Threshold {
  const threshold = thresholdRule(rule).choose(scores, weights, {
    ...(rule === "quantile" ? { level } : { k }),
    ...(smallest === undefined ? {} : { smallest }),
  });
  return { ...threshold, note: [note, threshold.note].filter((text) => text !== "").join("; ") };
}
