/**
 * How the lines of one kind of log become windows.
 *
 * @module
 */
import type { Dictionary } from "../record/dictionary.ts";
import type { Collector } from "../window/collector.ts";
import { NO_TEMPLATE_SETTINGS, type TemplateSettings } from "../template/hand/template_settings.ts";
import { createRedactor, redact } from "../record/redaction.ts";
import { OpenWindows, type WindowOptions } from "../window/open_windows.ts";
import { SessionPattern } from "../window/session_pattern.ts";

const MINUTE = 60_000;
/** A service that has been silent for a week is taken for one that is out of use: its windows begin again when it speaks. */
const SILENCE = 7 * 24 * 60 * MINUTE;
/** Empty windows in a row at the most, however short they are. */
const MOST_SILENT = 100_000;

/** The settings of a stream that a model depends on; they travel inside it. */
export interface StreamSettings {
  name: string;
  /** Name of the log format, or `auto`: found out for each input. */
  format: string;
  /**
   * What a record's service is: `field` = the format's own field, else the file's name; `file` = the file's name;
   * anything else = that name for every record.
   */
  service: string;
  /**
   * How lines form sessions: a pattern (RE2 syntax) whose group 1, else whole match, is the session's key, and the largest gap
   * within a session, ms; `null` = time windows only.
   */
  session: { pattern: string; idle: number } | null;
  /** Length of the time windows in ms. */
  window: number;
  /** Lines that are this many ms late still change their window. */
  lateness: number;
  /** Minutes east of UTC for times that name no zone. */
  utcOffset: number;
  /** Patterns (RE2 syntax) of what must never leave the logs, beside the built-in ones; default none. */
  redact?: readonly string[];
  /** What people say about templates: masks and pins; default nothing. */
  templates?: TemplateSettings;
}

/** What {@linkcode streamSettings} is told; see {@linkcode StreamSettings}. */
export interface StreamSettingsOptions extends Partial<Omit<StreamSettings, "session">> {
  name: string;
  /** The pattern of a session's key; default, and where it is empty: time windows only. */
  session?: string | null;
  /** Largest gap within a session, ms; default 30 minutes. */
  idle?: number;
}

/**
 * Settings of a stream, with defaults: format `auto`, the stream's name as the service of every record, no sessions, time
 * windows of 5 minutes, lines up to an hour late, UTC.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { streamSettings } from "./stream_settings.ts";
 *
 * const settings = streamSettings({ name: "checkout", session: "order=(\\d+)", window: 60_000 });
 * assert.deepEqual(settings.session, { pattern: "order=(\\d+)", idle: 1_800_000 });
 * assert.equal(settings.service, "checkout");
 * ```
 */
export function streamSettings(options: StreamSettingsOptions): StreamSettings {
  const { name, session, idle = 30 * MINUTE } = options;
  return {
    name,
    format: options.format ?? "auto",
    service: options.service ?? name,
    session: session ? { pattern: session, idle } : null,
    window: options.window ?? 5 * MINUTE,
    lateness: options.lateness ?? 60 * MINUTE,
    utcOffset: options.utcOffset ?? 0,
    redact: options.redact ?? [],
    templates: options.templates ?? NO_TEMPLATE_SETTINGS,
  };
}

/** Whether a run reads its inputs once from start to end, or goes on where an earlier one stopped. */
export interface RunKind {
  /** A one-off run keeps each session in one piece and calls nothing late; default false. */
  oneOff?: boolean;
  /** What is noted of windows beside counts; default nothing. */
  collectors?: readonly Collector[];
}

/**
 * What a stream's {@linkcode OpenWindows} are made or restored with.
 *
 * @throws {SyntaxError} if the session pattern is no regular expression.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { streamSettings, windowOptions } from "./stream_settings.ts";
 *
 * const settings = streamSettings({ name: "db", window: 60_000 });
 * assert.equal(windowOptions(settings).lateness, 3_600_000); // ms
 * assert.equal(windowOptions(settings, { oneOff: true }).lateness, Infinity);
 * ```
 */
export function windowOptions(
  settings: StreamSettings,
  { oneOff = false, collectors = [] }: RunKind = {},
): WindowOptions {
  const { session, window, lateness } = settings;
  return {
    session: session === null ? null : SessionPattern.compile(session.pattern),
    size: window,
    idle: session?.idle ?? 30 * MINUTE,
    lateness: oneOff ? Infinity : lateness,
    keepSessions: oneOff,
    sequences: session !== null,
    silenceLimit: Math.min(MOST_SILENT, Math.ceil(SILENCE / window)),
    collectors,
  };
}

/**
 * The windows of a stream, none of them begun.
 *
 * @param services Names behind the service column of the batches that will be added.
 * @throws {SyntaxError} if the session pattern is no regular expression.
 * @throws {RangeError} if a length of time is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../record/log_batch.ts";
 * import { createWindows, streamSettings } from "./stream_settings.ts";
 *
 * const batch = new LogBatch(); // two records, their templates and services filled in
 * batch.length = 2;
 * batch.timestamp.set([1_000, 61_000]);
 * batch.service.fill(batch.services.internText("db"), 0, 2);
 *
 * const windows = createWindows(streamSettings({ name: "db", window: 60_000 }), batch.services);
 * windows.add(batch, 0, 2);
 * const closed = windows.close(60_000); // the watermark, ms: the first minute is over, the second is not
 * assert.deepEqual([closed.length, closed.lines[0], windows.stats.open], [1, 1, 1]);
 * ```
 */
export function createWindows(
  settings: StreamSettings,
  services: Dictionary,
  run: RunKind = {},
): OpenWindows {
  return new OpenWindows(windowOptions(settings, run), services);
}

/** What takes secrets out of texts of a stream. */
export function redactorOf({ redact: patterns = [] }: StreamSettings): (text: string) => string {
  return patterns.length === 0 ? redact : createRedactor(patterns);
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
