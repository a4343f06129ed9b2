/**
 * The command line of `evaluate`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { absolute, UsageError } from "../context.ts";
import { lengthOption } from "../option_values.ts";
import { parseRunOptions, type RunOptions } from "../options.ts";

/** What stands on the command line of `evaluate`. */
export interface EvaluateOptions {
  /** Verdicts against labels; a protocol from logs to figures; or anomalies planted into logs. */
  mode: "verdicts" | "protocol" | "inject";
  /** Files of verdicts, absolute. */
  verdicts: string[];
  /** Labels, absolute; `null` = none. */
  labels: string | null;
  /** ms; `null` = the usual one. */
  tolerance: number | null;
  /** Texts such as `random:10`. */
  protocols: string[];
  /** Logs that train where nothing is divided, absolute; empty = a protocol divides. */
  train: string[];
  unlabelled: boolean;
  /** `null` = the protocol's own number. */
  seeds: number | null;
  /** Sets of detectors that work together; empty = those of the settings. */
  detectors: string[][];
  /** Kinds that are planted; empty = all that fit. */
  kinds: string[];
  /** Anomalies of each kind. */
  count: number;
  /** Part of the log that trains, 0–1. */
  part: number;
  /** Folder that the planted log is written into, absolute. */
  output: string | null;
  json: boolean;
  /** What is said about the logs. */
  run: RunOptions;
}

/** Options that mean here what they mean for `detect` and `train`. */
const SHARED = ["config", "input", "format", "session", "window", "model", "stream", "seed"] as const;

const TEXT = { type: "string" } as const;
const TEXTS = { type: "string", multiple: true } as const;
const FLAG = { type: "boolean" } as const;

const OPTIONS = {
  verdicts: TEXTS,
  labels: TEXT,
  tolerance: TEXT,
  protocol: TEXTS,
  train: TEXTS,
  unlabelled: FLAG,
  seeds: TEXT,
  detectors: TEXTS,
  inject: FLAG,
  kinds: TEXT,
  count: TEXT,
  part: TEXT,
  output: TEXT,
  config: TEXT,
  input: TEXTS,
  format: TEXT,
  session: TEXT,
  window: TEXT,
  model: TEXT,
  stream: TEXT,
  seed: TEXT,
  json: FLAG,
  help: { type: "boolean", short: "h" },
} as const;

/** By mode, what it has no use for. */
const UNUSED: Record<EvaluateOptions["mode"], readonly (keyof typeof OPTIONS)[]> = {
  verdicts: [
    ...[
      "train",
      "unlabelled",
      "seeds",
      "detectors",
      "kinds",
      "count",
      "part",
      "output",
      "input",
      "format",
    ] as const,
    ...["session", "window", "model", "stream", "config"] as const,
  ],
  protocol: ["verdicts", "kinds", "count", "part", "output", "model"],
  inject: ["train", "verdicts", "labels", "tolerance", "unlabelled", "seeds"],
};

/** Anomalies of each kind, where nothing else is said: a share of 1/2 is then known to about ± .2. */
const USUAL_COUNT = 20;
/** Part of the log that trains before anomalies are planted into the rest. */
const USUAL_PART = 0.65;

/**
 * Reads the command line of `evaluate`.
 *
 * @throws {UsageError} for an unknown option, a value that doesn't fit, or options that don't go together.
 */
export function evaluateOptions(args: string[], cwd: string): EvaluateOptions {
  const values = read(args), mode = modeOf(values);
  for (const name of UNUSED[mode]) {
    if (values[name] !== undefined) throw new UsageError(`Cannot use --${name} ${WITH[mode]}`);
  }
  const run = parseRunOptions(sharedArgs(values), cwd, [...SHARED]);
  if (mode !== "verdicts" && run.inputs.length === 0) {
    throw new UsageError("Cannot evaluate: name the logs with --input");
  }
  const path = (text: string | undefined) => text === undefined ? null : absolute(cwd, text);
  return {
    mode,
    ...{ verdicts: (values.verdicts ?? []).map((file) => absolute(cwd, file)), labels: path(values.labels) },
    ...{
      tolerance: values.tolerance === undefined
        ? null
        : lengthOption("--tolerance", values.tolerance, "10m", 0),
      train: (values.train ?? []).map((file) => absolute(cwd, file)),
      protocols: values.protocol ?? [],
    },
    ...{ unlabelled: values.unlabelled ?? false, seeds: countOf(values.seeds, "seeds") },
    detectors: (values.detectors ?? []).map(listOf),
    kinds: listOf(values.kinds ?? ""),
    count: countOf(values.count, "count") ?? USUAL_COUNT,
    part: partOf(values.part),
    ...{ output: path(values.output), json: values.json ?? false, run },
  };
}

/** By mode, how it is called in messages. */
const WITH = {
  verdicts: "with --verdicts: it is for logs (--input)",
  protocol: "with --protocol",
  inject: "with --inject",
};

type Values = ReturnType<typeof read>;

function read(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/\.\s|\n/)[0]}`);
  }
}

function modeOf(values: Values): EvaluateOptions["mode"] {
  if (values.inject) {
    if (values.protocol) throw new UsageError("Cannot use --protocol and --inject together");
    return "inject";
  }
  if (values.protocol !== undefined && values.train !== undefined) {
    throw new UsageError(
      "Cannot use --protocol and --train together: either the log is divided, or it comes in two",
    );
  }
  if (values.protocol !== undefined || values.train !== undefined) {
    if (values.labels === undefined) {
      throw new UsageError(
        `Cannot evaluate: --${values.protocol ? "protocol" : "train"} needs --labels FILE.csv`,
      );
    }
    return "protocol";
  }
  if (values.verdicts === undefined || values.labels === undefined) {
    throw new UsageError(
      "Cannot evaluate: --verdicts FILE.csv and --labels FILE.csv are both needed " +
        "(or --protocol or --train with --input and --labels, or --inject with --input)",
    );
  }
  return "verdicts";
}

function sharedArgs(values: Values): string[] {
  return SHARED.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [value].flat().map((one) => `--${name}=${one}`);
  });
}

function listOf(text: string): string[] {
  return text.split(",").map((part) => part.trim()).filter((part) => part !== "");
}

function countOf(text: string | undefined, name: string): number | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new UsageError(`Cannot read --${name}: expected a whole number above 0, got "${text}"`);
}

function partOf(text: string | undefined): number {
  if (text === undefined) return USUAL_PART;
  const part = Number(text) / 100;
  if (part > 0 && part < 1) return part;
  throw new UsageError(`Cannot read --part: expected percent between 0 and 100, got "${text}"`);
}
