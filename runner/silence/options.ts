/**
 * The command lines of `deepscan silence` and `deepscan deploy`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { type AlertKind, type Matcher } from "../alert/matcher.ts";
import type { Severity } from "../alert/severity.ts";
import { ALERT_KINDS, SEVERITIES } from "../config/alert_names.ts";
import { UsageError } from "../context.ts";
import { lengthOption, timeOption } from "../option_values.ts";

const COMMON = {
  for: { type: "string" },
  note: { type: "string" },
  by: { type: "string" },
  config: { type: "string" },
  json: { type: "boolean" },
  stream: { type: "string" },
  service: { type: "string" },
} as const;

const SILENCE = {
  ...COMMON,
  until: { type: "string" },
  alert: { type: "string" },
  incident: { type: "string" },
  template: { type: "string" },
  kind: { type: "string" },
  severity: { type: "string" },
} as const;

const DEPLOY = { ...COMMON, at: { type: "string" } } as const;

/** What `deepscan silence` is asked for. */
export type SilenceOptions =
  | { action: "list"; json: boolean }
  | { action: "end"; id: string; json: boolean }
  | { action: "add"; matcher: Matcher; end: SilenceEnd; note: string; by: string | null; json: boolean };

/** Until when: a length of time from now, or a moment, ms. */
export type SilenceEnd = { length: number } | { until: number };

/** What `deepscan deploy` is asked for. */
export interface DeployOptions {
  matcher: Matcher;
  /** How long new messages are no news, ms. */
  length: number;
  /** When it was; `null` = now. */
  at: number | null;
  note: string;
  by: string | null;
  json: boolean;
}

/** How long new messages of a deployment are no news, ms. */
const WHILE = 30 * 60_000;

/**
 * Reads the command line of `deepscan silence`.
 *
 * @throws {UsageError} for what makes no sense.
 */
export function silenceOptions(args: string[]): SilenceOptions {
  const { values, positionals: [action = "list", ...more] } = parsed(() =>
    parseArgs({ args, options: SILENCE, allowPositionals: true })
  );
  const { json = false, config: _config, for: length, until, note = "", by = null, ...about } = values;
  const isBare = Object.keys(about).length === 0 && length === undefined && until === undefined;
  if (action === "list" && more.length === 0 && isBare) return { action, json };
  if (action === "end" && more.length === 1 && isBare) return { action, id: more[0], json };
  if (action !== "add" || more.length > 0) {
    throw new UsageError("Cannot silence: expected `list`, `end ID`, or `add` and what is to be silenced");
  }
  if (Object.keys(about).length === 0) {
    throw new UsageError(
      "Cannot silence everything: expected at least one of --alert, --incident, --stream, --service, --template, --kind, --severity",
    );
  }
  if ((length === undefined) === (until === undefined)) {
    throw new UsageError("Cannot silence: expected either --for, such as --for 2h, or --until and a time");
  }
  const end = length === undefined
    ? { until: timeOption("--until", until!) }
    : { length: lengthOption("--for", length, "2h") };
  return { action, matcher: matcherOf(about), end, note, by, json };
}

/**
 * Reads the command line of `deepscan deploy`.
 *
 * @throws {UsageError} for what makes no sense.
 */
export function deployOptions(args: string[]): DeployOptions {
  const { values } = parsed(() => parseArgs({ args, options: DEPLOY }));
  const { json = false, for: length, at, note = "", by = null, stream, service } = values;
  if (service === undefined) throw new UsageError("Cannot note a deployment: expected --service NAME");
  return {
    ...{ matcher: { ...stream !== undefined && { stream }, service }, note, by, json },
    length: length === undefined ? WHILE : lengthOption("--for", length, "2h"),
    at: at === undefined ? null : timeOption("--at", at),
  };
}

function matcherOf({ kind, severity, ...names }: Record<string, string | undefined>): Matcher {
  return {
    ...names,
    ...kind !== undefined && { kind: oneOf("--kind", kind, ALERT_KINDS) as AlertKind },
    ...severity !== undefined && { severity: oneOf("--severity", severity, SEVERITIES) as Severity },
  };
}

function oneOf(option: string, value: string, names: readonly string[]): string {
  if (names.includes(value)) return value;
  throw new UsageError(`Cannot read ${option}: expected one of ${names.join(", ")}, got "${value}"`);
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/[.\n]/)[0]}`);
  }
}
