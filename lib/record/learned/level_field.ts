/**
 * Levels at a fixed place of a header.
 *
 * @module
 */
import { levelAt, severityOfName, severityOfSyslog } from "../severity.ts";
import type { LevelStyle } from "./field.ts";

/** A word in the place of a level has this many bytes at the most: `informational` has 13. */
const LONGEST = 16;

/** What stands for a level only where a level is expected. */
const SHORT: Record<string, number> = {
  vrb: 1,
  trc: 1,
  dbg: 5,
  inf: 9,
  log: 9,
  note: 10,
  notic: 10,
  wrn: 13,
  warni: 13,
  eror: 17,
  failure: 17,
  crt: 18,
  ftl: 21,
  emrg: 21,
};
/** `T V D I N W E S C F A`: trace, verbose, debug, … alert. */
const LETTERS: Record<string, number> = {
  ...{ T: 1, V: 1, D: 5, I: 9, N: 10, W: 13, E: 17 },
  ...{ S: 17, C: 21, F: 21, A: 19 },
};

const short = new Map(Object.entries(SHORT).map(([name, severity]) => [keyOf(name), severity]));
const letters = new Uint8Array(256);
for (const [letter, severity] of Object.entries(LETTERS)) letters[letter.charCodeAt(0)] = severity;

/** Up to seven lower-case letters as one number below 2^35. */
function keyOf(name: string): number {
  let key = 0;
  for (const letter of name) key = key * 32 + letter.charCodeAt(0) - 96;
  return key;
}

function isLetter(byte: number): boolean {
  return (byte | 32) >= 97 && (byte | 32) <= 122;
}

/** `length << 8 | severity` of a level's word or short form at `p`. */
function word(bytes: Uint8Array, p: number, end: number, loose: boolean): number {
  const level = levelAt(bytes, p, end);
  if (level !== 0) return level;
  let length = 0, key = 0;
  for (; p + length < end && length < LONGEST && isLetter(bytes[p + length]); length++) {
    if (length < 7) key = key * 32 + (bytes[p + length] | 32) - 96;
  }
  if (length < 3 || p + length < end && bytes[p + length] - 48 >>> 0 < 10) return 0;
  const severity = length < 8 ? short.get(key) ?? 0 : 0;
  return severity !== 0 || loose ? length << 8 | severity : 0;
}

/**
 * The level at `p`: `length << 8 | SeverityNumber`, or 0 where there is none.
 *
 * @param style How levels are written there.
 * @param loose Whether any word counts, as one without a severity.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { levelFieldAt } from "./level_field.ts";
 *
 * const bytes = new TextEncoder().encode("W WRN local0.warning 4>");
 * assert(levelFieldAt(bytes, 0, 23, { style: "letter" }) === (1 << 8 | 13));
 * assert(levelFieldAt(bytes, 2, 23, { style: "word" }) === (3 << 8 | 13));
 * assert(levelFieldAt(bytes, 6, 23, { style: "facility" }) === (14 << 8 | 13));
 * assert(levelFieldAt(bytes, 21, 23, { style: "priority" }) === (1 << 8 | 13));
 * ```
 */
export function levelFieldAt(
  bytes: Uint8Array,
  p: number,
  end: number,
  how: { style: LevelStyle; loose?: boolean },
): number {
  if (p >= end) return 0;
  const first = p, loose = how.loose ?? false;
  switch (how.style) {
    case "word":
      return word(bytes, p, end, loose);
    case "letter": {
      const severity = letters[bytes[p]];
      if (p + 1 < end && (isLetter(bytes[p + 1]) || bytes[p + 1] === 95)) return 0;
      return severity !== 0 || loose && bytes[p] >= 65 && bytes[p] <= 90 ? 1 << 8 | severity : 0;
    }
    case "priority": {
      let priority = 0;
      for (; p < end && p < first + 3 && bytes[p] - 48 >>> 0 < 10; p++) {
        priority = priority * 10 + bytes[p] - 48;
      }
      return p === first || p >= end || bytes[p] !== 62 || priority > 191
        ? 0
        : p - first << 8 | severityOfSyslog(priority);
    }
    case "facility": {
      while (p < end && (isLetter(bytes[p]) || bytes[p] - 48 >>> 0 < 10)) p++;
      if (p === first || p >= end || bytes[p] !== 46) return 0;
      const level = word(bytes, p + 1, end, loose);
      return level === 0 ? 0 : p + 1 - first + (level >> 8) << 8 | level & 255;
    }
  }
}

/**
 * The severity of a level's name at a fixed place, short forms included; 0 where it stands for none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { severityOfField } from "./level_field.ts";
 *
 * assert(severityOfField("WRN") === 13 && severityOfField("Main") === 0);
 * ```
 */
export function severityOfField(name: string): number {
  return severityOfName(name) || (SHORT[name.toLowerCase()] ?? 0);
}
