/**
 * Reading saved detectors: every field is named and checked, and what isn't known is refused.
 *
 * @module
 */
import type { DetectorSnapshot } from "./detector.ts";

/** Whether a value read back is of the type that was saved. */
export type FieldCheck<T> = (value: unknown) => value is T;

/** Checks of all fields beside `kind` and `version`. */
export type FieldChecks = Record<string, FieldCheck<unknown>>;

/** What {@linkcode readSnapshot} returns: each field with the type of its check. */
export type CheckedFields<F extends FieldChecks> = {
  [Name in keyof F]: F[Name] extends FieldCheck<infer T> ? T : never;
};

/**
 * The fields of `snapshot`, checked.
 *
 * @param snapshot As it was read, of any shape.
 * @param kind Name of the detector kind that reads it.
 * @param version The version that this kind writes.
 * @param checks One for each field.
 * @throws {TypeError} if the kind or version is another, or a field is missing, of the wrong type or not known.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isCount, readSnapshot } from "./snapshot.ts";
 *
 * const saved = { kind: "toy", version: 1, middle: 3 };
 * assert.equal(readSnapshot(saved, "toy", 1, { middle: isCount }).middle, 3);
 * assert.throws(() => readSnapshot({ ...saved, extra: 1 }, "toy", 1, { middle: isCount }), TypeError);
 * ```
 */
export function readSnapshot<F extends FieldChecks>(
  snapshot: DetectorSnapshot,
  kind: string,
  version: number,
  checks: F,
): CheckedFields<F> {
  const refuse = (what: string) => {
    throw new TypeError(`Cannot restore ${kind}: ${what}`);
  };
  if (snapshot === null || typeof snapshot !== "object") refuse(`the snapshot is ${snapshot}`);
  if (snapshot.kind !== kind) refuse(`the snapshot is of kind ${snapshot.kind}`);
  if (snapshot.version !== version) refuse(`version ${snapshot.version} is not ${version}`);
  for (const name of Object.keys(snapshot)) {
    if (name !== "kind" && name !== "version" && !Object.hasOwn(checks, name)) {
      refuse(`it doesn't know the field ${name}`);
    }
  }
  for (const [name, check] of Object.entries(checks)) {
    if (!Object.hasOwn(snapshot, name)) refuse(`the field ${name} is missing`);
    if (!check(snapshot[name])) refuse(`the field ${name} is not what it saved`);
  }
  return snapshot as unknown as CheckedFields<F>;
}

/** A finite number, not negative. */
export const isAmount: FieldCheck<number> = (value): value is number =>
  Number.isFinite(value) && (value as number) >= 0;

/** A whole number, not negative. */
export const isCount: FieldCheck<number> = (value): value is number =>
  Number.isInteger(value) && (value as number) >= 0;

/** `true` or `false`. */
export const isBoolean: FieldCheck<boolean> = (value): value is boolean => typeof value === "boolean";

/** An object of any fields, for a reader of its own. */
export const isObject: FieldCheck<Record<string, unknown>> = (value): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Column names, as {@linkcode columnName} writes them. */
export const isColumnNames: FieldCheck<string[]> = (value): value is string[] =>
  Array.isArray(value) &&
  value.every((name) => typeof name === "string" && /^(template|other|unseen|level):/.test(name));

/** Finite numbers. */
export const isNumbers: FieldCheck<number[]> = (value): value is number[] =>
  Array.isArray(value) && value.every(Number.isFinite);

/** Text in base64 with whole Float32 numbers in it, none of them NaN or infinite. */
export const isFloats: FieldCheck<string> = (value): value is string => {
  if (typeof value !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(value) || value.length % 4 !== 0) {
    return false;
  }
  const bytes = value.length / 4 * 3 - (value.endsWith("==") ? 2 : value.endsWith("=") ? 1 : 0);
  return bytes % 4 === 0 && decodeFloats(value).every(Number.isFinite);
};

/**
 * Float32 numbers as text: their little-endian bytes in base64 (RFC 4648).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { decodeFloats, encodeFloats } from "./snapshot.ts";
 *
 * assert.deepEqual(decodeFloats(encodeFloats(Float32Array.of(1, -2.5))), Float32Array.of(1, -2.5));
 * ```
 */
export function encodeFloats(values: Float32Array): string {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength).toBase64();
}

/** The numbers that {@linkcode encodeFloats} wrote. */
export function decodeFloats(text: string): Float32Array {
  return new Float32Array(Uint8Array.fromBase64(text).buffer);
}
