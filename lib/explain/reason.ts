/**
 * Why a window is anomalous.
 *
 * @module
 */

import type { Part } from "../ensemble/ensemble.ts";

/** One cause of a verdict; the shares of a verdict's reasons sum to 1. */
export interface Reason {
  /** Detector that raised it. */
  detector: string;
  /** What it is about, see `Part` in `lib/ensemble/ensemble.ts`; an unseen template is named by its own (provisional) id. */
  kind: Part["kind"];
  /** Template id (followed by what else tells it apart), the level's name, or another name. */
  id: string;
  /** The template's text (redacted), the level's name, or what else it is about. */
  title: string;
  /** What counts alone don't tell, for people; empty or absent = nothing. */
  note?: string;
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

/** How much one detector had to do with a verdict. */
export interface DetectorShare {
  detector: string;
  /** Part of all evidence, 0–1. */
  share: number;
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
  /** The detectors that raised it, most telling first; their shares sum to 1. */
  detectors?: DetectorShare[];
}
