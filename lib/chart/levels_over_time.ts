/**
 * Records by severity over time.
 *
 * @module
 */
import { countText, numberText } from "../table/figures.ts";
import { type Level, LEVELS } from "../record/level.ts";
import { Chart, type ChartOptions, titleOf } from "./chart.ts";
import { emptyChart, PLOT } from "./empty.ts";
import { markedLayers, type MarkedSpan } from "./marked_span.ts";
import { printable } from "./printable.ts";
import type { Palette } from "./theme.ts";
import { binned, durationText, spanText, type TimeBins, timeChannel, utcText } from "./time_axis.ts";

/** Records of one level in one span of time. */
export interface LevelCount {
  /** Start of the span or any time in it, ms since the epoch; NaN = no time (left out and said). */
  time: number;
  level: Level;
  /** Records. */
  count: number;
}

/** Options of {@linkcode levelsOverTime} and {@linkcode volumeOverTime}. */
export interface OverTimeOptions extends ChartOptions {
  /** Length of a span in ms; doubled, tripled, … where there would be more than 400. */
  size: number;
  /** A span of time to point out; default none. */
  marked?: MarkedSpan;
}

/**
 * Records per span of time, stacked by level.
 *
 * @param rows In any order; equal spans and levels are added up.
 * @throws {RangeError} if `size` is not positive or a level is none of {@linkcode LEVELS}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { levelsOverTime } from "./levels_over_time.ts";
 *
 * const chart = levelsOverTime([{ time: 0, level: "info", count: 9 }, { time: 0, level: "error", count: 1 }], { size: 60_000 });
 * assert.match(chart.toText(), /10 records.*info 9, error 1/);
 * ```
 */
export function levelsOverTime(rows: readonly LevelCount[], options: OverTimeOptions): Chart {
  const unknown = rows.find(({ level }) => !LEVELS.includes(level));
  if (unknown) throw new RangeError(`Cannot chart levels: unknown level ${unknown.level}`);
  const title = titleOf(options, "Levels over time");
  const bins = binned(rows.map(({ time, level, count }) => ({ time, count, name: level })), options.size);
  if (bins === null) return emptyChart(title, "no records with a time", options);
  const values = stacked(bins);
  const shown = LEVELS.filter((level) => bins.counts.has(level));
  // Vega-Lite makes the domain from `time` and `end`; given one, it would complain that x and x2 conflict.
  const x = timeChannel("time", bins.start, bins.end, { domain: false }), { marked } = options;
  const bars = ({ levels, background }: Palette) => ({
    data: { values },
    mark: { type: "bar", stroke: background, strokeWidth: 0.4 },
    encoding: {
      x,
      x2: { field: "end" },
      y: { field: "from", type: "quantitative", axis: { title: `Records per ${durationText(bins.size)}` } },
      y2: { field: "to" },
      color: {
        field: "level",
        type: "nominal",
        scale: { domain: shown, range: shown.map((level) => levels[level]) },
        legend: { title: "Level", values: shown.toReversed() },
      },
    },
  });
  const body = (palette: Palette) => ({
    title,
    ...PLOT,
    ...(marked === undefined
      ? bars(palette)
      : { layer: [...markedLayers(marked, x, palette), bars(palette)] }),
  });
  const said = marked === undefined
    ? ""
    : ` Marked: ${printable(marked.label, 40)}, ${spanText(marked.from, marked.to)}.`;
  return new Chart(body, summary(title, bins, shown) + said, options);
}

/** Vega-Lite doesn't stack bars that have an x2, so that is done here: each bar stands on the level below it. */
function stacked(bins: TimeBins): { time: number; end: number; level: Level; from: number; to: number }[] {
  const heights = new Map<number, number>();
  return LEVELS.flatMap((level) =>
    [...bins.counts.get(level) ?? []].sort(([a], [b]) => a - b).map(([time, count]) => {
      const from = heights.get(time) ?? 0;
      heights.set(time, from + count);
      return { time, end: time + bins.size, level, from, to: from + count };
    })
  );
}

function summary(title: string, bins: TimeBins, shown: readonly Level[]): string {
  const total = (level: Level) =>
    [...bins.counts.get(level)!.values()].reduce((sum, count) => sum + count, 0);
  const totals = shown.map((level) => `${level} ${numberText(total(level))}`);
  const records = shown.reduce((sum, level) => sum + total(level), 0);
  const severe = shown.filter((level) => level === "error" || level === "fatal");
  const peak =
    severe.flatMap((level) => [...bins.counts.get(level)!]).sort(([a, x], [b, y]) => y - x || a - b)[0];
  return `${title}, ${spanText(bins.start, bins.end)}: ${countText(records, "record")} (${
    totals.join(", ")
  }).` +
    (peak
      ? ` Most errors per ${durationText(bins.size)}: ${numberText(peak[1])} from ${utcText(peak[0])}.`
      : "") +
    (bins.untimed > 0 ? ` ${countText(bins.untimed, "row")} without a time left out.` : "");
}
