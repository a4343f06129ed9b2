/**
 * Search by key: windows, sessions, alerts, incidents, templates, services, versions.
 *
 * @module
 */
import { type Reason, reasonTitle } from "../../../lib/mod.ts";
import { incidentRow } from "./incident_rows.ts";
import type { DataSource, Row } from "./source.ts";
import type { Span } from "./span.ts";
import { shownName, shownTemplate, timeOf } from "./texts.ts";

/** Something that was found. */
export interface Found {
  kind: "incident" | "alert" | "window" | "template" | "service" | "model";
  id: string;
  stream: string;
  title: string;
  at: number | null;
  /** Where it is shown, without the base address: `/incidents/0a1b…`. */
  path: string;
}

/** What was found. */
export interface SearchResult {
  span: Span;
  text: string;
  found: Found[];
}

/** Things of each kind that are found at the most. */
const MOST = 10;

const INCIDENTS = `select id from incident where id >= ?1 and id < ?2 limit ${MOST}`;
const ALERTS = `select id, stream, incident, start from alert where id >= ?1 and id < ?2 limit ${MOST}`;
const WINDOWS = `select stream, key, start, anomalous, alert, reasons from verdict
  where stream = ?3 and key >= ?1 and key < ?2 limit ${MOST}`;
const IDS =
  `select stream, id, text, first from template where stream = ?3 and id >= ?1 and id < ?2 limit ${MOST}`;
const TEXTS = `select stream, id, text, first from template where instr(lower(text), ?) limit ${MOST}`;
const SERVICES =
  `select stream, service from series where is_all = 0 and stream = ?3 and service >= ?1 and service < ?2 limit ${MOST}`;
const INCIDENT_OF = "select incident from alert where id = ?";

/** Queries whose plans a test looks at. */
export const SEARCH_QUERIES = { INCIDENTS, ALERTS, WINDOWS, IDS, TEXTS, SERVICES };

/** Behind all texts that begin with another one. */
const LAST = "\u{10ffff}";

/** Everything whose key, id or name begins with a text, and templates that have it in theirs. */
export function search(
  source: DataSource,
  { text, span }: { text: string; span: Span },
): Promise<SearchResult> {
  const wanted = text.trim();
  const found = wanted === "" ? [] : source.snapshot(() => [
    ...incidentsLike(source, wanted),
    ...alertsLike(source, wanted),
    ...source.streamNames().flatMap((stream) => ofStream(source, stream, wanted)),
    ...withText(source, wanted),
    ...source.registry.versions().filter((version) => version.startsWith(wanted)).slice(0, MOST).map(
      modelFound,
    ),
  ]);
  return Promise.resolve({ span, text, found: distinct(found) });
}

function incidentsLike(source: DataSource, text: string): Found[] {
  const version = source.version;
  return source.rows(INCIDENTS, text, text + LAST).flatMap(({ id }) => {
    const row = incidentRow(source, String(id), version);
    if (row === null) return [];
    const { title, streams: [stream], start } = row;
    return {
      kind: "incident" as const,
      id: row.id,
      stream,
      title,
      at: start,
      path: pathTo("incidents", row.id),
    };
  });
}

function alertsLike(source: DataSource, text: string): Found[] {
  return source.rows(ALERTS, text, text + LAST).filter(({ incident }) => incident !== "").map((row) => ({
    ...{
      kind: "alert",
      id: String(row.id),
      stream: String(row.stream),
      title: `alert of incident ${row.incident}`,
    },
    ...{ at: timeOf(row.start), path: pathTo("incidents", row.incident) },
  }));
}

function ofStream(source: DataSource, stream: string, text: string): Found[] {
  const place = [text, text + LAST, stream] as const;
  const services = source.rows(SERVICES, ...place).map(({ service }): Found => ({
    ...{ kind: "service", id: shownName(service), stream, title: shownName(service), at: null },
    path: pathTo("services", stream, service),
  }));
  const windows = source.rows(WINDOWS, ...place).map((row) => windowFound(source, row));
  return [...services, ...source.rows(IDS, ...place).map(templateFound), ...windows];
}

function withText(source: DataSource, text: string): Found[] {
  return text.length < 3 ? [] : source.rows(TEXTS, text.toLowerCase()).map(templateFound);
}

/** An anomalous window is shown with its incident, a normal one with the list of what was around it. */
function windowFound(source: DataSource, { stream, key, start, anomalous, alert, reasons }: Row): Found {
  const [reason] = JSON.parse(String(reasons)) as Reason[], at = timeOf(start);
  const incident = alert === "" ? "" : String(source.row(INCIDENT_OF, String(alert))?.incident ?? "");
  const around = at === null ? "" : `?from=${at - 3_600_000}&to=${at + 3_600_000}`;
  return {
    ...{ kind: "window", id: shownName(key), stream: String(stream), at },
    title: anomalous === 1
      ? `anomalous: ${reason === undefined ? "" : shownTemplate(reasonTitle(reason))}`
      : "normal",
    path: incident === "" ? `/overview${around}` : pathTo("incidents", incident),
  };
}

function templateFound({ stream, id, text, first }: Row): Found {
  return {
    ...{
      kind: "template",
      id: String(id),
      stream: String(stream),
      title: shownTemplate(text),
      at: timeOf(first),
    },
    path: pathTo("templates", stream, id),
  };
}

function modelFound(version: string): Found {
  return {
    kind: "model",
    id: version,
    stream: "",
    title: `model ${version}`,
    at: null,
    path: pathTo("models", version),
  };
}

function pathTo(...parts: unknown[]): string {
  return `/${parts.map((part) => encodeURIComponent(String(part).toWellFormed())).join("/")}`;
}

function distinct(found: readonly Found[]): Found[] {
  const byPlace = new Map(found.map((one) => [`${one.kind} ${one.stream} ${one.id}`, one]));
  return [...byPlace.values()].slice(0, 5 * MOST);
}
