/**
 * What keeps messages back because a person said so: a table of the state database.
 *
 * @module
 */
import type { Database } from "./database.ts";
import { muteOf, type StoredMute } from "./rows.ts";

/**
 * Silences, deployments and suppressions. Reached as `state.mutes`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { State } from "./state.ts";
 *
 * const state = State.open(":memory:");
 * const silence = { id: "s1", kind: "silence" as const, matcher: "{}", start: 0, end: 10, note: "", who: "ann", at: 0 };
 * state.mutes.put(silence);
 * assert.deepEqual(state.mutes.all(), [silence]);
 * assert.equal(state.mutes.end("s1", 5), true);
 * assert.equal(state.mutes.end("s1", 6), false); // it is over
 * assert.deepEqual(state.mutes.all().map(({ end }) => end), [5]);
 * state.close();
 * ```
 */
export class Mutes {
  /** @param tables Where the table is. */
  constructor(private readonly tables: Database) {}

  /** All of them, in the order in which they were said. */
  all(): StoredMute[] {
    return this.tables.sql("select * from mute order by at, id").all().map(muteOf);
  }

  /** Keeps one. */
  put({ id, kind, matcher, start, end, note, who, at }: StoredMute): void {
    this.tables.sql("insert or replace into mute values (?, ?, ?, ?, ?, ?, ?, ?)")
      .run(...[id, kind, matcher, start, end, note, who, at]);
  }

  /** Ends one at `now`, ms since the epoch; `false` where there is none that still holds. */
  end(id: string, now: number): boolean {
    return this.tables.sql("update mute set end = ?1 where id = ?2 and (end is null or end > ?1)").run(
      now,
      id,
    )
      .changes === 1;
  }

  /** Forgets what was said and is over since before a time, ms since the epoch. */
  prune(before: number): void {
    this.tables.sql("delete from mute where end < ?1 and at < ?1").run(before);
  }
}
