/**
 * The labels: what was planted, where and when it can be seen.
 *
 * @module
 */
import { isoTime } from "./calendar.ts";
import type { HarmlessKind, IncidentKind, Planned } from "./plan.ts";
import type { Shop } from "./shop.ts";

/** One planted thing as the labels have it. */
export interface SampleIncident {
  id: string;
  kind: IncidentKind | HarmlessKind;
  stream: string;
  service: string;
  /** First moment, ISO 8601 UTC. */
  start: string;
  /** Just after the last one, ISO 8601 UTC. */
  end: string;
  title: string;
  harmless: boolean;
  /** Log records that it planted or changed. */
  records: number;
  /** Log records that are missing because of it. */
  missing: number;
  /** Orders that it changed. */
  orders: string[];
  /** The incident that this one is a symptom of. */
  cause?: string;
}

/** What was seen of each entry of the plan. */
export interface Seen {
  records: number;
  first: number;
  last: number;
}

/** An entry of the plan as the labels have it: from its first record to its last where it has any. */
export function toIncident(planned: Planned, index: number, shop: Shop, seen: Seen): SampleIncident {
  const { id, kind, stream, service, title, harmless, cause } = planned;
  const from = seen.records > 0 ? seen.first : planned.from,
    to = seen.records > 0 ? seen.last + 1 : planned.to;
  const orders = shop.orders.filter((order) => order.planted === index).map((order) => order.key);
  const span = { start: isoTime(from), end: isoTime(to) };
  const counts = { records: seen.records, missing: shop.missing[index], orders };
  const incident = { id, kind, stream, service, ...span, title, harmless, ...counts };
  return cause === undefined ? incident : { ...incident, cause };
}

/** Writes `labels.csv`, `order_labels.csv` (every order) and `incidents.json`. */
export function writeLabels(
  shop: Shop,
  incidents: readonly SampleIncident[],
  end: number,
  folder: string,
): void {
  const spans = incidents.filter((incident) => incident.orders.length === 0);
  const label = (incident: SampleIncident) => incident.harmless ? 0 : 1;
  const rows = spans.map((incident) =>
    [incident.start, incident.end, incident.service, label(incident), incident.kind].join(",")
  );
  Deno.writeTextFileSync(`${folder}/labels.csv`, ["start,end,service,label,kind", ...rows, ""].join("\n"));
  const orders = shop.orders.filter((order) => order.time < end).sort((a, b) => a.time - b.time);
  const keys = orders.map(({ key, planted }) =>
    planted < 0 ? `${key},0,` : `${key},1,${shop.plan[planted].kind}`
  );
  Deno.writeTextFileSync(`${folder}/order_labels.csv`, ["key,label,kind", ...keys, ""].join("\n"));
  Deno.writeTextFileSync(`${folder}/incidents.json`, `${JSON.stringify(incidents, null, 2)}\n`);
}
