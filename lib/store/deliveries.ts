/**
 * Messages that are to be sent, and what became of them: a table of the state database.
 *
 * @module
 */
import type { Database } from "./database.ts";
import { type Delivery, deliveryOf, type StoredDelivery } from "./rows.ts";

/** How a message was not accepted; times are ms since the epoch. */
export interface Failed {
  error: string;
  now: number;
  /** When it is tried again, unless it is given up. */
  nextAt: number;
  dead: boolean;
}

/**
 * Every message is there once, by its key; the channel is told the key, so that a repeat can be recognised.
 *
 * @example Two deliveries with one key are one
 * ```ts
 * import assert from "node:assert/strict";
 * import { State } from "./state.ts";
 *
 * const { deliveries } = State.open(":memory:");
 * const delivery = { key: "a1:mail", alert: "a1", channel: "mail", payload: "{}", dueAt: 0 };
 * assert(deliveries.enqueue(delivery) === true);
 * assert(deliveries.enqueue(delivery) === false);
 * ```
 */
export class Deliveries {
  /** @param database Where the table is. */
  constructor(private readonly database: Database) {}

  /** Everything that `run` writes, or nothing. */
  transaction<T>(run: () => T): T {
    return this.database.transaction(run);
  }

  /** Adds a message to be sent; `false`, and nothing happens, if one with its key was ever added. */
  enqueue(delivery: Delivery): boolean {
    const { key, alert, channel, payload, dueAt, queuedAt = null } = delivery;
    return this.database.sql(`insert or ignore into delivery
      (key, alert, channel, payload, due_at, queued_at, scheduled_at)
      values (?1, ?2, ?3, ?4, ?5, coalesce(?6, ?5), coalesce(?6, 0))`)
      .run(key, alert, channel, payload, dueAt, queuedAt).changes === 1;
  }

  /**
   * Messages that should be sent by `now`, longest due first, and what else waits for the same channel about the same alert, or was sent
   * with one of them: an end is not told before its beginning. What was to be sent at once, or again, by a clock that was put back since,
   * is due.
   */
  due(now: number): StoredDelivery[] {
    return this.database.sql(`with waiting as (select * from delivery where status = 'due'), ready as (
        select alert, channel from waiting
        where due_at <= ?1 or scheduled_at > ?1 and (attempts > 0 or due_at = scheduled_at)
      ), due as (select * from waiting where (alert, channel) in ready)
      select * from waiting where key in (select key from due) or
        tried_as in (select tried_as from due where tried_as <> '') order by due_at, key`).all(now).map(
      deliveryOf,
    );
  }

  /** The message is sent under the key `as`, with all others that are: from now on it may have arrived. Empty = it certainly has not. */
  tried(key: string, as: string): void {
    this.database.sql("update delivery set tried_as = ? where key = ?").run(as, key);
  }

  /** How many messages are in each status: `due`, `sent`, `dead`. */
  counts(): Record<string, number> {
    const rows = this.database.sql("select status, count(*) as n from delivery group by status").all();
    return Object.fromEntries(rows.map((row) => [String(row.status), Number(row.n)]));
  }

  /** Messages that did not reach everybody: those that wait, those that were given up, those with a remark; oldest first. */
  undelivered(): StoredDelivery[] {
    return this.database.sql(
      "select * from delivery where status <> 'sent' or last_error <> '' order by queued_at, key",
    )
      .all().map(deliveryOf);
  }

  /** Puts a message that is not sent back to the start: due now, never tried. `false` if there is none of that key. */
  requeue(key: string, now: number): boolean {
    return this.database.sql(`update delivery set status = 'due', attempts = 0,
      due_at = ?1, queued_at = ?1, scheduled_at = ?1 where key = ?2 and status <> 'sent'`).run(now, key)
      .changes === 1;
  }

  /** Forgets messages that were sent or given up before a time, ms since the epoch, and whose alerts are forgotten. */
  prune(before: number): number {
    return Number(
      this.database.sql(`delete from delivery where status <> 'due' and coalesce(settled_at, due_at) < ?
        and alert not in (select id from alert)`).run(before).changes,
    );
  }

  /** The message was accepted by its channel; `remark` says whom it did not reach all the same. */
  delivered(key: string, now: number, remark = ""): void {
    this.database.sql(
      "update delivery set status = 'sent', attempts = attempts + 1, settled_at = ?, last_error = ? where key = ?",
    )
      .run(now, remark, key);
  }

  /** The message was not accepted at `now`; it is tried again at `nextAt`, or given up as dead. */
  failed(key: string, { error, now, nextAt, dead }: Failed): void {
    this.database.sql(
      `update delivery set status = ?, attempts = attempts + 1, due_at = ?, scheduled_at = ?, last_error = ?
      where key = ?`,
    ).run(dead ? "dead" : "due", nextAt, now, error, key);
  }
}
