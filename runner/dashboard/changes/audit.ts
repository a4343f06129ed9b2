/**
 * Who changed what from the pages, and when: lines of JSON in the state's folder.
 *
 * @module
 */

/** A change that somebody made, or tried to. */
export interface AuditEntry {
  /** ms since the epoch. */
  at: number;
  who: string;
  /** Address that the request came from. */
  from: string;
  /** Such as `acknowledge`. */
  what: string;
  /** What it was about: an id, in words. */
  about: string;
  note: string;
  /** Why it was not done; empty = it was. */
  problem: string;
}

/** Name of the file, and of the one before it. */
const FILE = "dashboard-audit.jsonl", BEFORE = "dashboard-audit.1.jsonl";
/** Bytes from which on a new file is begun. */
const LARGE = 8 * 1024 * 1024;
/** Entries that are read. */
const LATEST = 100;
/** Bytes at the end of the file that they are looked for in. */
const TAIL = 128 * 1024;

/**
 * The log of changes in a folder. An entry is on disk before the change is answered.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { AuditLog } from "./audit.ts";
 *
 * const log = new AuditLog(await Deno.makeTempDir());
 * const entry = { at: 7, who: "kim", from: "127.0.0.1", what: "acknowledge", about: "0a1b", note: "", problem: "" };
 * log.add(entry);
 * assert.deepEqual(log.latest(), [entry]);
 * ```
 */
export class AuditLog {
  readonly #path: string;
  readonly #before: string;

  /** @param folder Where the file is; it must be there. */
  constructor(folder: string) {
    this.#path = `${folder}/${FILE}`;
    this.#before = `${folder}/${BEFORE}`;
  }

  /** Adds an entry. */
  add(entry: AuditEntry): void {
    if (sizeOf(this.#path) > LARGE) Deno.renameSync(this.#path, this.#before);
    const file = Deno.openSync(this.#path, { append: true, create: true, mode: 0o600 });
    try {
      let bytes = new TextEncoder().encode(JSON.stringify(entry) + "\n");
      while (bytes.length > 0) bytes = bytes.subarray(file.writeSync(bytes));
      file.syncDataSync();
    } finally {
      file.close();
    }
  }

  /** The latest entries, newest first; a line that was not written whole is passed over. */
  latest(): AuditEntry[] {
    return tailOf(this.#path).split("\n").reverse().flatMap(entryOf).slice(0, LATEST);
  }
}

function entryOf(line: string): AuditEntry | [] {
  try {
    const { at, who, from, what, about, note, problem } = JSON.parse(line);
    if (typeof at !== "number") return [];
    const texts = { who, from, what, about, note, problem };
    const known = Object.entries(texts).map(([name, value]) => [name, String(value ?? "")]);
    return { at, ...Object.fromEntries(known) } as AuditEntry;
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

/** The end of a file; empty where there is none. */
function tailOf(path: string): string {
  const size = sizeOf(path);
  if (size === 0) return "";
  const file = Deno.openSync(path);
  try {
    file.seekSync(Math.max(0, size - TAIL), Deno.SeekMode.Start);
    const bytes = new Uint8Array(TAIL), length = file.readSync(bytes) ?? 0;
    return new TextDecoder().decode(bytes.subarray(0, length));
  } finally {
    file.close();
  }
}
