/**
 * Files that others read at any moment.
 *
 * @module
 */
import { partialPath } from "../config/permissions.ts";

/**
 * Writes a file so that whoever reads it sees what was there before or all of what is there now: under another name first.
 *
 * @throws {Error} if it can't be written, with its name.
 */
export function writeWhole(path: string, text: string): void {
  const partial = partialPath(path);
  try {
    Deno.writeTextFileSync(partial, text, { mode: 0o644 });
    Deno.renameSync(partial, path);
  } catch (cause) {
    const why = cause instanceof Deno.errors.NotFound ? "there is no such folder" : (cause as Error).message;
    throw new Error(`Cannot write ${path}: ${why}`, { cause });
  }
}
