/**
 * Learned windows → a stream's model: scopes, detectors, thresholds.
 *
 * @module
 */
import type { Detector, DetectorKind, FitOptions } from "../detector/detector.ts";
import { detectorKind } from "../detector/registry.ts";
import type { FeatureMatrix } from "../feature/feature_matrix.ts";
import { FeatureSpace } from "../feature/feature_space.ts";
import { thresholdRule } from "../threshold/registry.ts";
import type { Threshold } from "../threshold/threshold.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Learned } from "./learn.ts";
import { type Judgement, type Scope, serviceScope, type StreamModel } from "./stream_model.ts";
import type { HistoryRow } from "./window_history.ts";

/** Share of a scope's windows, the last ones by time, that a detector which is dear to fit doesn't see. */
const HELD_BACK = 0.2;
/** Blocks of cross-fitting. */
const BLOCKS = 5;
/** Windows with records that a service needs for a scope of its own: half a day of five-minute windows. */
const OWN_SCOPE_WINDOWS = 144;

/** How {@linkcode fitStream} goes about it. */
export interface FitStreamOptions {
  /** Names of the detectors. */
  detectors: readonly string[];
  threshold: { rule: string; level: number; k: number };
  seed: number;
  onProgress?: FitOptions["onProgress"];
  /** Only the windows of this first part (0–1) of the history train; default all. */
  part?: number;
}

/** A stream without a single window to learn from. */
export class NoWindowsError extends Error {
  override readonly name = "NoWindowsError";
}

/**
 * Fits every scope of a stream.
 *
 * @throws {NoWindowsError} if there are no windows: no lines, or lines with neither session nor time.
 */
export async function fitStream(learned: Learned, options: FitStreamOptions): Promise<StreamModel> {
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
  const formats = [
    ...new Set(learned.records.inputs().map(({ format }) => format).filter((name) => name !== null)),
  ];
  const trained = {
    from: Number.isFinite(from) ? from : NaN,
    to: Number.isFinite(to) ? to : NaN,
    records: read,
    windows: rows.length,
    fingerprint: await fingerprintOf(learned, rows),
  };
  return { settings, formats: formats.sort(), catalogue, scopes, trained };
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
  learned: Learned,
  options: FitStreamOptions,
): Promise<Scope> {
  const { catalogue, windows: { vectors } } = learned;
  const numbers = Int32Array.from(rows, (row) => row.vector);
  const space = FeatureSpace.fit(vectors, numbers, { template: (index) => catalogue.template(index) });
  const matrixOf = (part: Int32Array) => space.project(vectors, part).matrix;
  const fit: FitOptions = { seed: options.seed, onProgress: options.onProgress };
  const judgements: Judgement[] = [];
  for (const kind of options.detectors) {
    const algorithm = detectorKind(kind);
    const judgement = algorithm.refits
      ? await fitOnAll(algorithm, { numbers, matrixOf }, fit, options.threshold)
      : await fitOnFirst(algorithm, { numbers, matrixOf }, fit, options.threshold);
    judgements.push(judgement);
  }
  return { name, space, judgements, windows: rows.length };
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
  settings: FitStreamOptions["threshold"],
): Promise<Judgement> {
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
  settings: FitStreamOptions["threshold"],
): Promise<Judgement> {
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
  { rule, level, k }: FitStreamOptions["threshold"],
): Threshold {
  const threshold = thresholdRule(rule).choose(scores, weights, {
    ...(rule === "quantile" ? { level } : { k }),
    ...(smallest === undefined ? {} : { smallest }),
  });
  return { ...threshold, note: [note, threshold.note].filter((text) => text !== "").join("; ") };
}
