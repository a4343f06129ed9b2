/**
 * Measured values, and how they are shown.
 *
 * @module
 */

/** What a figure counts. */
export type Unit = "lines/s" | "rows/s" | "ns/line" | "ms" | "s" | "MiB" | "scripts";

/** One thing that was measured in several passes. */
export interface Figure {
  /** Heading that it stands under. */
  group: string;
  name: string;
  unit: Unit;
  /** One value a pass; never empty. */
  values: number[];
  /** What a reader should know to judge it. */
  note?: string;
}

/** A figure in numbers, as `--json` prints it. */
export interface Summary extends Figure {
  median: number;
  min: number;
  max: number;
  /** Share of the yardstick's lines/s; `null` where the figure is no rate, or has no yardstick. */
  ofYardstick: number | null;
}

/** The figure that others of its group are held against: finding the newlines alone. */
export const YARDSTICK = "newlines only";

/** The middle value; the mean of the middle two where their number is even. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b), middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median, range and share of the group's yardstick for every figure. */
export function summarise(figures: readonly Figure[]): Summary[] {
  return figures.map((figure) => {
    const yardstick = figures.find(({ group, name }) => group === figure.group && name === YARDSTICK);
    const middle = median(figure.values);
    return {
      ...figure,
      median: middle,
      min: Math.min(...figure.values),
      max: Math.max(...figure.values),
      ofYardstick: yardstick && figure.unit === "lines/s" ? middle / median(yardstick.values) : null,
    };
  });
}

/** A value with its unit, at three digits. */
export function shown(value: number, unit: Unit): string {
  if (unit === "scripts") return `${value} scripts`;
  if (unit.endsWith("/s") && value >= 1e6) return `${(value / 1e6).toPrecision(3)} M ${unit}`;
  if (unit.endsWith("/s") && value >= 1e3) return `${Number((value / 1e3).toPrecision(3))} k ${unit}`;
  return `${Number(value.toPrecision(3))} ${unit}`;
}

/** All figures as one table of text, a heading before each group. */
export function table(summaries: readonly Summary[]): string {
  const rows = summaries.map(({ group, name, unit, median, min, max, ofYardstick, values, note }) => ({
    group,
    cells: [
      name,
      shown(median, unit),
      values.length > 1 ? `${shown(min, unit)} – ${shown(max, unit)}` : "",
      ofYardstick === null || name === YARDSTICK ? "" : ofYardstick.toPrecision(2),
      note ?? "",
    ],
  }));
  const head = ["", "median", "min – max", "÷ newlines", ""];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map(({ cells }) => cells[column].length))
  );
  const line = (cells: string[]) =>
    cells.map((cell, column) =>
      column === 0 || column === 4 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])
    )
      .join("  ").trimEnd();
  const out = [line(head)];
  for (const [group, members] of Map.groupBy(rows, (row) => row.group)) {
    out.push("", group, ...members.map(({ cells }) => line([`  ${cells[0]}`, ...cells.slice(1)])));
  }
  return out.join("\n");
}
