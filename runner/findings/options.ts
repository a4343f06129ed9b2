/**
 * The command line of `deepscan findings`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { absolute, UsageError } from "../context.ts";

/** What can be done with findings. */
const ACTIONS = ["install", "status", "send", "dashboards"] as const;

/** What stands on the command line. */
export interface FindingsOptions {
  action: typeof ACTIONS[number];
  /** `install`: only show what would be put. */
  dryRun: boolean;
  /** `send`: everything that the state holds, also what was sent. */
  all: boolean;
  json: boolean;
  /** `dashboards`: the folder that they are written into, absolute; empty for the others. */
  output: string;
}

/**
 * Reads the command line.
 *
 * @param cwd Where the user stands, absolute.
 * @throws {UsageError} for what can't be done.
 */
export function findingsOptions(args: string[], cwd: string): FindingsOptions {
  const { values, positionals: [said, ...more] } = parsed(args),
    action = ACTIONS.find((each) => each === said);
  const { "dry-run": dryRun = false, all = false, json = false, output } = values;
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
  if (output !== undefined && action !== "dashboards") refuse("--output", "dashboards");
  if (action === "dashboards" && (output === undefined || output === "")) {
    throw new UsageError("Cannot write dashboards: say into which folder: --output DIR");
  }
  return { action, dryRun, all, json, output: output === undefined ? "" : absolute(cwd, output) };
}

function parsed(args: string[]) {
  const options = {
    config: { type: "string" },
    "dry-run": { type: "boolean" },
    all: { type: "boolean" },
    json: { type: "boolean" },
    output: { type: "string" },
  } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/[.\n]/)[0]}`);
  }
}
