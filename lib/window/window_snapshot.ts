/**
 * Open windows as one blob of columns, and back.
 *
 * @module
 */
import { ByteReader, ByteWriter } from "./byte_columns.ts";
import type { ServiceWindows } from "./service_windows.ts";
import type { SessionPattern } from "./session_pattern.ts";
import type { SessionWindows } from "./session_windows.ts";
import { refuse, WindowLoader } from "./window_loader.ts";
import { type SavedNames, WindowSaver } from "./window_saver.ts";

const MAGIC = "deepscan open windows";
const VERSION = 2;
/** The version of windows that had neither sequences nor facts. */
const PLAIN_VERSION = 1;

/** The changing parts of `OpenWindows`. */
export interface WindowParts {
  sessions: SessionWindows;
  /** Time windows by service; a service without any has none. */
  services: (ServiceWindows | undefined)[];
  /** Largest time by source. */
  latest: Map<number, number>;
  watermark: number;
  /** Counters by name. */
  stats: { [name: string]: number };
}

/** What the parts refer to, and the settings that what windows hold depends on. */
export interface WindowContext extends SavedNames {
  options: {
    session: SessionPattern | null;
    size: number;
    idle: number;
    lateness: number;
    keepSessions: boolean;
    silenceLimit: number;
  };
}

/**
 * The parts as one compact, versioned blob with a checksum. Vectors and services are written where they are first met.
 *
 * @example Used by `OpenWindows.save`
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { OpenWindows } from "./open_windows.ts";
 *
 * const windows = new OpenWindows({ size: 60_000, idle: 900_000, lateness: 0 }, new Dictionary());
 * assert(windows.save().length < 200);
 * ```
 */
export function saveWindows(parts: WindowParts, context: WindowContext): Uint8Array {
  const writer = new ByteWriter();
  writer.text(MAGIC);
  writer.integer(VERSION);
  for (const [, value] of settingsOf(context)) writer.text(value);
  const stats = Object.entries(parts.stats);
  writer.integer(stats.length);
  for (const [name, count] of stats) {
    writer.text(name);
    writer.integer(count);
  }
  writer.time(parts.watermark);
  writer.integer(parts.latest.size);
  for (const [source, time] of parts.latest) {
    writer.integer(source);
    writer.time(time);
  }
  const saver = new WindowSaver(writer, context);
  saver.sessions(parts.sessions);
  saver.services(parts.services);
  return writer.finish();
}

/**
 * Fills empty parts from a blob.
 *
 * @param open Makes the time windows of a service.
 * @throws {RangeError} if the bytes are damaged, of an unknown version, or were saved with other settings.
 *
 * @example Damage is refused
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { OpenWindows } from "./open_windows.ts";
 *
 * const options = { size: 60_000, idle: 900_000, lateness: 0 };
 * const bytes = new OpenWindows(options, new Dictionary()).save();
 * bytes[30] ^= 1;
 * let message = "";
 * try {
 *   OpenWindows.restore(bytes, options, new Dictionary());
 * } catch (error) {
 *   message = (error as Error).message;
 * }
 * assert(message.startsWith("Cannot restore open windows: checksum"));
 * ```
 */
export function restoreWindows(
  bytes: Uint8Array,
  parts: WindowParts,
  context: WindowContext & { open: (service: number) => ServiceWindows },
): void {
  const reader = new ByteReader(bytes);
  const magic = reader.text(), version = reader.integer();
  if (magic !== MAGIC) refuse("these bytes are something else");
  if (version !== VERSION && version !== PLAIN_VERSION) {
    refuse(`version ${version} is not known, only ${PLAIN_VERSION} and ${VERSION} are`);
  }
  for (const [name, value] of settingsOf(context)) {
    const saved = reader.text();
    if (saved !== value) refuse(`they were saved with ${name} ${saved}, current value is ${value}`);
  }
  for (let i = reader.integer(); i > 0; i--) parts.stats[reader.text()] = reader.integer();
  parts.watermark = reader.time();
  for (let i = reader.integer(); i > 0; i--) parts.latest.set(reader.integer(), reader.time());
  const loader = new WindowLoader(reader, context, version === PLAIN_VERSION);
  loader.sessions(parts.sessions, parts.watermark);
  loader.services(context.open);
  if (!reader.atEnd) refuse("there is more in them than expected");
}

/** The settings that what windows hold depends on, as text. */
function settingsOf({ options }: WindowContext): [string, string][] {
  const { session, size, idle, lateness, keepSessions, silenceLimit } = options;
  return [
    ["session", session === null ? "none" : `/${session.source}/`],
    ...Object.entries({ size, idle, lateness, keepSessions, silenceLimit }).map((
      [name, value],
    ): [string, string] => [name, String(value)]),
  ];
}
