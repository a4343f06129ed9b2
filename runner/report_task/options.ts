/**
 * The command line of `deno task report`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { absolute, UsageError } from "../context.ts";
import { lengthOption, timeOption } from "../option_values.ts";

/** What is reported on. */
export type ReportSubject =
  | { kind: "incident"; alert: string }
  /** Times are ms since the epoch. */
  | { kind: "period"; from: number; to: number }
  /** The last so many ms. */
  | { kind: "last"; length: number }
  | { kind: "model"; version: string };

/** What stands on the command line. */
export interface ReportOptions {
  subject: ReportSubject;
  /** Settings file, absolute; `null` = not named. */
  config: string | null;
  /** Folder of the page, absolute; `null` = that of the settings. */
  output: string | null;
  /** Whether the page is mailed. */
  notify: boolean;
  python: string;
  /** Seconds per cell. */
  timeout: number;
}

/**
 * Reads the command line.
 *
 * @throws {UsageError} if it is wrong.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseReportOptions } from "./options.ts";
 *
 * assert.deepEqual(parseReportOptions(["--last", "7d"], "/").subject, { kind: "last", length: 604_800_000 });
 * assert.throws(() => parseReportOptions([], "/"), /expected one of --alert, --from with --to, --last, --model/);
 * ```
 */
export function parseReportOptions(args: readonly string[], cwd: string): ReportOptions {
  const values = parsed([...args]), timeout = Number(values.timeout ?? 600), { python = "python3" } = values;
  if (!(timeout > 0)) {
    throw new UsageError(`Cannot report: --timeout must be seconds, current value is ${values.timeout}`);
  }
  const path = (text: string | undefined) => text === undefined ? null : absolute(cwd, text);
  return {
    subject: subjectOf(values),
    ...{ config: path(values.config), output: path(values.output), notify: values.notify ?? false, timeout },
    python: python.includes("/") ? absolute(cwd, python) : python,
  };
}

type Values = ReturnType<typeof parsed>;

function parsed(args: string[]) {
  const text = { type: "string" } as const;
  const subjects = { alert: text, from: text, to: text, last: text, model: text };
  const rest = {
    config: text,
    output: text,
    python: text,
    timeout: text,
    notify: { type: "boolean" } as const,
  };
  try {
    return parseArgs({ args, options: { ...subjects, ...rest } }).values;
  } catch (cause) {
    throw new UsageError(`Cannot report: ${(cause as Error).message.split(/[.\n]/)[0]}`, { cause });
  }
}

function subjectOf({ alert, from, to, last, model }: Values): ReportSubject {
  const named = [alert, from ?? to, last, model].filter((value) => value !== undefined);
  if (named.length !== 1) {
    throw new UsageError("Cannot report: expected one of --alert, --from with --to, --last, --model");
  }
  if (alert !== undefined) return { kind: "incident", alert };
  if (model !== undefined) return { kind: "model", version: model };
  if (last !== undefined) return { kind: "last", length: lengthOption("--last", last, "7d") };
  if (from === undefined || to === undefined) {
    throw new UsageError("Cannot report: --from and --to belong together");
  }
  const span = { from: timeOption("--from", from), to: timeOption("--to", to) };
  if (span.from < span.to) return { kind: "period", ...span };
  throw new UsageError(`Cannot report: --to must be later than --from, got ${from} and ${to}`);
}
