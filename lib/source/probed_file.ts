/**
 * A found file that was looked into, and how it is opened again without taking another for it.
 *
 * @module
 */
import { type FileContent, isSameFile, openContent } from "./file_content.ts";
import type { Mark } from "./fingerprint.ts";
import type { FoundFile } from "./found_files.ts";

/** A found file that could be opened. */
export interface ProbedFile extends FoundFile {
  /** Its first and its last bytes on disk. */
  ends: readonly Mark[];
  /** Of a gzip file: what its compressed bytes are known by. */
  packed: string | null;
}

/** The file under a path is no longer the one that was found: names are changing, look again. */
export class FileMoved extends Error {
  override readonly name = "FileMoved";
  /** @param path Where the file was found. */
  constructor(readonly path: string, options?: ErrorOptions) {
    super(`Cannot open ${path}: it was renamed, emptied, replaced or deleted since it was found`, options);
  }
}

/**
 * Opens a file that was found, and makes sure that it still is that file.
 *
 * @throws {FileMoved} when it is not.
 * @throws {Error} what `openContent` says when it can't be opened.
 *
 * @example
 * ```ts
 * import { findFiles } from "./found_files.ts";
 * import { openFound } from "./probed_file.ts";
 * import assert from "node:assert/strict";
 *
 * const [file] = findFiles(["deno.json"]).files;
 * openFound(file).close();
 * assert.throws(() => openFound({ ...file, path: "no such file" }), { name: "FileMoved" });
 * ```
 */
export function openFound(file: FoundFile): FileContent {
  let content: FileContent;
  try {
    content = openContent(file.path);
  } catch (cause) {
    if ((cause as { code?: string }).code === "ENOENT") throw new FileMoved(file.path, { cause });
    throw cause;
  }
  if (file.identity.inode === null || isSameFile(content.identity, file.identity)) return content;
  content.close();
  throw new FileMoved(file.path);
}
