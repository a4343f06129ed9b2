/**
 * What was read and judged by slots of time: tables of the state database.
 *
 * @module
 */
import { COUNT_SLOT, type TakenCounts, TEMPLATE_SLOT } from "../../model/record_counts.ts";
import type { Dictionary } from "../../record/dictionary.ts";
import { LEVELS } from "../../record/level.ts";
import type { Template } from "../../template/template.ts";
import type { Database } from "../database.ts";
import { SLOT_SIZES } from "./count_tables.ts";
import { DaySums, SeriesNumbers, slotStart } from "./slot_rows.ts";

/** What tells the numbers in {@linkcode TakenCounts} apart. */
export interface CountNames {
  services: Dictionary;
  template: (number: number) => Template;
  /** A redacted line of a template to show; empty where there is none. */
  example: (number: number) => string;
}

/** How long the shortest slots are kept, ms: longer spans are shown by longer ones. */
export const FINE_KEPT = 14 * 86_400_000;

const DAY = SLOT_SIZES[2];

/**
 * Records by service and level, windows by service, records by template. Reached as `state.counts`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { State } from "../state.ts";
 *
 * const state = State.open(":memory:"), { Dictionary } = await import("../../record/dictionary.ts");
 * const services = new Dictionary(), service = services.internText("db");
 * const template = () => ({ id: "0a1b", text: "disk full", severity: 17, count: 0, provisional: true });
 * state.counts.add("shop", {
 *   services: [{ start: 300_000, service, levels: Float64Array.of(0, 0, 0, 0, 2, 0) }],
 *   templates: [{ start: 0, template: 3, isError: true, records: 2 }],
 *   times: [{ template: 3, first: 310_000, last: 320_000, records: 2 }],
 * }, { services, template, example: () => "disk full on /var" });
 * const rows = state.database.prepare("select size, start, error from record_count order by series, size").all();
 * assert.deepEqual(rows.map((row) => Object.values(row)).slice(0, 3), [[300_000, 300_000, 2], [3_600_000, 0, 2], [86_400_000, 0, 2]]);
 * state.close();
 * ```
 */
export class Counts {
  /** @param tables Where the tables are. */
  constructor(private readonly tables: Database) {}

  /** Adds what was read of a stream; to be called in the transaction that moves its positions. */
  add(stream: string, { services, templates, times }: TakenCounts, names: CountNames): void {
    this.#addRecords(stream, services, names.services);
    const rows = this.#putTemplates(stream, times, names);
    const sums = new DaySums({
      width: 2,
      sizes: [TEMPLATE_SLOT, DAY],
      write: (number, size, start, counts) => this.#countTemplate(number, size, start, counts),
    });
    for (const { template, start, records, isError } of templates) {
      sums.add(rows.get(template)!, start, [records, isError ? records : 0]);
    }
    sums.flush();
  }

  /** Notes the templates that a model knows of a stream, once for each version; so they are there before they are seen. */
  know(stream: string, model: string, templates: () => readonly Template[]): void {
    const noted = this.tables.sql("select model from counted_stream where stream = ?").get(stream);
    if (noted?.model === model) return;
    this.tables.sql(`insert into counted_stream values (?, ?, -8.64e15)
      on conflict do update set model = excluded.model`).run(stream, model);
    const put = this.tables.sql(`insert into template (stream, id, text, level, records, example, model)
      values (?, ?, ?, ?, 0, '', ?) on conflict (stream, id) do update set
      text = excluded.text, level = max(level, excluded.level), model = excluded.model`);
    for (const { id, text, severity } of templates()) put.run(stream, id, text, severity, model);
  }

