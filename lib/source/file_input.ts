/**
 * One file as an input: plain or gzip, read to its end once or followed.
 *
 * @module
 */
import { type FileContent, isSameFile, markedBytes, marksUpTo, openContent } from "./file_content.ts";
import { FILE_POSITION_VERSION, type FilePosition, type FileStart } from "./file_position.ts";
import { formatMarks, type Mark, MARK_REACH, parseMarks, Trail } from "./fingerprint.ts";
import type { GunzipState } from "./gunzip.ts";
import type { FoundFile } from "./found_files.ts";
import type { ProbedFile } from "./probed_file.ts";
import { type Input, InputError, type SavedPosition } from "./input.ts";

/** Bytes before the offset that every read finds unchanged, or the file is no longer the one that was read. */
const OVERLAP = 256;
/** Bytes that stay in memory of an input that was closed: what an unfinished line may need for its position. */
const KEPT_WHEN_CLOSED = 64 * 1024 + MARK_REACH;

/** How a file is read. */
export interface FileInputOptions {
  /** Whether it may grow; otherwise it is read as far as it reached when it was found. */
  follow: boolean;
  /** Where to go on; `null` from the start. */
  start: FileStart | null;
  /** The saved position that this goes on from; `null` for a file that wasn't known. */
  resumes: SavedPosition | null;
  /** The input of the next older file of the log: when its rest has to wait for the next run, so has this file. */
  older: FileInput | null;
  /** All files that were found together with this one. */
  found: readonly FoundFile[];
  /** Looks for the files again, as they are now. */
  look: () => readonly FoundFile[];
}

/**
 * A file. It is opened by the first read and stays open until {@linkcode close}; after that it is opened anew at its offset,
 * under its new name when it was renamed in between.
 *
 * @example
 * ```ts
 * import { openFiles } from "./files.ts";
 * import assert from "node:assert/strict";
 *
 * const { inputs: [input] } = await openFiles(["deno.json"], { follow: true });
 * const count = await input.read(new Uint8Array(10));
 * assert.equal((await input.position(count)).offset, 10);
 * input.close();
 * ```
 */
export class FileInput implements Input {
  /** The path it was found by. */
  readonly name: string;
  /** The path of its log, without rotation, date and compression suffix; equal for all files of a log. */
  readonly log: string;
  readonly pattern: string;
  /** When the file was last written as it was found, ms since the epoch. */
  readonly modified: number;
  /** The saved position that it goes on from; `null` when it is read from its start. */
  readonly resumes: SavedPosition | null;
  /** The path of the file that this one is a copy of, so that nothing is read from it now; `null` for any other. */
  readonly copy: string | null;
  readonly #file: ProbedFile;
  readonly #options: FileInputOptions;
  #trail = new Trail();
  #content: FileContent | null = null;
  #packed: string | null = null;
  #state: GunzipState = "open";
  /** Set when the file turned out to be truncated or replaced: the rest of it is found by the next run. */
  #lost = false;

  constructor(file: ProbedFile, options: FileInputOptions) {
    this.name = file.path;
    this.log = file.name.log;
    this.pattern = file.pattern;
    this.modified = file.modified;
    this.resumes = options.resumes;
    this.copy = options.start?.copy ?? null;
    this.#file = file;
    this.#options = options;
    this.rewind();
  }

  get offset(): number {
    return this.#trail.offset;
  }

  /** Whether it, or an older file of its log, turned out to be somewhere else: the next run finds it and goes on there. */
  get isLost(): boolean {
    return this.#lost || (this.#options.older?.isLost ?? false);
  }

  /** A gzip file never grows, unless it was found half written; a plain one is final where it isn't followed. */
  get final(): boolean {
    return !this.#options.follow || (this.#packed !== null && this.#state !== "cut");
  }

  /** @throws {InputError} when it can't be opened, shrinks while it is read once, or its compressed data is damaged. */
  async read(target: Uint8Array): Promise<number> {
    if (this.isLost || this.#state !== "open" || this.copy !== null) return 0;
    try {
      return await this.#readFurther(target);
    } catch (cause) {
      if (cause instanceof InputError) throw cause;
      throw this.#error((cause as Error).message, { cause });
    }
  }

  async #readFurther(target: Uint8Array): Promise<number> {
    const content = this.#content ?? await this.#open();
    if (content === null) return 0;
    const limit = this.#limit(content, target.length);
    if (limit === 0) return 0;
    const count = await content.readAt(
      limit < target.length ? target.subarray(0, limit) : target,
      this.offset,
    );
    if (content.packed === null && !this.#isContinuous(content)) {
      return this.#lose("it was truncated or replaced");
    }
    if (count === 0) return this.#stop(content);
    if (this.offset === 0 && this.#file.size === 0 && this.#isRotatedMeanwhile()) {
      return this.#lose("it was rotated");
    }
    this.#trail.add(target.subarray(0, count));
    return count;
  }

