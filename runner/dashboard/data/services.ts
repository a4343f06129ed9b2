/**
 * The health of services.
 *
 * @module
 */
import { type IncidentRow, incidentRow } from "./incident_rows.ts";
import { type AnomalySeries, type ScoreSeries, type Volume, volumeOf, windowsOf } from "./series.ts";
import { type ServiceRow, serviceRows } from "./service_rows.ts";
import type { DataSource } from "./source.ts";
import type { Span } from "./span.ts";
import { errorRows } from "./template_rows.ts";
import type { TemplateRow } from "./template_rows.ts";

export type { ServiceRow, ServiceStatus } from "./service_rows.ts";

/** One service. */
export interface ServiceDetail {
  span: Span;
  row: ServiceRow;
  volume: Volume;
  anomalies: AnomalySeries;
  scores: ScoreSeries;
  incidents: IncidentRow[];
  /** Its stream's most frequent templates that tell of errors. */
  errorTypes: TemplateRow[];
}

/** What is asked of a service. */
export interface ServiceQuery {
  span: Span;
  stream: string;
  service: string;
}

/** Incidents that a service's page shows. */
const INCIDENTS = 20;

const INCIDENTS_OF = `select distinct incident from alert indexed by alert_by_cause
  where stream = ? and service = ? and incident <> '' and start < ? order by start desc limit ${INCIDENTS}`;

/** Queries whose plans a test looks at. */
export const SERVICE_PAGE_QUERIES = { INCIDENTS_OF };

/** Everything about one service; `null` = there is none of this name. */
export async function serviceDetail(
  source: DataSource,
  { span, stream, service }: ServiceQuery,
): Promise<ServiceDetail | null> {
  const read = source.snapshot(() => {
    const [row] = serviceRows(source, span, { stream, service }).rows;
    if (row === undefined) return null;
    const whose = { stream, service }, version = source.version;
    const ids = source.rows(INCIDENTS_OF, stream, service, span.to);
    return {
      ...{ span, row, volume: volumeOf(source, span, whose), ...windowsOf(source, span, whose) },
      incidents: ids.flatMap(({ incident }) => incidentRow(source, String(incident), version) ?? []),
    };
  });
  return read && { ...read, errorTypes: await errorRows(source, span, stream) };
}
