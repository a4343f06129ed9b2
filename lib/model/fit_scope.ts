/**
 * The windows of a scope → what decides on its further windows.
 *
 * @module
 */
import type { FitOptions } from "../detector/detector.ts";
import { isSequenceKind } from "../detector/registry.ts";
import { CountScorer } from "../ensemble/count_scorer.ts";
import type { Ensemble } from "../ensemble/ensemble.ts";
import { SeriesEnsemble } from "../ensemble/series.ts";
import { SessionModes } from "../ensemble/session_modes.ts";
import { SessionValues, VALUES_PART } from "../ensemble/session_values.ts";
import { SESSION_TIME } from "../ensemble/session_values/told.ts";
import type { CalibratedScorer } from "../ensemble/sessions.ts";
import { type ScopeDetector, type ScopeSequences, StaticEnsemble } from "../ensemble/static_ensemble.ts";
import { ThreatEnsemble } from "../ensemble/threats.ts";
import { Together } from "../ensemble/together.ts";
import {
  type EventCounts,
  eventCountsOf,
  type EventWindow,
  type TemplateNames,
} from "../feature/event_window.ts";
import { FeatureSpace } from "../feature/feature_space.ts";
import {
  fitDetector,
  fitHalves,
  fitSequenceHalves,
  type ScopeData,
  type ThresholdSettings,
} from "./fit_detectors.ts";
import { fitSessionScorers } from "./fit_session_scorers.ts";
import type { LearnedStream } from "./learn.ts";
import type { Scope } from "./stream_model.ts";
import { templateNames } from "./template_names.ts";
import type { HistoryRow } from "./window_history.ts";

/** Detectors where nothing else is said; then none joins the decision on sessions under a budget: none made it better. */
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
  for (const kind of kinds.filter((kind) => !isSequenceKind(kind))) {
    detectors.push(await fitDetector(kind, history, { fit, threshold }));
  }
  const sequences: ScopeSequences[] = [], sessions = history.windows();
  for (const kind of name === "sessions" && sessions.length > 1 ? kinds.filter(isSequenceKind) : []) {
    const { heldBack: _, ...fitted } = await fitSequenceHalves(kind, { sessions, names }, { fit, threshold });
    sequences.push(fitted);
  }
  const ensemble = new StaticEnsemble({ space, detectors, sequences }, names) as Ensemble;
  return { name, space, detectors, ...joined(sequences), ensemble, windows: rows.length };
}

/** As a part of a scope, where there are any. */
function joined(sequences: readonly ScopeSequences[]): Pick<Scope, "sequences"> {
  return sequences.length === 0 ? {} : { sequences };
}

/** Detectors that share one budget of false alarms. */
function fitBudget(history: ScopeHistory, options: FitScopeOptions): Promise<Scope> {
  return history.name === "sessions" ? fitSessionScope(history, options) : fitWindows(history, options);
}

async function fitWindows(
  history: ScopeHistory,
  { detectors: kinds = USUAL_DETECTORS, threshold, fit }: FitScopeOptions,
): Promise<Scope> {
  const { name, space, names, rows } = history, all = history.windows();
  const windows = all.filter(({ leftOut }) => !leftOut),
    detectors: ScopeDetector[] = [],
    scorers: CountScorer[] = [],
    heldBack: Map<EventWindow, number>[] = [];
  const joining = rows.length < ENOUGH_FOR_HALVES
    ? []
    : joiningOf(kinds).filter((kind) => !isSequenceKind(kind));
  for (const kind of joining) {
    const { heldBack: scores, ...fitted } = await fitHalves(kind, history, { fit, threshold });
    const honest = new Map(windows.map((window, i) => [window, scores[i]]));
    heldBack.push(honest);
    detectors.push(fitted);
    scorers.push(
      new CountScorer(fitted.detector, {
        ...{ space, names, heldBack: honest, knownOnly: true },
        unit: fitted.threshold.value,
      }),
    );
  }
  const ensemble = fitSeries(all, history, { threshold, scorers });
  for (const honest of heldBack) honest.clear();
  return { name, space, detectors, ensemble, windows: rows.length };
}

/** Detectors that the ensemble doesn't have a better form of. */
function joiningOf(kinds: readonly string[]): string[] {
  return kinds.filter((kind) => !COVERED.includes(kind));
}

async function fitSessionScope(
  history: ScopeHistory,
  { detectors: kinds = [], threshold, fit }: FitScopeOptions,
): Promise<Scope> {
  const { name, space, rows } = history, sessions = history.windows();
  const { detectors, sequences, scorers } = await fitSessionScorers(
    joiningOf(kinds),
    { history, sessions },
    { fit, threshold },
  );
  const budget = threshold.sessions ?? USUAL_SESSIONS;
  const ensemble = fitSessions(sessions, history, { budget, seed: fit.seed, scorers });
  return { name, space, detectors, ...joined(sequences), ensemble, windows: rows.length };
}

/** What sessions do, and where there are any their numbers and times, which then have a part of the budget. */
function fitSessions(
  windows: readonly EventWindow[],
  { names, idle }: ScopeHistory,
  { budget, seed, scorers }: { budget: number; seed?: number; scorers: readonly CalibratedScorer[] },
): Ensemble {
  const values = SessionValues.fit(windows, names, { rate: VALUES_PART * budget, idle });
  const left = values.lines.length > 0 ? (1 - VALUES_PART) * budget : budget;
  const modes = SessionModes.fit(windows, names, { budget: left, seed, scorers }) as Ensemble;
  return values.notes.length === 0
    ? modes
    : new Together([modes, values as Ensemble], { yielding: [SESSION_TIME] }) as Ensemble;
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
