/**
 * What was learned of streams while they were scanned, beside their models.
 *
 * @module
 */
import type { Database } from "./database.ts";

/**
 * Templates that were born, when they were first seen, and the states of ensembles. Reached as `state.learned`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { State } from "./state.ts";
 *
 * const state = State.open(":memory:");
 * state.learned.putNovelty("shop", "P7", 60_000);
 * state.learned.putNovelty("shop", "P7", 90_000); // the earliest time wins
 * assert.deepEqual([...state.learned.novelties("shop")], [["P7", 60_000]]);
 * state.close();
 * ```
 */
export class Learned {
  constructor(private readonly tables: Database) {}

  /** Templates born while scanning, in order of birth, as JSON values. */
  births(stream: string): unknown[] {
    return this.tables.sql("select template from birth where stream = ? order by number").all(stream)
      .map((row) => JSON.parse(String(row.template)));
  }

  /** Adds births; `from` is the number of the first of `templates`. */
  putBirths(stream: string, from: number, templates: unknown[]): void {
    const insert = this.tables.sql("insert or replace into birth values (?, ?, ?)");
    templates.forEach((template, i) => insert.run(stream, from + i, JSON.stringify(template)));
  }

  /** Forgets the births of a stream, whose model now knows them. */
  clearBirths(stream: string): void {
    this.tables.sql("delete from birth where stream = ?").run(stream);
  }

  /** When each template unknown to the model was first seen, by its id. */
  novelties(stream: string): Map<string, number> {
    return new Map(
      this.tables.sql("select template, time from first_seen where stream = ?").all(stream)
        .map((row) => [String(row.template), Number(row.time)]),
    );
  }

  /** Remembers when a template unknown to the model was first seen; the earliest time wins. */
  putNovelty(stream: string, template: string, firstSeen: number): void {
    this.tables.sql(`insert into first_seen values (?, ?, ?) on conflict do update
      set time = min(time, excluded.time)`).run(stream, template, firstSeen);
  }

  /** Forgets the first times of templates that were seen before a time and that the model knows by now. */
  pruneNovelties(stream: string, before: number): number {
    return Number(
      this.tables.sql(`delete from first_seen where stream = ?1 and time < ?2
        and template not in (select template ->> 'id' from birth where stream = ?1)`).run(stream, before)
        .changes,
    );
  }

  /** States of ensembles, by scope and service, as JSON values; each is parsed when it is asked for. */
  judging(stream: string): Record<string, unknown> {
    const states = {};
    for (const row of this.tables.sql("select part, state from judging where stream = ?").all(stream)) {
      const get = () => JSON.parse(String(row.state));
      Object.defineProperty(states, String(row.part), { enumerable: true, get });
    }
    return states;
  }

  /** Remembers the state of an ensemble in place of its earlier one. */
  putJudging(stream: string, part: string, state: unknown): void {
    this.tables.sql("insert or replace into judging values (?, ?, ?)").run(
      stream,
      part,
      JSON.stringify(state),
    );
  }

  /** Forgets the states of a stream's ensembles: another model judges it now. */
  clearJudging(stream: string): void {
    this.tables.sql("delete from judging where stream = ?").run(stream);
  }
}
