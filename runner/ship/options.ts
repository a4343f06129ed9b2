/**
 * The options of `deepscan ship`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { absolute, UsageError } from "../context.ts";

/** What stands on the command line. */
export interface ShipOptions {
  /** Settings file, absolute. */
  config: string | null;
  /** Only this stream. */
  stream: string | null;
  /** Whether it goes on until it is stopped. */
  follow: boolean;
  /** Whether only the index template is put. */
  setup: boolean;
  json: boolean;
}

/**
 * Reads a command line.
 *
 * @throws {UsageError} for an unknown option, or options that don't go together.
 */
export function shipOptions(args: string[], cwd: string): ShipOptions {
  const values = parsed(args),
    { config, stream, once = false, follow = false, setup = false, json = false } = values;
  if (once && follow) throw new UsageError("Cannot ship both --once and --follow");
  if (setup && follow) throw new UsageError("Cannot use --setup and --follow together");
  return {
    ...{ config: config === undefined ? null : absolute(cwd, config), stream: stream ?? null },
    ...{ follow, setup, json },
  };
}

function parsed(args: string[]) {
  const options = {
    config: { type: "string" },
    stream: { type: "string" },
    once: { type: "boolean" },
    follow: { type: "boolean" },
    setup: { type: "boolean" },
    json: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const message = error instanceof Error ? error.message.split(/\.\s|\n/)[0] : String(error);
    throw new UsageError(`Cannot read the command line: ${message}`);
  }
}
