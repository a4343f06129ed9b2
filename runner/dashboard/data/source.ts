/**
 * Where all views take their data from: the state database, read only, and the folder of models.
 *
 * @module
 */
import type { SQLInputValue, StatementSync } from "node:sqlite";
import { Registry, State } from "../../../lib/mod.ts";
import type { Config } from "../../config.ts";
import type { Plan } from "../../context.ts";
import { type HealthSnapshot, healthSnapshot, NO_SNAPSHOT } from "../../health/snapshot.ts";
import { LoadedModels } from "./loaded_models.ts";
import { Meanings } from "./meanings.ts";
import type { StreamDetail } from "../../detect/stream_detail.ts";

/** A row of the database. */
export type Row = Record<string, unknown>;

/** An open state, and the file that it is. */
interface Opened {
  state: State;
  file: string;
  statements: Map<string, StatementSync>;
}

/** What {@linkcode DataSource} is made of. */
export interface SourceOptions {
  plan: Plan;
  /** ms since the epoch. */
  now: () => number;
}

/**
 * Reads by one connection, whose statements are prepared once. Where the database is replaced by another file, or is not there yet,
 * that is noticed by {@linkcode refresh}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { defaultConfig } from "../../config.ts";
 * import { DataSource } from "./source.ts";
 *
 * const config = defaultConfig(await Deno.makeTempDir());
 * const source = new DataSource({ plan: { kind: "settings", config, path: null }, now: () => 7 });
 * assert.deepEqual([source.state, source.rows("select 1"), source.newest], [null, [], null]);
 * source.close();
 * ```
 */
export class DataSource {
  readonly plan: Plan;
  readonly registry: Registry;
  readonly models: LoadedModels;
  /** What templates mean. */
  readonly meanings = new Meanings();
  readonly #now: () => number;
  #opened: Opened | null = null;
  /** Changes whenever what is read may be otherwise than before. */
  #generation = 0;

  /** Opens the state, if there is one. */
  constructor({ plan, now }: SourceOptions) {
    this.plan = plan;
    this.registry = new Registry(plan.config.model.directory);
    this.models = new LoadedModels(this.registry);
    this.#now = now;
    this.refresh();
  }

  get config(): Config {
    return this.plan.config;
  }

  /** The state to read; `null` = there was no run yet. */
  get state(): State | null {
    return this.#opened?.state ?? null;
  }

  /** The state's file. */
  get path(): string {
    return `${this.config.state.directory}/state.db`;
  }

  /** How DeepScan does, as `deepscan health` knows it. */
  get health(): HealthSnapshot {
    return this.state === null ? NO_SNAPSHOT : healthSnapshot(this.state, this.config);
  }

  /** ms since the epoch. */
  now(): number {
    return this.#now();
  }

  /**
   * Looks whether the state's file is there, and still the same.
   *
   * @throws {StateError} if it can't be used.
   */
  refresh(): void {
    const path = this.path, file = fileOf(path);
    if (file === (this.#opened?.file ?? null)) return;
    this.close();
    this.#generation++;
    if (file === null) return;
    this.#opened = { state: State.open(path, { readOnly: true }), file, statements: new Map() };
  }

  /** What is otherwise whenever somebody has written to the state, or changed models. */
  get version(): string {
    const { dataVersion } = this.row("select data_version as dataVersion from pragma_data_version") ?? {};
    return `${this.#generation}.${dataVersion ?? 0}.${fileOf(`${this.registry.folder}/active`)}`;
  }

  /** Rows of a query; none where there is no state. */
  rows(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#opened === null ? [] : this.#statement(this.#opened, sql).all(...values);
  }

  /** The first row of a query. */
  row(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#opened === null ? undefined : this.#statement(this.#opened, sql).get(...values);
  }

  /** All that `read` reads as it was at one moment. */
  snapshot<T>(read: () => T): T {
    const database = this.#opened?.state.database;
    if (database === undefined || database.isTransaction) return read();
    database.exec("begin");
    try {
      return read();
    } finally {
      database.exec("commit");
    }
  }

  /** How far each stream has come. */
  streams(): { name: string; model: string; detail: StreamDetail; newest: number | null }[] {
    return this.rows("select name, model, detail from stream order by name").map(
      ({ name, model, detail }) => {
        const parsed = JSON.parse(String(detail)) as StreamDetail;
        const clocks = parsed.logs.flatMap(({ clock }) => clock ?? []);
        const newest = clocks.length === 0 ? null : Math.max(...clocks);
        return { name: String(name), model: String(model), detail: parsed, newest };
      },
    );
  }

  /** Names of the streams of the settings and of the state. */
  streamNames(): string[] {
    const known = this.rows("select name from stream").map(({ name }) => String(name));
    return [...new Set([...this.config.streams.map(({ name }) => name), ...known])].sort();
  }

  /** Time of the newest record, ms; `null` = none was read. */
  get newest(): number | null {
    const times = this.streams().flatMap(({ newest }) => newest ?? []);
    return times.length === 0 ? null : Math.max(...times);
  }

  /** Where spans of time end that go on: now, or where time is what the lines say, the newest record. */
  get end(): number {
    const isWall = this.config.streams.some(({ clock }) => clock === "wall");
    return isWall ? this.now() : this.newest ?? this.now();
  }

  /** Gives the database back. */
  close(): void {
    this.#opened?.statements.clear();
    this.#opened?.state.close();
    this.#opened = null;
  }

  #statement({ state, statements }: Opened, sql: string): StatementSync {
    let statement = statements.get(sql);
    if (statement === undefined) statements.set(sql, statement = state.database.prepare(sql));
    return statement;
  }
}

/** What tells a file from another one of its name; `null` = there is none. */
function fileOf(path: string): string | null {
  try {
    const { ino, dev, birthtime, mtime, size } = Deno.statSync(path);
    return ino === null
      ? `${birthtime?.getTime()}`
      : `${dev}.${ino}.${path.endsWith(".db") ? "" : `${mtime?.getTime()}.${size}`}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
