/**
 * Records that were counted elsewhere: what they add to open windows.
 *
 * @module
 */
import type { Dictionary } from "../record/dictionary.ts";
import type { Collectors } from "./facts.ts";
import type { ServiceWindows } from "./service_windows.ts";
import { LARGEST_TEMPLATE, symbolOf } from "./symbol.ts";
import type { WindowParts } from "./window_snapshot.ts";

/** What one service wrote in one time window, or a share of it. */
export interface CountedWindow {
  service: string;
  /** Where the window begins, milliseconds UTC. */
  start: number;
  lines: number;
  /** Symbol, count, … sorted by symbol; symbol = template << 3 | level class. */
  pairs: Int32Array;
  /** What each collector noted, by its name, as it saves it. */
  facts: Record<string, unknown>;
}

/** One record that belongs to sessions. */
export interface SessionEvent {
  /** Milliseconds UTC; `null` where the record has no time. */
  time: number | null;
  service: string;
  template: number;
  /** OpenTelemetry's SeverityNumber; 0 = none. */
  severity: number;
  /** The sessions that it names, each once. */
  keys: string[];
  /** What each collector noted of this one record; absent = nothing. */
  facts?: Record<string, unknown>;
}

/** Records without their lines. */
export interface CountedRecords {
  /** Those of time windows. */
  windows: readonly CountedWindow[];
  /** Those of sessions, in the order in which they were logged. */
  events: readonly SessionEvent[];
  /** Those that have neither a session nor a time; default none. */
  untimed?: number;
  /** Largest time of them all, ms UTC; `null` where none has one. */
  last: number | null;
}

/** What {@linkcode addCounted} works on: the inside of `OpenWindows`. */
export interface CountedTarget {
  parts: WindowParts;
  services: Dictionary;
  collectors: Collectors;
  options: { session: unknown; size: number; lateness: number };
  /** Makes the time windows of a service. */
  open: (service: number) => ServiceWindows;
}

/** How {@linkcode addCounted} takes records. */
export interface CountedOptions {
  /** New template index by the one that the records have; default: they have the right ones. */
  renamed?: Int32Array;
  /** Number of the input that they come from. */
  source?: number;
}

const encoder = new TextEncoder();
/** Where keys are looked up: keys are hashed in one buffer. */
let keyBytes = new Uint8Array(1024);

/**
 * Adds records to open windows as if their lines were added one by one; used by `OpenWindows.addCounted`.
 *
 * @returns Keys of sessions that were refused a record as too late.
 * @throws {RangeError} if a template is not among the renamed ones, or a window doesn't begin where windows do.
 */
export function addCounted(
  counted: CountedRecords,
  { renamed, source = 0 }: CountedOptions,
  target: CountedTarget,
): number[] {
  const { parts, options } = target, { stats, latest } = parts, { untimed = 0, last } = counted;
  stats.records += untimed;
  stats.untimed += untimed;
  if (options.session !== null) stats.unsessioned += untimed;
  for (const window of counted.windows) addWindow(window, renamed, target);
  const unplaced: number[] = [];
  let clock = latest.get(source) ?? -Infinity;
  for (const event of counted.events) {
    const time = event.time ?? NaN;
    if (time > clock) clock = time;
    addEvent(event, { time, renamed, unplaced, late: time < clock - options.lateness }, target);
  }
  latest.set(source, Math.max(clock, last ?? -Infinity));
  return unplaced;
}

function addWindow(
  { service, start, lines, pairs, facts }: CountedWindow,
  renamed: Int32Array | undefined,
  { parts: { stats, services }, options, collectors, ...target }: CountedTarget,
): void {
  if (start % options.size !== 0) {
    throw new RangeError(
      `Cannot add counts to a window: it must begin at a multiple of ${options.size} ms, current value is ${start}`,
    );
  }
  const number = target.services.internText(service), windows = services[number] ?? target.open(number);
  const own = renamed === undefined ? pairs : renamedPairs(pairs, renamed);
  stats.records += lines;
  if (options.session !== null) stats.unsessioned += lines;
  if (windows.addCounts(start, own, lines, collectors.loadNamed(facts, renamed))) stats.placed += lines;
  else stats.late += lines;
}

function addEvent(
  { service, severity, keys, facts, template }: SessionEvent,
  { time, renamed, unplaced, late }: {
    time: number;
    renamed?: Int32Array;
    unplaced: number[];
    late: boolean;
  },
  { parts: { sessions, stats }, collectors, services }: CountedTarget,
): void {
  const own = renamedTemplate(template, renamed), symbol = symbolOf(own, severity);
  const from = services.internText(service);
  stats.records++;
  stats.repeated += keys.length - 1;
  for (const key of keys) {
    const number = internKey(key, sessions);
    if (late || !sessions.add(number, time, symbol, from)) {
      stats.late++;
      unplaced.push(number);
      continue;
    }
    stats.placed++;
    const noted = facts && collectors.loadNamed(facts, renamed); // for each session its own: they change
    if (noted !== undefined) sessions.noteFacts(noted);
  }
}

function internKey(key: string, { table }: WindowParts["sessions"]): number {
  if (key.length * 3 > keyBytes.length) keyBytes = new Uint8Array(key.length * 6);
  const number = table.keys.intern(keyBytes, 0, encoder.encodeInto(key, keyBytes).written);
  table.makeRoom();
  return number;
}

function renamedPairs(pairs: Int32Array, renamed: Int32Array): Int32Array {
  return pairs.map((value, i) =>
    i % 2 === 0 ? renamedTemplate(value >>> 3, renamed) << 3 | value & 7 : value
  );
}

function renamedTemplate(template: number, renamed: Int32Array | undefined): number {
  const own = renamed === undefined ? template : renamed[template];
  if (own >= 0 && own <= LARGEST_TEMPLATE) return own;
  throw new RangeError(`Cannot add counts to a window: template ${template} is none of those that are known`);
}
