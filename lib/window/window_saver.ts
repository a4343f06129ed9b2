/**
 * Writing open windows.
 *
 * @module
 */
import type { Dictionary } from "../record/dictionary.ts";
import type { ByteWriter } from "./byte_columns.ts";
import type { CountVectors } from "./count_vectors.ts";
import type { ServiceWindows } from "./service_windows.ts";
import { type Collectors, type Facts } from "./facts.ts";
import type { Sequences } from "./sequences.ts";
import { CHANGED, EMITTED, EXTRA } from "./session_columns.ts";
import type { SessionWindows } from "./session_windows.ts";

/** What the numbers in windows stand for. */
export interface SavedNames {
  vectors: CountVectors;
  services: Dictionary;
  /** Absent where no order is kept. */
  sequences?: Sequences;
  collectors?: Collectors;
}

/**
 * Writes windows; vectors and services are written in full where they are first met, by number from then on.
 *
 * @example Used by `saveWindows`
 * ```ts
 * import { Dictionary } from "../record/dictionary.ts";
 * import { ByteWriter } from "./byte_columns.ts";
 * import { CountVectors } from "./count_vectors.ts";
 * import { WindowSaver } from "./window_saver.ts";
 *
 * new WindowSaver(new ByteWriter(), { vectors: new CountVectors(), services: new Dictionary() }).services([]);
 * ```
 */
export class WindowSaver {
  readonly #writer: ByteWriter;
  readonly #context: SavedNames;
  readonly #vectors = new Map<unknown, number>(); // by vector, or by the window that counts for itself
  readonly #services = new Map<unknown, number>();
  readonly #sequences = new Map<unknown, number>();

  constructor(writer: ByteWriter, context: SavedNames) {
    this.#writer = writer;
    this.#context = context;
  }

  /** Writes all session windows. */
  sessions(sessions: SessionWindows): void {
    const { table: { keys }, columns: { flags, next }, output: { withdrawals } } = sessions;
    const writer = this.#writer;
    writer.integer(keys.size);
    for (let number = 0; number < keys.end; number++) {
      if (flags[number] === 0 || (flags[number] & EXTRA) !== 0) continue;
      writer.block(keys.bytes(number));
      let windows = 0;
      for (let window = number; window >= 0; window = next[window]) windows++;
      writer.integer(windows);
      for (let window = number; window >= 0; window = next[window]) this.#session(sessions, window);
    }
    writer.integer(withdrawals.length);
    for (const { key, start, service } of withdrawals) {
      writer.block(key);
      writer.time(start);
      this.#service(service);
    }
  }

  /** Writes all time windows. */
  services(services: (ServiceWindows | undefined)[]): void {
    const writer = this.#writer;
    writer.integer(services.filter((windows) => windows !== undefined).length);
    services.forEach((windows, service) => {
      if (windows === undefined) return;
      this.#service(service);
      const { first, last, forgotten, next } = windows;
      for (const index of [first, last, forgotten, next]) writer.time(index);
      writer.integer(windows.windows.size);
      for (const window of windows.windows.values()) {
        writer.time(window.index);
        writer.integer(window.lines);
        writer.integer((window.shown ? 1 : 0) + (window.changed ? 2 : 0));
        if (window.row === null) this.#vector(window.vector);
        else if (!this.#seen(this.#vectors, window)) this.#pairs(windows.pairs(window));
        this.#facts(window.facts);
      }
    });
  }

  #session({ columns, events }: SessionWindows, window: number): void {
    this.#writer.integer(columns.flags[window] & (EMITTED | CHANGED));
    this.#writer.time(columns.first[window]);
    this.#writer.time(columns.last[window]);
    this.#writer.integer(columns.lines[window]);
    this.#service(columns.service[window]);
    this.#vector(events.number(window));
    this.#sequence(columns.sequence[window]);
    this.#facts(columns.facts.get(window));
  }

  #sequence(sequence: number): void {
    if (this.#seen(this.#sequences, sequence)) return;
    const events = this.#context.sequences?.read(sequence) ?? null;
    this.#writer.integer(events === null ? 0 : events.length + 1);
    for (const template of events ?? []) this.#writer.integer(template);
  }

  #facts(facts: Facts | undefined): void {
    this.#writer.text(this.#context.collectors?.save(facts) ?? "");
  }

  #service(service: number): void {
    if (this.#seen(this.#services, service)) return;
    this.#writer.block(this.#context.services.bytes(service));
  }

  #vector(vector: number): void {
    if (this.#seen(this.#vectors, vector)) return;
    this.#pairs(this.#context.vectors.pairs(vector));
  }

  #pairs(pairs: Int32Array): void {
    this.#writer.integer(pairs.length / 2);
    for (const number of pairs) this.#writer.integer(number);
  }

  /** Writes the number under which `value` is saved: the next one where it comes for the first time. */
  #seen(numbers: Map<unknown, number>, value: unknown): boolean {
    const number = numbers.get(value);
    this.#writer.integer(number ?? numbers.size);
    if (number === undefined) numbers.set(value, numbers.size);
    return number !== undefined;
  }
}
