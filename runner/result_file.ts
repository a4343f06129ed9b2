/**
 * Files that results go to.
 *
 * @module
 */
import { UsageError } from "./context.ts";

/**
 * Refuses to write results over a log that they are made from.
 *
 * @param output Absolute; `null` = none.
 * @param inputs What is read.
 * @throws {UsageError} if the output is one of the inputs.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { refuseInput } from "./result_file.ts";
 *
 * refuseInput("/logs/out.csv", [{ name: "/logs/app.log" }]);
 * assert.throws(() => refuseInput("/logs/app.log", [{ name: "/logs/app.log" }]), /one of the inputs/);
 * ```
 */
export function refuseInput(output: string | null, inputs: readonly { name: string }[]): void {
  if (output !== null && inputs.some(({ name }) => isSame(name, output))) {
    throw new UsageError(`Cannot write ${output}: it is one of the inputs`);
  }
}

/** Whether two paths lead to one file, as far as this run may look. */
function isSame(one: string, other: string): boolean {
  if (one === other) return true;
  try {
    return Deno.realPathSync(one) === Deno.realPathSync(other);
  } catch {
    return false; // one of them isn't there, or may not be read: then it is none of what is read
  }
}

/**
 * Opens a file for results, empty.
 *
 * @throws {Error} if it can't be written, with its name.
 */
export function openResult(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { write: true, create: true, truncate: true });
  } catch (cause) {
    const why = cause instanceof Deno.errors.NotFound
      ? "there is no such folder"
      : cause instanceof Deno.errors.IsADirectory
      ? "it is a folder"
      : cause instanceof Deno.errors.PermissionDenied
      ? "permission denied"
      : (cause as Error).message;
    throw new Error(`Cannot write ${path}: ${why}`, { cause });
  }
}

/** Writes all of `text` to a file for results. */
export function writeText(file: Deno.FsFile, text: string): void {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(file.writeSync(bytes));
}
