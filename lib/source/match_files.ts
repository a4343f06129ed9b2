/**
 * Which file of today is which file of the last run, after whatever rotation did to them.
 *
 * A saved position belongs to a file that has the position's bytes at the position's marks. Names and inode numbers only say
 * where to look first and break ties. What can't be told is read again rather than left out.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { type FileContent, isSameFile, readFully } from "./file_content.ts";
import type { FilePosition, FileStart } from "./file_position.ts";
import { formatMarks, hashBytes, type Mark, MARK_REACH, parseMarks, Trail } from "./fingerprint.ts";
import { FileMoved, openFound, type ProbedFile } from "./probed_file.ts";
import { canBecome, compareRotated, isCurrent, readRotatedName } from "./rotation.ts";

/** From here on equal bytes are taken as proof even where the names say nothing. */
const PROOF = 1024;
const BLOCK = 64 * 1024;

/** What was found out about a file. */
export interface FileMatch {
  start: FileStart;
  /** The saved position that the start comes from; `null` for a copy that was found now. */
  resumes: FilePosition | null;
}

/** What was found out about all. A file without a match is new. */
export interface Matching {
  matches: Map<ProbedFile, FileMatch>;
  /** Positions of files that aren't there any more, and whether the file now under that name was emptied in place. */
  gone: { position: FilePosition; truncated: boolean }[];
}

async function withContent<T>(file: ProbedFile, use: (content: FileContent) => Promise<T>): Promise<T> {
  const content = openFound(file);
  try {
    return await use(content);
  } finally {
    content.close();
  }
}

/**
 * Whether a file has a position's bytes at all marks. Of what the platform says is the very same file only head and end are
 * looked at.
 */
async function holdsMarks(file: ProbedFile, position: FilePosition): Promise<boolean> {
  if (file.packed !== null && file.packed === position.packed) return true;
  const marks = parseMarks(position.marks);
  const isSame = position.born !== null && isSameFile(file.identity, position);
  return await withContent(file, async (content) => {
    const buffer = new Uint8Array(MARK_REACH);
    for (
      const mark of isSame
        ? marks.filter(({ end }, i) => end === MARK_REACH || i === marks.length - 1)
        : marks
    ) {
      const from = Math.max(0, mark.end - MARK_REACH);
      const bytes = buffer.subarray(0, mark.end - from);
      if (await readFully(content, bytes, from) < bytes.length || hashBytes(bytes) !== mark.hash) {
        return false;
      }
    }
    return true;
  });
}

/**
 * Reads a file that is to be taken for a copy: all of it, up to where `original` (if given) has other bytes → `null`.
 * The start that it gives lies where the original was read to, or at the copy's end. A file without a byte is a copy too:
 * one that has just been begun.
 */
async function readCopy(
  copy: ProbedFile,
  original: ProbedFile | null,
  readTo: number,
): Promise<FileStart | null> {
  const source = original === null ? null : openFound(original);
  const content = openFound(copy);
  try {
    const trail = new Trail();
    let marks: Mark[] = [];
    const bytes = new Uint8Array(BLOCK);
    const other = new Uint8Array(BLOCK);
    for (;;) {
      const most = trail.offset < readTo ? Math.min(BLOCK, readTo - trail.offset) : BLOCK;
      const count = await content.readAt(bytes.subarray(0, most), trail.offset);
      if (count === 0) break;
      const same = source === null ||
        await readFully(source, other.subarray(0, count), trail.offset) === count &&
          Buffer.compare(bytes.subarray(0, count), other.subarray(0, count)) === 0;
      if (!same) return null;
      trail.add(bytes.subarray(0, count));
      if (trail.offset === readTo) marks = trail.marksAt(readTo)!;
    }
    if (trail.offset < readTo) marks = trail.marksAt(trail.offset)!;
    const offset = Math.min(readTo, trail.offset);
    return {
      offset,
      marks: formatMarks(marks),
      ended: offset === trail.offset && content.state === "end" ? "end" : "open",
      copy: original?.path ?? copy.path,
    };
  } finally {
    content.close();
    source?.close();
  }
}

/** Whether a copy's bytes are those read of a position's file, up to a mark at the copy's end. */
function endsAtMark(copy: FileStart, position: FilePosition): boolean {
  const marks = new Map(parseMarks(position.marks).map(({ end, hash }) => [end, hash]));
  return copy.offset > 0 && marks.has(copy.offset) &&
    parseMarks(copy.marks).every(({ end, hash }) => (marks.get(end) ?? hash) === hash);
}

/** One attempt at matching; reads files, changes nothing. */
class Matcher {
  readonly matches = new Map<ProbedFile, FileMatch>();
  /** Files that were copies of others in the last run and haven't changed. */
  readonly #copies = new Map<ProbedFile, FilePosition>();
  /** Files that are where a position's file was by inode number, with other content. */
  readonly #replaced = new Map<FilePosition, ProbedFile>();
  #orphans: FilePosition[] = [];

  constructor(readonly files: readonly ProbedFile[], readonly positions: readonly FilePosition[]) {}

