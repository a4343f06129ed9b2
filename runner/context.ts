/**
 * What a command gets of the world around it.
 *
 * @module
 */

import type { Config } from "./config.ts";
import type { LogEntry } from "./log/log_entry.ts";
import type { Tracing } from "./health/tracing.ts";

/** What a run goes by. Plain data. */
export interface Plan {
  /** `input`: a one-off run over `--input`; `settings`: a settings file; `sample`: the bundled sample. */
  kind: "input" | "settings" | "sample";
  config: Config;
  /** The settings file; `null` = the defaults. */
  path: string | null;
}

/** A wrong command line: printed with a hint to `--help`, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The world as a command sees it; tests hand in their own. */
export interface Context {
  /** The project's folder, absolute, without a trailing slash. */
  readonly root: string;
  /** Where the user stands: relative paths on the command line are meant from there. */
  readonly cwd: string;
  /** What the launcher found out about settings; `null` for a command that needs none. */
  readonly plan: Plan | null;
  /** Whether progress and colours make sense on stderr. */
  readonly isTerminal: boolean;
  /** Columns of the terminal that results go to; absent where they go elsewhere. */
  readonly columns?: number;
  /** Results. */
  stdout(text: string): void;
  /** Everything else: progress, remarks, errors. */
  stderr(text: string): void;
  /** The same as an object a line, where the settings want that: for what has fields; absent = as text. */
  log?(entry: LogEntry): void;
  /** Where somebody traces. */
  readonly tracing?: Tracing;
  /** Milliseconds since the epoch. */
  now(): number;
  /** A variable of the environment that this run may read. */
  env(name: string): string | undefined;
}

/** A command: one file, one of these. */
export interface Command {
  /** What `--help` prints. */
  readonly help: string;
  /** Does the work; returns the exit code. */
  run(args: string[], context: Context): Promise<number>;
}

/** The plan of a command that can't run without one. */
export function requirePlan(context: Context): Plan {
  if (context.plan !== null) return context.plan;
  throw new Error("Cannot run: the launcher has handed over no settings");
}

/** `path` as seen from `folder`, absolute, with `.` and `..` resolved. */
export function absolute(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${folder}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return "/" + parts.join("/");
}
