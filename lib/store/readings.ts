/**
 * What was read and judged of each stream, day by day: a table of the state database.
 *
 * @module
 */
import type { DayScores } from "../model/day_scores.ts";
import { savedFields } from "../record/saved_fields.ts";
import type { Database } from "./database.ts";

const { arrayOf, integer } = savedFields("a reading");

/** What is added to a day. */
export interface Reading extends DayScores {
  /** Records that were read; by the day that reading had reached. */
  read: number;
  /** Of those, how many have a template that the model doesn't know … */
  unseen: number;
  /** … and how many were not understood: their header did not parse. */
  unparsed: number;
}

/** A day of a stream under one model. */
export interface DayReading extends Reading {
  /** ms since the epoch, midnight UTC. */
  day: number;
}

/**
 * Sums by stream, training (children of a model have that of their parent) and day. Reached as `state.readings`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { State } from "./state.ts";
 *
 * const state = State.open(":memory:"), of = { stream: "shop", training: "ab12" };
 * const reading = { windows: 2, records: 9, scores: [1, 1], read: 9, unseen: 1, unparsed: 0 };
 * state.readings.add(of, 0, reading);
 * state.readings.add(of, 0, { ...reading, scores: [0, 2] });
 * const [{ windows, scores }] = state.readings.of(of);
 * assert.deepEqual([windows, scores], [4, [1, 3]]);
 * state.close();
 * ```
 */
export class Readings {
  /** @param tables Where the table is. */
  constructor(private readonly tables: Database) {}

  /** Adds to a day (ms, midnight UTC). */
  add({ stream, training }: { stream: string; training: string }, day: number, reading: Reading): void {
    const before = this.tables.sql("select scores from reading where stream = ? and training = ? and day = ?")
      .get(stream, training, day);
    const known = before === undefined ? [] : scoresOf(before.scores);
    const scores = reading.scores.map((count, i) => count + (known[i] ?? 0));
    const { windows, records, read, unseen, unparsed } = reading;
    this.tables.sql(
      `insert into reading (stream, training, day, windows, records, scores, read, unseen, unparsed)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do update set windows = windows + excluded.windows,
      records = records + excluded.records, scores = excluded.scores, read = read + excluded.read,
      unseen = unseen + excluded.unseen, unparsed = unparsed + excluded.unparsed`,
    ).run(
      ...[stream, training, day, windows, records, JSON.stringify(scores), read, unseen, unparsed],
    );
  }

  /** The days of a stream under the models of one training, earliest first. */
  of({ stream, training }: { stream: string; training: string }): DayReading[] {
    return this.tables.sql("select * from reading where stream = ? and training = ? order by day")
      .all(stream, training).map((row) => ({
        ...{ day: Number(row.day), windows: Number(row.windows), records: Number(row.records) },
        ...{ read: Number(row.read), unseen: Number(row.unseen), unparsed: Number(row.unparsed) },
        scores: scoresOf(row.scores),
      }));
  }

  /** Notes that people have been told of a day; `false` where they had been. */
  tell({ stream, training }: { stream: string; training: string }, day: number): boolean {
    return this.tables.sql(
      "update reading set told = 1 where stream = ? and training = ? and day = ? and told = 0",
    )
      .run(stream, training, day).changes === 1;
  }

  /** Forgets days before a time, ms since the epoch. */
  prune(stream: string, before: number): number {
    return Number(
      this.tables.sql("delete from reading where stream = ? and day < ?").run(stream, before).changes,
    );
  }
}

function scoresOf(saved: unknown): number[] {
  return arrayOf(JSON.parse(String(saved)), "scores", integer);
}
