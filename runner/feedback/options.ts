/**
 * The command line of `deepscan feedback`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { UsageError } from "../context.ts";

const OPTIONS = {
  note: { type: "string" },
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
  stream: string | null;
  json: boolean;
}

/** Characters that an id may be shortened to. */
const SHORTEST = 4;

/**
 * Reads the command line.
 *
 * @throws {UsageError} for what can't be said.
 */
export function feedbackOptions(args: string[]): FeedbackOptions {
  const { values, positionals } = parsed(args), [alert = null, said, ...more] = positionals;
  const { note = null, stream = null, json = false, list = false } = values;
  if (alert === null) {
    if (note !== null) {
      throw new UsageError("Cannot keep a note: --note needs an alert and what is said of it");
    }
    return { alert, word: "none", note, stream, json };
  }
  const word = WORDS.find((each) => each === said);
  if (word === undefined || more.length > 0) {
    const got = said === undefined ? "nothing" : [said, ...more].join(" ");
    throw new UsageError(
      `Cannot say that of an alert: expected one of ${WORDS.join(", ")} behind ${alert}, got ${got}`,
    );
  }
  if (list || stream !== null) {
    throw new UsageError("Cannot use --list and --stream with an alert: they are for the list");
  }
  if (word === "none" && note !== null) throw new UsageError("Cannot keep a note where nothing is said");
  if (!/^[0-9a-f]+$/.test(alert) || alert.length < SHORTEST) {
    throw new UsageError(
      `Cannot find an alert by "${alert}": expected its id, or ${SHORTEST} or more characters from its beginning`,
    );
  }
  return { alert, word, note, stream, json };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/[.\n]/)[0]}`);
  }
}
