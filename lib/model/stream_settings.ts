/**
 * How the lines of one kind of log become windows.
 *
 * @module
 */

import { createRedactor, redact } from "../record/redaction.ts";

/** The settings of a stream that a model depends on; they travel inside it. */
export interface StreamSettings {
  name: string;
  /** Name of the log format, or `auto`. */
  format: string;
  /**
   * What a record's service is: `field` = the format's own field, else the file's name; `file` = the file's name;
   * anything else = that name for every record.
   */
  service: string;
  /** How lines form sessions; `null` = time windows only. */
  session: { pattern: string; idle: number } | null;
  /** Length of the time windows in ms. */
  window: number;
  /** Lines that are this many ms late still change their window. */
  lateness: number;
  /** Minutes east of UTC for times that name no zone. */
  utcOffset: number;
  /** Patterns (RE2 syntax) of what must never leave the logs, beside the built-in ones; default none. */
  redact?: readonly string[];
}

/** What takes secrets out of texts of a stream. */
export function redactorOf({ redact: patterns = [] }: StreamSettings): (text: string) => string {
  return patterns.length === 0 ? redact : createRedactor(patterns);
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
