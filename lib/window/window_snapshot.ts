/**
 * Open windows as one blob of columns, and back.
 *
 * @module
 */
import type { Dictionary } from "../record/dictionary.ts";
import { ByteReader, ByteWriter } from "./byte_columns.ts";
import type { CountVectors } from "./count_vectors.ts";
import type { ServiceWindows } from "./service_windows.ts";
import { CHANGED, EMITTED, EXTRA, LIVE } from "./session_columns.ts";
import type { SessionPattern } from "./session_pattern.ts";
import type { SessionWindows } from "./session_windows.ts";

const MAGIC = "deepscan open windows";
const VERSION = 1;

/** The changing parts of `OpenWindows`. */
export interface WindowParts {
  sessions: SessionWindows;
  /** Time windows by service; a service without any has none. */
  services: (ServiceWindows | undefined)[];
  /** Largest time by source. */
  latest: Map<number, number>;
  watermark: number;
  /** Counters by name. */
  stats: { [name: string]: number };
}

/** What the parts refer to. */
export interface WindowContext {
  options: {
    session: SessionPattern | null;
    size: number;
    idle: number;
    lateness: number;
    keepSessions: boolean;
    silenceLimit: number;
  };
  vectors: CountVectors;
  services: Dictionary;
}

/**
 * The parts as one compact, versioned blob with a checksum. Vectors and services are written where they are first met.
 *
 * @example Used by `OpenWindows.save`
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { OpenWindows } from "./open_windows.ts";
 *
 * const windows = new OpenWindows({ size: 60_000, idle: 900_000, lateness: 0 }, new Dictionary());
 * assert(windows.save().length < 200);
 * ```
 */
export function saveWindows(parts: WindowParts, context: WindowContext): Uint8Array {
  const writer = new ByteWriter();
  writer.text(MAGIC);
  writer.integer(VERSION);
  for (const [, value] of settingsOf(context)) writer.text(value);
  const stats = Object.entries(parts.stats);
  writer.integer(stats.length);
  for (const [name, count] of stats) {
    writer.text(name);
    writer.integer(count);
  }
  writer.time(parts.watermark);
  writer.integer(parts.latest.size);
  for (const [source, time] of parts.latest) {
    writer.integer(source);
    writer.time(time);
  }
  const saver = new Saver(writer, context);
  saver.sessions(parts.sessions);
  saver.services(parts.services);
  return writer.finish();
}

/**
 * Fills empty parts from a blob.
 *
 * @param open Makes the time windows of a service.
 * @throws {RangeError} if the bytes are damaged, of an unknown version, or were saved with other settings.
 *
 * @example Damage is refused
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { OpenWindows } from "./open_windows.ts";
 *
 * const options = { size: 60_000, idle: 900_000, lateness: 0 };
 * const bytes = new OpenWindows(options, new Dictionary()).save();
 * bytes[30] ^= 1;
 * let message = "";
 * try {
 *   OpenWindows.restore(bytes, options, new Dictionary());
 * } catch (error) {
 *   message = (error as Error).message;
 * }
 * assert(message.startsWith("Cannot restore open windows: checksum"));
 * ```
 */
export function restoreWindows(
  bytes: Uint8Array,
  parts: WindowParts,
  context: WindowContext & { open: (service: number) => ServiceWindows },
): void {
  const reader = new ByteReader(bytes);
  const magic = reader.text(), version = reader.integer();
  if (magic !== MAGIC) refuse("these bytes are something else");
  if (version !== VERSION) refuse(`version ${version} is not known, only ${VERSION} is`);
  for (const [name, value] of settingsOf(context)) {
    const saved = reader.text();
    if (saved !== value) refuse(`they were saved with ${name} ${saved}, current value is ${value}`);
  }
  for (let i = reader.integer(); i > 0; i--) parts.stats[reader.text()] = reader.integer();
  parts.watermark = reader.time();
  for (let i = reader.integer(); i > 0; i--) parts.latest.set(reader.integer(), reader.time());
  const loader = new Loader(reader, context);
  loader.sessions(parts.sessions, parts.watermark);
  loader.services(context.open);
  if (!reader.atEnd) refuse("there is more in them than expected");
}

