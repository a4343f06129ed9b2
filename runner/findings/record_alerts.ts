/**
 * Alerts that have changed, and the incidents that they come to, written down as documents.
 *
 * @module
 */
import { type Alert, parseAlert } from "../alert/alert.ts";
import { type Incident, incidentsOf } from "../alert/incidents.ts";
import { alertDocument } from "./alert_document.ts";
import type { FindingsLog } from "./findings_log.ts";
import { endedIncidentDocument, incidentDocument } from "./incident_document.ts";

/** Windows between alerts that may still be one incident; see `incidents.ts`. */
const REACH_WINDOWS = 24;
/** The same where windows are short, ms. */
const LEAST_REACH = 900_000;

/** Lengths of time windows, ms. */
export interface WindowLengths {
  /** Of a stream. */
  windowOf: (stream: string) => number;
  /** The longest. */
  longest: number;
}

/**
 * Writes down alerts that were opened, went on or were closed; to be called in the transaction that stores them.
 *
 * Which alerts are one incident depends on all alerts that are near in time, of whatever stream: those of the stretch that has
 * changed, and of everything later, are looked at again. What is as it was is not written.
 */
export function recordAlerts(log: FindingsLog, changed: readonly Alert[], lengths: WindowLengths): void {
  if (changed.length === 0) return;
  const near = nearAlerts(log, changed, lengths),
    incidents = near.flatMap((alerts) => {
      return incidentsOf(alerts, { windowOf: lengths.windowOf });
    });
  const holders = new Map(incidents.flatMap(({ id, alerts }) => alerts.map((alert) => [alert.id, id])));
  const alerts = new Map([...near.flat(), ...changed].map((alert) => [alert.id, alert]));
  for (const incident of incidents) putIncident(log, incident);
  const current = new Set(incidents.map(({ id }) => id));
  for (const alert of alerts.values()) {
    if (!current.has(alert.id)) endIncident(log, alert.id, holders.get(alert.id) ?? null);
    putAlert(log, alert, holders.get(alert.id) ?? null);
  }
}

function putAlert(log: FindingsLog, alert: Alert, incident: string | null): void {
  const { id, start } = alert;
  if (alert.windows === 0 && !log.has("alerts", id)) return; // nobody was told of it
  const time = log.timeOf("alerts", id, start);
  const document = alertDocument(alert, { name: log.name, time, incident });
  log.put({ kind: "alerts", id, time, document }, start !== null);
}

function putIncident(log: FindingsLog, incident: Incident): void {
  const { id, start } = incident, time = log.timeOf("incidents", id, start);
  const document = incidentDocument(incident, { name: log.name, time });
  log.put({ kind: "incidents", id, time, document }, start !== null);
}

/** What was an incident by itself is part of another now, or withdrawn. */
function endIncident(log: FindingsLog, id: string, into: string | null): void {
  if (!log.has("incidents", id)) return;
  const time = log.timeOf("incidents", id, null);
  log.put({
    ...{ kind: "incidents", id, time },
    document: endedIncidentDocument(id, into, { name: log.name, time }),
  });
}

/** A stretch of time with alerts and no gap that no incident can reach over. */
interface Stretch {
  ids: string[];
  end: number;
}

/** Alerts that may be one incident with those that have changed, or come later; in groups that have nothing to do with each other. */
function nearAlerts(log: FindingsLog, changed: readonly Alert[], { longest }: WindowLengths): Alert[][] {
  const reach = Math.max(LEAST_REACH, REACH_WINDOWS * longest);
  const since = Math.min(...changed.flatMap(({ id, start }) => [
    start ?? Infinity,
    log.state.findings.get("alerts", id)?.at ?? Infinity,
  ]));
  const times = log.state.alertTimes(), fresh = new Map(changed.map((alert) => [alert.id, alert]));
  const stretches: Stretch[] = [];
  for (const { id, start, end } of times.filter(({ start }) => !Number.isNaN(start))) {
    const last = stretches.at(-1);
    if (last === undefined || start > last.end + reach) stretches.push({ ids: [id], end });
    else {
      last.ids.push(id);
      last.end = Math.max(last.end, end);
    }
  }
  const undated = times.filter(({ start }) => Number.isNaN(start)).map(({ id }) => id);
  const touched = stretches.filter(({ end }) => end + reach >= since).map(({ ids }) => ids);
  if (undated.some((id) => fresh.has(id))) touched.push(undated);
  return touched.map((ids) =>
    ids.map((id) => fresh.get(id) ?? parseAlert(log.state.alert(id)!.body)).filter(({ windows }) =>
      windows > 0
    )
  );
}
