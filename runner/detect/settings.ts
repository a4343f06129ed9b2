/**
 * Settings of streams, as a model wants them.
 *
 * @module
 */
import { formatByName, FORMATS, type StreamSettings, streamSettings } from "../../lib/mod.ts";
import type { Config, StreamConfig } from "../config.ts";
import { UsageError } from "../context.ts";
import type { RunOptions } from "../options.ts";

/** What settings say of all streams. */
type Common = Pick<Config, "redact" | "templates">;

/** What a configured stream is to a model. */
export function configuredSettings(stream: StreamConfig, common: Common): StreamSettings {
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
    redact: common.redact.patterns,
    templates: {
      masks: [...stream.templates.masks, ...common.templates.masks],
      pins: [...stream.templates.pins, ...common.templates.pins],
    },
  });
}

/** The stream that `--input` stands for. */
export function inputSettings(options: RunOptions, { redact, templates }: Common): StreamSettings {
  const { stream, format, session, window } = options;
  return streamSettings({
    ...{ name: stream ?? "input", format: knownFormat(format), service: "field", session },
    ...{ window: window ?? undefined, redact: redact.patterns, templates },
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
