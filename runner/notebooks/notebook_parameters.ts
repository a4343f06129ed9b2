/**
 * Values that a notebook run is given.
 *
 * @module
 */

/** The environment variable in which a notebook finds them, as a JSON object. */
export const PARAMETERS_VARIABLE = "DEEPSCAN_PARAMETERS";

/**
 * The parameters of the notebook `name` from a parameter file: what stands under a notebook's name is its own, all else is for everyone.
 *
 * @param file The file's text: a JSON object.
 * @param names Names of all notebooks.
 * @throws {SyntaxError} if it is not a JSON object, or something else than an object stands under a notebook's name.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parametersOf } from "./notebook_parameters.ts";
 *
 * const file = '{ "days": 3, "03-train": { "seed": 7 } }';
 * assert.deepEqual(parametersOf(file, "03-train", ["02-preprocess", "03-train"]), { days: 3, seed: 7 });
 * assert.deepEqual(parametersOf(file, "02-preprocess", ["02-preprocess", "03-train"]), { days: 3 });
 * ```
 */
export function parametersOf(file: string, name: string, names: readonly string[]): Record<string, unknown> {
  const all = objectOf(parsed(file), "the file");
  const shared = Object.entries(all).filter(([key]) => !names.includes(key));
  return { ...Object.fromEntries(shared), ...objectOf(all[name] ?? {}, name) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot read parameters: ${(cause as Error).message}`, { cause });
  }
}

function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new SyntaxError(
    `Cannot read parameters: ${what} must be a JSON object, current value is ${JSON.stringify(value)}`,
  );
}
