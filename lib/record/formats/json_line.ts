/**
 * One JSON object on a line, scanned as bytes for the few values that a record needs.
 *
 * @module
 */
import {
  CLEF_RANK,
  type JsonKey,
  jsonKeyAt,
  LEVEL,
  MESSAGE,
  NAME_RANK,
  NOWHERE,
  ROOT,
  SERVICE,
  TIME,
} from "./json_keys.ts";

/** Nested deeper than this is refused. */
const DEPTH = 64;

/**
 * Finds time, level, message and service of a JSON line: offsets of their raw bytes, strings without their quotes.
 *
 * Names are those of ECS (dotted or nested), pino, bunyan, structlog, Python's logging, Logback's encoder, zap, zerolog, slog,
 * Serilog, .NET, GCP, journald, OpenTelemetry, GELF and Docker.
 * The whole line is checked: anything but one well-formed object is refused (escapes and control bytes in strings are let pass).
 *
 * @see RFC 8259.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { JsonLine } from "./json_line.ts";
 *
 * const line = new TextEncoder().encode('{"level":"info","msg":"up","pid":7}');
 * const scanner = new JsonLine();
 * assert(scanner.scan(line, 0, line.length));
 * assert(scanner.start[2] === 23 && scanner.end[2] === 25);
 * ```
 */
export class JsonLine {
  /** Offsets of the time's, level's, message's and service's first byte, -1 where the line has none. */
  readonly start = new Int32Array(4);
  /** Offsets behind them. */
  readonly end = new Int32Array(4);
  /** 1 where the value is a string, 0 where it is a number. */
  readonly text = new Uint8Array(4);
  readonly #rank = new Uint8Array(4);
  #marked = false; // bunyan's and pino's hostname
  #bytes: Uint8Array = new Uint8Array(0);
  #stop = 0;

  /** Scans `bytes[start, end)`: whether it is one object. */
  scan(bytes: Uint8Array, start: number, end: number): boolean {
    this.#bytes = bytes;
    this.#stop = end;
    this.start.fill(-1);
    this.#rank.fill(255);
    this.#marked = false;
    const first = this.#blanks(start);
    if (first >= end || bytes[first] !== 123) return false;
    const behind = this.#object(first, ROOT, 0);
    if (behind <= 0 || this.#blanks(behind) !== end) return false;
    if (this.#rank[SERVICE] === NAME_RANK && !this.#marked) this.start[SERVICE] = -1;
    return true;
  }

  /** Whether the line is Serilog's and names no level, which means information there. */
  get information(): boolean {
    return this.#rank[TIME] === CLEF_RANK && this.start[LEVEL] < 0;
  }

  #blanks(p: number): number {
    const bytes = this.#bytes, stop = this.#stop;
    while (p < stop && (bytes[p] === 32 || bytes[p] === 9 || bytes[p] === 13)) p++;
    return p;
  }

  /** Each of these takes the offset of a value's first byte and returns the one behind it, or -1 where it is malformed. */
  #object(p: number, place: number, depth: number): number {
    const bytes = this.#bytes, stop = this.#stop;
    p = this.#blanks(p + 1);
    if (p < stop && bytes[p] === 125) return p + 1;
    while (p < stop && bytes[p] === 34) {
      const keyStart = p + 1, behind = this.#string(p);
      if (behind < 0) return -1;
      const key = place === NOWHERE
        ? null
        : jsonKeyAt(bytes, keyStart, { place, length: behind - 1 - keyStart });
      p = this.#blanks(behind);
      if (p >= stop || bytes[p] !== 58) return -1;
      const value = this.#blanks(p + 1);
      p = this.#value(value, key === null ? NOWHERE : key.inside, depth);
      if (p < 0) return -1;
      if (key !== null) this.#note(key, value, p);
      p = this.#blanks(p);
      if (p < stop && bytes[p] === 125) return p + 1;
      if (p >= stop || bytes[p] !== 44) return -1;
      p = this.#blanks(p + 1);
    }
    return -1;
  }

  #array(p: number, depth: number): number {
    const bytes = this.#bytes, stop = this.#stop;
    p = this.#blanks(p + 1);
    if (p < stop && bytes[p] === 93) return p + 1;
    while (p < stop) {
      p = this.#value(p, NOWHERE, depth);
      if (p < 0) return -1;
      p = this.#blanks(p);
      if (p < stop && bytes[p] === 93) return p + 1;
      if (p >= stop || bytes[p] !== 44) return -1;
      p = this.#blanks(p + 1);
    }
    return -1;
  }

  #value(p: number, place: number, depth: number): number {
    if (p >= this.#stop || depth >= DEPTH) return -1;
    switch (this.#bytes[p]) {
      case 34:
        return this.#string(p);
      case 123:
        return this.#object(p, place, depth + 1);
      case 91:
        return this.#array(p, depth + 1);
      default:
        return this.#scalar(p);
    }
  }

  #string(p: number): number {
    const bytes = this.#bytes, stop = this.#stop;
    for (p++; p < stop; p++) {
      const byte = bytes[p];
      if (byte === 34) return p + 1;
      if (byte === 92) p++;
    }
    return -1;
  }

  /** A number, `true`, `false`, `null`; Python's `NaN` and `Infinity` pass too. */
  #scalar(p: number): number {
    const bytes = this.#bytes, stop = this.#stop, start = p;
    for (; p < stop; p++) {
      const byte = bytes[p], lower = byte | 32;
      if (
        !(byte >= 48 && byte <= 57 || lower >= 97 && lower <= 122 || byte === 43 || byte === 45 ||
          byte === 46)
      ) break;
    }
    const first = bytes[start], number = first === 45 || first >= 48 && first <= 57;
    return p > start && (number || isWord(bytes, start, p)) ? p : -1;
  }

  #note(key: JsonKey, start: number, behind: number): void {
    const { wanted, rank } = key;
    if (wanted < 0) return;
    if (wanted > SERVICE) {
      this.#marked = true;
      return;
    }
    const first = this.#bytes[start], text = first === 34;
    if (rank >= this.#rank[wanted]) return;
    const number = first >= 48 && first <= 57;
    if (!text && (!number || wanted === MESSAGE || wanted === SERVICE)) return;
    this.#rank[wanted] = rank;
    this.start[wanted] = text ? start + 1 : start;
    this.end[wanted] = text ? behind - 1 : behind;
    this.text[wanted] = text ? 1 : 0;
  }
}

const WORDS = ["true", "false", "null", "NaN", "Infinity"].map((word) => new TextEncoder().encode(word));

function isWord(bytes: Uint8Array, start: number, end: number): boolean {
  for (const word of WORDS) {
    let i = 0;
    while (i < word.length && start + i < end && bytes[start + i] === word[i]) i++;
    if (i === word.length && start + i === end) return true;
  }
  return false;
}
