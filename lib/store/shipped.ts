/**
 * How far logs were shipped.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { Database } from "./database.ts";
import { StateError } from "./schema.ts";

/** Where an input goes on. */
export interface ShippedInput {
  /** The input's name. */
  name: string;
  /** Position, as its source made it. */
  position: Record<string, unknown>;
  /** What the shipper needs to go on there. */
  detail: Record<string, unknown>;
}

const VERSION = 1;

/**
 * A small database of its own, so that shipping and detection don't wait for each other: SQLite in WAL mode, `synchronous = full`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Shipped } from "./shipped.ts";
 *
 * const shipped = Shipped.open(":memory:");
 * shipped.replace("shop", [{ name: "shop.log", position: { offset: 0 }, detail: {} }]);
 * shipped.put("shop", [{ name: "shop.log", position: { offset: 9 }, detail: {} }]);
 * assert.equal(shipped.inputs("shop")[0].position.offset, 9);
 * shipped.close();
 * ```
 */
export class Shipped {
  readonly #tables: Database;

  private constructor(database: DatabaseSync) {
    this.#tables = new Database(database);
  }

  /**
   * Opens the database at `path`, created when absent.
   *
   * @throws {StateError} if it is none, damaged, or written by a newer version.
   */
  static open(path: string): Shipped {
    let database: DatabaseSync | undefined;
    try {
      database = new DatabaseSync(path, { timeout: 5000 });
      database.exec("pragma journal_mode = wal; pragma synchronous = full;");
      const version = Number(database.prepare("pragma user_version").get()?.user_version ?? 0);
      if (version > VERSION) {
        throw new StateError(
          `it has schema version ${version}, this program knows up to ${VERSION}`,
        );
      }
      database.exec(
        `begin immediate;
        create table if not exists input (stream text not null, name text not null, position text not null,
        detail text not null, primary key (stream, name)) strict, without rowid;
        pragma user_version = ${VERSION};
        commit;`,
      );
      return new Shipped(database);
    } catch (cause) {
      database?.close();
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new StateError(`Cannot open the positions of shipped logs: ${path}: ${reason}`, { cause });
    }
  }

  /** Inputs of a stream, by name. */
  inputs(stream: string): ShippedInput[] {
    return this.#tables.sql("select name, position, detail from input where stream = ? order by name").all(
      stream,
    )
      .map(({ name, position, detail }) => ({
        name: String(name),
        position: JSON.parse(String(position)),
        detail: JSON.parse(String(detail)),
      }));
  }

  /** These inputs of a stream are as said, all of them or none; others stay as they are. */
  put(stream: string, inputs: readonly ShippedInput[]): void {
    if (inputs.length > 0) this.#tables.transaction(() => this.#insert(stream, inputs));
  }

  /** A stream has these inputs and no others. */
  replace(stream: string, inputs: readonly ShippedInput[]): void {
    this.#tables.transaction(() => {
      this.#tables.sql("delete from input where stream = ?").run(stream);
      this.#insert(stream, inputs);
    });
  }

  /** Gives the file back. */
  close(): void {
    this.#tables.close();
  }

  #insert(stream: string, inputs: readonly ShippedInput[]): void {
    const insert = this.#tables.sql("insert or replace into input values (?, ?, ?, ?)");
    for (const { name, position, detail } of inputs) {
      insert.run(stream, name, JSON.stringify(position), JSON.stringify(detail));
    }
  }
}
