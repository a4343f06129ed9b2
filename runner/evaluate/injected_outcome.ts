/**
 * What came of planting anomalies.
 *
 * @module
 */
import { alertIncidents, type FoundAnomaly, type FoundKind, type Rate, rateOf } from "../../lib/mod.ts";
import type { Trial } from "./trial.ts";

/** The untouched rest of the log. */
export interface CleanPart {
  windows: number;
  sessions: number;
  /** Windows and sessions with an alarm. */
  alarms: number;
  /** What people would have been told of: alarms that belong together are one. */
  alerts: { service: string; start: string | null; end: string | null; windows: number; cause: string }[];
  /** Days that it spans; `null` where lines have no times. */
  days: number | null;
  /** Alerts a day; `null` where lines have no times. */
  daily: Rate | null;
}

/** What planting came to. */
export interface InjectedOutcome {
  /** Version of the model that judged; empty = trained here, on the first part of the log. */
  model: string;
  /** Where the tested part begins, ISO 8601; `null` where lines have no times. */
  testedFrom: string | null;
  kinds: FoundKind[];
  /** Kinds that could not be planted, or not as often as asked for: how many are missing. */
  unplaced: Record<string, number>;
  clean: CleanPart;
  anomalies: (FoundAnomaly & { round: number })[];
  rounds: number;
}

/** What alarms there are where nothing was planted. */
export function cleanPart({ verdicts, titles }: Trial): CleanPart {
  const starts = verdicts.map(({ start }) => start).filter((time) => !Number.isNaN(time));
  const ends = verdicts.map(({ end }) => end).filter((time) => !Number.isNaN(time));
  const least = starts.reduce((a, b) => Math.min(a, b), Infinity),
    most = ends.reduce((a, b) => Math.max(a, b), -Infinity);
  const days = most > least ? (most - least) / 86_400_000 : null, incidents = alertIncidents(verdicts);
  const sessions = verdicts.filter(({ service }) => service === null).length;
  return {
    ...{ windows: verdicts.length - sessions, sessions, days },
    alarms: verdicts.filter(({ anomalous }) => anomalous).length,
    alerts: incidents.map(({ service, start, end, windows }) => ({
      ...{
        service: service ?? windows[0].key,
        start: isoOf(start),
        end: isoOf(end),
        windows: windows.length,
      },
      cause: titles.get(windows[0].key) ?? "",
    })),
    daily: days === null ? null : rateOf(incidents.length, days),
  };
}

/** A time in ISO 8601; `null` where there is none. */
export function isoOf(time: number): string | null {
  return Number.isFinite(time) ? new Date(time).toISOString() : null;
}
