/**
 * How events form windows.
 *
 * @module
 */
import type { Collector } from "./collector.ts";
import type { SessionPattern } from "./session_pattern.ts";

/** How events form windows. */
export interface WindowOptions {
  /** Where a session's key stands in a line; none = all lines go to time windows. */
  session?: SessionPattern | null;
  /** Length of a time window in milliseconds; tumbling, aligned to the epoch in UTC. */
  size: number;
  /** Largest gap within a session in milliseconds. */
  idle: number;
  /** How late a line may be, in milliseconds; Infinity = never too late. */
  lateness: number;
  /** A one-off run: a session never closes before the end, one window a key. Default false. */
  keepSessions?: boolean;
  /** Empty windows shown after a service's last line at the most. Default 100,000. */
  silenceLimit?: number;
  /** Whether the order of a session's events is kept. Default false. */
  sequences?: boolean;
  /** Asked for every record of a window; default none. */
  collectors?: readonly Collector[];
  /** Distinct count vectors before windows continue in cells (see `CountVectors`). Default 65,536. */
  vectorLimit?: number;
}

/**
 * The options with their defaults.
 *
 * @throws {RangeError} if one is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkedWindowOptions } from "./window_options.ts";
 *
 * const options = checkedWindowOptions({ size: 60_000, idle: 900_000, lateness: 3_600_000 });
 * assert.equal(options.keepSessions, false);
 * ```
 */
export function checkedWindowOptions(options: WindowOptions): Required<WindowOptions> {
  const { size, idle, lateness } = options;
  const refuse = (name: string, wanted: string, value: number) => {
    throw new RangeError(`Cannot open windows: ${name} must be ${wanted}, current value is ${value}`);
  };
  if (!(size >= 1 && Number.isFinite(size))) refuse("size", "at least 1 millisecond", size);
  if (!(idle >= 1 && Number.isFinite(idle))) refuse("idle", "at least 1 millisecond", idle);
  if (!(lateness >= 0)) refuse("lateness", "a number of milliseconds from 0", lateness);
  const silenceLimit = options.silenceLimit ?? 100_000, vectorLimit = options.vectorLimit ?? 65_536;
  if (!(silenceLimit >= 0)) refuse("silenceLimit", "a number of windows from 0", silenceLimit);
  const { session = null, keepSessions = false, sequences = false, collectors = [] } = options;
  return { session, size, idle, lateness, keepSessions, silenceLimit, vectorLimit, sequences, collectors };
}
