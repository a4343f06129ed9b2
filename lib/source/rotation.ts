/**
 * What a file's name says about rotation: which log it belongs to, and which of two files holds the older lines.
 *
 * @module
 */

/** A path taken apart. */
export interface RotatedName {
  path: string;
  /** Path without rotation, date and compression suffix: equal for all files of one log. */
  log: string;
  folder: string;
  /** Date and time in the name, digits only (`20260131`); empty where there is none. */
  date: string;
  /** Number in the name; −1 where there is none. `.old` and `.bak` count as 1. */
  index: number;
  /** Whether the name ends in `.gz`. */
  packed: boolean;
}

const DAY = "(?:19|20)\\d\\d[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?(?:0[1-9]|[12]\\d|3[01]))?";
const TIME = "(?:[-_.T]?\\d\\d(?:[-:_.h]?\\d\\d){0,2})?";
const DATE_AT_END = new RegExp(`^(.+?)[-_.](${DAY}${TIME}|1\\d{9})$`);
const DATE_INSIDE = new RegExp(`^(.+?)[-_.](${DAY}${TIME})(?:[-_.](\\d{1,5}))?(\\.[A-Za-z]\\w*)$`);
const INDEX = /^(.+)\.(\d{1,5}|old|bak)$/;

/**
 * Takes a file's path apart.
 *
 * Known: `.1`, `.2.gz`, `.old`, `.bak`, `-20260131`, `.2026-01-31`, `-20260131-13`, `-1767225600`, and dates before the
 * extension with or without a number (`app-2026-01-31.0.log`). A number before the extension alone (`worker-2.log`)
 * belongs to the log's name.
 *
 * @param path Path of a file; folders are separated by `/`.
 *
 * @example
 * ```ts
 * import { readRotatedName } from "./rotation.ts";
 * import assert from "node:assert/strict";
 *
 * const { log, index, packed } = readRotatedName("logs/app.log.2.gz");
 * assert.deepEqual([log, index, packed], ["logs/app.log", 2, true]);
 * ```
 */
export function readRotatedName(path: string): RotatedName {
  const slash = path.lastIndexOf("/") + 1;
  const folder = path.slice(0, slash);
  const packed = path.endsWith(".gz") && path.length > slash + 3;
  let base = packed ? path.slice(slash, -3) : path.slice(slash);
  let date = "";
  let index = -1;
  const numbered = INDEX.exec(base);
  if (numbered && !DATE_AT_END.test(base)) {
    base = numbered[1];
    index = /\d/.test(numbered[2]) ? Number(numbered[2]) : 1;
  }
  const atEnd = DATE_AT_END.exec(base);
  const inside = atEnd ? null : DATE_INSIDE.exec(base);
  if (atEnd) [, base, date] = atEnd;
  else if (inside) {
    base = inside[1] + inside[4];
    date = inside[2];
    if (inside[3] !== undefined && index < 0) index = Number(inside[3]);
  }
  return { path, folder, log: folder + base, date: date.replace(/\D/g, ""), index, packed };
}

/**
 * A file's name without folder, rotation, date and compression suffix: the service's name where nothing else names it.
 *
 * @example
 * ```ts
 * import { logName } from "./rotation.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(logName("/var/log/nginx/access.log-20260131.gz"), "access.log");
 * ```
 */
export function logName(path: string): string {
  const { log, folder } = readRotatedName(path);
  return log.slice(folder.length);
}

/**
 * Whether a name carries neither date nor number: the file that is being written.
 *
 * @example
 * ```ts
 * import { isCurrent, readRotatedName } from "./rotation.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(["app.log", "app.log.1"].map(readRotatedName).map(isCurrent), [true, false]);
 * ```
 */
export function isCurrent(name: RotatedName): boolean {
  return name.date === "" && name.index < 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Order in which the files of a log were written: older before newer, the current one last; different logs by path.
 *
 * Dates rise; numbers fall where there is no date (`.2` is older than `.1`) and rise within one date (`2026-01-31.0`, `.1`).
 * A plain file comes before its compressed copy.
 *
 * @example
 * ```ts
 * import { compareRotated, readRotatedName } from "./rotation.ts";
 * import assert from "node:assert/strict";
 *
 * const names = ["app.log", "app.log.1", "app.log.2.gz"].map(readRotatedName);
 * assert.deepEqual(names.sort(compareRotated).map((n) => n.path), ["app.log.2.gz", "app.log.1", "app.log"]);
 * ```
 */
export function compareRotated(a: RotatedName, b: RotatedName): number {
  const byLog = compareText(a.log, b.log);
  if (byLog !== 0) return byLog;
  if (isCurrent(a) !== isCurrent(b)) return isCurrent(a) ? 1 : -1;
  if (a.date !== b.date) {
    if (a.date === "" || b.date === "") return a.date === "" ? 1 : -1;
    return compareText(a.date, b.date);
  }
  if (a.index !== b.index) return a.date === "" ? b.index - a.index : a.index - b.index;
  return a.packed !== b.packed ? (a.packed ? 1 : -1) : compareText(a.path, b.path);
}

/**
 * Whether rotation can turn a file named `from` into one named `to`, or copy it there, within one folder.
 *
 * A current file can get any date or number; a dated one keeps its date; a number only grows; nothing is unpacked.
 *
 * @example
 * ```ts
 * import { canBecome, readRotatedName } from "./rotation.ts";
 * import assert from "node:assert/strict";
 *
 * const [now, first, second] = ["app.log", "app.log.1", "app.log.2.gz"].map(readRotatedName);
 * assert.deepEqual([canBecome(now, second), canBecome(second, first), canBecome(first, now)], [true, false, false]);
 * ```
 */
export function canBecome(from: RotatedName, to: RotatedName): boolean {
  if (from.path === to.path) return true;
  if (from.log !== to.log || (from.packed && !to.packed)) return false;
  if (isCurrent(from)) return true;
  if (isCurrent(to)) return false;
  if (from.date !== "") return from.date === to.date && (from.index < 0 || from.index === to.index);
  return to.date !== "" || to.index >= from.index;
}
