/**
 * Lines of `key=value` pairs.
 *
 * @module
 */
import {
  type Format,
  type FormatOptions,
  type HeaderParser,
  markUnparsed,
  type ParserState,
} from "../format.ts";
import type { LogBatch } from "../log_batch.ts";
import { levelAt } from "../severity.ts";
import { epochMilliseconds } from "../timestamp.ts";
import { TimestampReader } from "../timestamp_reader.ts";

/** What a value is wanted for. */
const TIME = 0, LEVEL = 1, MESSAGE = 2, SERVICE = 3;
/** The keys, best first. */
const KEYS: [number, string[]][] = [
  [TIME, ["time", "ts", "timestamp", "t", "@timestamp"]],
  [LEVEL, ["level", "lvl", "severity", "log.level", "loglevel", "at"]], // at: Heroku's router
  [MESSAGE, ["msg", "message"]],
  [SERVICE, ["service.name", "service", "app", "application", "container", "unit"]],
];
/** An epoch time lies behind this: 1973. A smaller number is no time. */
const LEAST_TIME = 1e11;

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

class LogfmtParser implements HeaderParser {
  readonly #times: TimestampReader;
  readonly #start = new Int32Array(4); // offsets of what is wanted, -1 = none
  readonly #end = new Int32Array(4);
  readonly #rank = new Uint8Array(4);
  #body = 0; // offset behind the times and levels that the line begins with

  constructor(options?: FormatOptions) {
    this.#times = new TimestampReader(options);
  }

  parse(batch: LogBatch, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      if (!this.#scan(batch.bytes, batch.start[i], batch.recordEnd[i]) || !this.#fill(batch, i)) {
        markUnparsed(batch, i);
      }
    }
  }

  state(): ParserState {
    return {};
  }

  #fill(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, start = this.#start, end = this.#end;
    const time = start[TIME] < 0 ? NaN : this.#time(bytes, start[TIME], end[TIME]);
    const severity = start[LEVEL] < 0 ? 0 : severityOf(bytes, start[LEVEL], end[LEVEL]);
    const message = start[MESSAGE] >= 0;
    if (!message && severity === 0 && time !== time) return false;
    batch.parsed[i] = 1;
    batch.timestamp[i] = time;
    batch.severity[i] = severity;
    batch.service[i] = start[SERVICE] >= 0 && start[SERVICE] < end[SERVICE]
      ? batch.nameAt(start[SERVICE], end[SERVICE])
      : -1;
    batch.contentStart[i] = message ? start[MESSAGE] : this.#body;
    batch.contentEnd[i] = message ? end[MESSAGE] : batch.recordEnd[i];
    return true;
  }

  #time(bytes: Uint8Array, start: number, end: number): number {
    const time = this.#times.iso(bytes, start, end);
    if (time === time) return time;
    const epoch = epochMilliseconds(bytes, start, end);
    return epoch >= LEAST_TIME ? epoch : NaN;
  }

  /** Walks over the pairs: whether the line begins with one, has two, and not more words without a value than pairs. */
  #scan(bytes: Uint8Array, start: number, end: number): boolean {
    this.#start.fill(-1);
    this.#rank.fill(255);
    this.#body = start;
    let pairs = 0, bare = 0, leading = true, message = false; // message: an unquoted one, which words may go on with
    for (let p = start; p < end;) {
      const first = p;
      while (p < end && bytes[p] > 32 && bytes[p] !== 61 && bytes[p] !== 34) p++;
      if (p < end && bytes[p] === 61 && p > first) {
        const value = p + 1, behind = valueEnd(bytes, value, end), wanted = this.#note(bytes, first, value, behind);
        pairs++;
        message = wanted === MESSAGE && bytes[value] !== 34;
        p = behind;
        leading &&= wanted === TIME || wanted === LEVEL;
        if (leading) this.#body = p;
      } else {
        while (p < end && bytes[p] > 32) p++;
        if (pairs === 0 || p === first) return false;
        if (message) this.#end[MESSAGE] = p;
        else bare++;
        leading = false;
      }
      if (p < end && bytes[p] !== 32 && bytes[p] !== 9) return false;
      while (p < end && (bytes[p] === 32 || bytes[p] === 9)) p++;
      if (leading) this.#body = p;
    }
    return pairs >= 2 && bare <= pairs;
  }

  /** Notes a pair's value where it is wanted: for what, -1 for nothing. */
  #note(bytes: Uint8Array, keyStart: number, value: number, behind: number): number {
    const length = value - 1 - keyStart, keys = length < KEYS_BY_LENGTH.length ? KEYS_BY_LENGTH[length] : undefined;
    if (keys === undefined) return -1;
    for (const key of keys) {
      let i = 0;
      while (i < length && bytes[keyStart + i] === key.bytes[i]) i++;
      if (i < length) continue;
      if (key.wanted === MESSAGE && isAudit(bytes, value, behind)) return this.#keep(key, value + 6, behind);
      const quoted = value < behind && bytes[value] === 34 ? 1 : 0;
      const closed = quoted === 1 && behind > value + 1 && bytes[behind - 1] === 34 ? 1 : 0;
      return this.#keep(key, value + quoted, behind - closed);
    }
    return -1;
  }

  #keep(key: Key, start: number, end: number): number {
    const { wanted, rank } = key;
    if (rank < this.#rank[wanted]) {
      this.#rank[wanted] = rank;
      this.#start[wanted] = start;
      this.#end[wanted] = end;
    }
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
