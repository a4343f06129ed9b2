/**
 * Which window each record is in, to join records with windows.
 *
 * @module
 */
import { Dictionary } from "../record/dictionary.ts";
import type { LogBatch } from "../record/log_batch.ts";
import type { WindowOptions } from "../window/open_windows.ts";

/**
 * Names the windows of records as a table of closed windows does: a session by its key, a time window by its service and
 * beginning.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../record/log_batch.ts";
 * import { WindowKeys } from "./window_keys.ts";
 *
 * const batch = new LogBatch();
 * batch.length = batch.lines[0] = 1;
 * batch.timestamp[0] = 90_000;
 * batch.service[0] = batch.services.internText("api");
 * assert.deepEqual(new WindowKeys({ session: null, size: 60_000 }).of(batch), ["api@1970-01-01T00:01:00.000Z"]);
 * ```
 */
export class WindowKeys {
  readonly #session: WindowOptions["session"];
  readonly #size: number;
  readonly #keys = new Dictionary();

  /** @param options What the windows were made with. */
  constructor({ session, size }: Pick<WindowOptions, "session" | "size">) {
    this.#session = session;
    this.#size = size;
  }

  /**
   * The window of each record, shape [batch.length]: of several sessions the first; `null` where a record has neither a session
   * nor a time. Fills the batch's session column.
   */
  of(batch: LogBatch): (string | null)[] {
    this.#session?.find(batch, 0, batch.length, this.#keys);
    return Array.from({ length: batch.length }, (_, i) => this.#keyOf(batch, i));
  }

  #keyOf(batch: LogBatch, i: number): string | null {
    const { sessionStart, session, timestamp, service, services } = batch;
    if (this.#session && sessionStart[i + 1] > sessionStart[i]) {
      return this.#keys.text(session[sessionStart[i]]);
    }
    if (Number.isNaN(timestamp[i])) return null;
    const start = new Date(Math.floor(timestamp[i] / this.#size) * this.#size);
    return `${services.text(service[i])}@${start.toISOString()}`;
  }
}
