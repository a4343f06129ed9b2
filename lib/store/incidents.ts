/**
 * Incidents: which alerts belong to them, what was told of them, who takes care: tables of the state database.
 *
 * @module
 */
import type { Database } from "./database.ts";
import {
  acknowledgementOf,
  alertOf,
  incidentOf,
  noticeOf,
  type StoredAcknowledgement,
  type StoredAlert,
  type StoredIncident,
  type StoredNotice,
  timeColumn,
} from "./rows.ts";

/**
 * Reached as `state.incidents`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { State } from "./state.ts";
 *
 * const state = State.open(":memory:");
 * state.putAlert({ id: "a1", stream: "shop", status: "firing", start: 0, end: 5, body: "{}" });
 * state.incidents.put({ id: "a1", isLive: true, start: 0, end: 5, body: "{}" });
 * state.incidents.join("a1", "a1");
 * assert.deepEqual(state.incidents.alertsOf("a1").map(({ id }) => id), ["a1"]);
 * assert.deepEqual(state.incidents.near(4, 9).map(({ id }) => id), ["a1"]);
 * state.close();
 * ```
 */
export class Incidents {
  /** @param tables Where the tables are. */
  constructor(private readonly tables: Database) {}

  /** Every incident, earliest first. */
  all(): StoredIncident[] {
    return this.tables.sql("select * from incident order by start, id").all().map(incidentOf);
  }

  /** Those of which something may still have to be told. */
  live(): StoredIncident[] {
    return this.tables.sql("select * from incident where is_live = 1 order by id").all().map(incidentOf);
  }

  /** Those that lasted at some time between two, ms; with them those without times. */
  near(from: number, to: number): StoredIncident[] {
    return this.tables.sql(`select * from incident where end >= ?1 and start <= ?2
      union all select * from incident where end is null order by id`).all(from, to).map(incidentOf);
  }

  /** The incident of this identity; `null` when there is none. */
  get(id: string): StoredIncident | null {
    const row = this.tables.sql("select * from incident where id = ?").get(id);
    return row ? incidentOf(row) : null;
  }

  /** Keeps an incident. */
  put({ id, isLive, start, end, body }: StoredIncident): void {
    this.tables.sql("insert or replace into incident values (?, ?, ?, ?, ?)")
      .run(id, isLive ? 1 : 0, timeColumn(start), timeColumn(end), body);
  }

  /** Puts an alert into an incident. */
  join(alert: string, incident: string): void {
    this.tables.sql("update alert set incident = ? where id = ?").run(incident, alert);
  }

  /** Makes one incident part of another. */
  merge(id: string, into: string): void {
    this.tables.sql("update alert set incident = ? where incident = ?").run(into, id);
    this.tables.sql("update notice set incident = ? where incident = ?").run(into, id);
    this.tables.sql("update or ignore acknowledgement set incident = ? where incident = ?").run(into, id);
    this.tables.sql("delete from acknowledgement where incident = ?").run(id);
    this.tables.sql("delete from incident where id = ?").run(id);
  }

  /** The alerts of an incident, earliest first. */
  alertsOf(incident: string): StoredAlert[] {
    return this.tables.sql("select * from alert where incident = ? order by start, id").all(incident).map(
      alertOf,
    );
  }

  /**
   * Alerts of the same stream, service and cause that began before a time: how many, and when the last one ended, ms
   * (`null` = there is none, or none with times).
   */
  earlier(
    { stream, service, cause }: { stream: string; service: string; cause: string },
    before: number,
  ): { count: number; last: number | null } {
    const row = this.tables.sql(`select count(*) as n, max(end) as last from alert
      where stream = ? and service = ? and cause = ? and start < ? and incident <> ''`).get(
      stream,
      service,
      cause,
      before,
    );
    return { count: Number(row?.n ?? 0), last: row?.last === null ? null : Number(row?.last) };
  }

  /** Notes what was told of an incident, or why it was not. */
  note({ incident, receiver, at, kind, number, severity, held, day }: StoredNotice): void {
    this.tables.sql(`insert into notice (incident, receiver, at, kind, number, severity, held, day)
      values (?, ?, ?, ?, ?, ?, ?, ?)`).run(...[incident, receiver, at, kind, number, severity, held, day]);
  }

  /** What was told of an incident, and what was held back, in that order. */
  notices(incident: string): StoredNotice[] {
    return this.tables.sql("select * from notice where incident = ? order by id").all(incident).map(noticeOf);
  }

  /** Messages that count for a day of a receiver. */
  toldOn(receiver: string, day: number): number {
    const row = this.tables.sql("select count(*) as n from notice where receiver = ? and day = ?").get(
      receiver,
      day,
    );
    return Number(row?.n ?? 0);
  }

  /** Who takes care of an incident; `null` = nobody said so. */
  acknowledgement(incident: string): StoredAcknowledgement | null {
    const row = this.tables.sql("select * from acknowledgement where incident = ?").get(incident);
    return row ? acknowledgementOf(row) : null;
  }

  /** Keeps who takes care of an incident; the last word counts. */
  acknowledge({ incident, at, who, note }: StoredAcknowledgement): void {
    this.tables.sql("insert or replace into acknowledgement values (?, ?, ?, ?)").run(
      incident,
      at,
      who,
      note,
    );
  }

  /** Forgets who takes care: the incident is over, and when it comes back it is for all again. */
  forgetAcknowledgement(incident: string): void {
    this.tables.sql("delete from acknowledgement where incident = ?").run(incident);
  }

  /** Forgets incidents that are over and of whose alerts none is left. */
  prune(): void {
    this.tables.sql(`delete from incident where is_live = 0
      and not exists (select 1 from alert where alert.incident = incident.id)`).run();
    this.tables.sql("delete from notice where incident not in (select id from incident)").run();
    this.tables.sql("delete from acknowledgement where incident not in (select id from incident)").run();
  }
}
