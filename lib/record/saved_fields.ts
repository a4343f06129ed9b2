/**
 * Checks of plain data that an earlier run saved: every field is named, and refused where it is not what was written.
 *
 * @module
 */

/** A check: gives the value back with its type, or throws. `path` names it in the message: `scopes[0].name`. */
export type SavedCheck<T> = (value: unknown, path: string) => T;

/**
 * Checks whose messages say what could not be restored.
 *
 * Each throws a TypeError where a value is missing or of another type, a RangeError where a whole number is out of range.
 *
 * @param subject What is restored, for the message: `Cannot restore <subject>: <path> must be …`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { savedFields } from "./saved_fields.ts";
 *
 * const { arrayOf, fieldsOf, text } = savedFields("a shelf");
 * const read = (saved: unknown) => arrayOf(fieldsOf(saved, "shelf").books, "books", text);
 * assert.deepEqual(read({ books: ["Emma"] }), ["Emma"]);
 * assert.throws(() => read({ books: [7] }), /^TypeError: Cannot restore a shelf: books\[0\] must be a string, current value is 7$/);
 * ```
 */
export function savedFields(subject: string) {
  function refuse(path: string, wanted: string, value: unknown): never {
    const shown = typeof value === "object"
      ? (value === null ? "null" : typeof value)
      : JSON.stringify(value);
    throw new TypeError(`Cannot restore ${subject}: ${path} must be ${wanted}, current value is ${shown}`);
  }

  /** An object's fields, not checked yet. */
  function fieldsOf(value: unknown, path: string): Record<string, unknown> {
    if (typeof value !== "object" || value === null || Array.isArray(value)) refuse(path, "an object", value);
    return value as Record<string, unknown>;
  }

  /** An array whose entries pass `check`. */
  function arrayOf<T>(value: unknown, path: string, check: SavedCheck<T>): T[] {
    if (!Array.isArray(value)) refuse(path, "an array", value);
    return value.map((entry, i) => check(entry, `${path}[${i}]`));
  }

  /** Two entries that pass their checks. */
  function pairOf<A, B>(value: unknown, path: string, first: SavedCheck<A>, second: SavedCheck<B>): [A, B] {
    if (!Array.isArray(value) || value.length !== 2) refuse(path, "an array of two", value);
    return [first(value[0], `${path}[0]`), second(value[1], `${path}[1]`)];
  }

  /** `null`, or what passes `check`. */
  function nullOr<T>(value: unknown, path: string, check: SavedCheck<T>): T | null {
    return value === null ? null : check(value, path);
  }

  /** A string. */
  function text(value: unknown, path: string): string {
    return typeof value === "string" ? value : refuse(path, "a string", value);
  }

  /** A boolean. */
  function flag(value: unknown, path: string): boolean {
    return typeof value === "boolean" ? value : refuse(path, "a boolean", value);
  }

  /** A finite number. */
  function number(value: unknown, path: string): number {
    return typeof value === "number" && Number.isFinite(value) ? value : refuse(path, "a number", value);
  }

  /** A finite number of at least 0. */
  function amount(value: unknown, path: string): number {
    return typeof value === "number" && value >= 0 && value < Infinity
      ? value
      : refuse(path, "a number of at least 0", value);
  }

  /** A whole number from `least` to `most`. */
  function integer(
    value: unknown,
    path: string,
    least = 0,
    most: number = Number.MAX_SAFE_INTEGER,
  ): number {
    if (typeof value !== "number" || !Number.isInteger(value)) refuse(path, "a whole number", value);
    if (value >= least && value <= most) return value;
    throw new RangeError(
      `Cannot restore ${subject}: ${path} must be from ${least} to ${most}, current value is ${value}`,
    );
  }

  return { refuse, fieldsOf, arrayOf, pairOf, nullOr, text, flag, number, amount, integer };
}
