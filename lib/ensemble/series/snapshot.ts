/**
 * An ensemble of series as it is saved, and what it has learned.
 *
 * @module
 */
import type { Channel } from "./channel.ts";

/** A saved channel; its prior is `null` where it has none. */
export interface SavedChannel {
  name: string;
  budget: number;
  prior: number | null;
}

/** What is saved of a channel beside what it has learned. */
export function saveChannel(
  { name, budget, prior }: Pick<Channel, "name" | "budget" | "prior">,
): SavedChannel {
  return { name, budget, prior: Number.isFinite(prior) ? prior : null };
}

/** The fields of a snapshot. */
export interface SeriesSnapshot {
  windowMs: number;
  alertsPerDay: number;
  channels: SavedChannel[];
  state: unknown;
}

/**
 * The fields of a snapshot, checked; the state is left to the channels.
 *
 * @param snapshot As it was read, of any shape.
 * @param version The version that is written.
 * @throws {TypeError} if the kind or version is another, or a field is missing, of the wrong type or not known.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readSeriesSnapshot } from "./snapshot.ts";
 *
 * const saved = { kind: "series", version: 1, windowMs: 60_000, alertsPerDay: 1, channels: [], state: {} };
 * assert.equal(readSeriesSnapshot(saved, 1).windowMs, 60_000);
 * assert.throws(() => readSeriesSnapshot({ ...saved, extra: 1 }, 1), TypeError);
 * ```
 */
export function readSeriesSnapshot(snapshot: unknown, version: number): SeriesSnapshot {
  const refuse = (what: string): never => {
    throw new TypeError(`Cannot restore series: ${what}`);
  };
  if (snapshot === null || typeof snapshot !== "object") refuse(`the snapshot is ${snapshot}`);
  const { kind, version: written, ...fields } = snapshot as Record<string, unknown>;
  if (kind !== "series") refuse(`the snapshot is of kind ${kind}`);
  if (written !== version) refuse(`version ${written} is not ${version}`);
  const known = ["windowMs", "alertsPerDay", "channels", "state"];
  for (const name of Object.keys(fields)) {
    if (!known.includes(name)) refuse(`it doesn't know the field ${name}`);
  }
  const { windowMs, alertsPerDay, channels, state } = fields;
  if (!isPositive(windowMs) || !isPositive(alertsPerDay)) refuse("its window or its budget is not above 0");
  if (!Array.isArray(channels) || !channels.every(isChannel)) {
    refuse("its channels are not names with budgets");
  }
  if (state === undefined) refuse("the field state is missing");
  return {
    windowMs: windowMs as number,
    alertsPerDay: alertsPerDay as number,
    channels: channels as SavedChannel[],
    state,
  };
}

/** The fields of a saved state. */
export interface SavedSeriesState {
  windows: number;
  silent: number;
  /** What each channel has learned, by its name. */
  channels: Record<string, unknown>;
  /** The budget that its lines were drawn for; absent in the state of before it was kept, and in that of a snapshot. */
  alertsPerDay?: number;
}

/**
 * The fields of a saved state, checked; what channels have learned is left to them.
 *
 * @param saved As it was read, of any shape.
 * @throws {TypeError} if a field is missing or of the wrong type.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readSeriesState } from "./snapshot.ts";
 *
 * assert.equal(readSeriesState({ windows: 12, silent: 0, channels: {}, alertsPerDay: 1 }).windows, 12);
 * assert.throws(() => readSeriesState({ windows: 12, silent: 0, channels: {}, alertsPerDay: "1" }), TypeError);
 * ```
 */
export function readSeriesState(saved: unknown): SavedSeriesState {
  const { windows, silent, channels, alertsPerDay } = (saved ?? {}) as Partial<SavedSeriesState>;
  const areCounts = [windows, silent].every((count) => Number.isInteger(count) && count! >= 0);
  if (!areCounts || typeof channels !== "object" || channels === null) {
    throw new TypeError("Cannot restore the state of a series: it is not two counts and channels");
  }
  if (alertsPerDay !== undefined && !isPositive(alertsPerDay)) {
    throw new TypeError(`Cannot restore the state of a series: its budget is not above 0: ${alertsPerDay}`);
  }
  return { windows: windows!, silent: silent!, channels, alertsPerDay };
}

function isPositive(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) > 0;
}

function isChannel(value: unknown): value is SavedChannel {
  const { name, budget, prior } = (value ?? {}) as SavedChannel;
  return typeof name === "string" && Number.isFinite(budget) && budget >= 0 &&
    (prior === null || Number.isFinite(prior));
}
