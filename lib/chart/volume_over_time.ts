/**
 * Records by service over time.
 *
 * @module
 */
import { countText, numberText } from "../table/figures.ts";
import { Chart, titleOf } from "./chart.ts";
import { emptyChart, PLOT } from "./empty.ts";
import type { OverTimeOptions } from "./levels_over_time.ts";
import { uniqueLabels } from "./printable.ts";
import { type Palette, PALETTES } from "./theme.ts";
import { binned, durationText, spanText, type TimeBins, timeChannel } from "./time_axis.ts";

/** Records of one service in one span of time. */
export interface ServiceCount {
  /** Start of the span or any time in it, ms since the epoch; NaN = no time (left out and said). */
  time: number;
  service: string;
  /** Records. */
  count: number;
}

const DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4], [1, 3], [4, 1]];

/**
 * Records per span of time, one line a service; a silent span is a zero. The smallest services past the seventh are one line.
 *
 * @param rows In any order; equal spans and services are added up.
 * @throws {RangeError} if `size` is not positive.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { volumeOverTime } from "./volume_over_time.ts";
 *
 * const chart = volumeOverTime([{ time: 0, service: "shop", count: 9 }, { time: 120_000, service: "shop", count: 3 }], {
 *   size: 60_000,
 * });
 * assert.match(chart.toText(), /shop 12/);
 * ```
 */
export function volumeOverTime(rows: readonly ServiceCount[], options: OverTimeOptions): Chart {
  const title = titleOf(options, "Volume over time");
  const bins = binned(rows.map(({ time, service, count }) => ({ time, count, name: service })), options.size);
  if (bins === null) return emptyChart(title, "no records with a time", options);
  const lines = linesOf(bins, PALETTES.light.categories.length);
  const domain = lines.map(({ label }) => label);
  const values = lines.flatMap(({ label, counts }) => {
    const points = [];
    for (let time = bins.start; time < bins.end; time += bins.size) {
      points.push({ time, service: label, count: counts.get(time) ?? 0 });
    }
    return points;
  });
  const body = ({ categories }: Palette) => ({
    title,
    ...PLOT,
    data: { values },
    mark: { type: "line", interpolate: "step-after" },
    encoding: {
      x: timeChannel("time", bins.start, bins.end),
      y: { field: "count", type: "quantitative", axis: { title: `Records per ${durationText(bins.size)}` } },
      color: {
        field: "service",
        type: "nominal",
        scale: { domain, range: categories.slice(0, domain.length) },
        legend: { title: "Service" },
      },
      strokeDash: {
        field: "service",
        type: "nominal",
        scale: { domain, range: DASHES.slice(0, domain.length) },
      },
    },
  });
  const totals = lines.map(({ label, total }) => `${label} ${numberText(total)}`).join(", ");
  const text = `${title}, ${spanText(bins.start, bins.end)}, records by service: ${totals}.` +
    (bins.untimed > 0 ? ` ${countText(bins.untimed, "row")} without a time left out.` : "");
  return new Chart(body, text, options);
}

/** Services by volume, greatest first; what is past `limit` is added up in the last. */
function linesOf(
  bins: TimeBins,
  limit: number,
): { label: string; total: number; counts: Map<number, number> }[] {
  const names = [...bins.counts.keys()].sort();
  const labels = uniqueLabels(names);
  const lines = names.map((name, index) => {
    const counts = bins.counts.get(name)!;
    return {
      label: labels[index],
      total: [...counts.values()].reduce((sum, count) => sum + count, 0),
      counts,
    };
  });
  lines.sort((a, b) => b.total - a.total || (a.label < b.label ? -1 : 1));
  if (lines.length <= limit) return lines;
  const rest = lines.splice(limit - 1);
  const counts = new Map<number, number>();
  for (const line of rest) {
    for (const [time, count] of line.counts) counts.set(time, (counts.get(time) ?? 0) + count);
  }
  const total = rest.reduce((sum, line) => sum + line.total, 0);
  return [...lines, { label: `${rest.length} other services`, total, counts }];
}
