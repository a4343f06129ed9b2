/**
 * Figures of an evaluation as people read them.
 *
 * @module
 */
import type { Spread } from "../../lib/mod.ts";
import { formatDuration } from "../config/duration.ts";

/** A rate with four digits. */
export function rateText(rate: number | null): string {
  return rate === null ? "–" : rate.toFixed(4);
}

/** A share as percent; small ones with two digits behind the point. */
export function shareText(share: number): string {
  const percent = 100 * share;
  return `${percent.toFixed(percent > 0 && percent < 10 ? 2 : 1)} %`;
}

/** `.9123 (.8950–.9230)`: the mean and the least and most of several runs, or one figure with its interval. */
export function spreadText(spread: Spread | null, interval: readonly [number, number] | null = null): string {
  if (spread === null) return "–";
  const { mean, least, most, runs } = spread, range = runs > 1 ? [least, most] : interval;
  return range === null ? short(mean) : `${short(mean)} (${short(range[0])}–${short(range[1])})`;
}

function short(rate: number): string {
  return rate.toFixed(3).replace(/^0\./, ".");
}

/** A length of time (ms) of which seconds don't count where there are hours. */
export function delayText(milliseconds: number | null): string {
  if (milliseconds === null) return "–";
  const unit = milliseconds < 120_000 ? 1000 : 60_000;
  return formatDuration(Math.round(milliseconds / unit) * unit);
}

/** Cells in columns: the first to the left, the others to the right. */
export function columnsText(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  ").trimEnd();
  return rows.map((row) => line(row) + "\n").join("");
}
