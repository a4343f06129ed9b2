/**
 * Headers learned from lines.
 *
 * @module
 */
import type { LogBatch } from "../log_batch.ts";
import { areFields, describeFields, type Field } from "./field.ts";
import { GAP } from "./certain_steps.ts";
import { grow, lastMark } from "./grow.ts";
import type { Growth, Mark } from "./growth.ts";
import { Layout } from "./layout.ts";
import { allFields, giveRoles } from "./roles.ts";
import { Sample } from "./sample.ts";

/** Layouts of one input at the most. */
const LAYOUTS = 4;
/** A further layout has this share of the sample's lines, and not fewer than {@linkcode FURTHER_LINES}. */
const FURTHER = 0.05;
const FURTHER_LINES = 8;
/** Fields that are set off, of a header without time and level; and the lines that it is learned from. */
const BARE_FIELDS = 2;
const BARE_LINES = 20;
/** Lines from which it is told what a field is used for. */
const ROLE_LINES = 64;
/** NUL and control bytes in this share of the bytes make a file a binary one. */
const CONTROL = 0.05;

/** What repeats before the messages of an input: one list of fields for each of its layouts, the first that fits counts. */
export type Header = Field[][];

/**
 * Learns the header of the lines `[from, to)` of a batch.
 *
 * The layout that most lines have is grown field by field; then one from the lines that it does not fit, and so on.
 *
 * @returns The layouts; none where nothing certain repeats before the messages.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { findLines } from "../lines.ts";
 * import { LogBatch } from "../log_batch.ts";
 * import { describeHeader, learnHeader } from "./header.ts";
 *
 * const batch = new LogBatch();
 * const lines = ["10:00:00.120 [disk] W: slow write\n", "10:00:01.5 [net] I: link is up\n", "10:00:02.777 [disk] I: synced\n"];
 * findLines(batch, new TextEncoder().encodeInto(lines.join(""), batch.bytes).written);
 * const header = learnHeader(batch, 0, batch.length);
 * assert(describeHeader(header).startsWith("{%H:%M:%S.%f} [{… = service}] {level}: {message}\n"));
 * ```
 */
export function learnHeader(batch: LogBatch, from: number, to: number): Header {
  const whole = Sample.of(batch, from, to), header: Header = [];
  if (isBinary(whole)) return header;
  const shorter: Header = [];
  let sample = whole, timed = false;
  for (let tries = 0; tries < LAYOUTS && sample.length > 0; tries++) {
    const alike = sample.alike(), layout = learnLayout(alike);
    if (layout === null) {
      sample = sample.without(alike);
      continue;
    }
    const { fields, prefixes } = layout;
    const isTimed = new Layout(fields).timed;
    if (header.length > 0 && timed && !isTimed) break;
    timed ||= isTimed;
    header.push(fields);
    shorter.push(...prefixes);
    sample = sample.part(sample.advance(fields, sample.begin()), false);
    if (sample.length < Math.max(FURTHER_LINES, FURTHER * whole.length)) break;
  }
  return distinct([...header, ...shorter]);
}

/**
 * The fields of the layout that most lines of a sample have, and the beginnings of it that say a time or a level: lines to come may
 * have no more than that. `null` where they have no header.
 */
function learnLayout(sample: Sample): { fields: Field[]; prefixes: Header } | null {
  const growth = grow(sample), mark = lastMark(growth);
  if (mark === null) return null;
  const fields = fieldsTo(growth, mark, sample),
    sure = growth.marks.filter((one) => one.certainty === "sure" && one.length < mark.length);
  const told = allFields(fields).some((field) => "used" in field && field.used === true);
  const bare =
    growth.marks.slice(0, growth.marks.indexOf(mark) + 1).filter(({ what }) => what !== "<").length;
  if (!told && (bare < BARE_FIELDS || sample.length < BARE_LINES)) return null;
  const prefixes = sure.reverse().map((one) => fieldsTo(growth, one, sample));
  return { fields, prefixes: prefixes.filter((one) => new Layout(one).timed) };
}

function fieldsTo(growth: Growth, mark: Mark, sample: Sample): Field[] {
  const fields = [...structuredClone(growth.fields.slice(0, mark.length)), GAP];
  giveRoles(fields, sample.few(ROLE_LINES));
  return fields;
}

/** Each layout once. */
function distinct(header: Header): Header {
  return [...new Map(header.map((fields) => [JSON.stringify(fields), fields])).values()];
}

function isBinary(sample: Sample): boolean {
  let control = 0, bytes = 1;
  for (let i = 0; i < sample.length; i++) {
    for (let p = sample.start[i]; p < sample.end[i]; p++, bytes++) {
      const byte = sample.bytes[p];
      if (byte < 32 && byte !== 9 && byte !== 27) control++;
    }
  }
  return control / bytes > CONTROL;
}

/**
 * A header as people read it, a line for each layout.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { describeHeader } from "./header.ts";
 *
 * assert(describeHeader([[{ kind: "text", text: ">" }]]) === ">{message}");
 * ```
 */
export function describeHeader(header: Header): string {
  return header.map((fields) => `${describeFields(fields)}{message}`).join("\n");
}

/**
 * A header from the text that `JSON.stringify` made of it.
 *
 * @throws {TypeError} when the text is anything else.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseHeader } from "./header.ts";
 *
 * assert(parseHeader('[[{"kind":"gap"}]]').length === 1);
 * assert.throws(() => parseHeader("{}"), TypeError);
 * ```
 */
export function parseHeader(text: string): Header {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (cause) {
    throw new TypeError(`Cannot read a header: it must be JSON, current value is ${JSON.stringify(text)}`, {
      cause,
    });
  }
  if (Array.isArray(header) && header.every(areFields)) return header;
  throw new TypeError(`Cannot read a header: it must be a list of lists of fields, current value is ${text}`);
}
