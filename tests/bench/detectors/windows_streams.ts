/**
 * The streams of the window benchmark: real logs without sessions, as windows of a service.
 *
 * @module
 */
import { seededRandom } from "../../../lib/detector/seeded_random.ts";
import { type EventWindow, type TemplateNames } from "../../../lib/feature/event_window.ts";
import { Dictionary } from "../../../lib/record/dictionary.ts";
import { RecordReader } from "../../../lib/record/record_reader.ts";
import { openFiles } from "../../../lib/source/files.ts";
import { chainOf } from "../../../lib/window/collectors/chain.ts";
import { ORDER } from "../../../lib/window/collectors/order_collector.ts";
import { OrderFact } from "../../../lib/window/collectors/order_fact.ts";
import { QUANTITIES, type QuantityFact } from "../../../lib/window/quantity_fact.ts";
import { LEVEL_CLASS } from "../../../lib/window/symbol.ts";
import { REAL_LOGS } from "../../needs.ts";
import { keyed, MADE_UP_FROM, mined, requestKey } from "./windows_templates.ts";

export const DAY = 86_400_000;
/** A line that was read. */
export interface Line {
  content: Uint8Array;
  time: number;
  severity: number;
  chain: number;
}

/** An event of a stream. */
export interface StreamEvent {
  time: number;
  template: number;
  level: number;
  chain: number;
  /** Bytes sent, where the line says so. */
  bytes?: number;
}

/** A log, cut into a history and what is judged. */
export interface Stream {
  name: string;
  windowMs: number;
  /** Windows of the history. */
  history: EventWindow[];
  tested: EventWindow[];
  /** Events by tested window. */
  events: StreamEvent[][];
  names: TemplateNames;
  /** The template of a line that is none of the stream's. */
  match(line: Line): number;
  /** Index of the made-up error, and of the made-up message. */
  madeUp: [number, number];
  /** Status of web requests: templates of the history's lines by status. */
  byStatus: Map<string, number[]>;
}

/** One of the three configurations of a stream. */
export interface Configuration {
  /** Days before what is judged. */
  historyDays: number;
  seed: number;
}

/** A log of the benchmark. */
export interface StreamSource {
  name: string;
  path: string;
  windowMs: number;
  configurations: Configuration[];
  /** Days over which the lines are spread anew, with a daily rhythm; absent = their own times. */
  spread?: number;
  /** The template of a line; absent = templates are mined from the history. */
  key?: (content: string) => string;
  /** Shown for itself, and no part of the means: the same log as another one. */
  beside?: boolean;
}

const WEB: StreamSource = {
  name: "web",
  path: "elastic_web/apache_logs.gz",
  windowMs: DAY / 48,
  spread: 14,
  configurations: [{ historyDays: 10, seed: 0 }, { historyDays: 9, seed: 7 }, { historyDays: 11, seed: 14 }],
};

/** The logs, and days of fit and calibration as the prototype had them. */
export const SOURCES: readonly StreamSource[] = [
  { ...WEB, key: requestKey },
  {
    name: "auth",
    path: "elastic_auth/auth.log.gz",
    windowMs: DAY / 24,
    configurations: [{ historyDays: 17, seed: 1 }, { historyDays: 14, seed: 2 }, {
      historyDays: 18,
      seed: 3,
    }],
  },
  {
    name: "linux",
    path: "linux_raw/Linux.log.gz",
    windowMs: DAY / 24,
    configurations: [{ historyDays: 164, seed: 1 }, { historyDays: 110, seed: 2 }, {
      historyDays: 194,
      seed: 3,
    }],
  },
  { ...WEB, name: "web, mined", beside: true },
];

/** The lines of a log of {@linkcode REAL_LOGS}. */
export async function readLines(path: string): Promise<Line[]> {
  const { inputs } = await openFiles([new URL(path, REAL_LOGS).pathname]), lines: Line[] = [];
  for (const input of inputs) {
    const reader = new RecordReader(input, { services: new Dictionary(), fallbackService: "log" });
    for (let batch = await reader.next(); batch !== null; batch = await reader.next()) {
      for (let i = 0; i < batch.length; i++) {
        lines.push({
          content: batch.bytes.slice(batch.contentStart[i], batch.contentEnd[i]),
          time: batch.timestamp[i],
          severity: batch.severity[i],
          chain: chainOf(batch, i),
        });
      }
    }
    await reader.close();
  }
  return lines;
}

