/**
 * One line of `key=value` pairs, scanned as bytes for the few values that a record needs.
 *
 * @module
 */

/** What a value is wanted for. */
const TIME = 0, LEVEL = 1, MESSAGE = 2, SERVICE = 3;
/** The keys, best first. */
const KEYS: [number, string[]][] = [
  [TIME, ["time", "ts", "timestamp", "t", "@timestamp"]],
  [LEVEL, ["level", "lvl", "severity", "log.level", "loglevel", "at"]], // at: Heroku's router
  [MESSAGE, ["msg", "message"]],
  [SERVICE, ["service.name", "service", "app", "application", "container", "unit"]],
];
interface Key {
  bytes: Uint8Array;
  wanted: number;
  rank: number;
}

const KEYS_BY_LENGTH: Key[][] = [];
for (const [wanted, names] of KEYS) {
  names.forEach((name, rank) =>
    (KEYS_BY_LENGTH[name.length] ??= []).push({ bytes: new TextEncoder().encode(name), wanted, rank })
  );
}

/** The kernel's audit log writes the time as `msg=audit(1772445600.123:42):`, which is no message. */
const AUDIT = new TextEncoder().encode("audit(");
const AUDIT_TIME: Key = { bytes: AUDIT, wanted: TIME, rank: 99 };

/**
 * Finds time, level, message and service of a line of pairs: offsets of their raw bytes, quoted values without their quotes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogfmtLine } from "./logfmt_line.ts";
 *
 * const line = new TextEncoder().encode('level=info msg="up" pid=7');
 * const scanner = new LogfmtLine();
 * assert(scanner.scan(line, 0, line.length));
 * assert(scanner.start[2] === 16 && scanner.end[2] === 18 && scanner.body === 11);
 * ```
 */
export class LogfmtLine {
  /** Offsets of the time's, level's, message's and service's first byte, -1 where the line has none. */
  readonly start = new Int32Array(4);
  /** Offsets behind them. */
  readonly end = new Int32Array(4);
  /** Offset behind the times and levels that the line begins with. */
  body = 0;
  readonly #rank = new Uint8Array(4);

  /** Scans `bytes[start, end)`: whether it begins with one, has two, and not more words without a value than pairs. */
  scan(bytes: Uint8Array, start: number, end: number): boolean {
    this.start.fill(-1);
    this.#rank.fill(255);
    this.body = start;
    let pairs = 0, bare = 0, leading = true, message = false; // message: an unquoted one, which words may go on with
    for (let p = start; p < end;) {
      const first = p;
      while (p < end && bytes[p] > 32 && bytes[p] !== 61 && bytes[p] !== 34) p++;
      if (p < end && bytes[p] === 61 && p > first) {
        const value = p + 1,
          behind = valueEnd(bytes, value, end),
          wanted = this.#note(bytes, first, value, behind);
        pairs++;
        message = wanted === MESSAGE && bytes[value] !== 34;
        p = behind;
        leading &&= wanted === TIME || wanted === LEVEL;
        if (leading) this.body = p;
      } else {
        while (p < end && bytes[p] > 32) p++;
        if (pairs === 0 || p === first) return false;
        if (message) this.end[MESSAGE] = p;
        else bare++;
        leading = false;
      }
      if (p < end && bytes[p] !== 32 && bytes[p] !== 9) return false;
      while (p < end && (bytes[p] === 32 || bytes[p] === 9)) p++;
      if (leading) this.body = p;
    }
    return pairs >= 2 && bare <= pairs;
  }

  /** Keeps a pair's value where it is the best one for what it is wanted for: for what, -1 for nothing. */
  #note(bytes: Uint8Array, keyStart: number, value: number, behind: number): number {
    const length = value - 1 - keyStart,
      keys = length < KEYS_BY_LENGTH.length ? KEYS_BY_LENGTH[length] : undefined;
    if (keys === undefined) return -1;
    for (const key of keys) {
      if (!startsWith(bytes, keyStart, key.bytes)) continue;
      if (key.wanted === MESSAGE && behind - value > AUDIT.length && startsWith(bytes, value, AUDIT)) {
        return this.#keep(AUDIT_TIME, value + AUDIT.length, until(bytes, value, behind, 58));
      }
      const quoted = value < behind && bytes[value] === 34 ? 1 : 0;
      const closed = quoted === 1 && behind > value + 1 && bytes[behind - 1] === 34 ? 1 : 0;
      return this.#keep(key, value + quoted, behind - closed);
    }
    return -1;
  }

  #keep(key: Key, start: number, end: number): number {
    const { wanted, rank } = key;
    if (rank >= this.#rank[wanted]) return -1;
    this.#rank[wanted] = rank;
    this.start[wanted] = start;
    this.end[wanted] = end;
    return wanted;
  }
}

/** Offset behind the value at `p`: the closing quote's, else the next blank; the line's end where the quote isn't closed. */
function valueEnd(bytes: Uint8Array, p: number, end: number): number {
  if (p < end && bytes[p] === 34) {
    for (p++; p < end && bytes[p] !== 34; p++) if (bytes[p] === 92) p++;
    return Math.min(end, p + 1);
  }
  while (p < end && bytes[p] > 32) p++;
  return p;
}

/** Whether `name` stands at `at`. */
function startsWith(bytes: Uint8Array, at: number, name: Uint8Array): boolean {
  let i = 0;
  while (i < name.length && bytes[at + i] === name[i]) i++;
  return i === name.length;
}

/** Offset of the first `byte` at or behind `p`, `end` where there is none. */
function until(bytes: Uint8Array, p: number, end: number, byte: number): number {
  while (p < end && bytes[p] !== byte) p++;
  return p;
}
