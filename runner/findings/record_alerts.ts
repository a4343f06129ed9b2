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

/** Windows between alerts that may be one incident by themselves; see `incidents.ts`. */
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
 * Which alerts are one incident depends on all that are near in time, of whatever stream: those near to what has changed, and all
 * that are or were one incident with them, are looked at again. What is as it was is not written.
 */
export function recordAlerts(log: FindingsLog, changed: readonly Alert[], lengths: WindowLengths): void {
  if (changed.length === 0) return;
  const near = nearAlerts(log, changed, lengths);
  const incidents = incidentsOf(near.filter(({ windows, fired }) => windows > 0 && fired), {
    windowOf: lengths.windowOf,
  });
  const holders = new Map(incidents.flatMap(({ id, alerts }) => alerts.map((alert) => [alert.id, id])));
  for (const incident of incidents) putIncident(log, incident);
  const current = new Set(incidents.map(({ id }) => id));
  for (const alert of near) {
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
  log.put({ kind: "incidents", id, time, document, keepsBody: true }, start !== null);
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

/** Alerts that have changed, those that may be one incident with them, and those that are or were. */
function nearAlerts(log: FindingsLog, changed: readonly Alert[], { longest }: WindowLengths): Alert[] {
  const reach = Math.max(LEAST_REACH, REACH_WINDOWS * longest), times = log.state.alertTimes();
  const seen = changed.flatMap(({ id, start, end }) => [start, end, log.known("alerts", id)?.at ?? null])
    .filter((time) => time !== null);
  const since = Math.min(...seen) - reach, until = Math.max(...seen) + reach;
  const near = times.filter(({ start, end }) => end >= since && start <= until).map(({ id }) => id);
  const ids = new Set([...changed.map(({ id }) => id), ...near]);
  if (changed.some(({ start }) => start === null)) {
    for (const { id, start } of times) if (Number.isNaN(start)) ids.add(id);
  }
  const isNew = near.some((id) =>
    log.known("alerts", id) === null && !changed.some((alert) => alert.id === id)
  );
  for (const together of isNew ? stretches(times, reach) : incidentsBefore(log)) {
    if (together.some((id) => ids.has(id))) { for (const id of together) ids.add(id); }
  }
  const fresh = new Map(changed.map((alert) => [alert.id, alert]));
  return [...ids].flatMap((id) => fresh.get(id) ?? parsed(log, id));
}

/** An alert that the state has; none where it is forgotten. */
function parsed({ state }: FindingsLog, id: string): Alert[] {
  const stored = state.alert(id);
  return stored === null ? [] : [parseAlert(stored.body)];
}

/** Alerts that were one incident when they were last looked at, by their identities. */
function incidentsBefore({ state }: FindingsLog): string[][] {
  return state.findings.ofKind("incidents").filter(({ body }) => body !== "").map(({ body }) => {
    const { deepscan: { incident: { alerts = [] } } } = JSON.parse(body) as KeptIncident;
    return alerts;
  });
}

/** The document of an incident as far as it is read again. */
interface KeptIncident {
  deepscan: { incident: { alerts?: string[] } };
}

/** Alerts with no gap between them that an incident can't reach over, by their identities: where nobody has looked yet. */
function stretches(times: readonly { id: string; start: number; end: number }[], reach: number): string[][] {
  const found: { ids: string[]; end: number }[] = [];
  for (const { id, start, end } of times.filter(({ start }) => !Number.isNaN(start))) {
    const last = found.at(-1);
    if (last === undefined || start > last.end + reach) found.push({ ids: [id], end });
    else {
      last.ids.push(id);
      last.end = Math.max(last.end, end);
    }
  }
  return found.map(({ ids }) => ids);
}
