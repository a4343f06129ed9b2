/**
 * Incidents that are like another one.
 *
 * @module
 */
import type { Alert } from "../../alert/alert.ts";
import { whatOf } from "../../alert/wording.ts";
import { type IncidentRow, incidentRow } from "./incident_rows.ts";
import type { DataSource, Row } from "./source.ts";
import { shownName } from "./texts.ts";

/** An incident that is like another one. */
export interface SimilarIncident {
  incident: IncidentRow;
  /** 0–1. */
  similarity: number;
  /** What both have, in words. */
  common: string[];
}

/** Incidents that are shown, and alerts that are looked at for each cause and each service. */
const SHOWN = 5, LOOKED_AT = 100;
/** What counts more: the same cause, or the same service. */
const CAUSE = 3, SERVICE = 1;

const SAME = `select incident, service, cause from alert indexed by alert_by_cause
  where stream = ?1 and service = ?2 and incident <> '' and incident <> ?3 order by cause, start desc limit ?4`;

const SAME_CAUSE = `select incident, service, cause from alert indexed by alert_by_cause
  where stream = ?1 and service = ?2 and cause = ?5 and incident <> '' and incident <> ?3 order by start desc limit ?4`;

const MARKS = "select stream, service, cause from alert where incident = ?";

/** Queries whose plans a test looks at. */
export const SIMILAR_QUERIES = { SAME, SAME_CAUSE, MARKS };

/** Incidents with causes and services in common, most similar first. */
export function similarIncidents(
  source: DataSource,
  id: string,
  alerts: readonly Alert[],
): SimilarIncident[] {
  const own = marksOf(alerts), version = source.version, found = new Set<string>();
  for (const { stream, service, cause } of alerts) {
    const place = [stream, service, id, LOOKED_AT] as const;
    for (const row of source.rows(SAME_CAUSE, ...place, cause)) found.add(String(row.incident));
    for (const row of source.rows(SAME, ...place)) found.add(String(row.incident));
  }
  const words = new Map(alerts.map((alert) => [causeMark(alert), whatOf(alert)]));
  const measured = [...found].map((incident) => ({
    incident,
    ...compared(own, marksOf(source.rows(MARKS, incident))),
  }))
    .sort((a, b) => b.similarity - a.similarity || (a.incident < b.incident ? 1 : -1)).slice(0, SHOWN);
  return measured.flatMap(({ incident, similarity, common }) => {
    const row = incidentRow(source, incident, version);
    return row === null
      ? []
      : { incident: row, similarity, common: common.map((mark) => words.get(mark) ?? serviceText(mark)) };
  });
}

/** Weight of each mark: causes and services. */
function marksOf(alerts: readonly (Row | Alert)[]): Map<string, number> {
  const marks = new Map<string, number>();
  for (const { stream, service, cause } of alerts as Row[]) {
    marks.set(causeMark({ stream, service, cause }), CAUSE);
    marks.set(`service ${JSON.stringify([stream, service])}`, SERVICE);
  }
  return marks;
}

function causeMark({ stream, service, cause }: Row | Alert): string {
  return `cause ${JSON.stringify([stream, service, cause])}`;
}

function serviceText(mark: string): string {
  const [stream, service] = JSON.parse(mark.replace(/^service /, ""));
  return stream === service ? shownName(stream) : shownName(`${stream}/${service}`);
}

function compared(a: Map<string, number>, b: Map<string, number>): { similarity: number; common: string[] } {
  const common = [...a.keys()].filter((mark) => b.has(mark));
  const weight = (marks: Iterable<string>) =>
    [...marks].reduce((sum, mark) => sum + (a.get(mark) ?? b.get(mark) ?? 0), 0);
  return { similarity: weight(common) / weight(new Set([...a.keys(), ...b.keys()])), common };
}
