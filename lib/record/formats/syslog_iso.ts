/**
 * Syslog files whose times are ISO 8601, as rsyslog writes them by default on new systems.
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
import { TimestampReader } from "../timestamp_reader.ts";

/** Length of `2026-03-02T10:00:00Z`, the shortest time. */
const TIME_BYTES = 20;

class SyslogIsoParser implements HeaderParser {
  readonly #times: TimestampReader;

  constructor(options?: FormatOptions) {
    this.#times = new TimestampReader(options);
  }

  parse(batch: LogBatch, from: number, to: number): void {
    for (let i = from; i < to; i++) if (!this.#header(batch, i)) markUnparsed(batch, i);
  }

  state(): ParserState {
    return {};
  }

  #header(batch: LogBatch, i: number): boolean {
    const { bytes } = batch, start = batch.start[i], end = batch.recordEnd[i];
    if (end - start < TIME_BYTES || bytes[start + 10] !== 84) return false;
    const time = this.#times.iso(bytes, start, end), host = this.#times.end + 1;
    if (time !== time || host >= end || bytes[host - 1] !== 32 || !endsInZone(bytes, start, host - 1)) {
      return false;
    }
    if (levelAt(bytes, host, end) !== 0) return false;
    const blank = behindName(bytes, host, end), program = blank + 1;
    if (blank === host || program >= end || bytes[blank] !== 32) return false;
    const behind = behindName(bytes, program, end), colon = behindProcess(bytes, behind, end);
    if (behind === program || colon >= end || bytes[colon] !== 58) return false;
    if (colon + 1 < end && bytes[colon + 1] !== 32) return false;
    batch.parsed[i] = 1;
    batch.timestamp[i] = time;
    batch.service[i] = batch.nameAt(program, behind);
    batch.contentStart[i] = Math.min(end, colon + 2);
    batch.contentEnd[i] = end;
    const level = levelAt(bytes, batch.contentStart[i], end), levelEnd = batch.contentStart[i] + (level >> 8);
    batch.severity[i] = level !== 0 && levelEnd < end && bytes[levelEnd] === 58 ? level & 255 : 0;
    return true;
  }
}

/** Whether the time `bytes[start, end)` names its zone: `Z` or `+hh:mm`. */
function endsInZone(bytes: Uint8Array, start: number, end: number): boolean {
  return bytes[end - 1] === 90 ||
    end - start > TIME_BYTES && (bytes[end - 6] === 43 || bytes[end - 6] === 45);
}

/** Offset behind letters, digits and `- . / _ ( ) @`, as hosts and programs have them. */
function behindName(bytes: Uint8Array, p: number, end: number): number {
  for (; p < end; p++) {
    const byte = bytes[p], lower = byte | 32;
    if (
      !(lower >= 97 && lower <= 122 || byte >= 45 && byte <= 57 || byte === 95 || byte === 40 ||
        byte === 41 ||
        byte === 64)
    ) break;
  }
  return p;
}

/** Offset behind `[4242]` at `p`, `p` itself where it doesn't stand there. */
function behindProcess(bytes: Uint8Array, p: number, end: number): number {
  if (p >= end || bytes[p] !== 91) return p;
  let close = p + 1;
  while (close < end && bytes[close] > 32 && bytes[close] !== 93) close++;
  return close < end && bytes[close] === 93 ? close + 1 : p;
}

/**
 * `2026-03-02T10:00:00.123456+01:00 host program[4242]: message`. The service is the program; a severity is there only where the
 * message begins with its name and a colon.
 *
 * @see rsyslog, template RSYSLOG_FileFormat; RFC 3339.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { syslogIso } from "./syslog_iso.ts";
 *
 * assert(syslogIso.examples.length > 0);
 * ```
 */
export const syslogIso: Format = {
  name: "syslog_iso",
  title: "syslog with ISO 8601 times (rsyslog): time, host, program, message",
  covers: ["iso8601", "log4j"],
  examples: [
    "2026-03-02T10:00:00.123456+01:00 shop1 sshd[4242]: Accepted publickey for deploy from 192.0.2.7 port 50022",
    "2026-03-02T10:00:00.123456+00:00 shop1 kernel: device eth0 entered promiscuous mode",
    "2026-03-02T10:00:01.000000Z shop1.example postfix/smtpd[77]: warning: slow answer",
    "2026-03-02T10:00:01.000000-05:00 shop1 systemd[1]: Started shop.service",
  ],
  multiline: true,
  open: (options) => new SyslogIsoParser(options),
};
