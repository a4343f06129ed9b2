/**
 * The windows of a scope → what decides on its further windows.
 *
 * @module
 */
import type { FitOptions } from "../detector/detector.ts";
import { CountScorer } from "../ensemble/count_scorer.ts";
import type { Ensemble } from "../ensemble/ensemble.ts";
import { SeriesEnsemble } from "../ensemble/series.ts";
import { SessionModes } from "../ensemble/session_modes.ts";
import { SessionValues, VALUES_PART } from "../ensemble/session_values.ts";
import { type ScopeDetector, StaticEnsemble } from "../ensemble/static_ensemble.ts";
import { ThreatEnsemble } from "../ensemble/threats.ts";
import { Together } from "../ensemble/together.ts";
import {
  type EventCounts,
  eventCountsOf,
  type EventWindow,
  type TemplateNames,
} from "../feature/event_window.ts";
import { FeatureSpace } from "../feature/feature_space.ts";
import { fitDetector, fitHalves, type ScopeData, type ThresholdSettings } from "./fit_detectors.ts";
import type { LearnedStream } from "./learn.ts";
import type { Scope } from "./stream_model.ts";
import { templateNames } from "./template_names.ts";
import type { HistoryRow } from "./window_history.ts";

/** Count detectors where nothing else is said. */
const USUAL_DETECTORS = ["new-template", "unseen-vector", "autoencoder"];
/** Detectors that the ensembles under a budget have better forms of. */
const COVERED = ["new-template", "unseen-vector"];
/** Share of normal sessions that may be called anomalous where nothing else is said. */
const USUAL_SESSIONS = .01;
/** Windows that halves need to be worth fitting. */
const ENOUGH_FOR_HALVES = 40;

/** How {@linkcode fitScope} goes about it. */
export interface FitScopeOptions {
  /** Names of the count detectors. */
  detectors?: readonly string[];
  threshold: ThresholdSettings;
  fit: FitOptions;
}

/** The windows of a scope in order of time. */
export class ScopeHistory implements ScopeData {
  /** Those that are learned from. */
  readonly rows: readonly HistoryRow[];
  readonly names: TemplateNames;
  readonly space: FeatureSpace;
  /** Count vector of each window. */
  readonly numbers: Int32Array;
  /** Length of the stream's time windows, ms. */
  readonly windowMs: number;
  /** Largest gap within a session, ms. */
  readonly idle: number;
  readonly #learned: LearnedStream;

  /**
   * @param name `sessions`, `service NAME` or `*`.
   * @param all Sessions in order of their ends, time windows of their starts; those that are left out in their places.
   */
  constructor(readonly name: string, readonly all: readonly HistoryRow[], learned: LearnedStream) {
    const { catalogue, windows: { vectors }, settings } = learned;
    this.#learned = learned;
    this.rows = all.filter(({ leftOut }) => leftOut === undefined);
    this.names = templateNames(catalogue);
    this.numbers = Int32Array.from(this.rows, (row) => row.vector);
    this.space = FeatureSpace.fit(vectors, this.numbers, { template: (index) => catalogue.template(index) });
    this.windowMs = settings.window;
    this.idle = settings.session?.idle ?? Infinity;
  }

  /** Any part of the windows, by count vectors, as distinct rows. */
  matrixOf = (part: Int32Array) => this.rowsOf(part).matrix;

