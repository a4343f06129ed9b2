/**
 * Reading a saved ensemble of series.
 *
 * @module
 */

/** A saved channel; its prior is `null` where it has none. */
export interface SavedChannel {
  name: string;
  budget: number;
  prior: number | null;
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

function isPositive(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) > 0;
}

function isChannel(value: unknown): value is SavedChannel {
  const { name, budget, prior } = (value ?? {}) as SavedChannel;
  return typeof name === "string" && Number.isFinite(budget) && budget >= 0 &&
    (prior === null || Number.isFinite(prior));
}