  async run(): Promise<Matching> {
    const newestFirst = Array.from(this.files).reverse();
    for (const position of this.positions) await this.#byIdentity(position);
    this.#orphans.sort((a, b) =>
      b.offset - a.offset || compareRotated(readRotatedName(a.name), readRotatedName(b.name))
    );
    const certain = Array.from(this.matches.keys());
    for (const file of newestFirst) if (!this.#copies.has(file)) await this.#asCopy(file, certain);
    await this.#eachOrphan((position) => this.#byContent(position));
    await this.#eachOrphan((position) => this.#byBeginning(position));
    for (const file of newestFirst) await this.#asCopy(file, this.files);
    await this.#lookAgain();
    const gone = this.#orphans.map((position) => ({
      position,
      truncated: this.#replaced.get(position)?.path === position.name,
    }));
    return { matches: this.matches, gone };
  }

  /** What was emptied after it was found to be a position's file may have been compared with its copy too late. */
  async #lookAgain(): Promise<void> {
    for (const [file, { start, resumes }] of this.matches) {
      const isClaimed = file.packed === null && resumes !== null && start.marks === resumes.marks;
      if (isClaimed && !await holdsMarks(file, resumes)) throw new FileMoved(file.path);
    }
  }

  async #eachOrphan(find: (position: FilePosition) => Promise<boolean>): Promise<void> {
    const left: FilePosition[] = [];
    for (const position of this.#orphans) if (!await find(position)) left.push(position);
    this.#orphans = left;
  }

  /** The same file by inode number, under any name. A copy must be as it was: one that grew is looked at anew. */
  async #byIdentity(position: FilePosition): Promise<void> {
    if (position.offset === 0 && position.copy === null) return; // nothing was read: the same as a new file
    const file = this.files.find((file) => isSameFile(file.identity, position));
    const holds = file !== undefined && await holdsMarks(file, position);
    if (position.copy !== null) {
      const unchanged = holds && file.packed === position.packed && file.size === position.size;
      if (unchanged) this.#copies.set(file, position);
    } else if (holds) this.#claim(file, position);
    else {
      this.#orphans.push(position);
      if (file) this.#replaced.set(position, file);
    }
  }

  /** Another file with the same bytes: copied before a truncation, compressed, moved from another file system. */
  async #byContent(position: FilePosition): Promise<boolean> {
    const candidates = this.files
      .filter((file) => file.packed !== null || file.size >= position.offset)
      .filter((file) => (this.matches.get(file)?.start.copy ?? null) === null)
      .map((file) => ({ file, rank: this.#rank(file, position) }))
      .filter(({ rank }) => rank < Infinity)
      .sort((a, b) => a.rank - b.rank); // a stable sort of files from oldest to newest
    for (const { file } of candidates) {
      if (await holdsMarks(file, position)) {
        this.#claim(file, position);
        return true;
      }
    }
    return false;
  }

  /**
   * How likely a file is to be the one, smaller is likelier; Infinity where names or too few bytes speak against it.
   * Of equally likely ones the oldest comes first: files that came later may begin with the same bytes.
   */
  #rank(file: ProbedFile, position: FilePosition): number {
    const name = readRotatedName(position.name);
    const isRelated = file.name.log === name.log;
    if (isRelated ? !canBecome(name, file.name) : position.offset < PROOF) return Infinity;
    if (this.#copies.get(file)?.copy === position.name) return 0;
    return (isRelated ? 1 : 4) + (this.matches.has(file) ? 2 : this.#copies.has(file) ? 1 : 0);
  }

  /**
   * A copy that ends before the position, because the original was read on between copy and truncation: all of it was handed
   * out. Its end is that of one of the last lines read, with the same bytes before it: what only begins alike may be new.
   */
  async #byBeginning(position: FilePosition): Promise<boolean> {
    const name = readRotatedName(position.name);
    const emptied = this.#replaced.get(position)?.path === position.name;
    for (const file of this.files) {
      const suits = !this.matches.has(file) && !isCurrent(file.name) && file.path !== position.name &&
        canBecome(name, file.name) && (emptied || this.#copies.get(file)?.copy === position.name);
      const start = suits ? await readCopy(file, null, position.offset) : null;
      if (start !== null && endsAtMark(start, position)) {
        this.matches.set(file, { start, resumes: position });
        return true;
      }
    }
    return false;
  }

  /** A file that no position claims, but whose bytes all are the beginning of a newer file of its log. */
  async #asCopy(file: ProbedFile, originals: readonly ProbedFile[]): Promise<void> {
    if (this.matches.has(file) || isCurrent(file.name) && file.packed === null) return;
    const known = this.#copies.get(file) ?? null;
    const isReadWhole = known !== null &&
      (file.packed === null ? known.offset === file.size : known.ended === "end");
    const start = isReadWhole
      ? known
      : await this.#findOriginal(file, originals) ?? (known && { ...known, copy: null });
    if (start) this.matches.set(file, { start, resumes: known });
  }

  async #findOriginal(copy: ProbedFile, originals: readonly ProbedFile[]): Promise<FileStart | null> {
    for (const original of originals) {
      const match = this.matches.get(original);
      const suits = original !== copy && original.name.log === copy.name.log &&
        (match?.start.copy ?? null) === null &&
        canBecome(original.name, copy.name) &&
        (copy.packed !== null || original.packed !== null || original.size >= copy.size);
      const start = suits ? await readCopy(copy, original, match?.start.offset ?? 0) : null;
      if (start) return start;
    }
    return null;
  }

  /** The furthest position counts. */
  #claim(file: ProbedFile, position: FilePosition): void {
    const known = this.matches.get(file)?.start;
    if (known && known.offset >= position.offset) return;
    const { offset, marks, copy } = position;
    const ended = file.packed !== null && file.packed === position.packed ? position.ended : "open";
    this.matches.set(file, { start: { offset, marks, ended, copy }, resumes: position });
  }
}

/**
 * Matches saved positions to files.
 *
 * @param files What was found and could be opened.
 * @param positions Saved positions of files.
 * @throws {FileMoved} when a file was renamed, emptied or deleted meanwhile; look for the files again.
 *
 * @example
 * ```ts
 * import { matchFiles } from "./match_files.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(await matchFiles([], []), { matches: new Map(), gone: [] });
 * ```
 */
export async function matchFiles(
  files: readonly ProbedFile[],
  positions: readonly FilePosition[],
): Promise<Matching> {
  return await new Matcher(files, positions).run();
}
