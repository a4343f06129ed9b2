/**
 * Options of a rolling calibration, and their defaults.
 *
 * @module
 */

/** Options of `RollingCalibration`. */
export interface RollingOptions {
  /** Alerts a day that are allowed, 0 or more. */
  budget: number;
  /** Windows a day, above 0: 288 of five minutes. */
  windowsPerDay: number;
  /** Scores held; default 3 days, at least 1,000. */
  capacity?: number;
  /** Windows after which the line is drawn anew; default an hour, at least 6. */
  refit?: number;
  /** Places within which two windows are one alert, 0 = each counts; default 3, as two calm windows don't end an alert. */
  reach?: number;
  /** Windows after which an alert that goes on is how things are; default a day. */
  patience?: number;
  /** The detector's least score above 0, where it has one. */
  smallest?: number;
}

/** All of them, with the share of windows that the budget comes to. */
export interface RollingSettings extends Required<Omit<RollingOptions, "smallest">> {
  smallest: number | undefined;
  /** Alerts per window: budget / windows a day, at most 1. */
  share: number;
}

/**
 * Options with their defaults.
 *
 * @throws {RangeError} if one is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rollingSettings } from "./rolling_settings.ts";
 *
 * const { capacity, refit, share } = rollingSettings({ budget: 1, windowsPerDay: 288 });
 * assert.deepEqual([capacity, refit, share], [1000, 12, 1 / 288]);
 * ```
 */
export function rollingSettings(options: RollingOptions): RollingSettings {
  const { budget, windowsPerDay, reach = 3, smallest } = options;
  atLeast("budget", budget, 0);
  if (!(windowsPerDay > 0)) atLeast("windowsPerDay", windowsPerDay, 1);
  const {
    capacity = Math.max(1000, Math.ceil(3 * windowsPerDay)),
    refit = Math.max(6, Math.round(windowsPerDay / 24)),
    patience = Math.ceil(windowsPerDay),
  } = options;
  for (const [name, value, least] of [["capacity", capacity, 20], ["refit", refit, 1]] as const) {
    whole(name, value, least);
  }
  for (const [name, value] of [["reach", reach], ["patience", patience]] as const) whole(name, value, 0);
  if (smallest !== undefined) atLeast("smallest", smallest, 0);
  const share = Math.min(1, budget / windowsPerDay);
  return { budget, windowsPerDay, capacity, refit, reach, patience, smallest, share };
}

function atLeast(name: string, value: number, least: number): void {
  if (!(value >= least && value < Infinity)) throw new RangeError(`Cannot calibrate: ${name} is ${value}`);
}

function whole(name: string, value: number, least: number): void {
  if (!Number.isInteger(value)) throw new RangeError(`Cannot calibrate: ${name} is ${value}`);
  atLeast(name, value, least);
}
