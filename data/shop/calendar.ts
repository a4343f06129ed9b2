/**
 * Time in the shop: how each log writes it, and how busy the shop is.
 *
 * @module
 */
import { hashOf } from "./random.ts";

/** Milliseconds. */
export const SECOND = 1_000;
/** Milliseconds. */
export const MINUTE = 60_000;
/** Milliseconds. */
export const HOUR = 3_600_000;
/** Milliseconds. */
export const DAY = 86_400_000;

/** A stretch of time in milliseconds since the epoch; `to` is not part of it. */
export interface Span {
  from: number;
  to: number;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `0` to `99` with two digits. */
export function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

function three(value: number): string {
  return value < 10 ? `00${value}` : value < 100 ? `0${value}` : `${value}`;
}

let cachedDay = NaN, isoDay = "", accessDay = "", syslogDay = "";

function useDay(day: number): void {
  if (day === cachedDay) return;
  cachedDay = day;
  const date = new Date(day * DAY);
  const month = MONTHS[date.getUTCMonth()], number = date.getUTCDate();
  isoDay = date.toISOString().slice(0, 10);
  accessDay = `${two(number)}/${month}/${date.getUTCFullYear()}`;
  syslogDay = `${month} ${number < 10 ? " " : ""}${number}`;
}

function clockOf(time: number): string {
  const seconds = Math.floor((time % DAY) / SECOND);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** `2026-03-02T10:00:00.123Z`. */
export function isoTime(time: number): string {
  useDay(Math.floor(time / DAY));
  return `${isoDay}T${clockOf(time)}.${three(time % SECOND)}Z`;
}

/** `2026-03-02 10:00:00.123 UTC`, as PostgreSQL's `%m` writes it. */
export function postgresTime(time: number): string {
  useDay(Math.floor(time / DAY));
  return `${isoDay} ${clockOf(time)}.${three(time % SECOND)} UTC`;
}

/** `02/Mar/2026:10:00:00 +0000`, as nginx's `$time_local` writes it. */
export function accessTime(time: number): string {
  useDay(Math.floor(time / DAY));
  return `${accessDay}:${clockOf(time)} +0000`;
}

/** `Mar  2 10:00:00`, as RFC 3164 has it. */
export function syslogTime(time: number): string {
  useDay(Math.floor(time / DAY));
  return `${syslogDay} ${clockOf(time)}`;
}

/** How busy the shop is at the full hours, UTC; about .78 on average. */
const HOURS = [
  [.20, .14, .11, .10, .11, .16, .28, .48, .72, .92, 1.04, 1.10],
  [1.14, 1.10, 1.02, 1.00, 1.04, 1.14, 1.24, 1.34, 1.38, 1.20, .82, .42],
].flat();

/** Sunday to Saturday. */
const WEEKDAYS = [.82, 1, .98, 1, 1.02, 1.05, .9];

/**
 * How busy the shop is: an hourly rhythm, a factor for the weekday, and slow unevenness of a few per cent.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Rhythm } from "./calendar.ts";
 *
 * const rhythm = new Rhythm(1);
 * assert(rhythm.at(Date.UTC(2026, 2, 2, 20)) > 5 * rhythm.at(Date.UTC(2026, 2, 2, 3)));
 * ```
 */
export class Rhythm {
  #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** 1 is a usual working hour. */
  at(time: number): number {
    const day = Math.floor(time / DAY);
    const hour = (time % DAY) / HOUR;
    const index = Math.floor(hour), share = hour - index;
    const level = HOURS[index] * (1 - share) + HOURS[(index + 1) % 24] * share;
    return level * WEEKDAYS[(day + 4) % 7] * this.#unevenness(time);
  }

  /** Between .85 and 1.15, moving slowly from one quarter of an hour to the next. */
  #unevenness(time: number): number {
    const position = time / (15 * MINUTE), index = Math.floor(position), share = position - index;
    const here = hashOf(`knot ${index}`, this.#seed), next = hashOf(`knot ${index + 1}`, this.#seed);
    return .85 + .3 * (here * (1 - share) + next * share) / 4294967296;
  }
}
