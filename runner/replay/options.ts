/**
 * The command line of `replay`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { absolute, UsageError } from "../context.ts";
import { lengthOption, timeOption } from "../option_values.ts";

/** What stands on the command line. */
export interface ReplayOptions {
  /** Settings file, absolute; `null` = the one where the user stands, or the bundled sample's. */
  config: string | null;
  /** The only stream; `null` = all of them. */
  stream: string | null;
  /** Version of the model; `null` = the active one. */
  model: string | null;
  /** The span that is told of, ms since the epoch: from the first moment up to, but not with, the last. */
  from: number;
  to: number;
  /** How often the service looks, ms. */
  step: number;
  /** Files to write, absolute; `null` = none. */
  verdicts: string | null;
  report: string | null;
  json: boolean;
}

/** How often a service looks that nobody says anything else of. */
const STEP = "1m";

/**
 * Reads a command line.
 *
 * @param cwd Where relative paths are meant from.
 * @throws {UsageError} for an unknown option, a value that doesn't fit, or a span that is missing or empty.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { replayOptions } from "./options.ts";
 *
 * const { from, to, step } = replayOptions(["--from", "2026-03-02", "--to", "2026-03-03", "--step", "5m"], "/srv");
 * assert.deepEqual([to - from, step], [86_400_000, 300_000]);
 * assert.throws(() => replayOptions(["--from", "2026-03-02"], "/srv"), /Cannot replay without --to/);
 * ```
 */
export function replayOptions(args: string[], cwd: string): ReplayOptions {
  const { config, stream, model, verdicts, report, step = STEP, json = false, ...span } = parsed(args);
  const path = (text: string | undefined) => text === undefined ? null : absolute(cwd, text);
  const from = edge("--from", span.from), to = edge("--to", span.to);
  if (!(from < to)) {
    throw new UsageError(`Cannot replay from ${span.from} to ${span.to}: the span must end after it begins`);
  }
  return {
    ...{ config: path(config), stream: stream ?? null, model: model ?? null, from, to, json },
    ...{ verdicts: path(verdicts), report: path(report), step: lengthOption("--step", step, STEP) },
  };
}

function edge(option: string, text: string | undefined): number {
  if (text !== undefined) return timeOption(option, text);
  throw new UsageError(`Cannot replay without ${option}: say a time such as ${option} 2026-03-02T10:00:00Z`);
}

function parsed(args: string[]) {
  const options = {
    config: { type: "string" },
    stream: { type: "string" },
    model: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
    step: { type: "string" },
    verdicts: { type: "string" },
    report: { type: "string" },
    json: { type: "boolean" },
  } as const;
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/\.\s|\n/)[0]}`);
  }
}
