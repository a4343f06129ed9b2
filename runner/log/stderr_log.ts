/**
 * Standard error as the settings want it.
 *
 * @module
 */
import type { LogConfig } from "../config/health_schema.ts";
import { entryOf, isAtLeast, type LogEntry } from "./log_entry.ts";

/** Version of the Elastic Common Schema whose names are used. */
const ECS = "8.11.0";

/** What a command writes to standard error with. */
export interface StderrLog {
  stderr(text: string): void;
  /** For what has fields; absent where all is text. */
  log?(entry: LogEntry): void;
}

/** What {@linkcode stderrLog} goes by. */
export interface StderrLogOptions {
  log: LogConfig;
  /** Names of the streams. */
  streams: readonly string[];
  /** Writes to standard error. */
  write: (text: string) => void;
  /** ms since the epoch. */
  now: () => number;
}

/**
 * What is written, each text an entry: less than the settings want is left out; as JSON each is an object on a line of its own, with
 * names of the Elastic Common Schema.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stderrLog } from "./stderr_log.ts";
 *
 * const lines: string[] = [], write = (text: string) => void lines.push(text);
 * const log = stderrLog({ log: { format: "json", level: "info" }, streams: ["shop"], write, now: () => 0 });
 * log.stderr("note: stream shop was read\n");
 * const { "@timestamp": at, "log.level": level, message } = JSON.parse(lines[0]);
 * assert.deepEqual([at, level, message], ["1970-01-01T00:00:00.000Z", "info", "stream shop was read"]);
 * ```
 */
export function stderrLog(
  { log: { format, level: least }, streams, write, now }: StderrLogOptions,
): StderrLog {
  if (format === "text") {
    return {
      stderr: (text) => {
        if (text.trim() === "" || isAtLeast(entryOf(text, streams).level, least)) write(text);
      },
    };
  }
  const log = (entry: LogEntry) => {
    if (isAtLeast(entry.level, least)) write(`${JSON.stringify(ecsOf(entry, now()))}\n`);
  };
  return { log, stderr: (text) => text.trim() === "" ? undefined : log(entryOf(text, streams)) };
}

function ecsOf({ level, message, action, stream, fields }: LogEntry, now: number): Record<string, unknown> {
  return {
    ...{ "@timestamp": new Date(now).toISOString(), "log.level": level, message, "ecs.version": ECS },
    ...{ "event.action": action, "service.name": "deepscan", "process.pid": Deno.pid },
    ...stream !== undefined && { "deepscan.stream": stream },
    ...fields,
  };
}
