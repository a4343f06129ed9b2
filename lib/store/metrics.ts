/**
 * What the program counts and measures of itself, from run to run: a table of the state database.
 *
 * @module
 */
import type { Database } from "./database.ts";

/** What tells a value from others of the same name. */
export type MetricLabels = Readonly<Record<string, string>>;

/** A value, by its name and labels. */
export interface StoredMetric {
  name: string;
  labels: MetricLabels;
  value: number;
}

/**
 * Reached as `state.metrics`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { State } from "./state.ts";
 *
 * const state = State.open(":memory:"), shop = { stream: "shop" };
 * state.metrics.add("lines", shop, 5);
 * state.metrics.add("lines", shop, 2);
 * state.metrics.set("duration", {}, 1.5);
 * assert.deepEqual(state.metrics.all().map(({ name, value }) => [name, value]), [["duration", 1.5], ["lines", 7]]);
 * state.close();
 * ```
 */
export class Metrics {
  /** @param tables Where the table is. */
  constructor(private readonly tables: Database) {}

  /** Adds to a value; one that is not there yet begins at 0. */
  add(name: string, labels: MetricLabels, amount: number): void {
    this.tables.sql(`insert into metric values (?, ?, ?)
      on conflict do update set value = value + excluded.value`).run(name, labelText(labels), amount);
  }

  /** Puts a value in place of the one that is there. */
  set(name: string, labels: MetricLabels, value: number): void {
    this.tables.sql("insert or replace into metric values (?, ?, ?)").run(name, labelText(labels), value);
  }

  /** Every value, by name and labels. */
  all(): StoredMetric[] {
    return this.tables.sql("select * from metric order by name, labels").all().map((
      { name, labels, value },
    ) => ({
      ...{ name: String(name), value: Number(value) },
      labels: JSON.parse(String(labels)) as MetricLabels,
    }));
  }

  /** Forgets a value. */
  remove(name: string, labels: MetricLabels): void {
    this.tables.sql("delete from metric where name = ? and labels = ?").run(name, labelText(labels));
  }
}

/** Equal labels are equal text, in whatever order they stand. */
function labelText(labels: MetricLabels): string {
  return JSON.stringify(Object.fromEntries(Object.entries(labels).sort(([a], [b]) => a < b ? -1 : 1)));
}
