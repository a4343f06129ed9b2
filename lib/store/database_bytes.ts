/**
 * A database file as bytes, without leaving anything beside it.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";

/**
 * The whole database at `path`, as one that needs no write-ahead log; `null` = there is none. Nobody may write to it meanwhile.
 * Opening a database leaves files beside it, so that is done only where some are.
 */
export function databaseBytes(path: string): Uint8Array<ArrayBuffer> | null {
  const bytes = exists(`${path}-wal`) ? serialized(path) : readOrNull(path);
  if (bytes !== null) bytes[18] = bytes[19] = 1; // no write-ahead log; SQLite file format, 1.3.3
  return bytes;
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function serialized(path: string): Uint8Array<ArrayBuffer> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return Uint8Array.from(database.serialize());
  } finally {
    database.close();
  }
}

function readOrNull(path: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
