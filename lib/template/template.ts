/**
 * Templates: what lines of one event have in common, and their names.
 *
 * @module
 */

/** The lines of one event, as a person sees it. */
export interface Template {
  /** Its name, hexadecimal: made from the first masked form, never reused for another and never changed. */
  id: string;
  /** `Received block blk_<*> of size <*>`; redacted. */
  text: string;
  /** Most severe OpenTelemetry `SeverityNumber` seen; 0 = none. */
  severity: number;
  /** Records that it stands for: in a catalogue's known templates those of the training, in a provisional one all since its birth. */
  count: number;
  /** Whether it was born while scanning, and no training has judged it yet. */
  provisional: boolean;
}

/** Characters of an id; one that would be taken by another text is written in full. */
const SHORT = 10;

/**
 * The name of the template that was born as `text`: the first ten hexadecimal digits of a 64-bit hash (two lanes of
 * multiply-xor, finished as in MurmurHash3, A. Appleby), or with `long` all sixteen.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { templateId } from "./template.ts";
 *
 * assert(templateId("took <*> ms") === templateId("took <*> ms"));
 * assert(templateId("took <*> ms").length === 10);
 * ```
 */
export function templateId(text: string, long = false): string {
  let a = 0x9747b28c, b = 0x2c9277b5;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x85ebca77);
    b = Math.imul(b ^ code, 0x165667b1);
    a ^= a >>> 15;
    b ^= b >>> 13;
  }
  const first = finish(a ^ Math.imul(b, 0x27d4eb2f)), second = finish(b ^ Math.imul(a, 0x9e3779b1));
  const id = first.toString(16).padStart(8, "0") + second.toString(16).padStart(8, "0");
  return long ? id : id.slice(0, SHORT);
}

function finish(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
