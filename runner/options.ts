/**
 * The options of the commands that read logs.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { absolute, UsageError } from "./context.ts";
import { isIndex } from "./elasticsearch/cluster.ts";
import { parseTimeSpan, type WrittenSpan } from "./config/time_span.ts";
import { lengthOption, timeOption } from "./option_values.ts";

/** What stands on the command line of `detect`, `train` and `templates`. */
export interface RunOptions {
  /** Settings file, absolute. */
  config: string | null;
  /** Input patterns, absolute, or `-`. Empty = the settings name the inputs. */
  inputs: string[];
  format: string;
  session: string | null;
  /** ms; `null` = not given. */
  window: number | null;
  /** Folder of the model registry, absolute; `null` = the settings' one. */
  model: string | null;
  /** Stream of the model or settings to use. */
  stream: string | null;
  verdicts: string | null;
  output: string | null;
  report: string | null;
  /** ms since the epoch, UTC; only records from then on. */
  from: number | null;
  /** ms since the epoch, UTC; only records before then. */
  to: number | null;
  /** Spans of time that are not to be learned from. */
  exclude: WrittenSpan[];
  /** File of labels: what is anomalous by them is not to be learned from; absolute. */
  labels: string | null;
  seed: number | null;
  notify: boolean;
  dryRun: boolean;
  exitCode: boolean;
  /** Whether a new model is tried beside the active one. */
  shadow: boolean;
  /** Whether to train only where it is time to. */
  ifNeeded: boolean;
  json: boolean;
  /** What was really on the command line. */
  given: readonly OptionName[];
}

const OPTIONS = {
  config: { type: "string" },
  input: { type: "string", multiple: true },
  format: { type: "string" },
  session: { type: "string" },
  window: { type: "string" },
  model: { type: "string" },
  stream: { type: "string" },
  verdicts: { type: "string" },
  output: { type: "string" },
  report: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  exclude: { type: "string", multiple: true },
  labels: { type: "string" },
  seed: { type: "string" },
  notify: { type: "boolean" },
  "dry-run": { type: "boolean" },
  "exit-code": { type: "boolean" },
  shadow: { type: "boolean" },
  "if-needed": { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** An option's name as it stands on the command line, without the dashes. */
export type OptionName = keyof typeof OPTIONS;

/** Options of `detect`. */
export const DETECT_OPTIONS: readonly OptionName[] = [
  ...["config", "input", "format", "session", "window", "model", "stream", "verdicts", "report"] as const,
  ...["from", "to", "seed", "notify", "dry-run", "exit-code", "json"] as const,
];

/** Options of `train`. */
export const TRAIN_OPTIONS: readonly OptionName[] = [
  ...[
    "config",
    "input",
    "format",
    "session",
    "window",
    "model",
    "stream",
    "from",
    "to",
    "exclude",
    "labels",
    "seed",
    "shadow",
    "if-needed",
    "json",
  ] as const,
];

/** Options of `templates`. */
export const TEMPLATES_OPTIONS: readonly OptionName[] = ["config", "input", "format", "output"];

function raw(args: string[], allowed: readonly OptionName[]) {
  const options = Object.fromEntries(
    Object.entries(OPTIONS).filter(([name]) => name === "help" || allowed.includes(name as OptionName)),
  ) as typeof OPTIONS;
  try {
    return parseArgs({ args: joinDash(args), options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const message = error instanceof Error ? error.message.split(/\.\s|\n/)[0] : String(error);
    throw new UsageError(`Cannot read the command line: ${message}`);
  }
}

/** `--input -` as `--input=-`, which the parser takes for a value. */
function joinDash(args: string[]): string[] {
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const takes = args[i] === "--input" && args[i + 1] === "-";
    joined.push(takes ? "--input=-" : args[i]);
    if (takes) i++;
  }
  return joined;
}

function span(text: string): WrittenSpan {
  try {
    return parseTimeSpan(text);
  } catch (cause) {
    const reason = (cause as Error).message.replace(/^Cannot read [^:]*: /, "");
    throw new UsageError(`Cannot read --exclude: ${reason}`, { cause });
  }
}

function seed(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,9}$/.test(text)) {
    throw new UsageError(`Cannot read --seed: expected a whole number, got "${text}"`);
  }
  return Number(text);
}

/** An input as it is opened: a pattern of files absolute, `-` and indices as they are. */
export function inputPath(cwd: string, input: string): string {
  return input === "-" || isIndex(input) ? input : absolute(cwd, input);
}

/**
 * Reads a command line.
 *
 * @param cwd Where relative paths are meant from.
 * @param allowed The options that the command takes.
 * @throws {UsageError} for an unknown option or a value that doesn't fit.
 */
export function parseRunOptions(args: string[], cwd: string, allowed: readonly OptionName[]): RunOptions {
  const values = raw(args, allowed);
  const path = (text: string | undefined) => text === undefined ? null : absolute(cwd, text);
  if (values.session !== undefined && values.window !== undefined) {
    throw new UsageError("Cannot use --session and --window together: lines form sessions or time windows");
  }
  return {
    config: path(values.config),
    inputs: (values.input ?? []).map((input) => inputPath(cwd, input)),
    format: values.format ?? "auto",
    session: values.session ?? null,
    window: values.window === undefined ? null : lengthOption("--window", values.window, "5m"),
    model: path(values.model),
    stream: values.stream ?? null,
    verdicts: path(values.verdicts),
    output: path(values.output),
    report: path(values.report),
    from: values.from === undefined ? null : timeOption("--from", values.from),
    to: values.to === undefined ? null : timeOption("--to", values.to),
    exclude: (values.exclude ?? []).map(span),
    labels: path(values.labels),
    seed: seed(values.seed),
    notify: values.notify ?? false,
    dryRun: values["dry-run"] ?? false,
    exitCode: values["exit-code"] ?? false,
    shadow: values.shadow ?? false,
    ifNeeded: values["if-needed"] ?? false,
    json: values.json ?? false,
    given: Object.keys(values) as OptionName[],
  };
}
