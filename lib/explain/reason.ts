/**
 * Why a window is anomalous.
 *
 * @module
 */

import type { Technique } from "../detector/threat/technique.ts";
import type { ThreatSeverity } from "../detector/threat/threat_detector.ts";
import type { Part } from "../ensemble/ensemble.ts";

/** One cause of a verdict; the shares of a verdict's reasons sum to 1. */
export interface Reason {
  /** Detector that raised it. */
  detector: string;
  /**
   * What it is about, see `Part` in `lib/ensemble/ensemble.ts`; an unseen template is named by its own (provisional) id. `input` = about
   * no window, but how lines come from an input; no detector of windows gives it.
   */
  kind: Part["kind"] | "input";
  /**
   * Template id (followed by what else tells it apart: a value's name, an order's follower), the level's name, or another name;
   * of a threat its detector and who is behind it. It is the same in every window that is about the same thing.
   */
  id: string;
  /** The template's text (redacted), the level's name, or what else it is about. */
  title: string;
  /** What counts alone don't tell, for people; empty or absent = nothing. */
  note?: string;
  /** Part of the verdict, 0–1. */
  share: number;
  /** Events counted in the window (or in the {@linkcode span}), or the value. */
  actual: number;
  /** Events that a normal window, or span, like it would have. */
  expected: number;
  /** Length of time (ms) that the counts are of, its end the window's; absent = they are of this window alone. */
  span?: number;
  /** Milliseconds since the epoch when the template was first seen; `null` = in training or unknown. */
  firstSeen: number | null;
  /** A redacted line of this window, or, failing that, of this template; empty where there is none. */
  example: string;
  /** Whether the {@linkcode example} is none of this window's lines, only one like it; absent = it is one of them. */
  exampleElsewhere?: boolean;
  /** Most severe OpenTelemetry `SeverityNumber` of the template's events in the window; absent or 0 = unknown. */
  level?: number;
  /** Values that its records have far more often than those of training, the most telling first; absent = none is known. */
  mostly?: Mostly[];
  /** What a threat is called. */
  technique?: Technique;
  /** How much harm a threat is likely to do. */
  severity?: ThreatSeverity;
  /** Start of the window in which this threat was first said, ms: one that goes on is not a new one. */
  since?: number;
}

/** A value of a parameter, or numbers above one, and its part of the records. */
export interface Mostly {
  name: string;
  /** Redacted; of numbers what they lie above. */
  value: string;
  /** 0–1, in the window and in training. */
  share: number;
  usual: number;
  /** Unit of numbers that lie above {@linkcode value}: `ms`, `B`, `%` or empty; absent = it is a value. */
  above?: string;
  /** Whether {@linkcode usual} is the most that is usual, of whatever value. */
  atMost?: boolean;
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
