/**
 * Settings of streams, as a model wants them.
 *
 * @module
 */
import { formatByName, FORMATS, type StreamSettings, streamSettings } from "../../lib/mod.ts";
import type { StreamConfig } from "../config.ts";
import { UsageError } from "../context.ts";
import type { RunOptions } from "../options.ts";

/** What a configured stream is to a model. */
export function configuredSettings(stream: StreamConfig, redact: readonly string[]): StreamSettings {
  const { name, format, service, session, window, allowed_lateness: lateness, utc_offset: utcOffset } =
    stream;
  const { pattern, idle } = session ?? {};
  return streamSettings({
    name,
    format,
    service,
    session: pattern,
    idle,
    window,
    lateness,
    utcOffset,
    redact,
  });
}

/** The stream that `--input` stands for. */
export function inputSettings(options: RunOptions, redact: readonly string[]): StreamSettings {
  const { stream, format, session, window } = options;
  return streamSettings({
    ...{ name: stream ?? "input", format: knownFormat(format), service: "field", session, redact },
    window: window ?? undefined,
  });
}

/**
 * The name of a format, or `auto`.
 *
 * @throws {UsageError} if there is no such format.
 */
export function knownFormat(name: string): string {
  if (name === "auto") return name;
  try {
    return formatByName(name).name;
  } catch (cause) {
    const names = ["auto", ...FORMATS.map((format) => format.name)];
    throw new UsageError(`Cannot read format "${name}": known are ${names.join(", ")}`, { cause });
  }
}
