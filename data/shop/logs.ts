/**
 * How the shop's programs write: one class a log format, each on top of a {@linkcode Timeline}.
 *
 * @module
 */
import { accessTime, isoTime, postgresTime, syslogTime } from "./calendar.ts";
import type { Timeline } from "./timeline.ts";

/** `2026-03-02T10:00:00.123Z INFO message`; the message may go on over several lines. */
export class LeveledLog {
  readonly timeline: Timeline;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
  }

  /** Writes one record. */
  write(at: number, level: "DEBUG" | "INFO" | "WARN" | "ERROR", message: string, planted = -1): void {
    const time = this.timeline.precise(at);
    this.timeline.add(time, `${isoTime(time)} ${level} ${message}`, planted);
  }
}

/** One request as nginx sees it. */
export interface WebRequest {
  address: string;
  agent: string;
  path: string;
  method?: string;
  status?: number;
  size?: number;
  referrer?: string;
}

/** nginx's `combined`. */
export class AccessLog {
  readonly timeline: Timeline;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
  }

  /** Writes one request. */
  write(at: number, request: WebRequest, planted = -1): void {
    const time = this.timeline.precise(at);
    const { address, agent, path, method = "GET", status = 200, size = 0, referrer = "-" } = request;
    const line = `${address} - - [${accessTime(time)}] "${method} ${path} HTTP/1.1" ${status} ${size}`;
    this.timeline.add(time, `${line} "${referrer}" "${agent}"`, planted);
  }
}

/** Syslog as RFC 3164 has it: `Mar  2 10:00:00 shop1 sshd[4242]: message`. */
export class SystemLog {
  readonly timeline: Timeline;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
  }

  /** Writes one line; `tag` is the program, with its process id in brackets where it writes one. */
  write(at: number, tag: string, message: string, planted = -1): void {
    const time = this.timeline.precise(at);
    this.timeline.add(time, `${syslogTime(time)} shop1 ${tag}: ${message}`, planted);
  }
}

/** PostgreSQL with `log_line_prefix = '%m [%p] '`. */
export class DatabaseLog {
  readonly timeline: Timeline;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
  }

  /** Writes one line; a message may go on over further lines that begin with a tab. */
  write(at: number, process: number, level: string, message: string, planted = -1): void {
    const time = this.timeline.precise(at);
    this.timeline.add(time, `${postgresTime(time)} [${process}] ${level}:  ${message}`, planted);
  }
}
