/**
 * The command line of `deepscan parse`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { absolute, UsageError } from "../context.ts";
import { inputPath } from "../options.ts";

/** How results are written. */
export type ParseOutput = "table" | "csv" | "json";

/** What stands on the command line of `deepscan parse`. */
export interface ParseOptions {
  /** Input patterns, absolute, or `-`. */
  inputs: string[];
  format: string;
  /** Templates that are shown; `null` = the table's own limit, or all. */
  templates: number | null;
  as: ParseOutput;
  /** Where results go, absolute; `null` = standard output. */
  output: string | null;
  /** Settings that say where a cluster is, absolute; `null` = those where the user stands. */
  config: string | null;
}

/**
 * Reads the command line of `deepscan parse`.
 *
 * @throws {UsageError} for an unknown option, a value that doesn't fit, or no input.
 */
export function parseOptions(args: string[], cwd: string): ParseOptions {
  const { values, positionals } = read(args);
  if (positionals.length === 0 || positionals.includes("")) {
    throw new UsageError("Cannot parse: name the logs to look at, or - for standard input");
  }
  if (values.json && values.csv) throw new UsageError("Cannot use --json and --csv together");
  const output = values.output === undefined ? null : absolute(cwd, values.output);
  return {
    inputs: positionals.map((path) => inputPath(cwd, path)),
    format: values.format ?? "auto",
    templates: countOf(values.templates),
    config: values.config === undefined ? null : absolute(cwd, values.config),
    as: values.json ? "json" : values.csv ? "csv" : outputOf(output),
    output,
  };
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      strict: true,
      allowPositionals: true,
      options: {
        format: { type: "string" },
        templates: { type: "string" },
        output: { type: "string" },
        config: { type: "string" },
        json: { type: "boolean" },
        csv: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/\.\s|\n/)[0]}`);
  }
}

function countOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`Cannot read --templates: expected a whole number, got "${text}"`);
}

/** A file says by its ending what is wanted in it. */
function outputOf(output: string | null): ParseOutput {
  if (output === null) return "table";
  return output.endsWith(".json") ? "json" : output.endsWith(".csv") ? "csv" : "table";
}
