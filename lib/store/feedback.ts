/**
 * What people said of alerts: a table of the state database.
 *
 * @module
 */
import type { Database } from "./database.ts";
import { feedbackOf, type StoredFeedback } from "./rows.ts";

/**
 * One word for each alert, and the last one counts. Alerts that something was said of are never forgotten, nor are their windows.
 * Reached as `state.feedback`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { State } from "./state.ts";
 *
 * const state = State.open(":memory:"), said = { alert: "a1", stream: "shop", note: "", at: 0 };
 * assert.equal(state.feedback.put({ ...said, said: "false" }), true);
 * assert.equal(state.feedback.put({ ...said, said: "false", at: 9 }), false); // that is what was said before
 * assert.equal(state.feedback.put({ ...said, said: "expected", at: 9 }), true);
 * assert.deepEqual(state.feedback.all().map(({ said, at }) => [said, at]), [["expected", 9]]);
 * state.close();
 * ```
 */
export class Feedback {
  /** @param tables Where the table is. */
  constructor(private readonly tables: Database) {}

  /** Everything that was said, in the order of alerts' ids; of one stream or of all. */
  all(stream: string | null = null): StoredFeedback[] {
    return this.tables.sql("select * from feedback where ?1 is null or stream = ?1 order by alert").all(
      stream,
    )
      .map(feedbackOf);
  }

  /** What was said of an alert; `null` = nothing. */
  of(alert: string): StoredFeedback | null {
    const row = this.tables.sql("select * from feedback where alert = ?").get(alert);
    return row ? feedbackOf(row) : null;
  }

  /** Remembers what was said; `false`, and nothing changes, where the very same was said before. */
  put({ alert, stream, said, note, at }: StoredFeedback): boolean {
    const before = this.of(alert);
    if (before?.said === said && before.note === note) return false;
    this.tables.sql("insert or replace into feedback values (?, ?, ?, ?, ?)").run(
      ...[alert, stream, said, note, at],
    );
    return true;
  }

  /** Takes back what was said of an alert; `false` where nothing was. */
  remove(alert: string): boolean {
    return this.tables.sql("delete from feedback where alert = ?").run(alert).changes === 1;
  }
}
