/**
 * The command line of `deno task watch`.
 *
 * @module
 */
import { type OptionName, parseRunOptions, type RunOptions } from "../options.ts";

/** Options of `watch`. */
export const WATCH_OPTIONS: readonly OptionName[] = ["config", "stream", "seed"];

/** Reads the command line. */
export function watchOptions(args: string[], cwd: string): RunOptions {
  return parseRunOptions(args, cwd, WATCH_OPTIONS);
}
