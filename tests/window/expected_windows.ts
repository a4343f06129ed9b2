/** What windows must hold, worked out the slow and obvious way from all rows at once. */
import { LEVEL_CLASS } from "../../lib/window/symbol.ts";
import type { PlainWindow, Row } from "./made_rows.ts";

/** Settings of the slow way. */
export interface SlowOptions {
  size: number;
  idle: number;
  silenceLimit: number;
  keepSessions: boolean;
  /** Up to where silence is shown; -Infinity = nowhere. */
  watermark: number;
}

/** Settled windows by kind and identity, given rows of which none is late. */
export function expectedWindows(rows: Row[], options: SlowOptions): Map<string, PlainWindow> {
  const expected = new Map<string, PlainWindow>();
  const keys = new Set(rows.flatMap((row) => row.keys ?? []));
  for (const key of keys) {
    const own = rows.filter((row) => row.keys?.includes(key));
    for (const group of groupsOf(own, options)) {
      const times = group.map((row) => row.time).filter((time) => !Number.isNaN(time)).sort((a, b) => a - b);
      const start = times.length > 0 ? times[0] : NaN, end = times.length > 0 ? times[times.length - 1] : NaN;
      const repeats = !options.keepSessions && times.length > 0;
      const identity = `session ${key}${repeats ? `@${new Date(Math.floor(start)).toISOString()}` : ""}`;
      const first = group.filter((row) => row.time === start || times.length === 0);
      const service = first.map((row) => row.service ?? "api").sort()[0];
      expected.set(identity, { service, start, end, lines: group.length, counts: countsOf(group) });
    }
  }
  const unsessioned = rows.filter((row) => (row.keys ?? []).length === 0 && !Number.isNaN(row.time));
  for (const service of new Set(unsessioned.map((row) => row.service ?? "api"))) {
    addTimeWindows(
      expected,
      service,
      unsessioned.filter((row) => (row.service ?? "api") === service),
      options,
    );
  }
  return expected;
}

function groupsOf(rows: Row[], { idle, keepSessions }: SlowOptions): Row[][] {
  if (keepSessions) return [rows];
  const untimed = rows.filter((row) => Number.isNaN(row.time));
  const groups: Row[][] = untimed.length > 0 ? [untimed] : [];
  let last = NaN;
  for (const row of rows.filter((row) => !Number.isNaN(row.time)).sort((a, b) => a.time - b.time)) {
    if (row.time - last <= idle) groups[groups.length - 1].push(row);
    else groups.push([row]);
    last = row.time;
  }
  return groups;
}

function addTimeWindows(
  expected: Map<string, PlainWindow>,
  service: string,
  rows: Row[],
  { size, silenceLimit, watermark }: SlowOptions,
): void {
  const indexOf = (row: Row) => Math.floor(row.time / size);
  const first = Math.min(...rows.map(indexOf)), last = Math.max(...rows.map(indexOf));
  const end = Math.max(last + 1, Math.floor(watermark / size));
  let filled = first;
  for (let index = first; index < end; index++) {
    const group = rows.filter((row) => indexOf(row) === index);
    if (group.length > 0) filled = index;
    if (index - filled > silenceLimit) continue;
    const start = index * size;
    expected.set(`window ${service}@${new Date(start).toISOString()}`, {
      service,
      start,
      end: start + size,
      lines: group.length,
      counts: countsOf(group),
    });
  }
}

function countsOf(rows: Row[]): string {
  const counts = new Map<number, number>();
  for (const { template = 0, severity = 9 } of rows) {
    const symbol = (template << 3) | LEVEL_CLASS[severity];
    counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => a[0] - b[0]).map(([symbol, count]) => `${symbol}:${count}`).join(" ");
}
