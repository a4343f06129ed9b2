/**
 * Templates with what was counted of them.
 *
 * @module
 */
import { levelOfSeverity, SLOT_SIZES } from "../../../lib/mod.ts";
import { IN_PIECES, PIECES, piecesOf } from "./pieces.ts";
import type { DataSource, Row } from "./source.ts";
import type { Span } from "./span.ts";
import { sparksOf, sparksQuery } from "./sparks.ts";
import { shownTemplate, timeOf } from "./texts.ts";

/**
 * `new` = first seen in the span; `vanished` = known before the span and not seen in it; `rare` = seen in the span five times at
 * the most; else `usual`.
 */
export type TemplateState = "new" | "rare" | "vanished" | "usual";

/** A template in one line. */
export interface TemplateRow {
  stream: string;
  id: string;
  text: string;
  state: TemplateState;
  /** Records in the span. */
  count: number;
  /** How many of them were errors, or worse. */
  errors: number;
  /** Part of its stream's records, 0–1. */
  share: number;
  /** When it was first and last seen, ms; `null` = it was there before anything was counted, or was not seen since. */
  firstSeen: number | null;
  lastSeen: number | null;
  /** Most severe class of severity that it came with; `none` = unknown. */
  level: string;
  /** Whether it was learned while scanning, and is in no model yet. */
  isBorn: boolean;
  /** Counts by slot of the span, for a small picture. */
  counts: number[];
  /** What it means in plain words; empty where it can't be told or reports no failure. */
  meaning: string;
}

/** Records up to which a template is rare. */
const RARE = 5;
/** OpenTelemetry `SeverityNumber` of an error. */
export const ERROR = 17;
/** Templates of errors that a view shows. */
const ERRORS = 10;

const [, HOUR] = SLOT_SIZES;

const TOP_ERRORS = `${PIECES} select template.*, sum(template_count.records) as count, sum(errors) as errors
  from template cross join piece
  cross join template_count on template_count.template = template.number and ${IN_PIECES}
  where level >= ${ERROR} and (?2 is null or stream = ?2)
  group by template.number having sum(errors) > 0 order by sum(errors) desc, template.number limit ${ERRORS}`;

const SPARKS = sparksQuery("template_count", "template", "records");
const ERROR_SPARKS = sparksQuery("template_count", "template", "errors");

const STREAM_RECORDS = `${PIECES} select stream, sum(none + debug + info + warn + error + fatal) as records
  from series cross join piece cross join record_count on series = number and ${IN_PIECES}
  where is_all = 1 group by stream`;

const COUNT = `${PIECES} select sum(records) as count, sum(errors) as errors from piece
  cross join template_count on template = ?2 and ${IN_PIECES}`;

/** Queries whose plans a test looks at. */
export const TEMPLATE_ROW_QUERIES = { TOP_ERRORS, SPARKS, ERROR_SPARKS, STREAM_RECORDS, COUNT };

/** The slots that templates are counted in which a span is summed up from: templates are counted by the hour at the least. */
export function templateSpan({ from, to, coarse }: Span): Pick<Span, "from" | "to" | "coarse"> {
  const size = Math.max(coarse, HOUR);
  return { from: Math.floor(from / size) * size, to: Math.ceil(to / size) * size, coarse: size };
}

/** The state of a template that was seen `count` times in a span; `null` = it did not exist yet. */
export function stateOf(
  first: number | null,
  count: number,
  { from, to }: Pick<Span, "from" | "to">,
): TemplateState | null {
  if (first !== null && first >= to) return null;
  if (first !== null && first >= from) return "new";
  return count === 0 ? "vanished" : count <= RARE ? "rare" : "usual";
}

/** The most frequent templates that tell of errors. */
export async function errorRows(
  source: DataSource,
  span: Span,
  stream: string | null,
): Promise<TemplateRow[]> {
  return await templateRows(source, span, source.rows(TOP_ERRORS, piecesOf(templateSpan(span)), stream), {
    errors: true,
  });
}

/**
 * Rows of templates as they are shown.
 *
 * @param rows Of the table `template`, each with `count` and `errors` of the span.
 * @param errors Whether pictures show errors only; default: all records.
 */
export async function templateRows(
  source: DataSource,
  span: Span,
  rows: readonly Row[],
  { errors = false }: { errors?: boolean } = {},
): Promise<TemplateRow[]> {
  const made = source.snapshot(() => {
    const numbers = rows.map(({ number }) => Number(number)), within = templateSpan(span);
    const counts = sparksOf(source, errors ? ERROR_SPARKS : SPARKS, numbers, within);
    const totals = streamRecords(source, span);
    return rows.map((row) =>
      rowOf(row, span, {
        counts: counts.get(Number(row.number)) ?? [],
        total: totals.get(String(row.stream)) ?? 0,
      })
    );
  });
  return await Promise.all(made.map(async (row, i) => ({
    ...row,
    meaning: await source.meanings.titleOf(String(rows[i].text), Number(rows[i].level)),
  })));
}

function rowOf(row: Row, span: Span, { counts, total }: { counts: number[]; total: number }): TemplateRow {
  const count = Number(row.count), first = timeOf(row.first), within = templateSpan(span);
  return {
    ...{ stream: String(row.stream), id: String(row.id), text: shownTemplate(row.text) },
    state: stateOf(first, count, within) ?? "vanished",
    ...{
      count,
      errors: Number(row.errors),
      share: total === 0 ? 0 : Math.min(1, count / total),
      firstSeen: first,
      lastSeen: timeOf(row.last),
    },
    ...{ level: levelOfSeverity(Number(row.level)), isBorn: row.model === "", counts, meaning: "" },
  };
}

function streamRecords(source: DataSource, span: Span): Map<string, number> {
  const rows = source.rows(STREAM_RECORDS, piecesOf(templateSpan(span)));
  return new Map(rows.map(({ stream, records }) => [String(stream), Number(records)]));
}

/** Records of a template between two times, and how many of them were errors. */
export function countsOf(
  source: DataSource,
  template: number,
  span: Pick<Span, "from" | "to" | "coarse">,
): { count: number; errors: number } {
  const row = source.row(COUNT, piecesOf(span), template);
  return { count: Number(row?.count ?? 0), errors: Number(row?.errors ?? 0) };
}
