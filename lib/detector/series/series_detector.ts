/**
 * The contract of detectors that follow a service through its windows of time.
 *
 * A detector of this kind holds no data: all that it learns is a *state* that its caller keeps, copies and saves. Fitting is
 * following: the state behind a history is what {@linkcode follow} returns, and every score on the way is of a window that the
 * state had not seen. So the scores of a history are honest scores, and a service's first hour is no special case.
 *
 * @module
 */
import type { EventWindow, TemplateNames } from "../../feature/event_window.ts";
import type { Part } from "../part.ts";

/** What every detector is told of the service. */
export interface SeriesOptions {
  /** Length of a window in milliseconds. */
  windowMs: number;
  /** Names of templates, for what is saved and shown. */
  names: TemplateNames;
  /** False alarms a day that a detector with a line of its own may cause; default 0.5. */
  alertsPerDay?: number;
}

/** What became of a window, for a state that moves on over it. */
export interface Outcome {
  /** This detector fired. */
  fired: boolean;
  /** Above this score it fires. */
  line: number;
  /** Any detector fired: the window's counts are no example of what is normal. */
  alerted: boolean;
}

/** A detector for windows of one length. */
export interface SeriesDetector<State = unknown> {
  /** The {@linkcode SeriesDetectorKind.name} that made it. */
  readonly kind: string;
  /** The state of a service of which nothing is known. */
  start(): State;
  /** Windows that the state still has to see before scores mean anything; 0 = it can judge. */
  missing(state: State): number;
  /** Whether no history is long enough for the false alarms that it may cause; absent = one is. */
  readonly isHopeless?: boolean;
  /** How anomalous the next window is: 0 or more, never NaN; higher is more anomalous. Changes nothing. */
  score(state: State, window: EventWindow): number;
  /** What the score comes from, most telling first; shares sum to 1, or there are none where the score is 0. */
  explain(state: State, window: EventWindow): Part[];
  /** Why this very window can't be judged; absent or `undefined` = it can. */
  blind?(window: EventWindow): string | undefined;
  /** Moves the state on over the window. */
  step(state: State, window: EventWindow, outcome: Outcome): void;
  /** Time passes over a window that nothing is learned from. Absent = the next window simply follows the one before it. */
  pass?(state: State, window: EventWindow): void;
  /** A state that changes apart from `state`. */
  copy(state: State): State;
  /** Plain JSON data for {@linkcode load}; templates by id. */
  save(state: State): unknown;
  /** @throws {TypeError} if it is not what {@linkcode save} gives. */
  load(saved: unknown): State;
}

/** An algorithm: one file, one of these. */
export interface SeriesDetectorKind<State = unknown> {
  /** As opinions name it: `record`, `heartbeat`. */
  readonly name: string;
  /** What it finds, for people: one line. */
  readonly title: string;
  /**
   * `calibrated` = the line is drawn by how often normal windows reach a score; `own` = the detector knows its own rate, and a
   * score above 1 fires.
   */
  readonly line: "calibrated" | "own";
  /** No lower score fires, however quiet a service was: what isn't worth a person's while. */
  readonly least: number;
  /** A score that hardly any normal window reaches anywhere, for services that have too few windows to calibrate on. */
  readonly cautious: number;
  /** Name of the fact that windows must have for it. */
  readonly needs?: string;
  /** Whether it has anything to say, or to learn, of a service that has been silent for a day; default no. */
  readonly hearsSilence?: boolean;
  /** Whether what it still has to see comes with what the log says, not with each window: nobody knows when. Default no. */
  readonly untimed?: true;
  /** The detector for windows of this length. */
  create(options: SeriesOptions): SeriesDetector<State>;
  /** A first state for a service that is new among others that are known: what they know is not new. */
  pool?(states: readonly State[], options: SeriesOptions): State;
}

/** What a window comes to that nobody looked at. */
const NORMAL: Outcome = { fired: false, alerted: false, line: Infinity };

/**
 * The state of a detector behind a history of normal windows, in order of time.
 *
 * @param seen Told each window's score, before the window was learned.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { record } from "./record.ts";
 * import { follow } from "./series_detector.ts";
 *
 * const names = { id: String, text: String, severity: () => 0, indexOf: Number };
 * const detector = record.create({ windowMs: 60_000, names });
 * const windows = [3, 2, 40].map((count, i) => ({
 *   start: i * 60_000,
 *   end: (i + 1) * 60_000,
 *   lines: count,
 *   events: { templates: Int32Array.of(0), counts: Int32Array.of(count), levels: Uint8Array.of(0) },
 *   sequence: null,
 * }));
 * const scores: number[] = [];
 * follow(detector, windows, (score) => scores.push(score));
 * assert(scores[1] === 0 && scores[2] > 3); // eight times what was the record
 * ```
 */
export function follow<State>(
  detector: SeriesDetector<State>,
  history: readonly EventWindow[],
  seen?: (score: number, window: EventWindow) => void,
): State {
  const state = detector.start();
  for (const window of history) {
    seen?.(detector.score(state, window), window);
    detector.step(state, window, NORMAL);
  }
  return state;
}

/** Index of a window since the epoch: how many windows of this length lie before it. */
export function windowIndex(window: EventWindow, windowMs: number): number {
  return Math.round(window.start / windowMs);
}

/** Hour of the day of a window's start, UTC, 0–23. */
export function hourOf(window: EventWindow): number {
  const hour = Math.floor(window.start / 3_600_000) % 24;
  return hour < 0 ? hour + 24 : hour;
}

/** Windows of this length in a day. */
export function windowsPerDay(windowMs: number): number {
  return 86_400_000 / windowMs;
}
