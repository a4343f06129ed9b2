/**
 * Settings of streams, as a model wants them.
 *
 * @module
 */
import type { StreamSettings } from "../../lib/mod.ts";
import type { StreamConfig } from "../config.ts";
import type { RunOptions } from "../options.ts";

/** What a configured stream is to a model. */
export function streamSettings(stream: StreamConfig, redact: readonly string[]): StreamSettings {
  return {
    name: stream.name,
    format: stream.format,
    service: stream.service ?? stream.name,
    session: stream.session ?? null,
    window: stream.window,
    lateness: stream.allowed_lateness,
    utcOffset: stream.utc_offset,
    redact,
  };
}

/** The stream that `--input` stands for. */
export function inputSettings(options: RunOptions, redact: readonly string[]): StreamSettings {
  return {
    name: options.stream ?? "input",
    format: options.format,
    service: "field",
    session: options.session === null ? null : { pattern: options.session, idle: 30 * 60_000 },
    window: options.window ?? 5 * 60_000,
    lateness: 60 * 60_000,
    utcOffset: 0,
    redact,
  };
}
