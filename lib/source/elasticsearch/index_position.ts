/**
 * What is saved about an index so that reading goes on where it stopped.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { SavedPosition } from "../input.ts";
import type { SeenDocument } from "./given_documents.ts";

/** The version of what is saved; another is refused. */
export const INDEX_POSITION_VERSION = 2;

/** A saved position of an index. */
export interface IndexPosition extends SavedPosition {
  source: "elasticsearch";
  version: 2;
  /** Greatest time of a document read, ms since the epoch; `null` = none had one. */
  time: number | null;
  /** Time from which a later reading looks again, ms since the epoch; `null` = from the beginning. */
  from: number | null;
  /** Times and fingerprints of the documents that a later reading meets again, base64 of pairs of 64-bit floats. */
  seen: string;
  /** Fingerprint of a document that was read in part, and how many bytes of its line were; `null` = none was. */
  partial: number | null;
  within: number;
}

const FIELDS: Record<string, (value: unknown) => boolean> = {
  name: (value) => typeof value === "string" && value !== "",
  offset: isCount,
  source: (value) => value === "elasticsearch",
  version: (value) => value === INDEX_POSITION_VERSION,
  time: isTime,
  from: isTime,
  seen: (value) => typeof value === "string" && Buffer.from(value, "base64").length % 16 === 0,
  partial: (value) => value === null || isCount(value),
  within: isCount,
};

function isTime(value: unknown): boolean {
  return value === null || Number.isFinite(value);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/**
 * Checks a saved position field by field.
 *
 * @throws {TypeError} when a field is missing or of another shape.
 * @throws {RangeError} when it was saved by another version.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readIndexPosition } from "./index_position.ts";
 *
 * assert.throws(() => readIndexPosition({ name: "logs", offset: -1, source: "elasticsearch", version: 2 }), TypeError);
 * ```
 */
export function readIndexPosition(saved: SavedPosition): IndexPosition {
  if (saved.version !== INDEX_POSITION_VERSION) {
    throw new RangeError(
      `Cannot read a saved position: version ${saved.version} of "${saved.name}" is not ${INDEX_POSITION_VERSION}`,
    );
  }
  for (const [field, holds] of Object.entries(FIELDS)) {
    if (!holds(saved[field])) {
      throw new TypeError(
        `Cannot read a saved position: ${field} of "${saved.name}" is ${JSON.stringify(saved[field])}`,
      );
    }
  }
  return saved as IndexPosition;
}

/** Documents as text. */
export function packSeen(seen: readonly SeenDocument[]): string {
  const pairs = new Float64Array(2 * seen.length);
  seen.forEach(({ time, fingerprint }, i) => pairs.set([time, fingerprint], 2 * i));
  return Buffer.from(pairs.buffer).toString("base64");
}

/** Documents from their text. */
export function unpackSeen(text: string): SeenDocument[] {
  const pairs = new Float64Array(Uint8Array.from(Buffer.from(text, "base64")).buffer);
  return Array.from(
    { length: pairs.length / 2 },
    (_, i) => ({ time: pairs[2 * i], fingerprint: pairs[2 * i + 1] }),
  );
}
