/**
 * What is saved of a counted stream so that a later run goes on where this one stopped.
 *
 * @module
 */
import { savedFields } from "../../record/saved_fields.ts";
import type { KnownPart } from "./known_part.ts";
import type { Predecessor } from "./predecessor.ts";

const { arrayOf, fieldsOf, integer, nullOr, number, text } = savedFields("a position of counts");

/** The version of what is saved; another is refused. */
export const COUNTED_POSITION_VERSION = 1;

/** Where a counted stream stands. Plain JSON. */
export interface CountedPosition {
  version: 1;
  /** The job that was read, when it was begun, ms since the epoch, and the length of its parts, ms. */
  job: string;
  begun: number;
  width: number;
  /** What was read of jobs before it. */
  after: Predecessor[];
  /** Greatest time of a record handed out, ms UTC; `null` = none. */
  latest: number | null;
  /** Everything before this time is over, ms UTC; `null` = nothing is. */
  done: number | null;
  /** What is known of the parts behind it. */
  parts: KnownPart[];
}

/**
 * Checks a saved position field by field.
 *
 * @throws {TypeError} when a field is missing or of another type.
 * @throws {RangeError} when it was saved by another version.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readCountedPosition } from "./counted_position.ts";
 *
 * const parts = [{ from: 0, generation: 1, until: null }], job = { job: "a", begun: 7, width: 60_000 };
 * const position = { version: 1, ...job, after: [], latest: 5, done: null, parts };
 * assert.deepEqual(readCountedPosition(JSON.parse(JSON.stringify(position))), position);
 * assert.throws(() => readCountedPosition({ ...position, version: 2 }), RangeError);
 * ```
 */
export function readCountedPosition(saved: unknown): CountedPosition {
  const fields = fieldsOf(saved, "position");
  integer(fields.version, "version", COUNTED_POSITION_VERSION, COUNTED_POSITION_VERSION);
  return {
    version: COUNTED_POSITION_VERSION,
    job: text(fields.job, "job"),
    begun: number(fields.begun, "begun"),
    width: number(fields.width, "width"),
    after: arrayOf(fields.after, "after", readPredecessor),
    latest: nullOr(fields.latest, "latest", number),
    done: nullOr(fields.done, "done", number),
    parts: arrayOf(fields.parts, "parts", readKnownPart),
  };
}

function readPredecessor(value: unknown, path: string): Predecessor {
  const fields = fieldsOf(value, path);
  return {
    job: text(fields.job, `${path}.job`),
    width: number(fields.width, `${path}.width`),
    done: nullOr(fields.done, `${path}.done`, number),
    parts: arrayOf(fields.parts, `${path}.parts`, readKnownPart),
    upTo: nullOr(fields.upTo, `${path}.upTo`, number),
  };
}

function readKnownPart(value: unknown, path: string): KnownPart {
  const { from, generation, until } = fieldsOf(value, path);
  return {
    from: number(from, `${path}.from`),
    generation: integer(generation, `${path}.generation`),
    until: nullOr(until, `${path}.until`, number),
  };
}
