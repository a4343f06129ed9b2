/**
 * What an ensemble for a service's windows is fitted with.
 *
 * @module
 */
import { SERIES_DETECTORS } from "../../detector/series/registry.ts";
import type { SeriesDetectorKind } from "../../detector/series/series_detector.ts";
import { scorerKind, type WindowScorer } from "../../detector/series/window_scorer.ts";
import type { EventWindow } from "../../feature/event_window.ts";
import type { ChannelLine } from "./channel.ts";

/** Alerts a day where nobody says. */
export const ALERTS_PER_DAY = 1;

/** How an ensemble for a service's windows is fitted. */
export interface SeriesEnsembleOptions {
  /** Length of a window in milliseconds. */
  windowMs: number;
  /** False alarms a day that the whole ensemble may cause; default 1. */
  alertsPerDay?: number;
  /** Detectors of single windows that join in, such as an autoencoder. */
  scorers?: readonly WindowScorer[];
  /** Kinds that take part; default all that the history has facts for. */
  kinds?: readonly SeriesDetectorKind[];
}

/**
 * The options, if they can be.
 *
 * @throws {RangeError} if the length of windows or the budget is not above 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checked } from "./options.ts";
 *
 * assert.throws(() => checked({ windowMs: 0 }), RangeError);
 * ```
 */
export function checked(options: SeriesEnsembleOptions): SeriesEnsembleOptions {
  const { windowMs, alertsPerDay = ALERTS_PER_DAY } = options;
  for (const [name, value] of Object.entries({ windowMs, alertsPerDay })) {
    if (!(value > 0 && value < Infinity)) throw new RangeError(`Cannot fit series: ${name} is ${value}`);
  }
  return options;
}

/** The kinds asked for; by default those that windows have facts for, and the scorers. An empty history may get any. */
export function kindsFor(
  history: readonly EventWindow[],
  { kinds, scorers = [] }: SeriesEnsembleOptions,
): readonly SeriesDetectorKind[] {
  if (kinds) return kinds;
  const facts = new Set<string>();
  for (const window of history) for (const name of window.facts?.keys() ?? []) facts.add(name);
  const all = SERIES_DETECTORS.filter(({ needs }) =>
    needs === undefined || history.length === 0 || facts.has(needs)
  );
  return [...all, ...scorers.map(scorerKind)];
}

/** The line that three in four services keep below; the kind's own where there are none. */
export function pooledLine(lines: readonly ChannelLine[], kind: SeriesDetectorKind): number {
  const values = lines.map(({ value }) => value).filter(Number.isFinite).sort((a, b) => a - b);
  return values.length > 0
    ? values[Math.min(values.length - 1, Math.floor(0.75 * values.length))]
    : kind.cautious;
}
