/**
 * Reading open windows back.
 *
 * @module
 */
import type { ByteReader } from "./byte_columns.ts";
import type { Facts } from "./facts.ts";
import { NO_SEQUENCE } from "./sequences.ts";
import type { ServiceWindows } from "./service_windows.ts";
import { CHANGED, EMITTED, EXTRA, LIVE } from "./session_columns.ts";
import type { SessionWindows } from "./session_windows.ts";
import { templateOf } from "./symbol.ts";
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
  readonly #sequences: (number[] | null)[] = []; // templates in order; `null` = none is kept

  /** @param plain Whether they were saved when windows had neither sequences nor facts. */
  constructor(reader: ByteReader, context: SavedNames, private readonly plain = false) {
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
      sessions.output.withdrawals.push({
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
        const vector = this.#vector(), facts = this.#facts();
        windows.restore({ index, lines, row: null, vector, facts, shown, changed });
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
    columns.sequence[window] = this.#sequence(columns.vector[window]);
    const facts = this.#facts();
    if (facts !== undefined) columns.facts.set(window, facts);
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

  /** The sequence of a window that has counted `vector`. */
  #sequence(vector: number): number {
    const templates = this.plain ? null : this.#templates(), { sequences, vectors } = this.#context;
    if (templates === null || sequences === undefined) return NO_SEQUENCE;
    const symbols = symbolsOf(vectors.pairs(vector));
    return templates.reduce((sequence, template) => {
      const symbol = symbols.get(template)?.pop() ?? refuse(`template ${template} was not counted`);
      return sequences.step(sequence, symbol);
    }, 0);
  }

  #templates(): number[] | null {
    const number = this.#reader.integer();
    if (number > this.#sequences.length) refuse(`sequence ${number} is not in them`);
    if (number === this.#sequences.length) {
      const length = this.#reader.integer() - 1;
      this.#sequences.push(length < 0 ? null : Array.from({ length }, () => this.#reader.integer()));
    }
    return this.#sequences[number];
  }

  #facts(): Facts | undefined {
    if (this.plain) return undefined;
    const saved = this.#reader.text();
    try {
      return this.#context.collectors?.load(saved);
    } catch (error) {
      refuse(`facts of a window: ${(error as Error).message}`);
    }
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

/** Symbols by template, each as often as it was counted: which event had which level is not saved, and nobody asks for it. */
function symbolsOf(pairs: Int32Array): Map<number, number[]> {
  const symbols = new Map<number, number[]>();
  for (let i = 0; i < pairs.length; i += 2) {
    const template = templateOf(pairs[i]), known = symbols.get(template) ?? [];
    symbols.set(template, known.concat(new Array(pairs[i + 1]).fill(pairs[i])));
  }
  return symbols;
}
