/**
 * Evidence of other detectors for the decision on sessions.
 *
 * @module
 */
import type { Part } from "../../detector/part.ts";
import type { EventWindow } from "../../feature/event_window.ts";

/** A fitted detector that scores single sessions, such as an autoencoder or a model of the next event. */
export interface SessionScorer {
  /** As opinions and snapshots name it. */
  readonly name: string;
  /** Higher is more anomalous, never NaN. Templates below 0 are events that training did not have. */
  score(window: EventWindow): number;
  /** What the score comes from, most telling first. */
  parts(window: EventWindow): Part[];
}

/** The same with honest scores of the sessions that it was fitted on: what says how often it fires on normal ones. */
export interface CalibratedScorer extends SessionScorer {
  /** Scores of the training sessions, in their order, by fits that did not see them. */
  readonly heldBack: ArrayLike<number>;
  /** Score of a session that was made of a training session, by the fit that did not see that one. */
  besides(window: EventWindow, session: number): number;
}