  /**
   * Where to go on from `offset`, with the marks to find it again by.
   *
   * @throws {RangeError} when the offset lies behind {@linkcode offset}.
   * @throws {InputError} when it lies so far back that the file would have to be read again, and the file has changed.
   */
  async position(offset: number): Promise<FilePosition> {
    if (!Number.isSafeInteger(offset) || offset < 0 || offset > this.offset) {
      throw new RangeError(
        `Cannot save a position of ${this.name}: ${offset} is not between 0 and ${this.offset}`,
      );
    }
    const marks = (this.#options.follow ? this.#trail.marksAt(offset) : null) ??
      await this.#marksAgain(offset);
    return {
      name: this.name,
      offset,
      source: "file",
      version: FILE_POSITION_VERSION,
      ...this.#file.identity,
      size: this.#file.size,
      marks: formatMarks(marks),
      packed: this.#packed,
      ended: offset === this.offset ? this.#state : "open",
      copy: this.copy,
    };
  }

  close(): void {
    this.#closeContent();
    if (this.#isAtEnd) this.#trail.settle();
    else this.#trail.trim(KEPT_WHEN_CLOSED);
  }

  rewind(): void {
    const { start, follow } = this.#options; // nobody goes on where a file was read once
    this.#closeContent();
    this.#trail = new Trail({ offset: start?.offset ?? 0, marks: parseMarks(start?.marks ?? "") }, !follow);
    this.#packed = this.#file.packed;
    this.#state = start?.ended ?? "open";
  }

  /** Whether nothing more can come and no line is unfinished: nobody will go on anywhere but at its offset. */
  get #isAtEnd(): boolean {
    return this.final && (this.#packed === null ? this.offset >= this.#file.size : this.#state !== "open");
  }

  /** Gives up the file, not the last bytes read: lines of them may wait to be handed out still. */
  #closeContent(): void {
    this.#content?.close();
    this.#content = null;
  }

  /** A file that is read once is read as far as it reached when it was found; some have content but no size. */
  #limit(content: FileContent, wanted: number): number {
    if (this.#options.follow || content.packed !== null || this.#file.size === 0) return wanted;
    return Math.min(wanted, this.#file.size - this.offset);
  }

  async #open(): Promise<FileContent | null> {
    const content = this.#openWherever();
    if (content === null) {
      this.#lose("it was replaced");
      return null;
    }
    this.#content = content;
    this.#packed = content.packed;
    const before = await this.#before(content);
    if (before === null) {
      this.#lose("it was truncated or replaced");
      return null;
    }
    if (before.length > 0 && this.#trail.tail(1).length === 0) this.#trail.precede(before);
    return content;
  }

  /** The file under its name, or under the one that it was given since it was found. */
  #openWherever(): FileContent | null {
    const { identity, path } = this.#file;
    const renamed = () => this.#options.look().find((file) => isSameFile(file.identity, identity))?.path;
    for (const name of [() => path, renamed]) {
      const present = name();
      if (present === undefined) return null;
      try {
        const content = openContent(present);
        if (identity.inode === null || isSameFile(content.identity, identity)) return content;
        content.close();
      } catch (cause) {
        if ((cause as { code?: string }).code !== "ENOENT") throw cause;
      }
    }
    return null;
  }

  /**
   * The bytes right before the offset, if they are those that were handed out. Both ends of the file must be as they were
   * found, too: a file that was deleted can leave its inode number to the log's next one, even its time of birth where file
   * systems keep that in coarse steps or not at all, and the next one can begin with the same banner.
   */
  async #before(content: FileContent): Promise<Uint8Array | null> {
    if (!this.#file.ends.every((mark) => content.holds(mark))) return null;
    const mark = this.#trail.marksAt(this.offset)!.at(-1);
    return mark === undefined ? new Uint8Array(0) : await markedBytes(content, mark);
  }

  /**
   * Whether the bytes right before the offset still are those that were handed out. Asked *after* a read: a file that was
   * truncated before it, even if it has grown past the offset since, has others there.
   */
  #isContinuous(content: FileContent): boolean {
    const before = this.#trail.tail(OVERLAP);
    if (before.length === 0) return true;
    const now = new Uint8Array(before.length);
    const count = content.readAt(now, this.offset - before.length) as number;
    return count === now.length && before.every((byte, i) => byte === now[i]);
  }

  /**
   * Whether its log got another file since it was found. Of a file that was empty then, nothing else tells whether what it
   * holds now are its first lines, or those after a truncation.
   */
  #isRotatedMeanwhile(): boolean {
    return this.#options.follow &&
      this.#options.look().some(({ name, identity }) =>
        name.log === this.log && !this.#options.found.some((file) => isSameFile(file.identity, identity))
      );
  }

  /** Nothing more can come from where it was read. What a followed file holds elsewhere is found by the next run. */
  #lose(why: string): number {
    this.#lost = true;
    this.#closeContent();
    if (!this.#options.follow) throw this.#error(`${why} while it was being read, at byte ${this.offset}`);
    return 0;
  }

  #stop(content: FileContent): number {
    if (content.packed === null) {
      const missing = this.#options.follow ? 0 : this.#file.size - this.offset;
      return missing > 0 ? this.#lose(`it lost ${missing} bytes`) : 0;
    }
    this.#state = content.state;
    this.#closeContent();
    const waits = this.#options.follow && this.#state === "cut"; // it may be half written: the next run sees
    if (this.#state === "end" || waits) return 0;
    throw this.#error(
      `its compressed data ${
        this.#state === "cut" ? "ends too early" : "is damaged"
      } after byte ${this.offset}`,
      { cause: content.failure, kind: "damaged" },
    );
  }

  async #marksAgain(offset: number): Promise<Mark[]> {
    const content = this.#openWherever();
    try {
      const marks = content === null ? null : await marksUpTo(content, offset);
      const expected = this.#trail.marksAt(this.offset)!;
      const same = marks?.every((mark) =>
        expected.every((other) => other.end !== mark.end || other.hash === mark.hash)
      );
      if (marks === null || !same) {
        throw this.#error(`byte ${offset} can't be found again: the file has changed`);
      }
      return marks;
    } finally {
      content?.close();
    }
  }

  #error(why: string, options?: ConstructorParameters<typeof InputError>[2]): InputError {
    return new InputError(`Cannot read ${this.name}: ${why}`, this.name, options);
  }
}
