/**
 * What is the matter with sources → alerts, which live as those of windows do: told, acknowledged, silenced, over when it is over.
 *
 * @module
 */
import { lengthText, type Reason } from "../../lib/mod.ts";
import { type Alert, ALERT_VERSION } from "../alert/alert.ts";
import { causeId } from "../alert/cause.ts";
import { digest } from "../alert/digest.ts";
import { formatTime } from "../alert/plain_text.ts";
import type { Severity } from "../alert/severity.ts";
import type { SourceTrouble } from "./source_troubles.ts";

/** A trouble of a stream's source. */
export interface NamedTrouble extends SourceTrouble {
  stream: string;
  /** What alerts call the service: the stream, or the name that its settings give it. */
  service: string;
  source: string;
  /** Time of its newest record, ms; `null` = none has one. */
  newest: number | null;
  /** Why it can't be read; empty = it can. */
  problem: string;
  /** Whether nothing comes from any other source of the stream either. */
  isAlone: boolean;
}

/** What {@linkcode sourceAlerts} decided. */
export interface SourceAlerts {
  /** Alerts that are new or have changed, to be stored. */
  changed: Alert[];
  /** Those among them that are new. */
  opened: Alert[];
}

/** An alert that goes on is stored anew no more often than this, ms. */
const RENEWED = 300_000;

/**
 * Carries the alerts about sources on.
 *
 * @param open Those that fire.
 * @param troubles All there are.
 * @param isLooked Whether the source of an alert was looked at, or is none any more; what was not stays as it is.
 * @param now ms since the epoch.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sourceAlerts } from "./source_alerts.ts";
 *
 * const trouble = { kind: "no_data" as const, since: 0, value: 7_200_000, limit: 3_600_000, stream: "shop", service: "shop",
 *   source: "shop.log", newest: 0, problem: "", isAlone: true };
 * const { opened: [alert] } = sourceAlerts([], { troubles: [trouble], isLooked: () => true, now: 7_200_000 });
 * assert.deepEqual([alert.severity, alert.status], ["high", "firing"]);
 * const { changed: [over] } = sourceAlerts([alert], { troubles: [], isLooked: () => true, now: 7_300_000 });
 * assert.equal(over.status, "closed");
 * ```
 */
export function sourceAlerts(
  open: readonly Alert[],
  { troubles, isLooked, now }: {
    troubles: readonly NamedTrouble[];
    isLooked: (alert: Alert) => boolean;
    now: number;
  },
): SourceAlerts {
  const known = new Map(open.map((alert) => [keyOf(alert), alert])), opened: Alert[] = [];
  const changed: Alert[] = [], goesOn = new Set<string>();
  for (const trouble of troubles) {
    const fresh = alertOf(trouble, now), key = keyOf(fresh), before = known.get(key);
    goesOn.add(key);
    if (before === undefined) {
      opened.push(fresh);
      changed.push(fresh);
    } else if (fresh.severity !== before.severity || Math.abs(now - (before.end ?? 0)) >= RENEWED) {
      const { id, trouble: first, start, firstKey } = before;
      changed.push({ ...fresh, id, trouble: first, start, firstKey });
    }
  }
  for (const [key, alert] of known) {
    if (!goesOn.has(key) && isLooked(alert)) changed.push({ ...alert, status: "closed", end: now });
  }
  return { changed, opened };
}

function keyOf({ stream, cause }: Alert): string {
  return JSON.stringify([stream, cause]);
}

function alertOf(trouble: NamedTrouble, now: number): Alert {
  const { kind, stream, service, source, since } = trouble;
  const reason = reasonOf(trouble), cause = causeId(reason);
  const id = digest(JSON.stringify([stream, cause, since]));
  return {
    ...{ version: ALERT_VERSION, id, trouble: id, stream, service, kind: "window", cause, known: [cause] },
    ...{ lineage: "health", status: "firing", fired: true, severity: severityOf(trouble) },
    ...{ firstKey: source, worstKey: source, headline: cause, start: since, end: Math.max(since, now) },
    ...{ windows: 1, records: 0, score: ratioOf(trouble), threshold: 1 },
    ...{ reasons: [reason], detectors: [{ detector: kind, share: 1 }] },
    evidence: { settled: null, members: [] },
  };
}

/** How many times the limit it is, a thousand at the most. */
function ratioOf({ kind, value, limit }: SourceTrouble): number {
  return Math.min(1000, kind === "unparsed" ? limit / Math.max(value, 0.001) : value / limit);
}

/** That nothing at all comes from a stream makes it blind. */
function severityOf({ kind, isAlone }: NamedTrouble): Severity {
  return kind === "no_data" && isAlone ? "high" : "medium";
}

function reasonOf(trouble: NamedTrouble): Reason {
  const { kind, source, value, limit } = trouble;
  return {
    ...{
      detector: kind,
      kind: "input",
      id: `${kind} ${source}`,
      title: titleOf(trouble),
      note: noteOf(trouble),
    },
    ...{ share: 1, actual: value, expected: limit, firstSeen: null, example: "" },
  };
}

function titleOf({ kind, source, problem }: NamedTrouble): string {
  if (kind === "no_data") return `${problem === "" ? "no data from" : "nothing can be read from"} ${source}`;
  return kind === "data_delay" ? `data from ${source} comes late` : `${source} does not fit its format`;
}

function noteOf({ kind, value, limit, newest, problem }: NamedTrouble): string {
  const last = newest === null
    ? "no record with a time was ever read"
    : `the newest record is of ${formatTime(newest)}`;
  if (kind === "unparsed") {
    return `${Math.round(100 * value)} % of the records fit, less than ${Math.round(100 * limit)} %`;
  }
  const text = kind === "no_data"
    ? `nothing for ${lengthText(value)}, more than ${lengthText(limit)}; ${last}`
    : `what came last is ${lengthText(value)} old at the least, more than ${lengthText(limit)}; ${last}`;
  return problem === "" ? text : `${text}; ${problem}`;
}
