/**
 * Whether something is there.
 *
 * @module
 */

/**
 * Whether `path` is a file; `false` also where there is nothing.
 *
 * @throws {Deno.errors.NotCapable} where it may not be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isFile } from "./is_file.ts";
 *
 * const folder = await Deno.makeTempDir();
 * assert.equal(isFile(folder), false);
 * assert.equal(isFile(`${folder}/absent`), false);
 * ```
 */
export function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}
