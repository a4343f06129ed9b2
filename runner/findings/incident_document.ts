/**
 * An incident as a document.
 *
 * @module
 */
import { type Incident, incidentText } from "../alert/incidents.ts";
import { common, documentId, type FindingDocument, lasting, nameText, severityNumber } from "./document.ts";
import { threatFields } from "./reasons.ts";

/** What a document says beside its incident. */
export interface IncidentPlace {
  /** What this DeepScan is called. */
  name: string;
  /** `@timestamp` where the incident has no times, ms since the epoch. */
  time: number;
}

/** The document of an incident: what it began with, what belongs to it, whether it goes on. */
export function incidentDocument(incident: Incident, { name, time }: IncidentPlace): FindingDocument {
  const { id, alerts, severity, start } = incident, base = common("incidents", start ?? time, name);
  const isOpen = alerts.some(({ status }) => status === "firing");
  const distinct = (texts: string[]) => [...new Set(texts)].sort();
  return {
    ...base,
    event: {
      ...base.event,
      ...{ kind: "event", id: documentId(name, "incidents", id), severity: severityNumber(severity) },
      ...lasting(incident),
    },
    message: incidentText(incident),
    service: { name: distinct(alerts.map(({ service }) => nameText(service))) },
    threat: threatFields(alerts.flatMap(({ reasons }) => reasons)),
    deepscan: {
      stream: distinct(alerts.map(({ stream }) => stream)),
      incident: {
        ...{ id, status: isOpen ? "open" : "closed", severity },
        ...{ alerts: alerts.map(({ id }) => id), alert_count: alerts.length },
        records: alerts.reduce((sum, { records }) => sum + records, 0),
      },
    },
  };
}

/**
 * The document of an incident that is none any more: it became part of another, or nothing is left of it.
 *
 * @param into Identity of the one that it is part of; `null` = nothing is left of it.
 */
export function endedIncidentDocument(
  id: string,
  into: string | null,
  { name, time }: IncidentPlace,
): FindingDocument {
  const base = common("incidents", time, name);
  return {
    ...base,
    event: { ...base.event, kind: "event", id: documentId(name, "incidents", id) },
    message: into === null ? "withdrawn: nothing is left of it" : `part of incident ${into}`,
    deepscan: {
      incident: {
        ...{ id, status: into === null ? "withdrawn" : "merged", merged_into: into ?? undefined },
        alert_count: 0,
      },
    },
  };
}
