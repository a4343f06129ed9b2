/**
 * How session windows come out.
 *
 * @module
 */
import type { ClosedRows } from "./closed_rows.ts";
import { CHANGED, EMITTED, type SessionColumns } from "./session_columns.ts";
import type { SessionEvents } from "./session_events.ts";
import type { SessionTable } from "./session_table.ts";

/** How sessions are formed. */
export interface SessionWindowsOptions {
  /** Largest gap within a window, in milliseconds. */
  idle: number;
  /** How long a closed window can still be reopened, in milliseconds. */
  lateness: number;
  /** One window a key that never closes before the end. */
  keepSessions: boolean;
}

/** Session windows, as they are put out. */
export interface OutgoingSessions {
  readonly table: SessionTable;
  readonly columns: SessionColumns;
  readonly events: SessionEvents;
  readonly watermark: number;
  open: number;
  nextDue: number;
  dueBy(time: number): void;
}

/** An identity that came out and no longer holds. */
export interface Withdrawal {
  key: Uint8Array;
  start: number;
  service: number;
}

/**
 * Puts out session windows: those that are over, those that changed since they came out, and identities that hold no more.
 *
 * @example Used by `SessionWindows`
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { ClosedRows } from "./closed_rows.ts";
 * import { CountVectors } from "./count_vectors.ts";
 * import { SessionOutput } from "./session_output.ts";
 * import { SessionWindows } from "./session_windows.ts";
 *
 * const options = { idle: 10, lateness: 0, keepSessions: false };
 * const sessions = new SessionWindows(options, new CountVectors(), new Dictionary()), rows = new ClosedRows();
 * new SessionOutput(sessions, options).closeAll(rows);
 * assert.equal(rows.length, 0);
 * ```
 */
export class SessionOutput {
  /** Identities to take back with the next {@linkcode close}. */
  withdrawals: Withdrawal[] = [];

  constructor(
    private readonly sessions: OutgoingSessions,
    private readonly options: SessionWindowsOptions,
  ) {}

  /** Takes back what a window came out as: it will come as a new one. */
  withdraw(window: number, number: number): void {
    const { table, columns: { flags, first, service } } = this.sessions;
    const key = table.keys.bytes(number).slice();
    this.withdrawals.push({ key, start: first[window], service: service[window] });
    flags[window] &= ~(EMITTED | CHANGED);
  }

  /** Puts out what the watermark has passed and forgets what can't be reopened any more. */
  close(rows: ClosedRows): void {
    this.#putOutWithdrawals(rows);
    this.withdrawals = [];
    const { sessions, options: { idle, lateness, keepSessions } } = this, { watermark } = sessions;
    if (keepSessions || !(watermark > sessions.nextDue)) return;
    const { flags, last } = sessions.columns;
    sessions.nextDue = Infinity;
    sessions.table.forEach((window, number) => {
      const closing = last[window] + idle, settled = (flags[window] & (EMITTED | CHANGED)) === EMITTED;
      if (watermark > closing + lateness) {
        if (!settled) this.#putOut(window, number, rows);
        return true;
      }
      if (watermark > closing) {
        if (!settled) this.#putOut(window, number, rows);
        sessions.dueBy(closing + lateness);
      } else sessions.dueBy(closing);
      return false;
    });
  }

  /** Puts out everything that hasn't come out, and forgets all. */
  closeAll(rows: ClosedRows): void {
    this.#putOutWithdrawals(rows);
    this.withdrawals = [];
    const { sessions } = this, { flags } = sessions.columns;
    sessions.table.forEach((window, number) => {
      if ((flags[window] & (EMITTED | CHANGED)) !== EMITTED) this.#putOut(window, number, rows);
      return false;
    });
    sessions.table.clear();
    sessions.nextDue = Infinity;
  }

  /** Puts out again, as they were, the windows that have come out and that nothing has changed since. */
  putOutRetained(rows: ClosedRows): void {
    this.#forEachIn(EMITTED, (window, number) => this.#push(window, number, 0, rows));
  }

  /** Puts out, by their identities alone, the windows that have come out and have changed since or are to be taken back. */
  putOutChanged(rows: ClosedRows): void {
    const { table: { keys }, columns: { first, service } } = this.sessions;
    this.#putOutWithdrawals(rows);
    this.#forEachIn(EMITTED | CHANGED, (window, number) => {
      const start = first[window], place = { service: service[window], start, end: start };
      rows.pushSession({ kind: 0, ...place, lines: 0, vector: 0, reopened: 1 }, keys, number);
    });
  }

  #forEachIn(state: number, visit: (window: number, number: number) => void): void {
    const { table, columns: { flags } } = this.sessions, end = table.columns.flags.length;
    let window = 0;
    while (window < end && (flags[window] & (EMITTED | CHANGED)) !== state) window++;
    if (window === end) return; // most often none has changed
    table.forEach((window, number) => {
      if ((flags[window] & (EMITTED | CHANGED)) === state) visit(window, number);
      return false;
    });
  }

  #putOut(window: number, number: number, rows: ClosedRows): void {
    const { flags } = this.sessions.columns;
    this.#push(window, number, (flags[window] & EMITTED) === 0 ? 0 : 1, rows);
    flags[window] = (flags[window] | EMITTED) & ~CHANGED;
    this.sessions.open--;
  }

  #push(window: number, number: number, reopened: number, rows: ClosedRows): void {
    const { first, last, lines, service, sequence, facts } = this.sessions.columns;
    const row = {
      kind: 0,
      service: service[window],
      start: first[window],
      end: last[window],
      lines: lines[window],
      vector: this.sessions.events.settle(window),
      reopened,
      sequence: sequence[window],
      facts: facts.get(window),
    };
    rows.pushSession(row, this.sessions.table.keys, number);
  }

  #putOutWithdrawals(rows: ClosedRows): void {
    for (const { key, start, service } of this.withdrawals) {
      rows.push({ kind: 0, key, service, start, end: start, lines: 0, vector: 0, reopened: 2 });
    }
  }
}
