/**
 * Where a log is divided by time.
 *
 * @module
 */
import type { RecordedLog } from "../../lib/mod.ts";

/** A moment in a log. */
export interface TimeCut {
  /** Times of its first and last line, ms. */
  first: number;
  last: number;
  /** The border of a window that is nearest to the wanted share of the time between them, ms. */
  cut: number;
}

/**
 * The border of windows before which a share of a log's time lies.
 *
 * @param share 0–1.
 * @throws {Error} if its lines have no times.
 */
export function timeCut({ settings, records }: RecordedLog, share: number): TimeCut {
  const times = records.map(({ time }) => time).filter((time) => !Number.isNaN(time));
  if (times.length === 0) {
    throw new Error("Cannot divide the log: its lines have no times that could be read");
  }
  const [first, last] = [Math.min, Math.max].map((of) => times.reduce((a, b) => of(a, b)));
  return {
    first,
    last,
    cut: Math.round((first + share * (last - first)) / settings.window) * settings.window,
  };
}
