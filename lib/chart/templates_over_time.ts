/**
 * When messages of a kind were written.
 *
 * @module
 */
import { type Level, LEVELS } from "../record/level.ts";
import { countText, numberText } from "../table/figures.ts";
import { Chart, type ChartOptions, titleOf } from "./chart.ts";
import { emptyChart, PLOT } from "./empty.ts";
import { extentOf } from "./extent.ts";
import { uniqueLabels } from "./printable.ts";
import { checkedLimit, labelExtent } from "./row_labels.ts";
import type { Palette } from "./theme.ts";
import { spanText, timeChannel } from "./time_axis.ts";

/** A record of a template. */
export interface TemplateRecord {
  /** ms since the epoch; NaN = no time (left out and said). */
  time: number;
  template: string;
  level: Level;
}

/** Options of {@linkcode templatesOverTime}. */
export interface TemplatesOverTimeOptions extends ChartOptions {
  /** Templates at the most, the most frequent. Default 12. */
  limit?: number;
}

const SHAPES: Record<Level, string> = {
  none: "circle",
  debug: "cross",
  info: "circle",
  warn: "square",
  error: "triangle-up",
  fatal: "diamond",
};

/**
 * A row for each template, the most frequent above, and on it a mark in the colour and shape of its level wherever one or more
 * records of it were written.
 *
 * @param records In any order.
 * @throws {RangeError} if `limit` is not a positive integer or a level is none of {@linkcode LEVELS}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { templatesOverTime } from "./templates_over_time.ts";
 *
 * const chart = templatesOverTime([0, 60_000, 90_000].map((time) => ({ time, template: "disk is full", level: "error" })));
 * assert.match(chart.toText(), /3 records: disk is full 3\./);
 * ```
 */
export function templatesOverTime(
  records: readonly TemplateRecord[],
  options: TemplatesOverTimeOptions = {},
): Chart {
  const title = titleOf(options, "Templates over time");
  const limit = checkedLimit(options.limit ?? 12, "templates");
  const unknown = records.find(({ level }) => !LEVELS.includes(level));
  if (unknown) throw new RangeError(`Cannot chart templates: unknown level ${unknown.level}`);
  const timed = records.filter(({ time }) => !Number.isNaN(time));
  if (timed.length === 0) return emptyChart(title, "no records with a time", options);
  const groups = [...Map.groupBy(timed, ({ template }) => template)]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  const shown = groups.slice(0, limit), labels = uniqueLabels(shown.map(([template]) => template), 72);
  const [start, end] = extentOf(timed.map(({ time }) => time));
  const values = shown.flatMap(([, own], row) => marksOf(own, (end - start) / PLOT.width || 1, labels[row]));
  const present = LEVELS.filter((level) => values.some((mark) => mark.level === level));
  const list = shown.map(([, own], row) => `${labels[row]} ${numberText(own.length)}`).join("; ");
  const text = `${title}, ${spanText(start, end)}, ${countText(timed.length, "record")}: ${list}` +
    (groups.length > limit ? `; and ${countText(groups.length - limit, "template")} more.` : ".") +
    (records.length > timed.length
      ? ` ${countText(records.length - timed.length, "record")} without a time left out.`
      : "");
  const body = (palette: Palette) => ({
    title,
    ...{ width: PLOT.width - 200, height: { step: 24 }, data: { values } },
    mark: { type: "point", filled: true, size: 36, opacity: 0.9 },
    encoding: encodingOf({ labels, present, start, end }, palette),
  });
  return new Chart(body, text, options);
}

interface Mark {
  time: number;
  template: string;
  level: Level;
}

/** One mark for what would be drawn on the same pixel. */
function marksOf(records: readonly TemplateRecord[], pixel: number, template: string): Mark[] {
  const marks = new Map<string, Mark>();
  for (const { time, level } of records) {
    const place = `${level} ${Math.floor(time / pixel)}`;
    if (!marks.has(place)) marks.set(place, { time, template, level });
  }
  return [...marks.values()].sort((a, b) =>
    a.time - b.time || LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)
  );
}

function encodingOf(
  { labels, present, start, end }: { labels: string[]; present: Level[]; start: number; end: number },
  { levels }: Palette,
): Record<string, unknown> {
  const level = { field: "level", type: "nominal", legend: { title: "Level" } };
  const time = timeChannel("time", start, end > start ? end : start + 60_000);
  return {
    x: { ...time, axis: { ...time.axis as Record<string, unknown>, tickCount: 6 } },
    y: {
      ...{ field: "template", type: "nominal", sort: labels },
      axis: { title: "Template", labelLimit: 0, maxExtent: labelExtent(labels), grid: true, ticks: false },
    },
    color: { ...level, scale: { domain: present, range: present.map((one) => levels[one]) } },
    shape: { ...level, scale: { domain: present, range: present.map((one) => SHAPES[one]) } },
  };
}
