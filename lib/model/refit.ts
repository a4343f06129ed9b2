/**
 * Lines that follow from what people said of alerts.
 *
 * @module
 */
import type { Verdict } from "../explain/reason.ts";
import type { RaisedLines } from "../ensemble/raised.ts";
import { raisedLines, withRaised } from "../ensemble/raised.ts";
import { shownAs } from "../table/jupyter.ts";
import { THREAT_DETECTORS } from "../detector/threat/registry.ts";
import { streamModelView } from "./model_view.ts";
import { serviceScope, type StreamModel } from "./stream_model.ts";

/** An alert that people spoke of, with its anomalous windows and their scores by lines that are not raised: {@linkcode unraised}. */
export interface SpokenAlert {
  id: string;
  /** Whether it was a real trouble. */
  real: boolean;
  verdicts: readonly Verdict[];
}

/** A line that is to be raised. */
export interface RefitLine {
  /** `sessions`, `service NAME` or `*`. */
  scope: string;
  detector: string;
  /** How many times higher than trained it is to lie; 1 = it stays, or comes back. */
  factor: number;
  /** False alarms that it led, and how many of them the raised line would not have let through. */
  alarms: number;
  stopped: number;
  /** The true alert that keeps the line from being raised further; empty = none. */
  bound: string;
}

/** Room between a line and what it is drawn beside. */
const MARGIN = 1.05;
/** A line is never raised further: who alarms at three times the line saw something. */
const MOST = 3;
/** What always tells, whatever came of it: a line is no means against it, a suppression is. */
const ALWAYS_TELL = new Set(["new-error", ...THREAT_DETECTORS.map(({ name }) => name)]);

/**
 * The lines that false alarms raise and true ones bound: each just above as many false alarms as it can be without losing a true
 * one. Only what a detector led counts for or against its line; what always tells (new errors, threats) is not raised.
 *
 * @param alerts Those of the model's stream.
 *
 * @example A false alarm at twice the line, a true one at four times
 * ```ts
 * import assert from "node:assert/strict";
 * import { refitLines } from "./refit.ts";
 *
 * const verdict = (score: number) => ({ stream: "shop", key: `db@${score}`, kind: "window" as const, service: "db", start: 0, end: 1,
 *   lines: 9, score, threshold: 1, anomalous: true, reasons: [], detectors: [{ detector: "burst", share: 1 }] });
 * const alert = (id: string, real: boolean, score: number) => ({ id, real, verdicts: [verdict(score)] });
 * const [line] = refitLines([alert("a1", false, 2), alert("a2", true, 4)], new Set(["service db"]));
 * assert.deepEqual(line, { scope: "service db", detector: "burst", factor: 2.1, alarms: 1, stopped: 1, bound: "" });
 * ```
 */
export function refitLines(alerts: readonly SpokenAlert[], scopes: ReadonlySet<string>): RefitLine[] {
  const peaks = alerts.flatMap((alert) => peaksOf(alert, scopes));
  const byLine = Map.groupBy(peaks, ({ scope, detector }) => JSON.stringify([scope, detector]));
  return [...byLine.values()].filter((own) =>
    own.some(({ real }) => !real) && !ALWAYS_TELL.has(own[0].detector)
  )
    .map(lineOf).sort((a, b) =>
      a.scope === b.scope ? (a.detector < b.detector ? -1 : 1) : a.scope < b.scope ? -1 : 1
    );
}

/** The highest score that a detector led an alert with. */
interface Peak {
  scope: string;
  detector: string;
  id: string;
  real: boolean;
  score: number;
}

function peaksOf({ id, real, verdicts }: SpokenAlert, scopes: ReadonlySet<string>): Peak[] {
  const peaks = new Map<string, Peak>();
  for (const verdict of verdicts) {
    const { score, detectors = [] } = verdict;
    if (detectors.length === 0) continue;
    const scope = scopeOf(verdict, scopes),
      { detector } = detectors[0],
      key = JSON.stringify([scope, detector]);
    if (score > (peaks.get(key)?.score ?? 0)) peaks.set(key, { scope, detector, id, real, score });
  }
  return [...peaks.values()];
}

function lineOf(peaks: readonly Peak[]): RefitLine {
  const { scope, detector } = peaks[0];
  const lowest = peaks.filter(({ real }) => real).sort((a, b) => a.score - b.score)[0];
  const most = Math.min(MOST, lowest === undefined ? Infinity : lowest.score / MARGIN);
  const alarms = peaks.filter(({ real }) => !real).map(({ score }) => score * MARGIN);
  const stopped = alarms.filter((line) => line <= most);
  const isBound = lowest !== undefined && alarms.some((line) => line > lowest.score / MARGIN && line <= MOST);
  return {
    ...{ scope, detector, factor: Math.max(1, ...stopped), alarms: alarms.length, stopped: stopped.length },
    bound: isBound ? lowest.id : "",
  };
}

/** The stream with these lines raised and no others: its weights, templates and training stay. */
export function refitStream(stream: StreamModel, lines: readonly RefitLine[]): StreamModel {
  const scopes = stream.scopes.map((scope) => {
    const own = lines.filter((line) => line.scope === scope.name && line.factor > 1);
    const factors: RaisedLines = Object.fromEntries(own.map(({ detector, factor }) => [detector, factor]));
    return { ...scope, ensemble: withRaised(scope.ensemble, factors) };
  });
  return shownAs({ ...stream, scopes }, streamModelView);
}

/** A verdict with the score that it would have had before any line was raised. */
export function unraised(verdict: Verdict, { scopes }: StreamModel): Verdict {
  const name = scopeOf(verdict, new Set(scopes.map((scope) => scope.name)));
  const scope = scopes.find((scope) => scope.name === name), [first] = verdict.detectors ?? [];
  const factor = scope === undefined || first === undefined
    ? 1
    : raisedLines(scope.ensemble)[first.detector] ?? 1;
  return { ...verdict, score: verdict.score * factor };
}

/** The name of the scope that judges a window. */
function scopeOf({ kind, service }: Verdict, scopes: ReadonlySet<string>): string {
  const own = serviceScope(service);
  return kind === "session" ? "sessions" : scopes.has(own) ? own : "*";
}
