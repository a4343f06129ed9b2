/**
 * Files as inputs: by patterns, plain and gzip, read once or followed through rotation.
 *
 * What following guarantees. Every byte that a log's files held is handed out once, in order, by the inputs in the order that
 * {@linkcode openFiles} gives, as long as
 * - every position is saved, at the latest with the first one that moves;
 * - a file that rotation renames, copies or compresses still matches the patterns, until it was read to its end;
 * - lines differ (they carry times): of two files of one log that are equal up to where one was read, one is taken for a copy.
 *
 * It does not matter whether rotation renames or copies and truncates, whether copy and original (or plain file and gzip)
 * are there at the same time, or how often files were rotated between two runs. What a writer adds between a copy and the
 * truncation that follows is lost by that kind of rotation, unless it was read in that moment. A file that was truncated
 * without a copy, or deleted, takes what wasn't read with it; that is noted. In doubt a file is read again rather than left out.
 *
 * @module
 */
import { isSameFile } from "./file_content.ts";
import { FileInput } from "./file_input.ts";
import { type FilePosition, readFilePosition } from "./file_position.ts";
import { findFiles, type FoundFiles } from "./found_files.ts";
import { InputError, type InputNote, type SavedPosition } from "./input.ts";
import { matchFiles, type Matching } from "./match_files.ts";
import { FileMoved, openFound, type ProbedFile } from "./probed_file.ts";
import { readRotatedName } from "./rotation.ts";

/** Looks at most, while names keep changing. */
const LOOKS = 10;

/** How files are opened. */
export interface OpenFilesOptions {
  /** Whether files go on from saved positions and may grow. Default: read once, from the start, as far as they reach now. */
  follow?: boolean;
  /** With `follow`: what the inputs of earlier runs gave out. Positions of other sources are passed over. */
  saved?: readonly SavedPosition[];
}

/** Files that were opened. */
export interface OpenedFiles {
  /** By log, the files of one log from oldest to newest: read in this order, a log's bytes come in order. */
  inputs: FileInput[];
  /** What a person should know. */
  notes: InputNote[];
  /**
   * Positions that nobody needs any more once the position of *every* input was saved under its name, read from or not.
   * Positions that are neither here nor resumed belong to files that can't be seen at the moment: keep them.
   */
  forgotten: SavedPosition[];
  /** Logs with such positions of which no file at all can be seen: more of them may come back. */
  unseen: string[];
}

/**
 * Opens the files that patterns name.
 *
 * A pattern that names a folder means the files right in it; one that matches nothing is a note. Links and overlapping
 * patterns don't make a file be read twice. Files are opened when they are read, not before.
 *
 * @param patterns Paths with wildcards, see `expandGlob`; only their fixed parts are looked at.
 * @throws {TypeError} when saved positions are given without `follow`, or one is malformed.
 * @throws {RangeError} when a position was saved by another version.
 * @throws {InputError} when the names of files kept changing while they were looked at.
 *
 * @example
 * ```ts
 * import { openFiles } from "./files.ts";
 * import assert from "node:assert/strict";
 *
 * const { inputs, notes } = await openFiles(["no/such/folder/*.log"]);
 * assert.equal(inputs.length, 0);
 * assert.equal(notes[0].kind, "missing");
 * ```
 */
export async function openFiles(
  patterns: readonly string[],
  options: OpenFilesOptions = {},
): Promise<OpenedFiles> {
  const { follow = false, saved = [] } = options;
  if (!follow && saved.length > 0) {
    throw new TypeError("Cannot open files: saved positions are only for followed files");
  }
  const positions = saved.filter((position) => (position.source ?? "file") === "file").map(readFilePosition);
  for (let look = 0; look < LOOKS; look++) {
    try {
      const found = findFiles(patterns);
      const files = probe(found);
      const matching = follow ? await matchFiles(files, positions) : { matches: new Map(), gone: [] };
      if (follow && !isSame(found, findFiles(patterns))) continue;
      return open(files, { found, matching, positions, patterns, follow });
    } catch (cause) {
      if (!(cause instanceof FileMoved)) throw cause;
    }
  }
  const text = patterns.join(" ");
  throw new InputError(`Cannot open ${text}: names of files changed in each of ${LOOKS} looks`, text);
}

