/**
 * The regular files that patterns name, each once, older generations of a log first.
 *
 * @module
 */
import * as fs from "node:fs";
import { type FileIdentity, identityOf } from "./file_content.ts";
import { expandGlob, hasWildcard } from "./glob.ts";
import type { InputNote } from "./input.ts";
import { compareRotated, readRotatedName, type RotatedName } from "./rotation.ts";

/** A file as it was found. */
export interface FoundFile {
  path: string;
  /** The pattern that found it; of several the first. */
  pattern: string;
  name: RotatedName;
  identity: FileIdentity;
  /** Bytes on disk. */
  size: number;
  /** When it was last written, ms since the epoch. */
  modified: number;
}

/** What patterns named at one moment. */
export interface FoundFiles {
  files: FoundFile[];
  notes: InputNote[];
  /** Folders and files that could not be looked at: what is missing may still be there. */
  unseen: string[];
}

/** Collects while the patterns are gone through. */
class Search implements FoundFiles {
  readonly files: FoundFile[] = [];
  readonly notes: InputNote[] = [];
  readonly unseen: string[] = [];
  readonly #seen = new Map<string, FoundFile>();

  pattern(pattern: string): void {
    const { paths, problems } = expandGlob(pattern);
    for (const { path, cause } of problems) this.unreadable(path, cause);
    const exact = paths.length === 1 && (!hasWildcard(pattern) || paths[0] === pattern);
    const found = paths.filter((path) => this.#path(path, { pattern, exact })).length;
    if (found === 0 && problems.length === 0) {
      this.notes.push({ kind: "missing", name: pattern, text: `Nothing to read matches ${pattern}` });
    }
  }

  unreadable(path: string, cause: Error): void {
    const name = path === "" ? "." : path;
    this.unseen.push(name);
    if (this.notes.some((note) => note.kind === "unreadable" && note.name === name)) return;
    this.notes.push({ kind: "unreadable", name, text: `Cannot read ${name}: ${cause.message}` });
  }

  /** Whether the path led to something to read, or to something that it can say is unreadable. */
  #path(path: string, { pattern, exact }: { pattern: string; exact: boolean }): boolean {
    const stat = this.#stat(path);
    if (stat === null) return this.unseen.includes(path);
    if (stat.isFile()) return this.#file(path, pattern, stat);
    if (!exact) return false;
    if (!stat.isDirectory()) {
      this.unreadable(path, new TypeError("it is neither a file nor a folder"));
      return true;
    }
    const { paths, problems } = expandGlob(path.replace(/[\\*?[{]/g, "\\$&").replace(/\/*$/, "/*"));
    for (const { path, cause } of problems) this.unreadable(path, cause);
    const inside = paths.filter((path) => this.#path(path, { pattern, exact: false }));
    return inside.length + problems.length > 0;
  }

  #stat(path: string): fs.Stats | null {
    try {
      return fs.statSync(path);
    } catch (cause) {
      const gone = ["ENOENT", "ENOTDIR"].includes((cause as { code?: string }).code ?? "");
      if (!gone) this.unreadable(path, cause as Error);
      return null;
    }
  }

  #file(path: string, pattern: string, stat: fs.Stats): boolean {
    const identity = identityOf(stat);
    const key = identity.inode === null ? path : `${identity.device}:${identity.inode}`;
    const name = readRotatedName(path);
    const file = { path, pattern, name, identity, size: stat.size, modified: stat.mtimeMs };
    const known = this.#seen.get(key);
    if (known === undefined) {
      this.#seen.set(key, file);
      this.files.push(file);
    } else if (isLink(known.path) && !isLink(path)) Object.assign(known, file);
    return true;
  }
}

function isLink(path: string): boolean {
  try {
    return fs.lstatSync(path).isSymbolicLink();
  } catch {
    return false; // gone in this moment: whoever opens it finds out
  }
}

/**
 * Finds the regular files that patterns name. A file that several names lead to (links, overlapping patterns) is found once,
 * by its own name before a link's. A wildcard-free pattern that names a folder means the files right in it.
 * Whatever else a wildcard hits (folders, pipes, sockets, devices) is passed over; named exactly, it is noted.
 *
 * @param patterns As in `expandGlob`.
 *
 * @example
 * ```ts
 * import { findFiles } from "./found_files.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(findFiles(["no/such/folder/*.log"]).notes[0].kind, "missing");
 * ```
 */
export function findFiles(patterns: readonly string[]): FoundFiles {
  const search = new Search();
  for (const pattern of patterns) search.pattern(pattern);
  search.files.sort((a, b) => compareRotated(a.name, b.name));
  return search;
}
