/**
 * Learned windows → a stream's model: scopes, detectors, thresholds.
 *
 * @module
 */
import { shownAs } from "../table/jupyter.ts";
import type { FitOptions } from "../detector/detector.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { ThresholdSettings } from "./fit_detectors.ts";
import { fitScope, ScopeHistory } from "./fit_scope.ts";
import type { LearnedStream } from "./learn.ts";
import { streamModelView } from "./model_view.ts";
import { type Scope, serviceScope, type StreamModel } from "./stream_model.ts";
import type { HistoryRow } from "./window_history.ts";

/**
 * Services of a stream that dear detectors are fitted for: not for their training, which takes about a second, but because each
 * adds some 150 kB of weights that every run reads, and finds little that the cheap channels don't.
 */
const DEAR_SCOPES = 4;
/**
 * Different count vectors that one needs for them: of fewer there is no form to learn, and a vector that merely is a new
 * combination would be far from all of them.
 */
const DEAR_VECTORS = 64;
/** Share of sessions that make a training busy. */
const BUSY = 0.95;
/** Where nothing else is said. */
const USUAL_THRESHOLD: ThresholdSettings = { rule: "budget", level: 0.999, k: 3 };
/** Windows with records that a service needs for a scope of its own: half a day of five-minute windows. */
const OWN_SCOPE_WINDOWS = 144;

/** How {@linkcode fitStream} goes about it. */
export interface FitStreamOptions {
  /** Names of the count detectors; default: `new-template`, `unseen-vector` and `autoencoder`. */
  detectors?: readonly string[];
  /** Default: an alert budget. */
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
 * const threshold = { rule: "quantile", level: .99, k: 3 };
 * const { scopes, trained } = await fitStream(learned, { detectors: ["new-template", "unseen-vector"], threshold });
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
  const all = learned.history.rows(), first = all.slice(0, Math.ceil(all.length * (options.part ?? 1)));
  const rows = learnedFrom(first);
  if (rows.length === 0) {
    throw new NoWindowsError(`Cannot train stream ${learned.settings.name}: ${whyNoWindows(learned, first)}`);
  }
  const { detectors, threshold = USUAL_THRESHOLD, seed, onProgress } = options, scopes: Scope[] = [];
  const { alertsPerDay: budget = 1 } = threshold,
    fit = { seed: seed ?? 0, onProgress },
    part = budgetParts(rows);
  const parts = scopesOf(first, (service) => learned.services.text(service)), dear = busiest(parts);
  for (const [name, scopeRows] of parts) {
    const isDear = name !== "sessions" && !dear.has(name);
    const kinds = threshold.rule === "budget" && isDear ? [] : detectors;
    const own = { ...threshold, alertsPerDay: budget * part(learnedFrom(scopeRows)) };
    const history = new ScopeHistory(name, scopeRows, learned);
    scopes.push(await fitScope(history, { detectors: kinds, threshold: own, fit }));
  }
  const { settings, catalogue, watched, from, to, read } = learned;
  const formats = new Set(
    learned.records.inputs().map(({ format }) => format).filter((name) => name !== null),
  );
  const trained = {
    from: Number.isFinite(from) ? from : NaN,
    to: Number.isFinite(to) ? to : NaN,
    busyTo: busyTo(rows),
    closedTo: Number.isFinite(learned.windows.watermark) ? learned.windows.watermark : NaN,
    records: read,
    windows: rows.length,
    excluded: learned.leftOut,
    fingerprint: await fingerprintOf(learned, rows),
  };
  return shownAs(
    { settings, formats: [...formats].sort(), catalogue, watched, scopes, trained },
    streamModelView,
  );
}

function whyNoWindows({ read }: LearnedStream, rows: readonly HistoryRow[]): string {
  if (rows.length > 0) return `all its ${rows.length} windows are to be left out`;
  return read === 0 ? "there are no lines" : "no line has a session or a time that could be read";
}

/** Rows without those that are left out. */
function learnedFrom(rows: readonly HistoryRow[]): HistoryRow[] {
  return rows.filter(({ leftOut }) => leftOut === undefined);
}

/** Names of the scopes that detectors which are dear to fit join in: the busiest services, or what there is without services. */
function busiest(scopes: ReadonlyMap<string, readonly HistoryRow[]>): Set<string> {
  const lines = (rows: readonly HistoryRow[]) => rows.reduce((sum, row) => sum + row.lines, 0);
  const vectors = (rows: readonly HistoryRow[]) =>
    new Set(learnedFrom(rows).map(({ vector }) => vector)).size;
  const timed = [...scopes].filter(([name]) => name !== "sessions");
  const services = timed.filter(([name]) => name.startsWith("service "));
  const busy = (services.length === 0 ? timed : services)
    .sort(([, a], [, b]) => lines(b) - lines(a)).slice(0, DEAR_SCOPES)
    .filter(([, rows]) => vectors(rows) >= DEAR_VECTORS);
  return new Set(busy.map(([name]) => name));
}

/**
 * Which part of the budget each service of a scope has: services share it by how often they have anything to say. Of a scope
 * of several it is the mean.
 */
function budgetParts(rows: readonly HistoryRow[]): (scope: readonly HistoryRow[]) => number {
  const speaking = (rows: readonly HistoryRow[]) =>
    rows.filter(({ kind, lines }) => kind === "window" && lines > 0);
  const all = Math.max(1, speaking(rows).length);
  return (scope) => {
    const own = speaking(scope), services = new Set(own.map(({ service }) => service)).size;
    return Math.max(1 / all, own.length / all) / Math.max(1, services);
  };
}

/** When nineteen of twenty sessions had begun; NaN without sessions or times. */
function busyTo(rows: readonly HistoryRow[]): number {
  const starts = Float64Array.from(rows.filter(({ kind }) => kind === "session"), ({ start }) => start)
    .sort();
  return starts.at(Math.floor(starts.length * BUSY)) ?? NaN;
}

/** Sessions as they are complete; those without times stay as they are. */
function inOrderOfEnd(sessions: HistoryRow[]): HistoryRow[] {
  if (sessions.some(({ end }) => Number.isNaN(end))) return sessions;
  return sessions.toSorted((a, b) => a.end - b.end);
}

/**
 * Which rows are which scope's; `*` also takes what has a scope of its own, unless one service is all there is. Time windows that
 * are left out stay in their places; a scope has some that are not.
 */
function scopesOf(rows: HistoryRow[], nameOf: (service: number) => string): Map<string, HistoryRow[]> {
  const scopes = new Map<string, HistoryRow[]>();
  const sessions = learnedFrom(rows.filter((row) => row.kind === "session")),
    timed = rows.filter((row) => row.kind === "window");
  if (sessions.length > 0) scopes.set("sessions", inOrderOfEnd(sessions));
  if (learnedFrom(timed).length === 0) return scopes;
  scopes.set("*", timed);
  const services = Map.groupBy(timed, (row) => row.service);
  if (services.size < 2) return scopes;
  for (const [service, own] of services) {
    if (learnedFrom(own).filter((row) => row.lines > 0).length >= OWN_SCOPE_WINDOWS) {
      scopes.set(serviceScope(nameOf(service)), own);
    }
  }
  return scopes;
}
