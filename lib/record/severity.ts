/**
 * Level names, syslog severities and HTTP statuses as OpenTelemetry `SeverityNumber`s.
 *
 * @module
 */

/** Names that stand for a level wherever a level may stand. */
const NAMES: Record<string, number> = {
  trace: 1,
  verbose: 1,
  finest: 1,
  finer: 2,
  debug: 5,
  fine: 5,
  config: 8,
  info: 9,
  information: 9,
  informational: 9,
  notice: 10,
  warn: 13,
  warning: 13,
  err: 17,
  error: 17,
  severe: 17,
  crit: 18,
  alert: 19,
  fatal: 21,
  critical: 21,
  emerg: 21,
  emergency: 21,
  panic: 22,
};

/** Words that PostgreSQL writes in the place of a level; too common to be one without the colon behind them. */
const WITH_COLON: Record<string, number> = {
  log: 9,
  statement: 9,
  detail: 9,
  hint: 9,
  context: 9,
  query: 9,
  location: 9,
};

/** A level's name in lower case and its number; `colon`: only with a colon behind it. */
interface LevelName {
  bytes: Uint8Array;
  severity: number;
  colon: boolean;
}

const INFO = pack("info"), WARN = pack("warn"), DEBUG = pack("debu"), ERROR = pack("erro");
const LONGEST = 13;

const byStart = new Map<number, LevelName[]>();
for (const [names, colon] of [[NAMES, false], [WITH_COLON, true]] as const) {
  for (const [name, severity] of Object.entries(names)) {
    const key = pack(name), found = byStart.get(key) ?? [];
    found.push({ bytes: new TextEncoder().encode(name), severity, colon });
    byStart.set(key, found);
  }
}

/** The first four letters as one number; a three-letter name leaves the highest byte 0. */
function pack(name: string): number {
  let packed = 0;
  for (let i = Math.min(4, name.length) - 1; i >= 0; i--) packed = packed << 8 | name.charCodeAt(i);
  return packed;
}

/**
 * The level word that starts at `start`, in any case: `length << 8 | SeverityNumber`, or 0 where there is none.
 *
 * A word is a level when the whole word is one (`INFO`, not `INFORM`): what follows is neither letter, digit, `_` nor `-` with
 * a letter behind it. PostgreSQL's `LOG`, `STATEMENT` and the like need their colon, its `DEBUG1` to `DEBUG5` are `DEBUG`.
 *
 * @param bytes The line's buffer.
 * @param start Offset of the word's first byte.
 * @param end Offset behind the last byte that may be looked at.
 * @see OpenTelemetry Logs Data Model, field `SeverityNumber` and its appendix B.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { levelAt } from "./severity.ts";
 *
 * const line = new TextEncoder().encode("Warning: disk almost full");
 * assert(levelAt(line, 0, line.length) === (7 << 8 | 13));
 * assert(levelAt(line, 9, line.length) === 0);
 * ```
 */
export function levelAt(bytes: Uint8Array, start: number, end: number): number {
  if (start + 3 > end) return 0;
  const fourth = start + 3 < end ? bytes[start + 3] | 32 : 0;
  const packed = bytes[start] | 32 | (bytes[start + 1] | 32) << 8 | (bytes[start + 2] | 32) << 16 |
    (fourth >= 97 && fourth <= 122 ? fourth << 24 : 0);
  // nine levels in ten are one of these four letters with a blank behind
  if (packed === INFO && endsAt(bytes, start + 4, end)) return 4 << 8 | 9;
  if (packed === WARN && endsAt(bytes, start + 4, end)) return 4 << 8 | 13;
  if (packed === DEBUG || packed === ERROR) return longLevelAt(bytes, start, end, packed);
  return byStart.has(packed) ? longLevelAt(bytes, start, end, packed) : 0;
}

/** Whether no word goes on at `at`. */
function endsAt(bytes: Uint8Array, at: number, end: number): boolean {
  if (at >= end) return true;
  const byte = bytes[at];
  if (byte === 45) return at + 1 >= end || !isWordByte(bytes[at + 1]); // -
  return !isWordByte(byte);
}

function isWordByte(byte: number): boolean {
  const lower = byte | 32;
  return lower >= 97 && lower <= 122 || byte >= 48 && byte <= 57 || byte === 95;
}

function longLevelAt(bytes: Uint8Array, start: number, end: number, packed: number): number {
  for (const name of byStart.get(packed)!) {
    const length = name.bytes.length, stop = start + length;
    if (stop > end) continue;
    let i = 3;
    while (i < length && (bytes[start + i] | 32) === name.bytes[i]) i++;
    if (i < length) continue;
    if (name.colon ? stop < end && bytes[stop] === 58 : endsAt(bytes, stop, end)) {
      return length << 8 | name.severity;
    }
    if (packed === DEBUG && isNumberedDebug(bytes, stop, end)) return length + 1 << 8 | name.severity;
  }
  return 0;
}

/** `DEBUG1:` … `DEBUG5:` as PostgreSQL writes them. */
function isNumberedDebug(bytes: Uint8Array, at: number, end: number): boolean {
  return at + 1 < end && bytes[at] >= 49 && bytes[at] <= 53 && bytes[at + 1] === 58;
}

/**
 * The severity that a level's name stands for, in any case; 0 where it stands for none.
 *
 * @param name The name alone, e.g. `WARNING`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { severityOfName } from "./severity.ts";
 *
 * assert(severityOfName("WARNING") === 13);
 * assert(severityOfName("banana") === 0);
 * ```
 */
export function severityOfName(name: string): number {
  return name.length > LONGEST ? 0 : Object.hasOwn(NAMES, name.toLowerCase()) ? NAMES[name.toLowerCase()] : 0;
}

/** By syslog severity 0 (emergency) to 7 (debug): the mapping of OpenTelemetry's appendix B. */
const SYSLOG = [21, 19, 18, 17, 13, 10, 9, 5];

/**
 * The severity of a syslog priority value, of which only the lowest three bits count.
 *
 * @param priority `facility * 8 + severity`, or the severity alone (0–7).
 * @see RFC 5424 § 6.2.1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { severityOfSyslog } from "./severity.ts";
 *
 * assert(severityOfSyslog(34) === 18); // <34>: auth, critical
 * ```
 */
export function severityOfSyslog(priority: number): number {
  return SYSLOG[priority & 7];
}

/**
 * The severity of an answer with this HTTP status: 5xx error 17, 4xx warn 13, anything else info 9.
 *
 * @param hundreds The status' first digit.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { severityOfStatus } from "./severity.ts";
 *
 * assert(severityOfStatus(5) === 17);
 * assert(severityOfStatus(2) === 9);
 * ```
 */
export function severityOfStatus(hundreds: number): number {
  return hundreds === 5 ? 17 : hundreds === 4 ? 13 : 9;
}

/**
 * The severity of a level written as a number: pino's and bunyan's 10 (trace) to 60 (fatal), below 8 syslog's (as GELF has it).
 *
 * @param level The number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { severityOfNumber } from "./severity.ts";
 *
 * assert(severityOfNumber(30) === 9); // pino's info
 * assert(severityOfNumber(3) === 17); // syslog's error
 * ```
 */
export function severityOfNumber(level: number): number {
  if (!(level >= 0)) return 0;
  if (level < 8) return Number.isInteger(level) ? severityOfSyslog(level) : 0;
  if (level < 20) return 1;
  if (level < 30) return 5;
  if (level < 40) return 9;
  if (level < 50) return 13;
  return level < 60 ? 17 : 21;
}
