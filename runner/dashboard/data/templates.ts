/**
 * The catalogue of templates.
 *
 * @module
 */
import { PlaceError } from "./paging.ts";
import type { Paged } from "./paging.ts";
import { IN_PIECES, PIECES, piecesOf } from "./pieces.ts";
import type { DataSource, Row } from "./source.ts";
import type { Span } from "./span.ts";
import {
  stateOf,
  type TemplateRow,
  templateRows,
  templateSpan,
  type TemplateState,
} from "./template_rows.ts";
import { timeOf } from "./texts.ts";

export type { TemplateRow, TemplateState } from "./template_rows.ts";

/** What templates are asked for. */
export interface TemplateQuery {
  span: Span;
  stream: string | null;
  state: TemplateState | "all" | "error";
  /** Words that its text or id must have. */
  text: string;
  order: "count" | "first" | "last" | "text";
  after: string | null;
  /** Rows of a page, 1–200. */
  limit: number;
}

/** A page of the catalogue. */
export interface TemplateList extends Paged<TemplateRow> {
  span: Span;
  query: TemplateQuery;
  streams: string[];
  /** Templates by state, and those with errors in the span, of the streams and words that are asked for. */
  states: Record<TemplateState | "error", number>;
}

/** Templates that are looked through at the most; those beyond are seen by asking for words or a stream. */
const LOOKED_THROUGH = 50_000;

const ALL = `${PIECES}, counted as materialized (
    select template, sum(template_count.records) as count, sum(errors) as errors from template
    cross join piece cross join template_count on template_count.template = template.number and ${IN_PIECES}
    where (?2 is null or stream = ?2) group by template
  ) select number, first, last, coalesce(count, 0) as count, coalesce(errors, 0) as errors
  from template left join counted on template = number where (?2 is null or stream = ?2)
  and not exists (select 1 from json_each(?3) where instr(lower(text || ' ' || id), value) = 0) limit ${LOOKED_THROUGH}`;

const BY_TEXT =
  `select number from template where number in (select value from json_each(?)) order by text, number`;

const ROWS = "select * from template where number in (select value from json_each(?))";

/** Queries whose plans a test looks at. */
export const TEMPLATE_LIST_QUERIES = { ALL, BY_TEXT, ROWS };

/** A template as far as lists sort by it. */
interface Listed {
  number: number;
  isError: boolean;
  first: number | null;
  last: number | null;
  count: number;
  errors: number;
  state: TemplateState;
}

/** The catalogue of a span. */
export async function templateList(source: DataSource, query: TemplateQuery): Promise<TemplateList> {
  const { span, limit } = query, from = placeIn(query.after);
  const { page, states, total } = source.snapshot(() => {
    const all = listed(source, query), chosen = all.filter((one) => isChosen(one, query.state));
    const page = ordered(source, chosen, query.order).slice(from, from + limit);
    return { page: rowsOf(source, page), states: statesOf(all), total: chosen.length };
  });
  return {
    ...{ span, query, states, total, streams: source.streamNames() },
    rows: await templateRows(source, span, page),
    next: from + limit < total ? String(from + limit) : null,
  };
}

function placeIn(after: string | null): number {
  if (after === null) return 0;
  if (/^\d{1,6}$/.test(after)) return Number(after);
  throw new PlaceError("Cannot go on with that list: `after` is no place in it");
}

function listed(source: DataSource, { span, stream, text }: TemplateQuery): Listed[] {
  const within = templateSpan(span), words = text.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const rows = source.rows(ALL, piecesOf(within), stream, JSON.stringify(words));
  return rows.flatMap(({ number, first, last, count, errors }) => {
    const state = stateOf(timeOf(first), Number(count), within);
    if (state === null) return [];
    return {
      ...{
        number: Number(number),
        isError: Number(errors) > 0,
        state,
        count: Number(count),
        errors: Number(errors),
      },
      ...{ first: timeOf(first), last: timeOf(last) },
    };
  });
}

function isChosen({ state, isError }: Listed, wanted: TemplateQuery["state"]): boolean {
  return wanted === "all" || (wanted === "error" ? isError : state === wanted);
}

function statesOf(all: readonly Listed[]): TemplateList["states"] {
  const states = { new: 0, rare: 0, vanished: 0, usual: 0, error: 0 };
  for (const { state, isError } of all) {
    states[state]++;
    if (isError) states.error++;
  }
  return states;
}

function ordered(source: DataSource, all: readonly Listed[], order: TemplateQuery["order"]): Listed[] {
  const latest = (a: number | null, b: number | null) =>
    (b ?? -Infinity) === (a ?? -Infinity) ? 0 : (b ?? -Infinity) - (a ?? -Infinity);
  const by = {
    count: (a: Listed, b: Listed) => b.count - a.count || a.number - b.number,
    first: (a: Listed, b: Listed) => latest(a.first, b.first) || a.number - b.number,
    last: (a: Listed, b: Listed) => latest(a.last, b.last) || a.number - b.number,
  };
  if (order !== "text") return all.toSorted(by[order]);
  const known = new Map(all.map((one) => [one.number, one]));
  return source.rows(BY_TEXT, JSON.stringify([...known.keys()])).map(({ number }) =>
    known.get(Number(number))!
  );
}

/** Rows of the table, in the order of a page, with their counts. */
function rowsOf(source: DataSource, page: readonly Listed[]): Row[] {
  const rows = source.rows(ROWS, JSON.stringify(page.map(({ number }) => number)));
  const byNumber = new Map(rows.map((row) => [Number(row.number), row]));
  return page.map(({ number, count, errors }) => ({ ...byNumber.get(number)!, count, errors }));
}
