/**
 * A SQLite database with its statements.
 *
 * @module
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";

/**
 * Prepares each statement once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DatabaseSync } from "node:sqlite";
 * import { Database } from "./database.ts";
 *
 * const database = new Database(new DatabaseSync(":memory:"));
 * assert.equal(database.sql("select 1 + 1 as sum").get()?.sum, 2);
 * database.close();
 * ```
 */
export class Database {
  readonly #statements = new Map<string, StatementSync>();

  /** @param sqlite The open database. */
  constructor(readonly sqlite: DatabaseSync) {}

  /** A statement, ready to run. */
  sql(text: string): StatementSync {
    let statement = this.#statements.get(text);
    if (!statement) this.#statements.set(text, statement = this.sqlite.prepare(text));
    return statement;
  }

  /** Everything that `run` writes, or nothing. */
  transaction<T>(run: () => T): T {
    this.sqlite.exec("begin immediate");
    try {
      const result = run();
      this.sqlite.exec("commit");
      return result;
    } catch (error) {
      this.sqlite.exec("rollback");
      throw error;
    }
  }

  /** Gives the file back; the statements can't be used afterwards. */
  close(): void {
    this.#statements.clear();
    this.sqlite.close();
  }
}
