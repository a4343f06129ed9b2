/**
 * Which settings a run goes by: a settings file, the bundled sample's, or the defaults for inputs on the command line.
 *
 * The launcher finds out and hands the result to the worker, which so needs neither a YAML parser nor the schema.
 *
 * @module
 */
import { type Config, defaultConfig, loadConfig } from "./config.ts";
import { type Plan, UsageError } from "./context.ts";
import type { RunOptions } from "./options.ts";
import { isFile } from "./is_file.ts";

/** The settings file of a run: the named one, else `deepscan.yaml` where the user stands; `null` = there is none. */
function settingsPath(config: string | null, cwd: string): string | null {
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
    return { kind: "sample", config: apart(config, root), path: sample };
  }
  const config = await loadConfig(path);
  if (config.streams.length === 0) {
    throw new UsageError(`Cannot run: ${path} names no streams; add some, or name files with --input`);
  }
  return { kind: "settings", config, path };
}

/** The sample's models and state lie apart, so that they never meet a user's logs. */
function apart(config: Config, root: string): Config {
  return {
    ...config,
    model: { ...config.model, directory: `${root}/data/models/sample` },
    state: { ...config.state, directory: `${root}/data/state/sample` },
    reports: { directory: `${root}/data/reports` },
  };
}