  /** The same, and the row of each window. */
  rowsOf = (part: Int32Array) => this.space.project(this.#learned.windows.vectors, part);

  /** {@linkcode all} as ensembles read them; made anew each time. */
  windows(): EventWindow[] {
    const { vectors, collectors } = this.#learned.windows, events: EventCounts[] = [];
    return this.all.map(({ start, end, lines, vector, sequence, facts, leftOut }) => ({
      ...{ start, end, lines, sequence },
      events: events[vector] ??= eventCountsOf(vectors.pairs(vector)),
      ...(facts === undefined ? {} : { facts: collectors.named(facts) }),
      ...(leftOut === undefined ? {} : { leftOut: true }),
    }));
  }
}

/** Fits what decides on a scope's windows. */
export function fitScope(history: ScopeHistory, options: FitScopeOptions): Promise<Scope> {
  const isEnough = history.name !== "sessions" || history.rows.length > 1;
  return options.threshold.rule === "budget" && isEnough
    ? fitBudget(history, options)
    : fitLines(history, options);
}

/** Each detector with a line of its own. */
async function fitLines(
  history: ScopeHistory,
  { detectors: kinds = USUAL_DETECTORS, threshold, fit }: FitScopeOptions,
): Promise<Scope> {
  const { name, space, names, rows } = history, detectors: ScopeDetector[] = [];
  for (const kind of kinds) detectors.push(await fitDetector(kind, history, fit, threshold));
  const ensemble = new StaticEnsemble({ space, detectors }, names) as Ensemble;
  return { name, space, detectors, ensemble, windows: rows.length };
}

/** Detectors that share one budget of false alarms. */
async function fitBudget(
  history: ScopeHistory,
  { detectors: kinds = USUAL_DETECTORS, threshold, fit }: FitScopeOptions,
): Promise<Scope> {
  const { name, space, names, rows } = history, all = history.windows();
  const windows = all.filter(({ leftOut }) => !leftOut),
    detectors: ScopeDetector[] = [],
    scorers: CountScorer[] = [],
    heldBack: Map<EventWindow, number>[] = [];
  const joining = name === "sessions" || rows.length < ENOUGH_FOR_HALVES ? [] : kinds;
  for (const kind of joining) {
    if (COVERED.includes(kind)) continue;
    const { heldBack: scores, ...fitted } = await fitHalves(kind, history, fit, threshold);
    const honest = new Map(windows.map((window, i) => [window, scores[i]]));
    heldBack.push(honest);
    detectors.push(fitted);
    scorers.push(
      new CountScorer(fitted.detector, { space, names, heldBack: honest, unit: fitted.threshold.value }),
    );
  }
  const ensemble = name === "sessions"
    ? fitSessions(windows, history, { budget: threshold.sessions ?? USUAL_SESSIONS, seed: fit.seed })
    : fitSeries(all, history, { threshold, scorers });
  for (const honest of heldBack) honest.clear();
  return { name, space, detectors, ensemble, windows: rows.length };
}

/** What sessions do, and where there are any their numbers and times, which then have a part of the budget. */
function fitSessions(
  windows: readonly EventWindow[],
  { names, idle }: ScopeHistory,
  { budget, seed }: { budget: number; seed?: number },
): Ensemble {
  const values = SessionValues.fit(windows, names, { rate: VALUES_PART * budget, idle });
  const left = values.lines.length > 0 ? (1 - VALUES_PART) * budget : budget;
  const modes = SessionModes.fit(windows, names, { budget: left, seed }) as Ensemble;
  return values.notes.length === 0 ? modes : new Together([modes, values as Ensemble]) as Ensemble;
}

function fitSeries(
  windows: readonly EventWindow[],
  { name, all, names, windowMs }: ScopeHistory,
  { threshold: { alertsPerDay }, scorers }: { threshold: ThresholdSettings; scorers: readonly CountScorer[] },
): Ensemble {
  const options = { windowMs, alertsPerDay, scorers },
    services = Map.groupBy(windows.keys(), (i) => all[i].service);
  const histories = [...services.values()].map((own) => own.map((i) => windows[i]));
  const series = name === "*" && histories.length > 1
    ? SeriesEnsemble.pooled(histories, names, options)
    : SeriesEnsemble.fit(windows, names, options);
  const inOrder = [...windows].sort((a, b) => a.end - b.end);
  return new Together([series as Ensemble, ThreatEnsemble.fit(inOrder) as Ensemble]) as Ensemble;
}
