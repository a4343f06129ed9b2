/**
 * Open and retained session windows of all keys.
 *
 * @module
 */
import type { Dictionary } from "../record/dictionary.ts";
import type { ClosedRows } from "./closed_rows.ts";
import type { CountVectors } from "./count_vectors.ts";
import { CHANGED, EMITTED, EXTRA, LIVE, type SessionColumns } from "./session_columns.ts";
import type { LogBatch } from "../record/log_batch.ts";
import { Collectors, type Facts } from "./facts.ts";
import { SessionOutput, type SessionWindowsOptions } from "./session_output.ts";
import { SessionTable } from "./session_table.ts";
import type { Sequences } from "./sequences.ts";
import { SessionEvents } from "./session_events.ts";

/** What sessions keep beside counts. */
export interface SessionDetail {
  /** Numbers of the order of their events; absent = no order is kept. */
  sequences?: Sequences;
  /** Asked for every record; default none. */
  collectors?: Collectors;
}

/**
 * Session windows of all keys: per window one number in a few columns.
 *
 * A window of a key is a run of records whose gaps are at most `idle`, whatever order they come in: a record within
 * `idle` of a window joins it, one that reaches two joins them. It closes when the watermark has passed its last record
 * by more than `idle`, is kept for `lateness` more, and is then forgotten. Records without a time share one window of
 * their key that closes at the end only.
 *
 * Source: session windows of T. Akidau et al., *The Dataflow Model*, PVLDB 8(12), 2015.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { ClosedRows } from "./closed_rows.ts";
 * import { CountVectors } from "./count_vectors.ts";
 * import { SessionWindows } from "./session_windows.ts";
 *
 * const options = { idle: 10, lateness: 0, keepSessions: false };
 * const sessions = new SessionWindows(options, new CountVectors(), new Dictionary());
 * const key = sessions.table.keys.intern(new TextEncoder().encode("a"), 0, 1);
 * sessions.table.makeRoom();
 * sessions.add(key, 5, 8, 0);
 * const rows = new ClosedRows();
 * sessions.close(16, rows);
 * assert(rows.length === 1);
 * ```
 */
export class SessionWindows {
  /** The windows by key. */
  readonly table: SessionTable = new SessionTable();
  /** Everything about each window, by number. */
  readonly columns: SessionColumns = this.table.columns;
  /** What each window has had. */
  readonly events: SessionEvents;
  /** How they come out. */
  readonly output: SessionOutput;
  /** Windows that haven't come out yet, or have changed since. */
  open = 0;
  /** The largest watermark so far. */
  watermark = -Infinity;
  /** No window closes or is forgotten while the watermark is not above this. */
  nextDue = Infinity;
  readonly #options: SessionWindowsOptions;
  readonly #services: Dictionary;
  readonly #names: string[] = [];
  readonly #collectors: Collectors;
  #touched = 0; // the window that the last record was counted into
  readonly #gap: number; // that a record after the first may have to the last one

  constructor(
    options: SessionWindowsOptions,
    vectors: CountVectors,
    services: Dictionary,
    { sequences, collectors = new Collectors([]) }: SessionDetail = {},
  ) {
    this.events = new SessionEvents(this.columns, vectors, sequences ?? null);
    this.output = new SessionOutput(this, options);
    this.#options = options;
    this.#collectors = collectors;
    this.#gap = options.keepSessions ? Infinity : options.idle;
    this.#services = services;
  }

