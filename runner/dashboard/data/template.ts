/**
 * One template.
 *
 * @module
 */
import { type SavedProvisional, type StreamModel } from "../../../lib/mod.ts";
import { entriesOf } from "../../catalogue/entries.ts";
import { quantityText } from "../../parse/quantity_text.ts";
import { type IncidentRow, incidentRow } from "./incident_rows.ts";
import type { MeaningView } from "./meanings.ts";
import { placed } from "./series.ts";
import type { DataSource, Row } from "./source.ts";
import { slotsOf, type Span } from "./span.ts";
import { countsOf, type TemplateRow, templateRows, templateSpan } from "./template_rows.ts";
import { shownLine, shownTemplate } from "./texts.ts";

export type { MeaningView } from "./meanings.ts";

/** What a template's page shows. */
export interface TemplateDetail {
  span: Span;
  row: TemplateRow;
  /** Records by slot of the span; templates are counted by the hour at the least. */
  series: { times: number[]; counts: number[] };
  meaning: MeaningView | null;
  /** Other ids that lead to it, and what people decided: templates that were merged into it or that it was taken out of. */
  lineage: { what: "became" | "was"; id: string; text: string }[];
  /** Redacted lines. */
  examples: string[];
  /** Its places for values: what stood there in training. */
  slots: { id: string; name: string; kind: string; text: string }[];
  /** Incidents that it leads an alert of, newest first. */
  incidents: IncidentRow[];
  similar: { id: string; text: string; similarity: number }[];
}

/** What is asked of a template. */
export interface TemplateDetailQuery {
  span: Span;
  stream: string;
  id: string;
}

/** Incidents, lines and similar templates that are shown. */
const INCIDENTS = 20, EXAMPLES = 5, SIMILAR = 5;
/** Share of words in common from which templates are similar. */
const ALIKE = 0.4;

const TEMPLATE = "select * from template where stream = ? and id = ?";

const COUNTS =
  `select start, records from template_count where template = ? and size = ? and start >= ? and start < ?`;

const INCIDENTS_OF = `select distinct incident from alert indexed by alert_by_cause
  where stream = ?1 and cause = ?2 and incident <> '' order by start desc limit ${INCIDENTS}`;

const LINES = `select alert.body -> 'reasons' as reasons from alert indexed by alert_by_cause
  where stream = ?1 and cause = ?2 order by start desc limit ${EXAMPLES}`;

const NEIGHBOURS = "select id, text from template where stream = ? and id <> ? limit 20000";

/** Queries whose plans a test looks at. */
export const TEMPLATE_QUERIES = { TEMPLATE, COUNTS, INCIDENTS_OF, LINES, NEIGHBOURS };

/** Everything about one template; `null` = there is none of this id. */
export async function templateDetail(
  source: DataSource,
  { span, stream, id }: TemplateDetailQuery,
): Promise<TemplateDetail | null> {
  const found = source.row(TEMPLATE, stream, id), within = templateSpan(span);
  if (found === undefined) return null;
  const [row] = await templateRows(source, span, [{
    ...found,
    ...countsOf(source, Number(found.number), within),
  }]);
  const slot = Math.max(span.slot, within.coarse), shown = { ...within, slot }, times = slotsOf(shown);
  const counts = source.rows(COUNTS, Number(found.number), slot, within.from, within.to);
  return {
    ...{ span, row, examples: examplesOf(source, found), similar: similarTo(source, found) },
    series: { times, counts: placed(counts, times.length, shown, ({ records }) => Number(records)) },
    meaning: await source.meanings.viewOf(String(found.text), Number(found.level)),
    incidents: incidentsOf(source, stream, id),
    ...await learnedOf(source, stream, id),
  };
}

function incidentsOf(source: DataSource, stream: string, id: string): IncidentRow[] {
  const version = source.version;
  return source.rows(INCIDENTS_OF, stream, `template:${id}`)
    .flatMap(({ incident }) => incidentRow(source, String(incident), version) ?? []);
}

/** The line that was kept of it, and those that alerts about it show. */
function examplesOf(source: DataSource, { stream, id, example }: Row): string[] {
  const told = source.rows(LINES, String(stream), `template:${id}`).flatMap(({ reasons }) =>
    (JSON.parse(String(reasons ?? "[]")) as { id: string; example: string }[])
      .filter((reason) => reason.id === id).map((reason) => reason.example)
  );
  const lines = [String(example), ...told].filter((line) => line !== "");
  return [...new Set(lines.map(shownLine))].slice(0, EXAMPLES);
}

/** What the model knows of it: other names, and what stands in its places. */
async function learnedOf(
  source: DataSource,
  stream: string,
  id: string,
): Promise<Pick<TemplateDetail, "lineage" | "slots">> {
  const version = source.registry.active(),
    model = version === null ? null : await source.models.load(version);
  const own = model?.streams.find(({ settings }) => settings.name === stream);
  return own === undefined
    ? { lineage: [], slots: [] }
    : { lineage: lineageOf(own, version!, id), slots: slotsIn(own, id) };
}

function lineageOf(stream: StreamModel, version: string, id: string): TemplateDetail["lineage"] {
  const { catalogue } = stream, entries = entriesOf({ stream, version, catalogue });
  const textOf = (other: string) => shownTemplate(nameOf(stream, other));
  const own = entries.find((entry) => entry.id === id || entry.others.includes(id));
  if (own === undefined) return [];
  const became = own.id === id
    ? []
    : [{ what: "became" as const, id: own.id, text: shownTemplate(own.text) }];
  return [
    ...became,
    ...own.others.filter((other) => other !== id).map((other) => ({
      what: "was" as const,
      id: other,
      text: textOf(other),
    })),
  ];
}

/** The text that an id was given for; empty where nobody has kept it. */
function nameOf({ catalogue }: StreamModel, id: string): string {
  const decided = catalogue.decisions.merges.map(({ from }): SavedProvisional => from).find((from) =>
    from.id === id
  );
  return decided?.text ?? "";
}

/** Numbers and values that its places had in training. */
function slotsIn({ watched }: StreamModel, id: string): TemplateDetail["slots"] {
  const values = Object.entries(watched.values[id] ?? {}).map(([slot, counts]) => {
    const most = Object.entries(counts).sort(([, a], [, b]) => b - a).slice(0, EXAMPLES);
    return { id: slot, name: slot, kind: "values", text: shownLine(most.map(([value]) => value).join(", ")) };
  });
  const numbers = (watched.quantities[id] ?? []).map((slot) => {
    const spread = watched.spreads?.[id]?.[slot];
    const text = spread === undefined
      ? ""
      : `half of them up to ${quantityText(spread.at[0], spread.unit)}, none above ${
        quantityText(spread.at.at(-1)!, spread.unit)
      }`;
    return { id: slot, name: slot, kind: "numbers", text };
  });
  return [...values, ...numbers];
}

function similarTo(source: DataSource, { stream, id, text }: Row): TemplateDetail["similar"] {
  const own = wordsOf(String(text));
  const others = source.rows(NEIGHBOURS, String(stream), String(id)).map((row) => {
    const words = wordsOf(String(row.text)), common = own.intersection(words).size;
    return {
      id: String(row.id),
      text: row.text,
      similarity: common === 0 ? 0 : common / own.union(words).size,
    };
  });
  return others.filter(({ similarity }) => similarity >= ALIKE).sort((a, b) => b.similarity - a.similarity)
    .slice(0, SIMILAR).map(({ text, ...rest }) => ({ ...rest, text: shownTemplate(text) }));
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().split(/[^\p{L}\p{N}_]+/u).filter((word) => word !== ""));
}
