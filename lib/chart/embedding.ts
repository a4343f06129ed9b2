/**
 * Rows of many numbers, drawn on two.
 *
 * @module
 */
import { countText, numberText, percentText } from "../table/figures.ts";
import { Chart, type ChartOptions, titleOf } from "./chart.ts";
import { emptyChart, PLOT } from "./empty.ts";
import { uniqueLabels } from "./printable.ts";
import { type Palette, PALETTES } from "./theme.ts";

/** A row's place on two axes. */
export interface EmbeddedRow {
  x: number;
  y: number;
  /** What the row belongs to. */
  group: string;
  /** Windows that it stands for. Default 1. */
  windows?: number;
}

/** Options of {@linkcode embedding}. */
export interface EmbeddingOptions extends ChartOptions {
  /** Groups that the others are to be seen against: drawn small and below. Default: none. */
  ordinary?: readonly string[];
  /** Part of the rows' variance that lies along each axis, 0–1. Default: not said. */
  shares?: readonly number[];
  /** What the legend is called. Default `Windows`. */
  legend?: string;
}

const SHAPES = ["triangle-up", "square", "diamond", "cross", "triangle-down", "triangle-right"];

/**
 * A point for each row, in a colour *and* a shape for each group; rows that are alike lie together. Ordinary groups are dots
 * (the first one pale rings), in the order of `ordinary`; the others follow by their number of windows, and where there are more
 * than six the smallest are one.
 *
 * @param rows In any order; those that aren't finite are left out and said.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { embedding } from "./embedding.ts";
 *
 * const rows = [{ x: 0, y: 0, group: "normal", windows: 9 }, { x: 4, y: 1, group: "incomplete" }];
 * const chart = embedding(rows, { ordinary: ["normal"], shares: [0.6, 0.3] });
 * assert.match(chart.toText(), /normal 9 windows in 1 place, incomplete 1 window in 1 place; the axes hold 90 %/);
 * ```
 */
export function embedding(rows: readonly EmbeddedRow[], options: EmbeddingOptions = {}): Chart {
  const { ordinary = [], shares, legend = "Windows" } = options, title = titleOf(options, "Rows on two axes");
  const finite = rows.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  if (finite.length === 0) return emptyChart(title, "no rows", options);
  const groups = groupsOf(finite, ordinary);
  const values = groups.flatMap(({ label, rows, isOrdinary }) =>
    distinctPlaces(rows).map(({ x, y }) => ({ x, y, group: label, size: isOrdinary ? 24 : 70 }))
  );
  const body = (palette: Palette) => {
    const looks = looksOf(groups, palette), domain = groups.map(({ label }) => label);
    const channel = (range: readonly unknown[]) => ({
      field: "group",
      type: "nominal",
      scale: { domain, range },
      legend: { title: legend },
    });
    return {
      title,
      ...{ width: PLOT.width, height: 1.5 * PLOT.height },
      data: { values },
      mark: { type: "point", strokeWidth: 1.2, opacity: 0.9 },
      encoding: {
        x: axisOf("x", "First", shares?.[0]),
        y: axisOf("y", "Second", shares?.[1]),
        stroke: channel(looks.map(({ stroke }) => stroke)),
        fill: channel(looks.map(({ fill }) => fill)),
        shape: channel(looks.map(({ shape }) => shape)),
        size: { field: "size", type: "quantitative", scale: null, legend: null },
      },
    };
  };
  return new Chart(body, textOf(title, groups, { shares, lost: rows.length - finite.length }), options);
}

interface Group {
  label: string;
  rows: EmbeddedRow[];
  windows: number;
  isOrdinary: boolean;
}

/** Ordinary groups, then the others, the greatest first; what is past the last shape is one. */
function groupsOf(rows: readonly EmbeddedRow[], ordinary: readonly string[]): Group[] {
  const byName = Map.groupBy(rows, ({ group }) => group);
  const known = ordinary.filter((name) => byName.has(name));
  const groups = (names: readonly string[], isOrdinary: boolean) =>
    names.map((name) => {
      const own = byName.get(name)!;
      return {
        label: name,
        rows: own,
        windows: own.reduce((sum, { windows = 1 }) => sum + windows, 0),
        isOrdinary,
      };
    });
  const others = groups([...byName.keys()].filter((name) => !ordinary.includes(name)), false)
    .sort((a, b) => b.windows - a.windows || (a.label < b.label ? -1 : 1));
  const limit = Math.min(SHAPES.length, PALETTES.light.categories.length - 1);
  const rest = others.length > limit ? others.splice(limit - 1) : [];
  if (rest.length > 0) {
    const windows = rest.reduce((sum, one) => sum + one.windows, 0);
    others.push({
      label: `${rest.length} others`,
      rows: rest.flatMap(({ rows }) => rows),
      windows,
      isOrdinary: false,
    });
  }
  const all = [...groups(known, true), ...others], labels = uniqueLabels(all.map(({ label }) => label));
  return all.map((group, i) => ({ ...group, label: labels[i] }));
}

/** One row for all that lie on one another. */
function distinctPlaces(rows: readonly EmbeddedRow[]): EmbeddedRow[] {
  return [...new Map(rows.map((row) => [`${row.x} ${row.y}`, row])).values()];
}

interface Look {
  stroke: string;
  fill: string;
  shape: string;
}

/** Colours of the categories but for the first, which is the ordinary one's. */
function looksOf(groups: readonly Group[], { axis, calm, background, text, categories }: Palette): Look[] {
  let others = 0, dots = 0;
  return groups.map(({ isOrdinary }) => {
    if (isOrdinary && dots++ === 0) return { stroke: axis, fill: background, shape: "circle" };
    if (isOrdinary) return { stroke: calm, fill: calm, shape: "circle" };
    const number = others++;
    return { stroke: text, fill: categories[number + 1], shape: SHAPES[number] };
  });
}

function axisOf(field: string, which: string, share: number | undefined): Record<string, unknown> {
  const part = share === undefined ? "" : ` (${percentText(share)} of the variance)`;
  return {
    field,
    type: "quantitative",
    scale: { zero: false, nice: true, padding: 8 },
    axis: { title: `${which} principal axis${part}` },
  };
}

function textOf(
  title: string,
  groups: readonly Group[],
  { shares, lost }: { shares?: readonly number[]; lost: number },
): string {
  const list = groups.map(({ label, rows, windows }) => {
    const places = countText(distinctPlaces(rows).length, "place");
    return `${label} ${countText(windows, "window")} in ${places}`;
  });
  const whole = shares?.reduce((sum, share) => sum + share, 0);
  return `${title}: ${list.join(", ")}` +
    (whole === undefined ? "." : `; the axes hold ${percentText(whole)} of the variance.`) +
    (lost > 0 ? ` ${numberText(lost)} not finite and left out.` : "");
}
