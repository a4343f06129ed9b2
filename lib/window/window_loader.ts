/**
 * Reading open windows back.
 *
 * @module
 */
import type { ByteReader } from "./byte_columns.ts";
import type { ServiceWindows } from "./service_windows.ts";
import { CHANGED, EMITTED, EXTRA, LIVE } from "./session_columns.ts";
import type { SessionWindows } from "./session_windows.ts";
import type { SavedNames } from "./window_saver.ts";

/** @throws {RangeError} always, saying what was wrong with saved windows. */
export function refuse(what: string): never {
  throw new RangeError(`Cannot restore open windows: ${what}`);
}

/**
 * Reads what `WindowSaver` wrote, into empty windows.
 *
 * @example Used by `restoreWindows`
 * ```ts
 * import { Dictionary } from "../record/dictionary.ts";
 * import { OpenWindows } from "./open_windows.ts";
 *
 * const options = { size: 60_000, idle: 900_000, lateness: 0 };
 * const windows = new OpenWindows(options, new Dictionary());
 * OpenWindows.restore(windows.save(), options, new Dictionary());
 * ```
 */
export class WindowLoader {
  readonly #reader: ByteReader;
  readonly #context: SavedNames;
  readonly #vectors: number[] = [];
  readonly #services: number[] = [];

  constructor(reader: ByteReader, context: SavedNames) {
    this.#reader = reader;
    this.#context = context;
  }

  /** Reads all session windows. @throws {RangeError} if a key, a service or a vector doesn't fit. */
  sessions(sessions: SessionWindows, watermark: number): void {
    const reader = this.#reader;
    for (let keys = reader.integer(); keys > 0; keys--) {
      const key = reader.block(), number = sessions.table.keys.intern(key, 0, key.length);
      sessions.table.makeRoom();
      if (sessions.columns.flags[number] !== 0) refuse("a key is in them twice");
      for (let windows = reader.integer(), window = number; windows > 0; windows--) {
        this.#session(sessions, window, window !== number);
        if (windows === 1) break;
        window = sessions.table.hang(window);
      }
    }
    for (let i = reader.integer(); i > 0; i--) {
      sessions.withdrawals.push({
        key: reader.block().slice(),
        start: reader.time(),
        service: this.#service(),
      });
    }
    sessions.watermark = watermark;
    sessions.nextDue = -Infinity;
  }

  /** Reads all time windows. @throws {RangeError} if a service or a vector doesn't fit. */
  services(open: (service: number) => ServiceWindows): void {
    const reader = this.#reader;
    for (let i = reader.integer(); i > 0; i--) {
      const windows = open(this.#service());
      windows.first = reader.time();
      windows.last = reader.time();
      windows.forgotten = reader.time();
      windows.next = reader.time();
      for (let j = reader.integer(); j > 0; j--) {
        const index = reader.time(), lines = reader.integer(), state = reader.integer();
        const shown = (state & 1) !== 0, changed = (state & 2) !== 0;
        windows.restore({ index, lines, row: null, vector: this.#vector(), shown, changed });
      }
    }
  }

  #session(sessions: SessionWindows, window: number, extra: boolean): void {
    const reader = this.#reader, columns = sessions.columns, state = reader.integer();
    columns.flags[window] = LIVE | (extra ? EXTRA : 0) | (state & (EMITTED | CHANGED));
    columns.first[window] = reader.time();
    columns.last[window] = reader.time();
    columns.lines[window] = reader.integer();
    columns.service[window] = this.#service();
    columns.vector[window] = this.#vector();
    columns.next[window] = -1;
    sessions.table.held++;
    if (state !== EMITTED) sessions.open++;
  }

  #service(): number {
    const number = this.#reader.integer();
    if (number > this.#services.length) refuse(`service ${number} is not in them`);
    if (number === this.#services.length) {
      const name = this.#reader.block();
      this.#services.push(this.#context.services.intern(name, 0, name.length));
    }
    return this.#services[number];
  }

  #vector(): number {
    const number = this.#reader.integer();
    if (number > this.#vectors.length) refuse(`count vector ${number} is not in them`);
    if (number === this.#vectors.length) {
      const symbols: number[] = [], counts: number[] = [];
      for (let i = this.#reader.integer(); i > 0; i--) {
        symbols.push(this.#reader.integer());
        counts.push(this.#reader.integer());
      }
      this.#vectors.push(this.#context.vectors.intern(symbols, counts));
    }
    return this.#vectors[number];
  }
}
