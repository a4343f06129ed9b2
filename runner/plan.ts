/**
 * Which settings a run goes by: a settings file, the bundled sample's, or the defaults for inputs on the command line.
 *
 * @module
 */
import { type Config, defaultConfig, loadConfig, type StreamConfig } from "./config.ts";
import { UsageError } from "./context.ts";
import type { RunOptions } from "./options.ts";
import type { StreamSettings } from "../lib/model/stream_settings.ts";

/** What a run goes by. */
export interface Plan {
  /** `input`: a one-off run over `--input`; `settings`: a settings file; `sample`: the bundled sample. */
  kind: "input" | "settings" | "sample";
  config: Config;
  /** The settings file; `null` = the defaults. */
  path: string | null;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}

/** The settings file of a run: the named one, else `deepscan.yaml` where the user stands; `null` = there is none. */
export function settingsPath(config: string | null, cwd: string): string | null {
  if (config !== null) return config;
  return isFile(`${cwd}/deepscan.yaml`) ? `${cwd}/deepscan.yaml` : null;
}

/**
 * What the command line and the settings come to.
 *
 * @throws {ConfigError} if the settings are wrong.
 * @throws {UsageError} if the settings name no streams and nothing else says what to read.
 */
export async function planOf(options: RunOptions, root: string, cwd: string): Promise<Plan> {
  const path = settingsPath(options.config, cwd);
  if (options.inputs.length > 0) {
    return { kind: "input", config: path ? await loadConfig(path) : defaultConfig(root), path };
  }
  if (path === null) {
    const sample = `${root}/data/deepscan.yaml`;
    const config = await loadConfig(sample);
    return { kind: "sample", config: withDirectories(config, defaultConfig(root)), path: sample };
  }
  const config = await loadConfig(path);
  if (config.streams.length === 0) {
    throw new UsageError(`Cannot run: ${path} names no streams; add some, or name files with --input`);
  }
  return { kind: "settings", config, path };
}

/** The sample's models, state and reports lie where everybody's lie by default. */
function withDirectories(config: Config, from: Config): Config {
  return { ...config, model: { ...config.model, directory: from.model.directory }, state: from.state, reports: from.reports };
}

/** What a configured stream is to a model. */
export function streamSettings(stream: StreamConfig): StreamSettings {
  return {
    name: stream.name,
    format: stream.format,
    service: stream.service ?? stream.name,
    session: stream.session ?? null,
    window: stream.window,
    lateness: stream.allowed_lateness,
    utcOffset: stream.utc_offset,
  };
}

/** The stream that `--input` stands for. */
export function inputSettings(options: RunOptions): StreamSettings {
  return {
    name: options.stream ?? "input",
    format: options.format,
    service: "field",
    session: options.session === null ? null : { pattern: options.session, idle: 30 * 60_000 },
    window: options.window ?? 5 * 60_000,
    lateness: 60 * 60_000,
    utcOffset: 0,
  };
}
