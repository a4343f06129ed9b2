/**
 * The room that the state database takes on disk.
 *
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import type { Database } from "./database.ts";

/**
 * Has a database that holds nothing yet give room back bit by bit. One that an older program made can't be changed any more (SQLite
 * would have to attach another one, which Deno doesn't let it): what is freed there is used again, and its file stays as large.
 */
export function makeShrinkable(database: DatabaseSync): void {
  database.exec("pragma auto_vacuum = incremental");
}

/**
 * How much room there is, and giving it back. Reached as `state.space`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { State } from "./state.ts";
 *
 * const path = `${await Deno.makeTempDir()}/state.db`, state = State.open(path);
 * const run = { command: "x".repeat(1000), startedAt: 0, finishedAt: 0, lines: 0, windows: 0, anomalous: 0, skipped: 0 };
 * state.transaction(() => { for (let i = 0; i < 2000; i++) state.putRun(run); });
 * const { used } = state.space;
 * state.pruneRuns(1);
 * assert.ok(state.space.used < used / 2 && state.space.free > used / 2);
 * state.space.giveBack();
 * assert.ok(state.space.free === 0 && Deno.statSync(path).size < used / 2);
 * state.close();
 * ```
 */
export class Space {
  /** @param tables Whose room it is. */
  constructor(private readonly tables: Database) {}

  /** Bytes that hold something. */
  get used(): number {
    return (this.#number("page_count") - this.#number("freelist_count")) * this.#number("page_size");
  }

  /** Bytes of the file that hold nothing. */
  get free(): number {
    return this.#number("freelist_count") * this.#number("page_size");
  }

  /** Makes the file as small as what it holds, see {@linkcode makeShrinkable}. Not to be called in a transaction. */
  giveBack(): void {
    this.#all("incremental_vacuum");
    this.#all("wal_checkpoint(truncate)");
  }

  #number(name: string): number {
    return Number(this.#all(name)[0][name]);
  }

  /** Prepared each time: a pragma's answer may change with the schema, and all its rows must be asked for to have it done. */
  #all(pragma: string): Record<string, unknown>[] {
    return this.tables.sqlite.prepare(`pragma ${pragma}`).all();
  }
}
