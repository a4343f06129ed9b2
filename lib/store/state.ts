/**
 * The state database: where a run stopped, what is still open, what was decided, who must still be told.
 *
 * @module
 */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Verdict } from "../explain/reason.ts";
import { Conditions } from "./conditions.ts";
import { Database } from "./database.ts";
import { databaseBytes } from "./database_bytes.ts";
import type { ActivityScore } from "../model/activity.ts";
import {
  type AlertedWindow,
  alertedWindowOf,
  alertOf,
  type StoredAlert,
  type StoredInput,
  type StoredRun,
  type StoredStream,
  timeColumn,
  verdictOf,
} from "./rows.ts";
import { Counts } from "./counts/counts.ts";
import { Deliveries } from "./deliveries.ts";
import { Feedback } from "./feedback.ts";
import { Findings } from "./findings.ts";
import { Incidents } from "./incidents.ts";
import { Learned } from "./learned.ts";
import { Metrics } from "./metrics.ts";
import { Mutes } from "./mutes.ts";
import { migrate, migratedCopy, StateError, upToDate } from "./schema.ts";
import { Readings } from "./readings.ts";
import { putVerdicts, removeVerdict } from "./put_verdicts.ts";
import { makeShrinkable, Space } from "./space.ts";

/**
 * SQLite in WAL mode, `synchronous = full`: a transaction that returned is on disk, one that didn't never was.
 *
 * @example What is not committed never was
 * ```ts
 * import assert from "node:assert/strict";
 * import { State } from "./state.ts";
 *
 * const state = State.open(":memory:");
 * assert.throws(() =>
 *   state.transaction(() => {
 *     state.putStream({ name: "shop", model: "v0001", detail: {} });
 *     throw new Error("killed");
 *   })
 * );
 * assert.deepEqual(state.streams(), []);
 * state.close();
 * ```
 */
export class State {
  /** What is to be sent. */
  readonly deliveries: Deliveries;
  /** What was learned while scanning. */
  readonly learned: Learned;
  /** What people said of alerts. */
  readonly feedback: Feedback;
  /** Incidents, what was told of them, and who takes care. */
  readonly incidents: Incidents;
  /** What keeps messages back. */
  readonly mutes: Mutes;
  /** Documents about what was found, on their way to another store. */
  readonly findings: Findings;
  /** What was read and judged day by day. */
  readonly readings: Readings;
  /** What the program counts and measures of itself. */
  readonly metrics: Metrics;
  /** What it knows of its own condition. */
  readonly conditions: Conditions;
  /** What was read and judged by slots of time. */
  readonly counts: Counts;
  /** The room that all of it takes. */
  readonly space: Space;
  readonly #tables: Database;

