/**
 * Checks of the fields of saved templates.
 *
 * @module
 */

/** Version of everything that `lib/template` saves; a change of masks or hashes makes a new one. */
export const TEMPLATE_VERSION = 1;

function refuse(path: string, wanted: string, value: unknown): never {
  const shown = typeof value === "object" ? (value === null ? "null" : typeof value) : JSON.stringify(value);
  throw new TypeError(`Cannot restore templates: ${path} must be ${wanted}, current value is ${shown}`);
}

/** An object's fields, not checked yet. */
export function fieldsOf(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) refuse(path, "an object", value);
  return value as Record<string, unknown>;
}

/** An array whose entries pass `check`. */
export function arrayOf<T>(value: unknown, path: string, check: (entry: unknown, path: string) => T): T[] {
  if (!Array.isArray(value)) refuse(path, "an array", value);
  return value.map((entry, i) => check(entry, `${path}[${i}]`));
}

/** A string. */
export function text(value: unknown, path: string): string {
  return typeof value === "string" ? value : refuse(path, "a string", value);
}

/** A boolean. */
export function flag(value: unknown, path: string): boolean {
  return typeof value === "boolean" ? value : refuse(path, "a boolean", value);
}

/** A whole number from `least` to `most`. */
export function integer(
  value: unknown,
  path: string,
  least = 0,
  most: number = Number.MAX_SAFE_INTEGER,
): number {
  if (typeof value !== "number" || !Number.isInteger(value)) refuse(path, "a whole number", value);
  if (value >= least && value <= most) return value;
  throw new RangeError(
    `Cannot restore templates: ${path} must be from ${least} to ${most}, current value is ${value}`,
  );
}

/** A finite number of at least 0. */
export function amount(value: unknown, path: string): number {
  return typeof value === "number" && value >= 0 && value < Infinity
    ? value
    : refuse(path, "a number of at least 0", value);
}

/** Two entries that pass their checks. */
export function pairOf<A, B>(
  value: unknown,
  path: string,
  first: (entry: unknown, path: string) => A,
  second: (entry: unknown, path: string) => B,
): [A, B] {
  if (!Array.isArray(value) || value.length !== 2) refuse(path, "an array of two", value);
  return [first(value[0], `${path}[0]`), second(value[1], `${path}[1]`)];
}

/** Refuses data of another kind or version. */
export function checkVersion(fields: Record<string, unknown>, kind: string): void {
  if (fields.kind !== kind) refuse("kind", `"${kind}"`, fields.kind);
  if (fields.version !== TEMPLATE_VERSION) refuse("version", `${TEMPLATE_VERSION}`, fields.version);
}
