/**
 * Windows that have closed, as columns.
 *
 * @module
 */
import type { Dictionary } from "../record/dictionary.ts";
import type { Facts } from "./facts.ts";
import { sessionIdentity } from "./session_identity.ts";

/**
 * Windows that have closed, in a fixed order: by end (those without times last), service name, key.
 *
 * A row's identity is {@linkcode identity}; when a window was reopened its row comes again, and the last one counts.
 * A session window whose beginning moved, or that was joined to another one, after it had come out is *withdrawn*:
 * a last row under its old identity with `reopened` 2, no lines and vector 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { ClosedRows } from "./closed_rows.ts";
 *
 * const services = new Dictionary();
 * const rows = new ClosedRows();
 * const service = services.internText("api");
 * rows.push({ kind: 1, service, start: 0, end: 60_000, lines: 3, vector: 7, reopened: 0 });
 * const closed = rows.finish(services);
 * assert(closed.key(0) === "api@1970-01-01T00:00:00.000Z");
 * assert(!closed.isSession(0) && !closed.isWithdrawn(0));
 * ```
 */
export class ClosedWindows {
  readonly length: number;
  /** 0 session, 1 time window. */
  readonly kind: Uint8Array;
  /** Index into the services dictionary; for a session the service of its first line. */
  readonly service: Int32Array;
  /** Session: time of the first record; time window: its beginning. Milliseconds UTC, NaN where there are no times. */
  readonly start: Float64Array;
  /** Session: time of the last record; time window: its end, which is no longer in it. NaN where there are no times. */
  readonly end: Float64Array;
  /** Records; 0 for an empty time window and for a withdrawn session window. */
  readonly lines: Int32Array;
  /** Number in `OpenWindows.vectors`. */
  readonly vector: Int32Array;
  /** 0 first time, 1 again, 2 withdrawn. */
  readonly reopened: Uint8Array;
  /** Session: number in `OpenWindows.sequences`; -1 = no order is kept. */
  readonly sequence: Int32Array;
  /** What collectors noted, by row; absent = nothing. */
  readonly facts: ReadonlyMap<number, Facts>;
  readonly #services: Dictionary;
  readonly #keyStart: Int32Array;
  readonly #keyEnd: Int32Array;
  readonly #keyBytes: Uint8Array;
  readonly #keysRepeat: boolean;
  #keyText: string | null = null; // all keys, decoded at once when the first is asked for
  readonly #serviceBytes: (Uint8Array | undefined)[] = []; // `service@`, by service

  /** Made by `ClosedRows.finish`. */
  constructor(columns: ClosedColumns) {
    this.length = columns.kind.length;
    this.kind = columns.kind;
    this.service = columns.service;
    this.start = columns.start;
    this.end = columns.end;
    this.lines = columns.lines;
    this.vector = columns.vector;
    this.reopened = columns.reopened;
    this.sequence = columns.sequence;
    this.facts = columns.facts;
    this.#services = columns.services;
    this.#keyStart = columns.keyStart;
    this.#keyEnd = columns.keyEnd;
    this.#keyBytes = columns.keyBytes;
    this.#keysRepeat = columns.keysRepeat;
  }

  /** Whether row `i` is a session; else it is a time window. */
  isSession(i: number): boolean {
    return this.kind[i] === 0;
  }

  /** Whether row `i` takes back what came out under its identity before. */
  isWithdrawn(i: number): boolean {
    return this.reopened[i] === 2;
  }

  /** The session's key, or `service@start` with the start in ISO 8601 UTC with milliseconds. */
  key(i: number): string {
    if (this.isSession(i)) {
      const bytes = this.#keyBytes, start = this.#keyStart[i], end = this.#keyEnd[i];
      const text = this.#keyText ??= new TextDecoder().decode(bytes);
      // as long as the bytes: then every byte is a character of its own
      return text.length === bytes.length
        ? text.slice(start, end)
        : new TextDecoder().decode(bytes.subarray(start, end));
    }
    return `${this.#services.text(this.service[i])}@${new Date(Math.floor(this.start[i])).toISOString()}`;
  }

  /** Bytes that {@linkcode copyKey} copies. */
  keyLength(i: number): number {
    return this.isSession(i) ? this.#keyEnd[i] - this.#keyStart[i] : this.#serviceOf(i).length;
  }

  /**
   * Copies the session's key, or of a time window's all but the time (`service@`), to `target` from `at` on, where there must be
   * room for it; returns {@linkcode keyLength}.
   */
  copyKey(i: number, target: Uint8Array, at: number): number {
    const isSession = this.isSession(i), bytes = isSession ? this.#keyBytes : this.#serviceOf(i);
    const start = isSession ? this.#keyStart[i] : 0, length = this.keyLength(i);
    for (let k = 0; k < length; k++) target[at + k] = bytes[start + k];
    return length;
  }

  /**
   * What names this window among all of its stream: {@linkcode key}, for a session in a stream followed by `@` and the time
   * of its first record, because a key may come again later (in a one-off run each key is one window).
   */
  identity(i: number): string {
    if (!this.isSession(i) || !this.#keysRepeat) return this.key(i);
    return sessionIdentity(this.key(i), this.start[i]);
  }

  /** Those of these rows, in their order. */
  pick(rows: Int32Array): ClosedWindows {
    const facts = [...rows].flatMap((row, i): [number, Facts][] => {
      const own = this.facts.get(row);
      return own === undefined ? [] : [[i, own]];
    });
    return new ClosedWindows({
      services: this.#services,
      kind: Uint8Array.from(rows, (row) => this.kind[row]),
      service: rows.map((row) => this.service[row]),
      start: Float64Array.from(rows, (row) => this.start[row]),
      end: Float64Array.from(rows, (row) => this.end[row]),
      lines: rows.map((row) => this.lines[row]),
      vector: rows.map((row) => this.vector[row]),
      reopened: Uint8Array.from(rows, (row) => this.reopened[row]),
      sequence: rows.map((row) => this.sequence[row]),
      facts: new Map(facts),
      keyStart: rows.map((row) => this.#keyStart[row]),
      keyEnd: rows.map((row) => this.#keyEnd[row]),
      keyBytes: this.#keyBytes,
      keysRepeat: this.#keysRepeat,
    });
  }

  #serviceOf(i: number): Uint8Array {
    const service = this.service[i];
    return this.#serviceBytes[service] ??= new TextEncoder().encode(`${this.#services.text(service)}@`);
  }
}

/** The columns of {@linkcode ClosedWindows}, of one length. */
export interface ClosedColumns {
  services: Dictionary;
  kind: Uint8Array;
  service: Int32Array;
  start: Float64Array;
  end: Float64Array;
  lines: Int32Array;
  vector: Int32Array;
  reopened: Uint8Array;
  sequence: Int32Array;
  facts: ReadonlyMap<number, Facts>;
  /** The key of session `i` is `keyBytes[keyStart[i], keyEnd[i])`. */
  keyStart: Int32Array;
  keyEnd: Int32Array;
  keyBytes: Uint8Array;
  /** Whether one session key may name several windows. */
  keysRepeat: boolean;
}
