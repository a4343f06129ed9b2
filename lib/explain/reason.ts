/**
 * Why a window is anomalous.
 *
 * @module
 */

/** One cause of a verdict; the shares of a verdict's reasons sum to 1. */
export interface Reason {
  /** Detector that raised it. */
  detector: string;
  /** What it is about, as in a feature column; an unseen template is named by its own (provisional) id. */
  kind: "template" | "other" | "unseen" | "level";
  /** Template id, `other` or the level's name. */
  id: string;
  /** The template's text (redacted) or the level's name. */
  title: string;
  /** Part of the verdict, 0–1. */
  share: number;
  /** Events counted in the window. */
  actual: number;
  /** Events that a normal window like it would have. */
  expected: number;
  /** Milliseconds since the epoch when the template was first seen; `null` = in training or unknown. */
  firstSeen: number | null;
  /** A redacted line of this window (or, failing that, of this template); empty where there is none. */
  example: string;
}

/** The decision on one window. */
export interface Verdict {
  stream: string;
  /** The session, or `service@start` with the start in ISO 8601 UTC with milliseconds. */
  key: string;
  kind: "session" | "window";
  service: string;
  /** Milliseconds since the epoch, UTC; NaN where the lines have no times. */
  start: number;
  end: number;
  /** Records in the window. */
  lines: number;
  /** Greatest of score / threshold over the detectors: above 1 is anomalous. */
  score: number;
  /** What {@linkcode score} is compared with. */
  threshold: number;
  anomalous: boolean;
  /** Most telling first; empty for a normal window. */
  reasons: Reason[];
}
