/**
 * The command line of `deno task dashboard`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { absolute, UsageError } from "../context.ts";

/** What stands on the command line. */
export interface DashboardOptions {
  /** Settings file, absolute; `null` = not named. */
  config: string | null;
  /** Address and port instead of those of the settings; `null` = those. */
  listen: string | null;
}

/**
 * Reads the command line.
 *
 * @throws {UsageError} if it is wrong.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { dashboardOptions } from "./options.ts";
 *
 * assert.deepEqual(dashboardOptions(["--listen", "127.0.0.1:9000"], "/"), { config: null, listen: "127.0.0.1:9000" });
 * ```
 */
export function dashboardOptions(args: string[], cwd: string): DashboardOptions {
  try {
    const { values: { config, listen } } = parseArgs({
      args,
      options: { config: { type: "string" }, listen: { type: "string" } },
    });
    return { config: config === undefined ? null : absolute(cwd, config), listen: listen ?? null };
  } catch (cause) {
    throw new UsageError(`Cannot read the command line: ${(cause as Error).message.split(/[.\n]/)[0]}`, {
      cause,
    });
  }
}
