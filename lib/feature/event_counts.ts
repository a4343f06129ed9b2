/**
 * Events counted over time, and how long each service was silent.
 *
 * @module
 */
import { type Level, levelOfSeverity } from "../record/level.ts";
import { severityOfName } from "../record/severity.ts";
import { type Cell, Table } from "../table/table.ts";

/** Events of one service and level in one span of time. */
export interface EventCount {
  /** Start of the span, ms since the epoch; NaN = events without a time. */
  time: number;
  /** The `Component`; empty where the lines name none. */
  service: string;
  level: Level;
  count: number;
}

/**
 * How many events each service had of each level in each span of time: what `levelsOverTime` and `volumeOverTime` draw.
 *
 * @param events A table with loghub's columns, see `EventRows`.
 * @param size Length of a span, ms.
 * @throws {RangeError} if `size` is not positive.
 * @throws {TypeError} if a column is missing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { eventCounts } from "./event_counts.ts";
 * import { Table } from "../table/table.ts";
 *
 * const Time = ["10:00:01.000", "10:00:59.000"], Date = ["2026-03-01", "2026-03-01"];
 * const events = new Table({ Date, Time, Level: ["INFO", "INFO"], Component: ["web", "web"] });
 * assert.deepEqual(eventCounts(events, 60_000), [
 *   { time: 1772359200000, service: "web", level: "info", count: 2 },
 * ]);
 * ```
 */
export function eventCounts(events: Table, size: number): EventCount[] {
  if (!(size > 0)) {
    throw new RangeError(
      `Cannot count events: size must be a positive number of ms, current value is ${size}`,
    );
  }
  const times = timesOf(events), levels = columnOf(events, "Level"), services = columnOf(events, "Component");
  const counts = new Map<string, EventCount>();
  for (let i = 0; i < events.length; i++) {
    const time = Math.floor(times[i] / size) * size, service = String(services[i] ?? "");
    const level = levelOfSeverity(severityOfName(String(levels[i]))), key = `${time} ${level} ${service}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { time, service, level, count: 1 });
    else known.count++;
  }
  return [...counts.values()];
}

/**
 * The longest silence of each service: `service, lines, usual, longest, from, to`. Lengths in seconds (`usual` is the middle one of those above 0),
 * times in ISO 8601 UTC; the most remarkable, by longest ÷ usual, comes first. Lines without a time are left out.
 *
 * @param events A table with loghub's columns, see `EventRows`.
 * @throws {TypeError} if a column is missing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { silences } from "./event_counts.ts";
 * import { Table } from "../table/table.ts";
 *
 * const Time = ["10:00:00.000", "10:00:01.000", "10:00:02.000", "10:30:02.000"];
 * const events = new Table({ Date: Time.map(() => "2026-03-01"), Time, Component: Time.map(() => "web") });
 * assert.deepEqual(silences(events).rows()[0].slice(0, 4), ["web", 4, 1, 1800]);
 * ```
 */
export function silences(events: Table): Table {
  const times = timesOf(events), services = columnOf(events, "Component");
  const byService = new Map<string, number[]>();
  for (let i = 0; i < events.length; i++) {
    if (Number.isNaN(times[i])) continue;
    const service = String(services[i] ?? "");
    byService.get(service)?.push(times[i]) ?? byService.set(service, [times[i]]);
  }
  const rows = [...byService].map(([service, own]) => silenceOf(service, own)).filter((row) => row !== null);
  rows.sort((a, b) => b.longest / b.usual - a.longest / a.usual || (a.service < b.service ? -1 : 1));
  return Table.from(rows);
}

/** `null` where no two lines lie apart. */
function silenceOf(service: string, times: number[]) {
  times.sort((a, b) => a - b);
  const gaps = times.slice(1).map((time, i) => time - times[i]), apart = gaps.filter((gap) => gap > 0);
  if (apart.length === 0) return null;
  const at = gaps.indexOf(gaps.reduce((most, gap) => Math.max(most, gap)));
  const usual = apart.sort((a, b) => a - b)[apart.length >> 1];
  const [from, to] = [times[at], times[at + 1]].map((time) => new Date(time).toISOString());
  return { service, lines: times.length, usual: usual / 1000, longest: gaps[at] / 1000, from, to };
}

function columnOf(events: Table, name: string): readonly Cell[] {
  const column = events.columns.get(name);
  if (column === undefined) throw new TypeError(`Cannot count events: there is no column ${name}`);
  return column;
}

/** Times in ms, NaN where there are none. */
function timesOf(events: Table): Float64Array {
  const dates = columnOf(events, "Date"), times = columnOf(events, "Time");
  return Float64Array.from(dates, (date, i) => date === null ? NaN : Date.parse(`${date}T${times[i]}Z`));
}
