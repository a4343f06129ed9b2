/**
 * How the lines of one kind of log become windows.
 *
 * @module
 */

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
}

const ROTATION = /(?:\.(?:gz|\d{1,4})|[._-]\d{4}-?\d{2}-?\d{2}(?:[-_T.]?\d{2,6})?)$/;

/**
 * The name of a log without what rotation adds to it: `.gz`, `.1`, `-20260302`, `.2016-12-19-17`.
 *
 * @example
 * ```ts
 * import { logicalName } from "./stream_settings.ts";
 *
 * console.assert(logicalName("/var/log/app.log.2.gz") === "/var/log/app.log");
 * console.assert(logicalName("server.log.2016-12-19-17") === "server.log");
 * console.assert(logicalName("app-20260302.gz") === "app");
 * ```
 */
export function logicalName(path: string): string {
  let name = path, shorter = name.replace(ROTATION, "");
  while (shorter !== name && !shorter.endsWith("/") && shorter !== "") {
    name = shorter;
    shorter = name.replace(ROTATION, "");
  }
  return name;
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
