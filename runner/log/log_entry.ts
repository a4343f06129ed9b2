/**
 * What is written to standard error, as an object.
 *
 * @module
 */
import type { LogConfig } from "../config/health_schema.ts";

/** From *good to know* to *somebody must see to it*. */
export type LogLevel = LogConfig["level"];

/** One thing that is said. */
export interface LogEntry {
  level: LogLevel;
  message: string;
  /** What it is about, `event.action` of the Elastic Common Schema. */
  action: string;
  /** The stream that it is about; absent = none, or all. */
  stream?: string;
  /** Further fields by their ECS names, or below `deepscan.`. */
  fields?: Readonly<Record<string, string | number | boolean>>;
}

const ORDER: readonly LogLevel[] = ["info", "warn", "error"];

/** Whether a level is at least another one. */
export function isAtLeast(level: LogLevel, least: LogLevel): boolean {
  return ORDER.indexOf(level) >= ORDER.indexOf(least);
}

/** How texts begin that say how much they matter, and what they are about; the first that fits. */
const BEGINNINGS: readonly [start: RegExp, level: LogLevel, action: string][] = [
  [/^deepscan [\w ]+: /, "error", "failure"],
  [/^Cannot /, "error", "failure"],
  [/^given up: /, "error", "message-given-up"],
  [/^warning: /, "warn", "warning"],
  [/^note: (?:Cannot|the heartbeat) /, "warn", "note"],
  [/^note: /, "info", "note"],
  [/^not sent yet: /, "warn", "message-not-sent"],
  [/^sent, but not to all: /, "warn", "message-not-to-all"],
  [/^\d+ messages? waits? for /, "warn", "message-waiting"],
  [/^held back: /, "info", "held-back"],
  [/^findings: /, "warn", "findings"],
];

/**
 * A text that is written to standard error, as an entry: how much it matters is told by how it begins.
 *
 * @param streams Names of the streams that it may be about.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { entryOf } from "./log_entry.ts";
 *
 * const { level, action, message } = entryOf("note: shop.log was rotated\n", ["shop"]);
 * assert.deepEqual([level, action, message], ["info", "note", "shop.log was rotated"]);
 * const failed = entryOf("deepscan detect: Cannot read stream shop: there is no input\n", ["shop"]);
 * assert.deepEqual([failed.level, failed.stream], ["error", "shop"]);
 * ```
 */
export function entryOf(text: string, streams: readonly string[]): LogEntry {
  const said = text.trim(),
    [, level, action] = BEGINNINGS.find(([start]) => start.test(said)) ?? [, "info", "remark"];
  const message = said.replace(/^(?:note|warning): /, "");
  const stream = streams.find((name) => message.startsWith(`${name}: `)) ??
    streams.find((name) => new RegExp(`\\bstream ${escaped(name)}(?![\\w.-])`).test(message));
  return {
    level: level as LogLevel,
    message,
    action: action as string,
    ...stream !== undefined && { stream },
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
