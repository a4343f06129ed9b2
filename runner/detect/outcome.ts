/**
 * What came of a run, stream by stream.
 *
 * @module
 */
import type { Activity, InputNote, ParseQuality, StreamModel, Verdict } from "../../lib/mod.ts";
import type { Alert } from "../alert/alert.ts";

/** What came of one stream. */
export interface StreamOutcome {
  name: string;
  /** `null` = there is no model yet. */
  model: StreamModel | null;
  /** Version of the model; empty where it is not in a registry. */
  version: string;
  /** Whether the model was trained in this run. */
  trained: boolean;
  records: number;
  windows: number;
  /** Anomalous windows: their verdicts. */
  anomalous: Verdict[];
  /** Alerts that were opened. */
  opened: Alert[];
  /** Alerts that went on. */
  continued: number;
  inputs: { name: string; format: string | null; records: number; share: number }[];
  services: number;
  late: number;
  untimed: number;
  /** Windows that are still open. */
  open: number;
  activity: Activity | null;
  quality: ParseQuality | null;
  notes: InputNote[];
  /** What could not be judged, and what is missing. */
  notJudged: string[];
}

/** A stream of which nothing is known yet. */
export function emptyOutcome(name: string): StreamOutcome {
  return {
    ...{ name, model: null, version: "", trained: false, records: 0, windows: 0, anomalous: [], opened: [] },
    ...{ continued: 0, inputs: [], services: 0, late: 0, untimed: 0, open: 0, activity: null, quality: null },
    ...{ notes: [], notJudged: [] },
  };
}
