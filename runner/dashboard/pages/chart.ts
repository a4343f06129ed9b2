/**
 * What a chart shows: numbers over time.
 *
 * @module
 */

/** One series of a chart. */
export interface ChartSeries {
  name: string;
  /** What it looks like: a class of the style sheet, `level-error`. */
  look: string;
  /** As long as the chart's times; `null` = there is none. */
  values: readonly (number | null)[];
  /** Whether it stands only in the table and where the pointer is, not in the picture. */
  isListed?: boolean;
}

/** A chart. */
export interface TimeChart {
  /** Unique in the page. */
  id: string;
  title: string;
  /** `stack` = bars on each other, counts that add up; `ratio` = multiples of a threshold, with a line where that is. */
  kind: "stack" | "ratio";
  /** Start of each slot, ms, without gaps. */
  times: readonly number[];
  series: readonly ChartSeries[];
  /** Slots that are marked, by their places. */
  marks?: readonly number[];
  /** A span of time that stands out. */
  during?: { from: number; to: number };
  /** What is said where everything is zero. */
  nothing: string;
}
