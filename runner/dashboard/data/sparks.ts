/**
 * Counts over time as small pictures show them.
 *
 * @module
 */
import type { DataSource } from "./source.ts";
import type { Span } from "./span.ts";

/** Parts that a span is divided into at the most. */
const PARTS = 30;

/**
 * A query for the counts of many series by parts of a span. Each part of each series is looked up by itself: that needs no sorting.
 *
 * @param table Of counts.
 * @param key Its column that names a series.
 * @param value What is summed up.
 */
export function sparksQuery(table: string, key: string, value: string): string {
  return `with part as materialized (select value as since, value + ?2 as until from json_each(?3))
    select wanted.value as number, (select json_group_array(coalesce((select sum(${value}) from ${table}
      where ${key} = wanted.value and size = ?1 and start >= part.since and start < part.until), 0)) from part) as counts
    from json_each(?4) as wanted`;
}

/** The counts of series by parts of a span: at most thirty, each some of its coarse slots. */
export function sparksOf(
  source: DataSource,
  query: string,
  numbers: readonly number[],
  { from, to, coarse }: Pick<Span, "from" | "to" | "coarse">,
): Map<number, number[]> {
  const length = coarse * Math.max(1, Math.ceil((to - from) / coarse / PARTS));
  const parts = Array.from({ length: Math.ceil((to - from) / length) }, (_, i) => from + i * length);
  const rows = source.rows(query, coarse, length, JSON.stringify(parts), JSON.stringify(numbers));
  return new Map(rows.map(({ number, counts }) => [Number(number), JSON.parse(String(counts))]));
}
