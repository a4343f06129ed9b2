/**
 * Histories of `watch`: some hours for a test, days or a month for a measurement.
 *
 * @module
 */
import { MISCHIEFS } from "./saboteur.ts";
import type { WatchPlot } from "./watch_history.ts";

/** Clean hours of the month, on which its first model is trained. */
const CLEAN = 72;

/** Four hours with four incidents behind a clean day, in which everything is done once. */
export const SHORT: WatchPlot = {
  seed: 1,
  history: "24h",
  traffic: {
    start: Date.UTC(2026, 2, 2, 10),
    hours: 28,
    cleanHours: 24,
    scale: 1,
    planted: "few",
    rotations: 13,
    jumps: 12,
  },
  keep: 20,
  pace: { busy: 5, calm: 20 },
  ...{ trouble: .6, lasts: 2, mischiefs: MISCHIEFS, times: MISCHIEFS.length },
};

/** Days of the sample's traffic with its planted days again and again, behind three clean ones; disturbed three times a day. */
export function longPlot(days: number, seed: number): WatchPlot {
  return {
    seed,
    history: `${CLEAN}h`,
    traffic: {
      start: Date.UTC(2026, 2, 2),
      hours: CLEAN + 24 * days,
      cleanHours: CLEAN,
      scale: 1,
      planted: "sample",
      rotations: 3 + days,
      jumps: 4,
    },
    keep: 7,
    pace: { busy: 10, calm: 120 },
    ...{ trouble: .15, lasts: 4, mischiefs: MISCHIEFS, times: 3 * days },
  };
}
