/**
 * Axes of time: always UTC, and saying so.
 *
 * @module
 */

const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

/** A time in UTC for people, to the minute. */
export function utcText(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace("T", " ");
}

/**
 * A span of time for people, in UTC.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { spanText } from "./time_axis.ts";
 *
 * assert.equal(spanText(0, 86_400_000), "1970-01-01 00:00 to 1970-01-02 00:00 UTC");
 * ```
 */
export function spanText(start: number, end: number): string {
  return `${utcText(start)} to ${utcText(end)} UTC`;
}

/**
 * A length of time in its largest whole unit: `5 min`, `1 h`, `90 s`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { durationText } from "./time_axis.ts";
 *
 * assert.equal(durationText(300_000), "5 min");
 * ```
 */
export function durationText(milliseconds: number): string {
  const units: [number, string][] = [[DAY, "d"], [HOUR, "h"], [MINUTE, "min"], [1000, "s"]];
  const [unit, name] = units.find(([unit]) => milliseconds % unit === 0) ?? [1, "ms"];
  return `${milliseconds / unit} ${name}`;
}

/**
 * Vega-Lite's x channel for times in `field` (ms since the epoch) between `start` and `end`: 24-hour labels,
 * dates where the day begins. With `domain: false` the axis reaches as far as the data.
 */
export function timeChannel(
  field: string,
  start: number,
  end: number,
  { domain = true }: { domain?: boolean } = {},
): Record<string, unknown> {
  const span = end - start;
  const within = utcText(start).slice(0, 10) === utcText(Math.max(start, end - 1)).slice(0, 10);
  const clock = span < 10 * MINUTE ? "%H:%M:%S" : "%H:%M";
  const day = span > 300 * DAY ? "%b %Y" : "%d %b";
  const midnight =
    "utchours(datum.value) === 0 && utcminutes(datum.value) === 0 && utcseconds(datum.value) === 0";
  return {
    field,
    type: "temporal",
    scale: { type: "utc", nice: false, ...(domain ? { domain: [start, end] } : {}) },
    axis: {
      title: within ? `Time on ${utcText(start).slice(0, 10)} (UTC)` : "Time (UTC)",
      labelExpr: within
        ? `utcFormat(datum.value, '${clock}')`
        : `${midnight} ? utcFormat(datum.value, '${day}') : utcFormat(datum.value, '${clock}')`,
      grid: false,
      tickCount: 10,
      labelOverlap: "greedy", // by halves, every date could go and every noon stay
    },
  };
}

/** Counts in equal spans of time. */
export interface TimeBins {
  /** Start of the first span, ms since the epoch. */
  start: number;
  /** End of the last. */
  end: number;
  /** Length of a span in ms: what was asked for, or a multiple of it where there would be too many to see. */
  size: number;
  /** Sum of the counts by name, then by the start of the span. */
  counts: Map<string, Map<number, number>>;
  /** Rows left out because they have no time. */
  untimed: number;
}

const MOST_BINS = 400;

/**
 * Adds up counts by name and span of time.
 *
 * @param rows Name, time (ms since the epoch; NaN = none) and count of each row.
 * @param size Length of a span, ms.
 * @returns null where no row has a time.
 * @throws {RangeError} if `size` is not a positive number.
 */
export function binned(
  rows: readonly { name: string; time: number; count: number }[],
  size: number,
): TimeBins | null {
  if (!(size > 0 && size < Infinity)) {
    throw new RangeError(
      `Cannot chart counts over time: size must be a positive number of milliseconds, current value is ${size}`,
    );
  }
  let first = Infinity, last = -Infinity, untimed = 0;
  for (const { time } of rows) {
    if (Number.isNaN(time)) untimed++;
    else {
      first = Math.min(first, time);
      last = Math.max(last, time);
    }
  }
  if (first === Infinity) return null;
  const width = size * Math.max(1, Math.ceil((last - first) / size / MOST_BINS));
  const counts = new Map<string, Map<number, number>>();
  for (const { name, time, count } of rows) {
    if (Number.isNaN(time)) continue;
    const bin = Math.floor(time / width) * width;
    const bins = counts.get(name) ?? counts.set(name, new Map()).get(name)!;
    bins.set(bin, (bins.get(bin) ?? 0) + count);
  }
  const start = Math.floor(first / width) * width, end = Math.floor(last / width) * width + width;
  return { start, end, size: width, counts, untimed };
}