/** The settings that what windows hold depends on, as text. */
function settingsOf({ options }: WindowContext): [string, string][] {
  const { session, size, idle, lateness, keepSessions, silenceLimit } = options;
  return [
    ["session", session === null ? "none" : `/${session.source}/`],
    ...Object.entries({ size, idle, lateness, keepSessions, silenceLimit }).map((
      [name, value],
    ): [string, string] => [name, String(value)]),
  ];
}

function refuse(what: string): never {
  throw new RangeError(`Cannot restore open windows: ${what}`);
}

class Saver {
  readonly #writer: ByteWriter;
  readonly #context: WindowContext;
  readonly #vectors = new Map<unknown, number>(); // by vector, or by the window that counts for itself
  readonly #services = new Map<unknown, number>();

  constructor(writer: ByteWriter, context: WindowContext) {
    this.#writer = writer;
    this.#context = context;
  }

  sessions({ keys, columns, withdrawals }: SessionWindows): void {
    const writer = this.#writer, { flags, next } = columns;
    writer.integer(keys.size);
    for (let number = 0; number < keys.end; number++) {
      if (flags[number] === 0 || (flags[number] & EXTRA) !== 0) continue;
      writer.block(keys.bytes(number));
      let windows = 0;
      for (let window = number; window >= 0; window = next[window]) windows++;
      writer.integer(windows);
      for (let window = number; window >= 0; window = next[window]) this.#session(columns, window);
    }
    writer.integer(withdrawals.length);
    for (const { key, start, service } of withdrawals) {
      writer.block(key);
      writer.time(start);
      this.#service(service);
    }
  }

  services(services: (ServiceWindows | undefined)[]): void {
    const writer = this.#writer;
    writer.integer(services.filter((windows) => windows !== undefined).length);
    services.forEach((windows, service) => {
      if (windows === undefined) return;
      this.#service(service);
      const { first, last, forgotten, from, next } = windows;
      for (const index of [first, last, forgotten, from, next]) writer.time(index);
      writer.integer(windows.windows.size);
      for (const window of windows.windows.values()) {
        writer.time(window.index);
        writer.integer(window.lines);
        writer.integer((window.shown ? 1 : 0) + (window.changed ? 2 : 0));
        if (window.row === null) this.#vector(window.vector);
        else if (!this.#seen(this.#vectors, window)) this.#pairs(windows.pairs(window));
      }
    });
  }

  #session(columns: SessionWindows["columns"], window: number): void {
    this.#writer.integer(columns.flags[window] & (EMITTED | CHANGED));
    this.#writer.time(columns.first[window]);
    this.#writer.time(columns.last[window]);
    this.#writer.integer(columns.lines[window]);
    this.#service(columns.service[window]);
    this.#vector(columns.vector[window]);
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

class Loader {
  readonly #reader: ByteReader;
  readonly #context: WindowContext;
  readonly #vectors: number[] = [];
  readonly #services: number[] = [];

  constructor(reader: ByteReader, context: WindowContext) {
    this.#reader = reader;
    this.#context = context;
  }

  sessions(sessions: SessionWindows, watermark: number): void {
    const reader = this.#reader;
    for (let keys = reader.integer(); keys > 0; keys--) {
      const key = reader.block(), number = sessions.keys.intern(key, 0, key.length);
      sessions.makeRoom();
      if (sessions.columns.flags[number] !== 0) refuse("a key is in them twice");
      for (let windows = reader.integer(), window = number; windows > 0; windows--) {
        this.#session(sessions, window, window !== number);
        if (windows === 1) break;
        const further = sessions.keys.reserve();
        sessions.makeRoom();
        sessions.columns.next[window] = further;
        window = further;
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

  services(open: (service: number) => ServiceWindows): void {
    const reader = this.#reader;
    for (let i = reader.integer(); i > 0; i--) {
      const windows = open(this.#service());
      windows.first = reader.time();
      windows.last = reader.time();
      windows.forgotten = reader.time();
      windows.from = reader.time();
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
    sessions.held++;
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
