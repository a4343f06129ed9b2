/**
 * A stretch of a stream's time as counts: what workers hand to whoever judges.
 *
 * @module
 */
import { savedFields } from "../../record/saved_fields.ts";
import type { SavedQuantiles } from "../../template/parameter/quantile_sketch.ts";
import { readProvisional, type SavedProvisional } from "../../template/saved_template.ts";
import type { CountedWindow, SessionEvent } from "../../window/counted_records.ts";

export type { CountedWindow, SessionEvent } from "../../window/counted_records.ts";

const { arrayOf, fieldsOf, integer, nullOr, number, refuse, text } = savedFields("a mapped part");

/**
 * A stretch of a stream's time as a worker found it: all that windows need of it, and no lines. Plain data.
 *
 * Templates are numbered as the worker numbered them: those of the frozen catalogue first, then the births in their order.
 * What comes later for the same stretch (late lines) is a part of its own that holds nothing but them, and adds to this one.
 */
export interface MappedPart {
  /** The stretch `[from, to)`, ms UTC; both are borders of time windows. */
  from: number;
  to: number;
  records: number;
  /** Records that have neither a session nor a time: they are in no window. */
  untimed: number;
  /** Least and greatest time of its records, ms UTC; `null` where none has one. */
  first: number | null;
  last: number | null;
  /** Templates that the frozen catalogue doesn't know, in order of birth, with what was counted of them here. */
  births: SavedProvisional[];
  /** Time windows by service name, then start; in a stream with sessions, only of records without one. */
  windows: CountedWindow[];
  /** Records with sessions, by time, then sequence in the log; empty in a stream without sessions. */
  events: SessionEvent[];
  /** All numbers of each parameter: only where it is learned what is usual. */
  sketches?: CountedNumbers[];
}

/** The numbers of one parameter, counted by size. */
export interface CountedNumbers {
  template: number;
  slot: string;
  /** What kind of value it is, see `VALUE_KINDS`. */
  kind: number;
  sketch: SavedQuantiles;
}

/** A {@linkcode MappedPart} as JSON gives it back: pairs are arrays. */
export type SavedPart = Omit<MappedPart, "windows"> & {
  windows: (Omit<CountedWindow, "pairs"> & { pairs: number[] })[];
};

/** A part as plain JSON data, for {@linkcode readPart}. */
export function savePart(part: MappedPart): SavedPart {
  const windows = part.windows.map((window) => ({ ...window, pairs: Array.from(window.pairs) }));
  return { ...part, windows };
}

/**
 * A part from its saved form. What collectors and sketches saved is checked where it is loaded.
 *
 * @throws {TypeError} if a field is missing or of the wrong type.
 * @throws {RangeError} if a number is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type MappedPart, readPart, savePart } from "./mapped_part.ts";
 *
 * const part: MappedPart = {
 *   ...{ from: 0, to: 60_000, records: 2, untimed: 0, first: 5, last: 1_000, births: [], events: [] },
 *   windows: [{ service: "web", start: 0, lines: 2, pairs: Int32Array.of(18, 2), facts: {} }],
 * };
 * assert.deepEqual(readPart(JSON.parse(JSON.stringify(savePart(part)))), part);
 * ```
 */
export function readPart(saved: unknown): MappedPart {
  const fields = fieldsOf(saved, "part");
  const births = arrayOf(fields.births, "births", readProvisional);
  return {
    from: number(fields.from, "from"),
    to: number(fields.to, "to"),
    records: integer(fields.records, "records"),
    untimed: integer(fields.untimed, "untimed"),
    first: nullOr(fields.first, "first", number),
    last: nullOr(fields.last, "last", number),
    births,
    windows: arrayOf(fields.windows, "windows", readWindow),
    events: arrayOf(fields.events, "events", readEvent),
    ...(fields.sketches === undefined ? {} : { sketches: arrayOf(fields.sketches, "sketches", readNumbers) }),
  };
}

function readWindow(value: unknown, path: string): CountedWindow {
  const fields = fieldsOf(value, path);
  const pairs = arrayOf(fields.pairs, `${path}.pairs`, (one, at) => integer(one, at, 0, 0x7fffffff));
  if (pairs.length % 2 !== 0) refuse(`${path}.pairs`, "symbols, each with a count", fields.pairs);
  return {
    service: text(fields.service, `${path}.service`),
    start: number(fields.start, `${path}.start`),
    lines: integer(fields.lines, `${path}.lines`),
    pairs: Int32Array.from(pairs),
    facts: fieldsOf(fields.facts, `${path}.facts`),
  };
}

function readEvent(value: unknown, path: string): SessionEvent {
  const fields = fieldsOf(value, path);
  return {
    time: nullOr(fields.time, `${path}.time`, number),
    service: text(fields.service, `${path}.service`),
    template: integer(fields.template, `${path}.template`),
    severity: integer(fields.severity, `${path}.severity`, 0, 24),
    keys: arrayOf(fields.keys, `${path}.keys`, text),
    ...(fields.facts === undefined ? {} : { facts: fieldsOf(fields.facts, `${path}.facts`) }),
  };
}

function readNumbers(value: unknown, path: string): CountedNumbers {
  const fields = fieldsOf(value, path);
  return {
    template: integer(fields.template, `${path}.template`),
    slot: text(fields.slot, `${path}.slot`),
    kind: integer(fields.kind, `${path}.kind`),
    sketch: fieldsOf(fields.sketch, `${path}.sketch`) as unknown as SavedQuantiles,
  };
}