  /**
   * Counts one record into the window of a key that it belongs to, or into a new one.
   *
   * @param number The key's number in the table's keys.
   * @param time Milliseconds UTC, or NaN.
   * @param symbol What is counted.
   * @param service Index into the services dictionary.
   * @returns false where the record is too late: its window is gone or would be gone at once.
   */
  add(number: number, time: number, symbol: number, service: number): boolean {
    const { flags, next, last, first } = this.columns;
    if (flags[number] === 0) {
      if (this.#isGone(time)) return false;
      this.#start(number, time, symbol, service);
    } else if (next[number] >= 0) return this.#addToOneOf(number, time, symbol, service);
    else if (flags[number] === LIVE && time > first[number] && time - last[number] <= this.#gap) {
      this.#append(number, time, symbol); // nearly always: in order, and the only window of its key
    } else if (this.#reaches(number, time)) this.#extend(number, time, symbol, service, number);
    else return this.#addToOneOf(number, time, symbol, service);
    return true;
  }

  /** Shows the record that {@linkcode add} has just counted to the collectors. */
  note(batch: LogBatch, row: number): void {
    const { facts } = this.columns, window = this.#touched;
    const before = facts.get(window), after = this.#collectors.add(before, batch, row, true);
    if (after !== undefined && after !== before) facts.set(window, after);
  }

  /** Adds what was noted elsewhere of the record that {@linkcode add} has just counted; taken over. */
  noteFacts(noted: Facts): void {
    const { facts } = this.columns, window = this.#touched;
    facts.set(window, this.#collectors.merge(facts.get(window), noted)!);
  }

  /** Puts out what the watermark has passed and forgets what can't be reopened any more. */
  close(watermark: number, rows: ClosedRows): void {
    this.watermark = Math.max(this.watermark, watermark);
    this.output.close(rows);
  }

  /** Numbers what all windows have counted; to be called before vectors or sequences are numbered anew. */
  settle(): void {
    const { flags } = this.columns;
    for (let window = 0; window < this.table.keys.end; window++) {
      if (flags[window] !== 0) this.events.settle(window);
    }
    this.events.reset();
  }

  /** Forgets the keys among `numbers` that have got no window. */
  dropUnused(numbers: number[]): void {
    for (const number of new Set(numbers)) {
      if (this.columns.flags[number] === 0) this.table.keys.remove(number);
    }
  }

  /** Has {@linkcode close} look at the windows once the watermark is above this. */
  dueBy(time: number): void {
    if (time < this.nextDue) this.nextDue = time;
  }

  /** Whether a window of just this time would already be forgotten. */
  #isGone(time: number): boolean {
    const { idle, lateness, keepSessions } = this.#options;
    return !keepSessions && this.watermark > time + idle + lateness;
  }

  /** Whether a record of this time belongs to a window; those without a time belong together. */
  #reaches(window: number, time: number): boolean {
    const { first, last } = this.columns, { idle, keepSessions } = this.#options;
    if (time >= first[window] - idle && time <= last[window] + idle) return true;
    return keepSessions || (time !== time && first[window] !== first[window]);
  }

  #start(window: number, time: number, symbol: number, service: number): void {
    const columns = this.columns;
    columns.flags[window] = LIVE | (columns.flags[window] & EXTRA);
    columns.first[window] = columns.last[window] = time;
    this.events.begin(window, symbol);
    this.#touched = window;
    columns.lines[window] = 1;
    columns.service[window] = service;
    if ((columns.flags[window] & EXTRA) === 0) columns.next[window] = -1;
    this.open++;
    this.table.held++;
    this.dueBy(time + this.#options.idle);
  }

  #addToOneOf(number: number, time: number, symbol: number, service: number): boolean {
    const { next } = this.columns;
    let found = -1, before = -1;
    for (let window = number; window >= 0; window = next[window]) {
      if (!this.#reaches(window, time)) before = window;
      else if (found < 0) before = found = window;
      else {
        this.#join(found, window, number);
        this.table.unhang(window, before);
        window = before;
      }
    }
    if (found >= 0) this.#extend(found, time, symbol, service, number);
    else if (this.#isGone(time)) return false;
    else this.#startExtra(number, time, symbol, service);
    return true;
  }

  #startExtra(number: number, time: number, symbol: number, service: number): void {
    this.#start(this.table.hang(number), time, symbol, service);
  }

  /** Puts the records of `other` into `window`, which a record between them has joined. */
  #join(window: number, other: number, number: number): void {
    const { first, last, lines, flags, service } = this.columns;
    const later = first[window] < first[other] ? other : window, earlier = window + other - later;
    this.open += 1 - this.#isOpen(window) - this.#isOpen(other);
    for (const one of [window, other]) this.#ownFacts(one);
    if ((flags[later] & EMITTED) !== 0) this.output.withdraw(later, number);
    const emitted = (flags[earlier] & EMITTED) === 0 ? 0 : EMITTED | CHANGED;
    flags[window] = (flags[window] & ~(EMITTED | CHANGED)) | emitted;
    service[window] = service[earlier];
    first[window] = first[earlier];
    last[window] = Math.max(last[window], last[other]);
    lines[window] += lines[other];
    this.events.join(window, earlier, later);
    this.#joinFacts(window, earlier, later);
    this.nextDue = -Infinity;
  }

  #joinFacts(window: number, earlier: number, later: number): void {
    const { facts } = this.columns;
    const merged = this.#collectors.merge(facts.get(earlier), facts.get(later));
    if (merged !== undefined) facts.set(window, merged);
  }

  #isOpen(window: number): number {
    return (this.columns.flags[window] & (EMITTED | CHANGED)) === EMITTED ? 0 : 1;
  }

  #extend(window: number, time: number, symbol: number, service: number, number: number): void {
    const { first, flags } = this.columns;
    if ((flags[window] & EMITTED) !== 0) this.#change(window, time, number);
    if (!(time > first[window])) this.#extendFront(window, time, service);
    this.#append(window, time, symbol);
  }

  #append(window: number, time: number, symbol: number): void {
    const { last, lines } = this.columns;
    if (time > last[window]) last[window] = time;
    this.events.add(window, symbol);
    this.#touched = window;
    lines[window]++;
  }

  /** For a record that is not after the first: the window's first time and service. */
  #extendFront(window: number, time: number, service: number): void {
    const columns = this.columns, first = columns.first[window];
    if (time < first || (first !== first && time === time)) {
      columns.first[window] = time;
      columns.service[window] = service;
      if (first !== first) columns.last[window] = time;
    } else if (time === first || first !== first) {
      columns.service[window] = this.#firstByName(service, columns.service[window]);
    }
  }

  /** A window that has come out changes: it will come again, under a new identity if it begins earlier now. */
  #change(window: number, time: number, number: number): void {
    const { flags, first } = this.columns;
    this.open += 1 - this.#isOpen(window);
    this.#ownFacts(window);
    flags[window] |= CHANGED;
    this.nextDue = -Infinity;
    if (Math.floor(time) < Math.floor(first[window])) this.output.withdraw(window, number); // identities are to the millisecond
  }

  /** What has come out stays as it is: the window goes on with facts of its own. */
  #ownFacts(window: number): void {
    const { facts } = this.columns, noted = facts.get(window);
    if (noted === undefined || this.#isOpen(window)) return;
    const copy = this.#collectors.copy(noted);
    if (copy !== undefined) facts.set(window, copy);
  }

  #firstByName(a: number, b: number): number {
    if (a === b) return a;
    const nameOf = (service: number) => this.#names[service] ??= this.#services.text(service);
    return nameOf(a) <= nameOf(b) ? a : b;
  }
}
