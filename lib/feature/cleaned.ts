/**
 * What was not as it should be in documents, counted.
 *
 * @module
 */
import { Table } from "../table/table.ts";

/** What a document may need, what it is called in the table, and what is done about it; an empty word stands for what is filled in. */
const KINDS = {
  duplicates: ["same id and time again", "dropped"],
  rewritten: ["time in another form", "written as ISO 8601, UTC, with milliseconds"],
  inferred: ["time inferred by the shipper", "left empty"],
  untimed: ["no time", "left empty"],
  levelless: ["no level", ""],
  unknown: ["level of no known name", "left as it is"],
  serviceless: ["no service", ""],
  messageless: ["no message", "empty text put in"],
  lists: ["several messages in a list", "last one taken"],
} as const;

/** What a document may need. */
export type Cleaning = keyof typeof KINDS;

/**
 * How many documents needed what.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Cleaned } from "./cleaned.ts";
 *
 * const cleaned = new Cleaned();
 * cleaned.add("levelless");
 * const rows = cleaned.table(3, { levelless: "INFO" }).rows();
 * assert.deepEqual(rows.filter(([, documents]) => documents !== 0), [
 *   ["documents", 3, "read"],
 *   ["no level", 1, "INFO put in"],
 * ]);
 * ```
 */
export class Cleaned {
  readonly #counts = new Map<Cleaning, number>();

  /** One more document needed it. */
  add(what: Cleaning): void {
    this.#counts.set(what, this.count(what) + 1);
  }

  /** How many needed it. */
  count(what: Cleaning): number {
    return this.#counts.get(what) ?? 0;
  }

  /**
   * All of it: `found, documents, done`.
   *
   * @param read Documents in all.
   * @param filled What was put in where there was nothing; `null` or left out = nothing.
   */
  table(read: number, filled: Partial<Record<Cleaning, string | null>> = {}): Table {
    const rows = Object.entries(KINDS).map(([what, [found, told]]) => {
      const value = filled[what as Cleaning] ?? null, put = value === null ? "left empty" : `${value} put in`;
      return { found: found as string, documents: this.count(what as Cleaning), done: told || put };
    });
    return Table.from([{ found: "documents", documents: read, done: "read" }, ...rows]);
  }
}
