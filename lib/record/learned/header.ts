/**
 * Headers learned from lines.
 *
 * @module
 */
import type { LogBatch } from "../log_batch.ts";
import { areFields, type Field } from "./field.ts";
import { learnLayout } from "./learn_layout.ts";
import { Layout } from "./layout.ts";
import { Sample } from "./sample.ts";

/** Layouts of one input at the most. */
const LAYOUTS = 4;
/** A further layout has this share of the sample's lines, and not fewer than {@linkcode FURTHER_LINES}. */
const FURTHER = 0.05;
const FURTHER_LINES = 8;
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
 * import { learnHeader } from "./header.ts";
 *
 * const batch = new LogBatch();
 * const lines = ["10:00:00.120 [disk] W: slow write\n", "10:00:01.5 [net] I: link is up\n", "10:00:02.777 [disk] I: synced\n"];
 * findLines(batch, new TextEncoder().encodeInto(lines.join(""), batch.bytes).written);
 * const [layout] = learnHeader(batch, 0, batch.length);
 * assert.deepEqual(layout[0], { kind: "time", pattern: "%H:%M:%S.%f", used: true });
 * assert(layout.some(({ kind }) => kind === "level"));
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
