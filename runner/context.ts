/**
 * What a command gets of the world around it.
 *
 * @module
 */

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
  /** Whether progress and colours make sense on stderr. */
  readonly isTerminal: boolean;
  /** Results. */
  stdout(text: string): void;
  /** Everything else: progress, remarks, errors. */
  stderr(text: string): void;
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

/** `path` as seen from `folder`, absolute, with `.` and `..` resolved. */
export function absolute(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${folder}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return "/" + parts.join("/");
}
