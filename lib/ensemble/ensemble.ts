/**
 * The contract of every ensemble: detectors and thresholds that decide together on windows in order of time.
 *
 * What is fitted never changes; what an ensemble learns while it judges (records, recent sessions, rolling thresholds) is a
 * *state* that the caller holds, can copy and save. So a run can go back to where nothing can change any more.
 *
 * @module
 */
import type { Part } from "../detector/part.ts";
import type { EventWindow } from "../feature/event_window.ts";

export type { Part };

/** What one detector that fired says of a window. */
export interface Opinion {
  /** Name of the detector. */
  detector: string;
  /** Score / threshold: above 1. */
  evidence: number;
  /** Most telling first. */
  parts: Part[];
}

/** The decision on one window. */
export interface Decision {
  /** Above 1 = anomalous; comparable between windows of the same ensemble, higher is more anomalous. Never NaN. */
  score: number;
  /**
   * The detectors that fired, strongest first. Of a normal window there are none, but for what concerns the log as a whole, see
   * {@linkcode StartOptions.told}.
   */
  opinions: Opinion[];
  /** Why nothing, or not everything, could be judged yet; empty = nothing to say. */
  note?: string;
}

/** Detectors that can't judge yet. */
export interface Waiting {
  /** Their names. */
  detectors: string[];
  /** Windows that they still have to see. */
  windows: number;
}

/** How scanning begins. */
export interface StartOptions {
  /**
   * Whether what becomes usual while scanning is taken for normal: right for logs that go on after training, not for ones
   * that training represents. Default true.
   */
  adapts?: boolean;
  /**
   * Whether the first window comes behind those of training; else nothing is known of what came before it, as when the log that
   * was learned from is judged itself. Default true.
   */
  behind?: boolean;
  /**
   * Whether people are told as it goes: then what only concerns the log as a whole, such as that its sessions are other ones from
   * now on, makes the window anomalous at which it shows. Default false: every window is judged for itself.
   */
  told?: boolean;
}

/** Fitted detectors with one false-alarm budget. */
export interface Ensemble<State = unknown> {
  /** As snapshots name it. */
  readonly kind: string;
  /** What a person should know of how it was fitted: one sentence each. */
  readonly notes: readonly string[];
  /** How often something was really scored, where equal windows share that; absent = always. */
  readonly scored?: number;
  /** The state right behind training. */
  start(options?: StartOptions): State;
  /** Decides on the next window in order of its end, and moves the state on. */
  judge(state: State, window: EventWindow): Decision;
  /** Detectors that wait for more windows, those first that wait least; absent = none ever does. */
  waiting?(state: State): Waiting[];
  /** A state that changes apart from `state`. */
  copy(state: State): State;
  /** Plain JSON data for {@linkcode load}; templates by id. */
  save(state: State): unknown;
  /** @throws {TypeError} if it is not what {@linkcode save} gives. */
  load(saved: unknown): State;
  /** Plain, versioned JSON data that the ensemble is restored from; templates by id. */
  toJSON(): EnsembleSnapshot;
}

/** Plain data; restored by the static `fromJSON` (with names of templates) of the class that wrote it. */
export interface EnsembleSnapshot {
  kind: string;
  version: number;
  [field: string]: unknown;
}