/** Times over so many days with a daily rhythm, ascending. */
function rhythmicTimes(count: number, days: number, seed: number): number[] {
  const random = seededRandom(seed), times: number[] = [];
  while (times.length < count) {
    const time = random() * days * DAY, rate = 1 + 0.6 * Math.sin(2 * Math.PI * time / DAY);
    if (random() * 1.6 < rate) times.push(time);
  }
  return times.sort((a, b) => a - b);
}

/** A log cut as the configuration says: templates are learned on the history, later lines are matched. */
export function streamOf(
  source: StreamSource,
  read: readonly Line[],
  { historyDays, seed }: Configuration,
): Stream {
  const { name, windowMs, spread } = source;
  const times = spread ? rhythmicTimes(read.length, spread, seed) : read.map(({ time }) => time);
  const from = Math.floor(times[0] / windowMs) * windowMs, cut = from + historyDays * DAY;
  const known = source.key ? keyed(source.key) : mined(read.filter((_, i) => times[i] < cut));
  const events = read.map((line, i) => eventOf(line, times[i], known.match(line)));
  const cells = cellsOf(events, from, windowMs);
  const windows = cells.map((cell, i) => windowOf(cell, from + i * windowMs, windowMs));
  const first = Math.round((cut - from) / windowMs), byStatus = new Map<string, number[]>();
  if (spread) events.forEach(({ template, time }, i) => time < cut && remember(byStatus, read[i], template));
  return {
    name,
    windowMs,
    history: windows.slice(0, first),
    tested: windows.slice(first),
    events: cells.slice(first),
    names: known.names,
    madeUp: [MADE_UP_FROM, MADE_UP_FROM + 1],
    match: known.match,
    byStatus,
  };
}

/** Status and bytes of a request's line. */
export function requestOf(content: Uint8Array): { status: string; bytes: number } | null {
  const match = /" (\d{3}) (\d+)/.exec(new TextDecoder().decode(content));
  return match && { status: match[1], bytes: Number(match[2]) };
}

function eventOf({ content, severity, chain }: Line, time: number, template: number): StreamEvent {
  const request = requestOf(content), event = { time, template, level: LEVEL_CLASS[severity], chain };
  return request ? { ...event, bytes: request.bytes } : event;
}

function remember(byStatus: Map<string, number[]>, { content }: Line, template: number): void {
  const status = requestOf(content)?.status;
  if (status !== undefined) byStatus.set(status, [...byStatus.get(status) ?? [], template]);
}

function cellsOf(events: readonly StreamEvent[], from: number, windowMs: number): StreamEvent[][] {
  const cells: StreamEvent[][] = [];
  for (const event of events) {
    const at = Math.floor((event.time - from) / windowMs);
    if (!(at >= 0)) continue;
    while (cells.length <= at) cells.push([]);
    cells[at].push(event);
  }
  return cells;
}

/** A window of these events, with what collectors would have noted. */
export function windowOf(events: readonly StreamEvent[], start: number, windowMs: number): EventWindow {
  const counts = new Map<number, { count: number; level: number }>(), order = new OrderFact();
  const quantities = new Map<number, QuantityFact>();
  for (const { time, template, level, chain, bytes } of events) {
    const known = counts.get(template);
    if (known) [known.count, known.level] = [known.count + 1, Math.max(known.level, level)];
    else counts.set(template, { count: 1, level });
    order.add(time, chain, template);
    if (bytes !== undefined) noteQuantity(quantities, template, bytes);
  }
  const sorted = [...counts].sort(([a], [b]) => a - b);
  return {
    start,
    end: start + windowMs,
    lines: events.length,
    events: {
      templates: Int32Array.from(sorted, ([template]) => template),
      counts: Int32Array.from(sorted, ([, { count }]) => count),
      levels: Uint8Array.from(sorted, ([, { level }]) => level),
    },
    sequence: null,
    facts: new Map<string, unknown>(
      quantities.size > 0 ? [[ORDER, order], [QUANTITIES, [...quantities.values()]]] : [[ORDER, order]],
    ),
  };
}

function noteQuantity(quantities: Map<number, QuantityFact>, template: number, value: number): void {
  const { count = 0, least = value, greatest = value } = quantities.get(template) ?? {};
  quantities.set(template, {
    template,
    slot: "bytes",
    count: count + 1,
    least: Math.min(least, value),
    greatest: Math.max(greatest, value),
  });
}