  private constructor(readonly database: DatabaseSync) {
    this.#tables = new Database(database);
    this.counts = new Counts(this.#tables);
    this.deliveries = new Deliveries(this.#tables);
    this.learned = new Learned(this.#tables);
    this.feedback = new Feedback(this.#tables);
    this.incidents = new Incidents(this.#tables);
    this.mutes = new Mutes(this.#tables);
    this.findings = new Findings(this.#tables);
    this.readings = new Readings(this.#tables);
    this.metrics = new Metrics(this.#tables);
    this.conditions = new Conditions(this.#tables);
    this.space = new Space(this.#tables);
  }

  /**
   * Opens the database at `path` (created when absent) and brings it to the present schema; to read only, that is done to a
   * copy in memory.
   *
   * @param options `wait`: how long a writer waits for another one, ms; default 5,000.
   * @throws {StateError} if the file is damaged, not a database, or of a newer schema.
   */
  static open(path: string, options: { readOnly?: boolean; wait?: number } = {}): State {
    const { readOnly = false, wait = 5000 } = options;
    let database: DatabaseSync | undefined;
    try {
      database = new DatabaseSync(path, { readOnly, timeout: wait });
      if (readOnly) return new State(upToDate(database));
      makeShrinkable(database);
      database.exec("pragma journal_mode = wal; pragma synchronous = full;");
      migrate(database);
      return new State(database);
    } catch (cause) {
      database?.close();
      if (cause instanceof StateError) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new StateError(`Cannot open the state database: ${path}: ${reason}`, { cause });
    }
  }

  /**
   * A copy in memory of the database at `path` (an empty one when absent), brought to the present schema: whatever is done
   * to it is gone when it is closed. Nobody may write to the file meanwhile.
   *
   * @throws {StateError} as for {@linkcode open}.
   */
  static copy(path: string): State {
    const copy = State.open(":memory:");
    try {
      const bytes = databaseBytes(path);
      if (bytes !== null) migratedCopy(bytes, copy.database);
      return copy;
    } catch (cause) {
      copy.close();
      if (cause instanceof StateError) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new StateError(`Cannot read the state database: ${path}: ${reason}`, { cause });
    }
  }

  /** Gives the file back. */
  close(): void {
    this.#tables.close();
  }

  /** Everything that `run` writes, or nothing. */
  transaction<T>(run: () => T): T {
    return this.#tables.transaction(run);
  }

  /** How far the stream has come; `null` when it was never scanned. */
  stream(name: string): StoredStream | null {
    const row = this.#sql("select model, detail from stream where name = ?").get(name);
    return row ? { name, model: String(row.model), detail: JSON.parse(String(row.detail)) } : null;
  }

  /** Names of all streams that were scanned. */
  streams(): string[] {
    return this.#sql("select name from stream order by name").all().map((row) => String(row.name));
  }

  /** Names of all streams with verdicts or alerts. */
  judgedStreams(): string[] {
    return this.#sql("select stream from verdict union select stream from alert order by stream").all()
      .map((row) => String(row.stream));
  }

  /** When the last window ended that was judged of a stream, ms; `null` = none, or none with times. */
  lastEnd(stream: string): number | null {
    const row = this.#sql("select max(end) as last from verdict where stream = ?").get(stream);
    return row?.last == null ? null : Number(row.last);
  }

  putStream(stream: StoredStream): void {
    this.#sql("insert or replace into stream values (?, ?, ?)")
      .run(stream.name, stream.model, JSON.stringify(stream.detail));
  }

  /** Where the stream's inputs go on. */
  inputs(stream: string): StoredInput[] {
    return this.#sql("select name, position, reader from input where stream = ? order by name").all(stream)
      .map((row) => ({
        name: String(row.name),
        position: JSON.parse(String(row.position)),
        reader: JSON.parse(String(row.reader)),
      }));
  }

  /** Replaces all inputs of the stream: one that isn't named any more is forgotten. */
  putInputs(stream: string, inputs: StoredInput[]): void {
    this.#sql("delete from input where stream = ?").run(stream);
    const insert = this.#sql("insert into input values (?, ?, ?, ?)");
    for (const input of inputs) {
      insert.run(stream, input.name, JSON.stringify(input.position), JSON.stringify(input.reader));
    }
  }

  /** The stream's open windows as they were saved; `null` when there are none. */
  openWindows(stream: string): Uint8Array | null {
    const row = this.#sql("select snapshot from open_windows where stream = ?").get(stream);
    return row ? row.snapshot as Uint8Array : null;
  }

  putOpenWindows(stream: string, snapshot: Uint8Array): void {
    this.#sql("insert or replace into open_windows values (?, ?)").run(stream, snapshot);
  }

  /** Adds verdicts; one with a known key replaces the earlier one, and belongs to no alert until that is said again. */
  putVerdicts(verdicts: Iterable<Verdict>, model: string): void {
    putVerdicts(this.#tables, verdicts, model);
  }

  /** Takes a verdict out whose window is no more: its session began earlier, or was joined to another. */
  removeVerdict(stream: string, key: string): void {
    removeVerdict(this.#tables, stream, key);
  }

  /** Verdicts in order of time and key: all, or those of a stream, of a span of time, or the anomalous ones only. */
  verdicts(options: { stream?: string; anomalous?: boolean; from?: number; to?: number } = {}): Verdict[] {
    const { stream = null, anomalous = false, from = -8.64e15, to = 8.64e15 } = options;
    return this.#sql(`select * from verdict where (?1 is null or stream = ?1) and (?2 = 0 or anomalous = 1)
      and (start between ?3 and ?4 or start is null and ?3 = -8.64e15) order by start, stream, key`)
      .all(stream, anomalous ? 1 : 0, from, to)
      .map((row) => verdictOf(row));
  }

  /** The verdict on one window; `null` when there is none. */
  verdict(stream: string, key: string): Verdict | null {
    const row = this.#sql("select * from verdict where stream = ? and key = ?").get(stream, key);
    return row ? verdictOf(row) : null;
  }

  /** The verdicts on a session of that key: it is named by its first time as well where the key came again later. */
  sessionVerdicts(stream: string, session: string): Verdict[] {
    return this.#sql(`select * from verdict where stream = ?1 and kind = 'session'
      and (key = ?2 or key >= ?2 || '@' and key < ?2 || 'A') order by key`)
      .all(stream, session).map((row) => verdictOf(row));
  }

  /**
   * The highest score of each span of `size` ms between `from` and `to` (ms since the epoch), earliest first: of all windows of the
   * stream, or those of a kind or service alone.
   */
  highestScores(
    stream: string,
    from: number,
    to: number,
    size: number,
    { kind = null, service = null }: { kind?: Verdict["kind"] | null; service?: string | null } = {},
  ): ActivityScore[] {
    return this.#sql(`select start, max(score) as score, threshold, anomalous from verdict
      where stream = ?1 and start >= ?2 and start < ?3 and (?5 is null or kind = ?5) and (?6 is null or service = ?6)
      group by cast(start / ?4 as integer) order by start`)
      .all(stream, from, to, size, kind, service)
      .map((row) => ({
        ...{ start: Number(row.start), score: Number(row.score), threshold: Number(row.threshold) },
        anomalous: row.anomalous === 1,
      }));
  }

  /** Alerts of the stream that may still change. */
  openAlerts(stream: string): StoredAlert[] {
    const open = this.#sql(
      `select * from alert where stream = ? and status in ('pending', 'firing', 'resolved')
      order by start, id`,
    );
    return open.all(stream).map(alertOf);
  }

  /** Every alert, earliest first. */
  alerts(): StoredAlert[] {
    return this.#sql("select * from alert order by start, id").all().map(alertOf);
  }

  /** Every alert without its body, earliest first. */
  alertTimes(): StoredAlert[] {
    return this.#sql(`select id, stream, status, start, end, '' as body, service, cause, incident
      from alert order by start, id`).all().map(alertOf);
  }

  /** Keeps an alert; which incident it belongs to stays as it is known. */
  putAlert({ id, stream, status, start, end, body, service = "", cause = "" }: StoredAlert): void {
    this.#sql(
      `insert into alert (id, stream, status, start, end, body, service, cause) values (?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (id) do update set status = excluded.status, start = excluded.start, end = excluded.end,
      body = excluded.body`,
    )
      .run(...[id, stream, status, timeColumn(start), timeColumn(end), body, service, cause]);
  }

  /** The alert of this id; `null` when there is none. */
  alert(id: string): StoredAlert | null {
    const row = this.#sql("select * from alert where id = ?").get(id);
    return row ? alertOf(row) : null;
  }

  /** Notes which alert each of these anomalous windows belongs to, by their keys. */
  putAlertsOf(stream: string, alerts: ReadonlyMap<string, string>): void {
    const update = this.#sql("update verdict set alert = ? where stream = ? and key = ? and anomalous = 1");
    for (const [key, alert] of alerts) update.run(alert, stream, key);
  }

  /** Versions of models that streams go on from, or that judged windows of alerts that may go on. */
  modelsInUse(): string[] {
    return this.#sql(`select model from stream union select model from verdict where anomalous = 1
      and alert in (select id from alert where status <> 'closed')`).all().map(({ model }) => String(model));
  }

  /** The anomalous windows of a stream with the alert of each, in order of time. */
  alertedWindows(stream: string): AlertedWindow[] {
    return this.#sql(`select key, kind, service, start, end, alert, model from verdict
      where stream = ? and anomalous = 1 order by start, key`).all(stream).map(alertedWindowOf);
  }

  /**
   * Forgets what is long settled: verdicts on windows of the stream that ended before a time, its closed alerts that did, and
   * what was sent of them. What still waits to be sent stays, what is open, and what people have said something of.
   *
   * @param before Milliseconds since the epoch; by the time in the lines.
   * @param limit Verdicts and alerts that one call forgets at most, so that a transaction stays short; default 10,000 each.
   * @returns How many verdicts and alerts were forgotten.
   */
  prune(stream: string, before: number, limit = 10_000): { verdicts: number; alerts: number } {
    const verdicts = this.#sql(`delete from verdict where stream = ?1 and key in (select key from verdict
      indexed by verdict_by_time where stream = ?1 and start < ?2 and end < ?2
      and (alert = '' or alert not in (select alert from feedback)) order by start limit ?3)`).run(
      stream,
      before,
      limit,
    );
    const old = this.#sql(`select id from alert where stream = ? and status = 'closed' and end < ?
      and id not in (select alert from delivery where status = 'due')
      and id not in (select alert from feedback) order by end limit ?`);
    const ids = old.all(stream, before, limit).map(({ id }) => String(id));
    for (const id of ids) {
      this.#sql("delete from delivery where alert = ?").run(id);
      this.#sql("delete from alert where id = ?").run(id);
    }
    if (ids.length > 0) this.incidents.prune();
    return { verdicts: Number(verdicts.changes), alerts: ids.length };
  }

  /** Forgets what runs did that began before a time, ms since the epoch. */
  pruneRuns(before: number): void {
    this.#sql("delete from run where started_at < ?").run(before);
  }

  /** Notes what a run did. */
  putRun(run: StoredRun): void {
    this.#sql(`insert into run (command, started_at, finished_at, lines, windows, anomalous, skipped)
      values (?, ?, ?, ?, ?, ?, ?)`)
      .run(run.command, run.startedAt, run.finishedAt, run.lines, run.windows, run.anomalous, run.skipped);
  }

  #sql(text: string): StatementSync {
    return this.#tables.sql(text);
  }
}
