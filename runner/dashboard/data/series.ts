/**
 * Numbers over time, ready to be drawn.
 *
 * @module
 */
import type { DataSource, Row } from "./source.ts";
import { slotsOf, type Span } from "./span.ts";

/** Classes of severity that records are counted in; `none` = the line names no level. */
export const LEVEL_CLASSES = ["none", "debug", "info", "warn", "error", "fatal"] as const;

/** One of {@linkcode LEVEL_CLASSES}. */
export type LevelClass = typeof LEVEL_CLASSES[number];

/** Records in each slot of a span, by class of severity. All lists are as long as {@linkcode times}. */
export interface Volume {
  /** Start of each slot, ms, ascending without gaps. */
  times: number[];
  levels: Record<LevelClass, number[]>;
}

/** Windows in each slot of a span. */
export interface AnomalySeries {
  /** Start of each slot, ms. */
  times: number[];
  judged: number[];
  anomalous: number[];
}

/** Scores over time: highest score of each slot as a multiple of its threshold; `null` where nothing was judged. */
export interface ScoreSeries {
  times: number[];
  ratios: (number | null)[];
  /** Indices of slots with an anomalous window. */
  anomalous: number[];
}

/** Whose records and windows: of everything, of a stream, or of one service of it. */
export interface Whose {
  stream: string | null;
  service?: string | null;
}

/** The time and slots that a series is about. */
export type SeriesSpan = Pick<Span, "from" | "to" | "slot">;

const NUMBERS = `select number from series where is_all = iif(?2 is null, 1, 0)
  and (?1 is null or stream = ?1) and (?2 is null or service = ?2)`;

const VOLUME = `select start, sum(none) as none, sum(debug) as debug, sum(info) as info, sum(warn) as warn,
  sum(error) as error, sum(fatal) as fatal from record_count
  where series in (select value from json_each(?1)) and size = ?2 and start >= ?3 and start < ?4 group by start`;

const WINDOWS =
  `select start, sum(judged) as judged, sum(anomalous) as anomalous, max(highest) as highest from window_count
  where series in (select value from json_each(?1)) and size = ?2 and start >= ?3 and start < ?4 group by start`;

/** Queries whose plans a test looks at. */
export const SERIES_QUERIES = { VOLUME, WINDOWS };

function read(
  source: DataSource,
  sql: string,
  { from, to, slot }: SeriesSpan,
  whose: readonly Whose[],
): Row[] {
  const numbers = whose.flatMap(({ stream, service = null }) =>
    source.rows(NUMBERS, stream, service).map(({ number }) => Number(number))
  );
  return source.rows(sql, JSON.stringify([...new Set(numbers)]), slot, from, to);
}

/** Records of a span. */
export function volumeOf(source: DataSource, span: SeriesSpan, ...whose: readonly Whose[]): Volume {
  const times = slotsOf(span), rows = read(source, VOLUME, span, whose);
  const levels = Object.fromEntries(
    LEVEL_CLASSES.map((level) => [level, placed(rows, times.length, span, (row) => Number(row[level]))]),
  );
  return { times, levels: levels as Volume["levels"] };
}

/** Windows that were judged in a span, and the highest score of each slot. */
export function windowsOf(
  source: DataSource,
  span: SeriesSpan,
  ...whose: readonly Whose[]
): { anomalies: AnomalySeries; scores: ScoreSeries } {
  const times = slotsOf(span), rows = read(source, WINDOWS, span, whose);
  const judged = placed(rows, times.length, span, (row) => Number(row.judged));
  const anomalous = placed(rows, times.length, span, (row) => Number(row.anomalous));
  const highest = placed(rows, times.length, span, (row) => Number(row.highest));
  const scores = {
    times,
    ratios: highest.map((ratio, i) => judged[i] > 0 ? ratio : null),
    anomalous: anomalous.flatMap((count, i) => count > 0 ? [i] : []),
  };
  return { anomalies: { times, judged, anomalous }, scores };
}

/** Numbers of rows by the slot that they are of; 0 where there is none. */
export function placed(
  rows: readonly Row[],
  length: number,
  { from, slot }: Pick<SeriesSpan, "from" | "slot">,
  valueOf: (row: Row) => number,
): number[] {
  const values = new Array<number>(length).fill(0);
  for (const row of rows) values[Math.floor((Number(row.start) - from) / slot)] += valueOf(row);
  return values;
}
