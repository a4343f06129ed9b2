/**
 * What the program knows of its own condition, subject by subject: a table of the state database.
 *
 * @module
 */
import type { Database } from "./database.ts";

/** What is known of something: plain JSON of the program that watches it. */
export interface StoredCondition {
  /** What it is about, such as `run` or `source`. */
  kind: string;
  /** Which one of these: names that are unique together, such as a stream's and an input's. */
  names: readonly string[];
  detail: unknown;
}

/**
 * Reached as `state.conditions`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { State } from "./state.ts";
 *
 * const state = State.open(":memory:");
 * state.conditions.put({ kind: "source", names: ["shop", "shop.log"], detail: { since: 5 } });
 * assert.deepEqual(state.conditions.of("source").map(({ names, detail }) => [names[0], detail]), [["shop", { since: 5 }]]);
 * assert.equal(state.conditions.get("source", "shop", "other.log"), null);
 * state.close();
 * ```
 */
export class Conditions {
  /** @param tables Where the table is. */
  constructor(private readonly tables: Database) {}

  /** What is known of one; `null` = nothing. */
  get(kind: string, ...names: string[]): unknown {
    const row = this.tables.sql("select detail from condition where kind = ? and names = ?")
      .get(kind, JSON.stringify(names));
    return row === undefined ? null : JSON.parse(String(row.detail));
  }

  /** All of a kind, by their names. */
  of(kind: string): StoredCondition[] {
    return this.tables.sql("select * from condition where kind = ? order by names").all(kind).map((row) => ({
      kind,
      names: JSON.parse(String(row.names)) as string[],
      detail: JSON.parse(String(row.detail)),
    }));
  }

  /** Keeps what is known of one in place of what was. */
  put({ kind, names, detail }: StoredCondition): void {
    this.tables.sql("insert or replace into condition values (?, ?, ?)")
      .run(kind, JSON.stringify(names), JSON.stringify(detail));
  }

  /** Forgets one. */
  remove(kind: string, ...names: string[]): void {
    this.tables.sql("delete from condition where kind = ? and names = ?").run(kind, JSON.stringify(names));
  }
}