/** Looks into each file; those that can't be read are noted and left out. */
function probe(found: FoundFiles): ProbedFile[] {
  const files: ProbedFile[] = [];
  for (const file of found.files) {
    try {
      const content = openFound(file);
      files.push({ ...file, ends: content.ends, packed: content.packed });
      content.close();
    } catch (cause) {
      if (cause instanceof FileMoved) throw cause;
      const { message } = cause as Error;
      const text = message.startsWith("Cannot") ? message : `Cannot read ${file.path}: ${message}`;
      found.unseen.push(file.path);
      found.notes.push({ kind: "unreadable", name: file.path, text });
    }
  }
  return files;
}

function isSame(a: FoundFiles, b: FoundFiles): boolean {
  return a.files.length === b.files.length && a.files.every(({ path, identity }, i) => {
    const other = b.files[i];
    return path === other.path && (identity.inode === null || isSameFile(identity, other.identity));
  });
}

interface Findings {
  found: FoundFiles;
  matching: Matching;
  positions: FilePosition[];
  patterns: readonly string[];
  follow: boolean;
}

function open(files: ProbedFile[], findings: Findings): OpenedFiles {
  const { found, matching, positions, patterns, follow } = findings;
  const notes = Array.from(found.notes);
  const look = () => findFiles(patterns).files;
  const inputs: FileInput[] = [];
  for (const file of files) {
    const match = matching.matches.get(file);
    notes.push(...matchNotes(file, match?.resumes ?? null, match?.start.ended === "cut"));
    const start = match?.start ?? null;
    const last = inputs.at(-1);
    inputs.push(
      new FileInput(file, {
        follow,
        start: start?.ended === "cut" ? { ...start, ended: "damaged" } : start,
        resumes: match?.resumes ?? null,
        older: last?.log === file.name.log ? last : null,
        found: files,
        look,
      }),
    );
  }
  const kept = new Set(
    matching.gone.filter(({ position }) => mayReturn(position, found)).map((one) => one.position),
  );
  for (const { position, truncated } of matching.gone) {
    if (!kept.has(position) && position.offset > 0) notes.push(goneNote(position, truncated));
  }
  const names = new Set(inputs.map((input) => input.name)), logs = new Set(inputs.map((input) => input.log));
  const lost = positions.filter((one) => kept.has(one)).map(({ name }) => readRotatedName(name).log);
  return {
    inputs,
    notes,
    forgotten: positions.filter((one) => !kept.has(one) && !names.has(one.name)),
    unseen: [...new Set(lost)].filter((log) => !logs.has(log)),
  };
}

function matchNotes(file: ProbedFile, resumes: FilePosition | null, isCutStill: boolean): InputNote[] {
  const notes: InputNote[] = [];
  if (resumes !== null && resumes.name !== file.path) {
    const text = `${resumes.name}, read up to byte ${resumes.offset}, is ${file.path} now`;
    notes.push({ kind: "rotated", name: file.path, text });
  }
  if (isCutStill) {
    const text = `The compressed data of ${file.path} ends too early, after byte ${resumes!.offset}`;
    notes.push({ kind: "damaged", name: file.path, text });
  }
  return notes;
}

/** A file that isn't found where something could not be looked at, or where nothing is left at all, may come back. */
function mayReturn(position: FilePosition, found: FoundFiles): boolean {
  const { folder } = readRotatedName(position.name);
  const hidden = found.unseen.some((path) =>
    position.name.startsWith(path.replace(/\/*$/, "/")) || readRotatedName(path).folder === folder
  );
  return hidden || !found.files.some((file) => file.name.folder === folder);
}

function goneNote({ name, offset }: FilePosition, truncated: boolean): InputNote {
  const rest = "what it held beyond is lost where it wasn't read before";
  return truncated
    ? { kind: "truncated", name, text: `${name} was truncated or rewritten after byte ${offset}; ${rest}` }
    : {
      kind: "deleted",
      name,
      text: `${name}, read up to byte ${offset}, is gone or matches no pattern; ${rest}`,
    };
}
