/**
 * Batches that readers share.
 *
 * @module
 */
import type { Dictionary } from "./dictionary.ts";
import { BATCH_BYTES, BATCH_RECORDS, LogBatch } from "./log_batch.ts";

/** Readers that get large batches; where more read at a time, all get small ones. */
export const FEW_READERS = 8;

/** Room in a batch. */
interface BatchSize {
  bytes: number;
  records: number;
}

const LARGE: BatchSize = { bytes: BATCH_BYTES, records: BATCH_RECORDS };
const SMALL: BatchSize = { bytes: 32 * 1024, records: 1024 };

/**
 * Lends batches to readers, so that memory depends on how many read at the same time, not on how many inputs there are: large
 * ones to a few readers, small ones to many.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { BatchPool } from "./batch_pool.ts";
 * import { Dictionary } from "./dictionary.ts";
 *
 * const pool = new BatchPool(new Dictionary());
 * const batch = pool.fit(null, 0);
 * pool.giveBack(batch);
 * assert(pool.fit(null, 0) === batch && pool.made === 1);
 * ```
 */
export class BatchPool {
  /** Batches that were made so far. */
  made = 0;
  readonly #free = new Map<BatchSize, LogBatch[]>([[LARGE, []], [SMALL, []]]);
  #lent = 0;

  /** @param services Names behind the service columns. */
  constructor(readonly services: Dictionary) {}

  /**
   * A batch for a reader that has `present` (`null` = none), which may be the same one. Another one takes its place; the caller
   * copies what it needs and gives the present one back.
   *
   * @param least Bytes that it must have room for, up to 262,144.
   */
  fit(present: LogBatch | null, least: number): LogBatch {
    const readers = this.#lent + (present === null ? 1 : 0);
    const size = readers <= FEW_READERS || least > SMALL.bytes ? LARGE : SMALL;
    if (present !== null && present.bytes.length === size.bytes) return present;
    this.#lent++;
    const free = this.#free.get(size)!.pop();
    if (free !== undefined) return free;
    this.made++;
    return new LogBatch(this.services, size.bytes, size.records);
  }

  /** Takes a batch back. */
  giveBack(batch: LogBatch): void {
    this.#lent--;
    this.#free.get(batch.bytes.length === LARGE.bytes ? LARGE : SMALL)!.push(batch);
  }
}
