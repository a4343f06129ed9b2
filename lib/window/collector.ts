/**
 * What is noted of a window's records beside how many there were of each template.
 *
 * @module
 */
import type { LogBatch } from "../record/log_batch.ts";

/**
 * Notes something of the records of each window as they come in. A fact must not depend on how records were cut into
 * batches or, within the allowed lateness, in which order they came.
 *
 * It is asked for every record, so what doesn't concern it must cost next to nothing (decide by `batch.template[row]`).
 */
export interface Collector<Fact = unknown> {
  /** Names its facts in a window. */
  readonly name: string;
  /** Whether it is asked for records of sessions as well; default: only for those of time windows. */
  readonly inSessions?: boolean;
  /** Whether it is asked for records of time windows; default: it is. */
  readonly inWindows?: boolean;
  /**
   * Whether there is anything to note of a template's records in sessions; asked once, so that all others cost nothing. Default:
   * there may be.
   */
  concerns?(template: number): boolean;
  /**
   * Notes one record.
   *
   * @param fact What was noted of the window so far; `undefined` = nothing.
   * @returns The fact from now on (it may be the same object, changed); `undefined` = still nothing.
   */
  add(fact: Fact | undefined, batch: LogBatch, row: number): Fact | undefined;
  /** The fact of two windows that became one; the later one is `b`. */
  merge(a: Fact, b: Fact): Fact;
  /** Plain JSON data for {@linkcode load}; templates by index. */
  save(fact: Fact): unknown;
  /**
   * A fact from its saved form.
   *
   * @param renamed New template index by old one, where templates were renumbered since.
   * @throws {TypeError} if it is not what {@linkcode save} gives.
   */
  load(saved: unknown, renamed?: Int32Array): Fact;
}
