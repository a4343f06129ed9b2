/**
 * Documents on their way into the state.
 *
 * @module
 */
import type { State, StoredFinding } from "../../lib/mod.ts";
import { type FindingDocument, type FindingKind, monthOf } from "./document.ts";

/** What a {@linkcode FindingsLog} works with. */
export interface FindingsLogOptions {
  /** What this DeepScan is called. */
  name: string;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** A document to write down. */
export interface LoggedDocument {
  kind: FindingKind;
  id: string;
  /** Time of what it is about, ms since the epoch; `null` = it is about no time, and never forgotten. */
  time: number | null;
  document: FindingDocument;
  /** Whether its text is kept when it was sent. */
  keepsBody?: boolean;
}

/**
 * Writes documents into the state, to be called in its transactions: what is written is sent if and only if the transaction is
 * committed.
 */
export class FindingsLog {
  readonly name: string;
  readonly #now: () => number;

  constructor(readonly state: State, { name, now }: FindingsLogOptions) {
    this.name = name;
    this.#now = now;
  }

  /** Whether there is, or was, a document of that name. */
  has(kind: FindingKind, id: string): boolean {
    return this.known(kind, id) !== null;
  }

  /** What is known of a document of that name; `null` = there was none, or it is forgotten. */
  known(kind: FindingKind, id: string): StoredFinding | null {
    return this.state.findings.get(kind, id);
  }

  /**
   * The time of what a document is about: its own; where that has none (any more) the one that it had, else the present.
   *
   * @param start Milliseconds since the epoch; `null` or NaN = it has none.
   */
  timeOf(kind: FindingKind, id: string, start: number | null): number {
    if (start !== null && Number.isFinite(start)) return start;
    return this.known(kind, id)?.at ?? this.#now();
  }

  /**
   * Notes a document as it is now; its index is that of the month of its first version.
   *
   * @returns Whether it has changed.
   */
  put({ kind, id, time, document, keepsBody }: LoggedDocument, isDated = true): boolean {
    const place = time === null ? "" : monthOf(isDated ? time : null);
    const body = JSON.stringify(document);
    return this.state.findings.put({ kind, id, place, at: time, body, keepsBody }, this.#now());
  }
}
