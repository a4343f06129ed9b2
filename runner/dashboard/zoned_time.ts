/**
 * Times in a time zone, as pages show them.
 *
 * @module
 */

/** Formats by zone: making one takes longer than using it a thousand times. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();
/** Formats that are kept. */
const ZONES = 50;

/**
 * A time to the second, always as long: `2026-03-02 14:05:09`. The zone is not in it: pages say once which one it is.
 *
 * @param at ms since the epoch.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { zonedTime } from "./zoned_time.ts";
 *
 * assert.equal(zonedTime(Date.UTC(2026, 2, 2, 23, 5), "Europe/Berlin"), "2026-03-03 00:05:00");
 * ```
 */
export function zonedTime(at: number, zone: string): string {
  const parts = Object.fromEntries(formatOf(zone).formatToParts(at).map(({ type, value }) => [type, value]));
  const { year, month, day, hour, minute, second } = parts;
  return `${year.padStart(4, "0")}-${month}-${day} ${hour}:${minute}:${second}`;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timeZone);
  if (known !== undefined) return known;
  const digits = {
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  } as const;
  const made = new Intl.DateTimeFormat("en-CA", { year: "numeric", ...digits, hourCycle: "h23", timeZone });
  if (FORMATS.size >= ZONES) FORMATS.clear();
  FORMATS.set(timeZone, made);
  return made;
}
