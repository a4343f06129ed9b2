/**
 * The command line of `deepscan feedback`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { absolute, UsageError } from "../context.ts";

const OPTIONS = {
  export: { type: "string" },
  note: { type: "string" },
  always: { type: "boolean" },
  stream: { type: "string" },
  list: { type: "boolean" },
  config: { type: "string" },
  json: { type: "boolean" },
} as const;

/** What can be said; `none` takes it back. */
export const WORDS = ["true", "false", "expected", "none"] as const;

/** What stands on the command line. */
export interface FeedbackOptions {
  /** Id of an alert, or its beginning; `null` = what was said is to be listed. */
  alert: string | null;
  word: typeof WORDS[number];
  note: string | null;
  /** Whether more of the same is never told. */
  always: boolean;
  /** File that what was said is written to as labels, absolute; `null` = none. */
  output: string | null;
  stream: string | null;
  json: boolean;
}

/** Characters that an id may be shortened to. */
const SHORTEST = 4;

/**
 * Reads the command line.
 *
 * @param cwd Where relative paths are meant from.
 * @throws {UsageError} for what can't be said.
 */
export function feedbackOptions(args: string[], cwd: string): FeedbackOptions {
  const { values, positionals } = parsed(args), [alert = null, said, ...more] = positionals;
  const { note = null, stream = null, json = false, list = false, always = false } = values;
  const output = values.export === undefined ? null : absolute(cwd, values.export);
  if (alert === null) {
    if (note !== null) {
      throw new UsageError("Cannot keep a note: --note needs an alert and what is said of it");
    }
    if (always) throw new UsageError("Cannot use --always without an alert that is expected");
    if (output !== null && list) throw new UsageError("Cannot use --list with --export: it writes a file");
    return { alert, word: "none", note, always, output, stream, json };
  }
  const word = WORDS.find((each) => each === said);
  if (word === undefined || more.length > 0) {
    const got = said === undefined ? "nothing" : [said, ...more].join(" ");
    throw new UsageError(
      `Cannot say that of an alert: expected one of ${WORDS.join(", ")} behind ${alert}, got ${got}`,
    );
  }
  if (list || stream !== null || output !== null) {
    throw new UsageError("Cannot use --list, --stream and --export with an alert: they are for the list");
  }
  if (word === "none" && note !== null) throw new UsageError("Cannot keep a note where nothing is said");
  if (!/^[0-9a-f]+$/.test(alert) || alert.length < SHORTEST) {
    throw new UsageError(
      `Cannot find an alert by "${alert}": expected its id, or ${SHORTEST} or more characters from its beginning`,
    );
  }
  if (always && word !== "expected") {
    throw new UsageError(`Cannot use --always with ${word}: only what is expected is never told again`);
  }
  return { alert, word, note, always, output, stream, json };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/[.\n]/)[0]}`);
  }
}
