/**
 * What is saved about a file so that it is found again and read on.
 *
 * @module
 */
import type { GunzipState } from "./gunzip.ts";
import type { SavedPosition } from "./input.ts";
import { parseMarks } from "./fingerprint.ts";

/** The version of what is saved; another is refused. */
export const FILE_POSITION_VERSION = 1;

/** A saved position of a file. */
export interface FilePosition extends SavedPosition {
  source: "file";
  version: 1;
  /** Device and inode number; `null` where the platform has none. */
  device: number | null;
  inode: number | null;
  /** When the file was created, ms since the epoch: tells a reused inode number. `null` where it isn't known. */
  born: number | null;
  /** Bytes on disk when the file was found. */
  size: number;
  /** Marks up to the offset, as `formatMarks` writes them. */
  marks: string;
  /** Of a gzip file: size and hashes of the compressed file's two ends, `null` otherwise. */
  packed: string | null;
  /** Of a gzip file read to where it stops: how it stops. `open` otherwise. */
  ended: GunzipState;
  /** The name of the file that this one is a copy of, whose reading the offset then tells; `null` for any other. */
  copy: string | null;
}

/** Where in a file to go on. */
export type FileStart = Pick<FilePosition, "offset" | "marks" | "ended" | "copy">;

const isText = (value: unknown) => typeof value === "string";
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isCountOrNull = (value: unknown) => value === null || isCount(value);

const FIELDS: Record<string, (value: unknown) => boolean> = {
  name: (value) => isText(value) && value !== "",
  offset: isCount,
  source: (value) => value === "file",
  version: (value) => value === FILE_POSITION_VERSION,
  device: isCountOrNull,
  inode: isCountOrNull,
  born: (value) => value === null || Number.isFinite(value),
  size: isCount,
  marks: isText,
  packed: (value) =>
    value === null || (isText(value) && /^\d+:[0-9a-f]{16}:[0-9a-f]{16}$/.test(value as string)),
  ended: (value) => ["open", "end", "cut", "damaged"].includes(value as string),
  copy: (value) => value === null || isText(value),
};

/**
 * Checks a saved position field by field.
 *
 * @param saved What an input of a file gave out, perhaps through JSON.
 * @throws {TypeError} when a field is missing, unknown or of another shape.
 * @throws {RangeError} when it was saved by another version, or its marks don't end at its offset.
 * @throws {SyntaxError} when its marks can't be read.
 *
 * @example
 * ```ts
 * import { readFilePosition } from "./file_position.ts";
 * import assert from "node:assert/strict";
 *
 * assert.throws(() => readFilePosition({ name: "app.log", offset: -1, source: "file", version: 1 }), TypeError);
 * ```
 */
export function readFilePosition(saved: SavedPosition): FilePosition {
  if (saved.version !== FILE_POSITION_VERSION) {
    throw new RangeError(
      `Cannot read a saved position: version ${saved.version} of "${saved.name}" is not ${FILE_POSITION_VERSION}`,
    );
  }
  for (const [field, holds] of Object.entries(FIELDS)) {
    if (!holds(saved[field])) {
      throw new TypeError(
        `Cannot read a saved position: ${field} of "${saved.name}" is ${
          JSON.stringify(saved[field]) ?? "missing"
        }`,
      );
    }
  }
  const unknown = Object.keys(saved).find((field) => !Object.hasOwn(FIELDS, field));
  if (unknown) {
    throw new TypeError(`Cannot read a saved position: "${saved.name}" has an unknown field "${unknown}"`);
  }
  const position = saved as FilePosition;
  const end = parseMarks(position.marks).at(-1)?.end ?? 0;
  if (end !== position.offset) {
    throw new RangeError(
      `Cannot read a saved position: marks of "${saved.name}" end at ${end}, not at its offset ${position.offset}`,
    );
  }
  return position;
}
