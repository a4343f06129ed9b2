/**
 * The options of `deepscan map`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { absolute, UsageError } from "../context.ts";

/** What stands on the command line. */
export interface MapOptions {
  /** Settings file, absolute. */
  config: string | null;
  /** Whether it goes on until it is stopped. */
  follow: boolean;
  json: boolean;
}

/**
 * Reads a command line.
 *
 * @throws {UsageError} for an unknown option.
 */
export function mapOptions(args: string[], cwd: string): MapOptions {
  const options = {
    config: { type: "string" },
    follow: { type: "boolean" },
    json: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    const { config, follow = false, json = false } = parseArgs({ args, options, strict: true }).values;
    return { config: config === undefined ? null : absolute(cwd, config), follow, json };
  } catch (error) {
    const message = error instanceof Error ? error.message.split(/\.\s|\n/)[0] : String(error);
    throw new UsageError(`Cannot read the command line: ${message}`);
  }
}
