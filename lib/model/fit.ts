/**
 * Learned windows → a stream's model: scopes, detectors, thresholds.
 *
 * @module
 */
import type { FitOptions } from "../detector/detector.ts";
import { detectorKind } from "../detector/registry.ts";
import type { FeatureMatrix } from "../feature/feature_matrix.ts";
import { FeatureSpace } from "../feature/feature_space.ts";
import { thresholdRule } from "../threshold/registry.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Learned } from "./learn.ts";
import { type Judgement, type Scope, serviceScope, type StreamModel } from "./stream_model.ts";
import type { HistoryRow } from "./window_history.ts";

/** Share of a scope's windows, the last ones by time, that thresholds are chosen on. */
const HELD_BACK = 0.2;
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
    const lines = learned.read === 0 ? "there are no lines" : "no line has a session or a time";
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
  const numbers = (part: HistoryRow[]) => Int32Array.from(part, (row) => row.vector);
  const space = FeatureSpace.fit(vectors, numbers(rows), { template: (index) => catalogue.template(index) });
  const heldBack = rows.length < 2 ? 0 : Math.max(1, Math.round(rows.length * HELD_BACK));
  const fitted = space.project(vectors, numbers(rows.slice(0, rows.length - heldBack))).matrix;
  const calibration = space.project(vectors, numbers(heldBack === 0 ? rows : rows.slice(-heldBack))).matrix;
  const whole = space.project(vectors, numbers(rows)).matrix;
  const judgements: Judgement[] = [];
  for (const kind of options.detectors) {
    judgements.push(await fitJudgement(kind, name, { fitted, calibration, whole }, options));
  }
  return { name, space, judgements, windows: rows.length, heldBack };
}

/** A detector with a threshold from windows that it had not seen; then, where that costs nothing, fitted on all. */
async function fitJudgement(
  kind: string,
  scope: string,
  data: { fitted: FeatureMatrix; calibration: FeatureMatrix; whole: FeatureMatrix },
  options: FitStreamOptions,
): Promise<Judgement> {
  const algorithm = detectorKind(kind);
  const fit: FitOptions = {
    seed: options.seed,
    scaling: scope === "sessions" ? "count" : "share",
    onProgress: options.onProgress,
  };
  const candidate = await algorithm.fit(data.fitted, fit);
  const { rule, level, k } = options.threshold, { smallest } = candidate;
  const threshold = thresholdRule(rule).choose(candidate.score(data.calibration), data.calibration.weights, {
    ...(rule === "quantile" ? { level } : { k }),
    ...(smallest === undefined ? {} : { smallest }),
  });
  const detector = algorithm.refits ? await algorithm.fit(data.whole, fit) : candidate;
  return { detector, threshold };
}
