/**
 * What a report is made of. Plain data: everything that comes from a log is redacted already, and escaped when it is written.
 *
 * @module
 */
import type { Incident } from "../alert/incidents.ts";
import type { ErrorMeaning } from "../alert/meanings.ts";
import type { Program } from "../alert/message.ts";

/** What happened in one stream. */
export interface ReportStream {
  name: string;
  /** Name of the format, or of several. */
  format: string;
  /** Inputs that were read. */
  inputs: string[];
  services: number;
  records: number;
  /** Time windows and sessions that were judged. */
  windows: number;
  anomalous: number;
  alerts: number;
  /** Records that came too late to change their window. */
  late: number;
}

/** A chart, drawn already. */
export interface ReportChart {
  /** What it shows, for the caption. */
  caption: string;
  /** An SVG element on a white ground; ids must differ from those of other charts. */
  light: string;
  /** The same for a dark ground; default: the light one on a white card. */
  dark?: string;
}

/** How well the records of one stream and format were understood. */
export interface ReportParseQuality {
  stream: string;
  format: string;
  records: number;
  /** Records whose header parsed. */
  parsed: number;
  /** What was missing or wrong, with one redacted example each. */
  problems: { reason: string; count: number; example: string }[];
}

/** A threshold and how it came about. */
export interface ReportThreshold {
  detector: string;
  rule: string;
  value: number;
  /** Share of normal windows that the rule means to flag; `null` where it promises none. */
  nominal: number | null;
  /** Share of the calibration windows that it flags. */
  realised: number;
  /** Calibration windows. */
  windows: number;
  note: string;
}

/** The model of one stream. */
export interface ReportModel {
  stream: string;
  version: string;
  /** Span of the training data, ms since the epoch. */
  trainedFrom: number | null;
  trainedTo: number | null;
  /** Windows it was trained on. */
  windows: number;
  templates: number;
  thresholds: ReportThreshold[];
}

/** Everything in a report. Times are milliseconds since the epoch, UTC, `null` where lines have none. */
export interface ReportData {
  title: string;
  generatedAt: number;
  from: number | null;
  to: number | null;
  streams: ReportStream[];
  charts: ReportChart[];
  /** In the order in which they are shown. */
  incidents: Incident[];
  /** What failed, by the identity of its alert; see `Message` in `message.ts`. */
  meanings: ReadonlyMap<string, readonly ErrorMeaning[]>;
  /** How to look further; `null` where nothing is kept to look at. */
  program: Program | null;
  parseQuality: ReportParseQuality[];
  models: ReportModel[];
  /** What could not be judged, and what is missing. */
  notJudged: { stream: string; text: string }[];
}
