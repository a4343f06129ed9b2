/**
 * Evidence of other detectors for the decision on sessions.
 *
 * @module
 */
import type { EventWindow } from "../../feature/event_window.ts";

/** A fitted detector that scores single sessions, such as an autoencoder or a model of the next event. */
export interface SessionScorer {
  /** As opinions and snapshots name it. */
  readonly name: string;
  /** Higher is more anomalous, never NaN. Templates below 0 are events that training did not have. */
  score(window: EventWindow): number;
  /** Scores of the training sessions, in their order, by fits that did not see them. */
  readonly heldBack: ArrayLike<number>;
}
