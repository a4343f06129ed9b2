/**
 * The command line of `deepscan findings`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { UsageError } from "../context.ts";

/** What can be done with findings. */
const ACTIONS = ["install", "status", "send"] as const;

/** What stands on the command line. */
export interface FindingsOptions {
  action: typeof ACTIONS[number];
  /** `install`: only show what would be put. */
  dryRun: boolean;
  /** `send`: everything that the state holds, also what was sent. */
  all: boolean;
  json: boolean;
}

/**
 * Reads the command line.
 *
 * @throws {UsageError} for what can't be done.
 */
export function findingsOptions(args: string[]): FindingsOptions {
  const { values, positionals: [said, ...more] } = parsed(args),
    action = ACTIONS.find((each) => each === said);
  const { "dry-run": dryRun = false, all = false, json = false } = values;
  if (action === undefined || more.length > 0) {
    throw new UsageError(
      `Cannot work on findings: expected one of ${ACTIONS.join(", ")}, got "${[said, ...more].join(" ")}"`,
    );
  }
  const refuse = (option: string, of: string) => {
    throw new UsageError(`Cannot use ${option} with ${action}: it is for ${of}`);
  };
  if (dryRun && action !== "install") refuse("--dry-run", "install");
  if (all && action !== "send") refuse("--all", "send");
  if (json && action !== "status") refuse("--json", "status");
  return { action, dryRun, all, json };
}

function parsed(args: string[]) {
  const options = {
    config: { type: "string" },
    "dry-run": { type: "boolean" },
    all: { type: "boolean" },
    json: { type: "boolean" },
  } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/[.\n]/)[0]}`);
  }
}
