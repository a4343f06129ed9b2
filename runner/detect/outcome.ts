/**
 * What came of a run, stream by stream.
 *
 * @module
 */
import type { Activity, InputNote, ParseQuality, StreamModel, Verdict } from "../../lib/mod.ts";
import type { Alert } from "../alert/alert.ts";
import type { RaisedAlerts } from "../alert/raise_alerts.ts";
import type { Wait, WaitingServices } from "../health/waits.ts";
import type { SeenSource } from "./seen_sources.ts";

/** Length of the time windows of a stream that has no model, ms. */
const USUAL_WINDOW = 300_000;

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
  /** Templates that were born in this run. */
  births: number;
  windows: number;
  /** Anomalous windows: their verdicts. */
  anomalous: Verdict[];
  /** Alerts that were opened. */
  opened: Alert[];
  /** Alerts of earlier runs that have become more severe. */
  worse: Alert[];
  /** Alerts of earlier runs that went on, those included that have become more severe. */
  wentOn: Alert[];
  inputs: { name: string; format: string | null; records: number; share: number }[];
  /** What came from each source that has inputs. */
  sources: SeenSource[];
  services: number;
  late: number;
  untimed: number;
  /** Windows that are still open. */
  open: number;
  /** Latest time among the records, ms since the epoch; NaN where that is not known. */
  reached: number;
  activity: Activity | null;
  quality: ParseQuality | null;
  notes: InputNote[];
  /** What could not be judged, and what is missing. */
  notJudged: string[];
  /** Detectors that can't judge yet, by the services whose windows were judged in this run. */
  waiting: WaitingServices;
  /** What can't be judged yet, and when it probably can: of the whole stream, or of detectors of some services. */
  waits: Wait[];
}

/** A stream of which nothing is known yet. */
export function emptyOutcome(name: string): StreamOutcome {
  return {
    ...{
      name,
      model: null,
      version: "",
      trained: false,
      records: 0,
      births: 0,
      windows: 0,
      anomalous: [],
      opened: [],
    },
    ...{ worse: [], wentOn: [], inputs: [], sources: [], services: 0, late: 0, untimed: 0, open: 0 },
    reached: NaN,
    ...{ activity: null, quality: null },
    ...{ notes: [], notJudged: [], waiting: new Map(), waits: [] },
  };
}

/** Length of the time windows of a stream, ms, by its name. */
export function windowsOf(streams: readonly StreamOutcome[]): (stream: string) => number {
  const windows = new Map(streams.map(({ name, model }) => [name, model?.settings.window]));
  return (stream) => windows.get(stream) ?? USUAL_WINDOW;
}

/** Adds what a checkpoint's verdicts came to: alerts that the run knows already are shown as they are now. */
export function noteAlerts(outcome: StreamOutcome, { alerts, opened, worse, continued }: RaisedAlerts): void {
  const isOwn = ({ id }: Alert) => outcome.opened.some((alert) => alert.id === id);
  const renewed = (known: Alert[], more: Alert[]) => {
    const all = new Map([...known, ...more].map((alert) => [alert.id, alert]));
    for (const alert of alerts) if (all.has(alert.id)) all.set(alert.id, alert);
    return [...all.values()].filter(({ windows }) => windows > 0);
  };
  outcome.worse = renewed(outcome.worse, worse.map(({ alert }) => alert).filter((alert) => !isOwn(alert)));
  outcome.wentOn = renewed(outcome.wentOn, continued.filter((alert) => !isOwn(alert)));
  outcome.opened = renewed(outcome.opened, opened);
}