  /**
   * Forgets counts of a stream before a time (ms, by the time in the lines), and templates that were not seen since and that no
   * model knows; once a day, as counting is by days, and as of its beginning, so that it does not matter when. The shortest slots are kept
   * for {@linkcode FINE_KEPT} only.
   *
   * @param reached The latest time that was read of it, ms.
   */
  prune(stream: string, before: number, reached: number): void {
    const noted = this.tables.sql("select pruned from counted_stream where stream = ?").get(stream);
    const day = slotStart(reached, DAY);
    if (noted === undefined || !(Number(noted.pruned) < day)) return;
    this.tables.sql("update counted_stream set pruned = ? where stream = ?").run(day, stream);
    const kept = before - (reached - day);
    this.forget(stream, kept, Math.max(kept, day - FINE_KEPT));
  }

  /** Forgets counts of a stream before a time, ms; those of the shortest slots before another. */
  forget(stream: string, before: number, fineBefore = before): number {
    let gone = 0;
    for (const size of SLOT_SIZES) {
      const until = size === COUNT_SLOT ? fineBefore : before;
      for (const table of ["record_count", "window_count"]) {
        gone += this.#delete(
          `delete from ${table} where series in (select number from series where stream = ?)
          and size = ? and start < ?`,
          ...[stream, size, slotStart(until, size)],
        );
      }
      gone += this.#delete(
        `delete from template_count where template in (select number from template where stream = ?)
        and size = ? and start < ?`,
        ...[stream, size, slotStart(before, size)],
      );
    }
    return gone + this.#delete(
      `delete from template where stream = ?1 and coalesce(last, -8.64e15) < ?2
      and model <> (select model from counted_stream where stream = ?1)`,
      ...[stream, before],
    );
  }

  /** Streams that something was counted of. */
  streams(): string[] {
    return this.tables.sql("select stream from series where is_all = 1 order by stream").all().map((row) =>
      String(row.stream)
    );
  }

  #delete(sql: string, ...values: (string | number)[]): number {
    return Number(this.tables.sql(sql).run(...values).changes);
  }

  #addRecords(stream: string, counts: TakenCounts["services"], services: Dictionary): void {
    const series = new SeriesNumbers(this.tables, stream), all = series.of(null);
    const sums = new DaySums({
      width: LEVELS.length,
      write: (number, size, start, levels) => this.#countRecords(number, size, start, levels),
    });
    for (const { start, service, levels } of counts) {
      sums.add(series.of(services.text(service)), start, levels);
      sums.add(all, start, levels);
    }
    sums.flush();
  }

  #countRecords(series: number, size: number, start: number, levels: readonly number[]): void {
    this.tables.sql(
      `insert into record_count values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do update set
      none = none + excluded.none, debug = debug + excluded.debug, info = info + excluded.info,
      warn = warn + excluded.warn, error = error + excluded.error, fatal = fatal + excluded.fatal`,
    ).run(series, size, start, ...levels);
  }

  #countTemplate(template: number, size: number, start: number, [records, errors]: readonly number[]): void {
    this.tables.sql(
      `insert into template_count values (?, ?, ?, ?, ?)
      on conflict do update set records = records + excluded.records, errors = errors + excluded.errors`,
    ).run(template, size, start, records, errors);
  }

  /**
   * The rows of templates by their numbers. What was known before it was first counted has no first time: nobody knows since when
   * it is there.
   */
  #putTemplates(stream: string, times: TakenCounts["times"], names: CountNames): Map<number, number> {
    const put = this.tables.sql(
      `insert into template (stream, id, text, level, first, last, records, example, model)
      values (?, ?, ?, ?, ?, ?, ?, '', '') on conflict (stream, id) do update set
      text = excluded.text, level = max(level, excluded.level), first = min(first, excluded.first),
      last = max(coalesce(last, excluded.last), excluded.last), records = records + excluded.records
      returning number, example`,
    );
    const rows = new Map<number, number>();
    for (const { template, first, last, records } of times) {
      const { id, text, severity } = names.template(template);
      const row = put.get(stream, id, text, severity, first, last, records)!, number = Number(row.number);
      rows.set(template, number);
      if (row.example === "") this.#putExample(number, names.example(template));
    }
    return rows;
  }

  #putExample(template: number, line: string): void {
    if (line === "") return;
    this.tables.sql("update template set example = ? where number = ?").run(line, template);
  }
}
