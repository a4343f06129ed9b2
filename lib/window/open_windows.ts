/**
 * Events into windows: sessions and time windows that are still open.
 *
 * @module
 */
import type { Dictionary } from "../record/dictionary.ts";
import type { LogBatch } from "../record/log_batch.ts";
import { ClosedRows } from "./closed_rows.ts";
import type { ClosedWindows } from "./closed_windows.ts";
import { addCounted, type CountedOptions, type CountedRecords } from "./counted_records.ts";
import { CountVectors } from "./count_vectors.ts";
import { SymbolColumns } from "./dense_counts.ts";
import { ServiceWindows } from "./service_windows.ts";
import { Collectors } from "./facts.ts";
import { Sequences } from "./sequences.ts";
import { SessionWindows } from "./session_windows.ts";
import { LARGEST_TEMPLATE, LEVEL_CLASS } from "./symbol.ts";
import { checkedWindowOptions, type WindowOptions } from "./window_options.ts";
import { WindowNumbers } from "./window_numbers.ts";
import { restoreWindows, saveWindows, type WindowParts } from "./window_snapshot.ts";
import { held, type WindowStats } from "./window_stats.ts";

export type { WindowOptions } from "./window_options.ts";
export type { WindowStats } from "./window_stats.ts";

/** Of a Date (ECMA-262 21.4.1.1), ms; what lies beyond is no time. */
export const LARGEST_TIME = 8.64e15;

/**
 * The windows of one stream that are still open: a value that can be saved.
 *
 * A record goes into the session windows of all keys that its first line names; without one, into the time window of its
 * service. What a settled window holds depends on the records and their times alone, never on how they were cut into
 * batches, when {@linkcode close} was called, or, within `lateness`, in which order they came.
 * A record older than the largest time of its own source by more than `lateness`, or whose window is already forgotten,
 * is late: counted, not added.
 *
 * Source: windows, watermark and allowed lateness as in T. Akidau et al., *The Dataflow Model*, PVLDB 8(12), 2015.
 *
 * @example Two lines, one time window
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../record/log_batch.ts";
 * import { OpenWindows } from "./open_windows.ts";
 *
 * const batch = new LogBatch();
 * batch.length = 2;
 * batch.timestamp.set([1_000, 2_000]);
 * batch.service.fill(batch.services.internText("api"), 0, 2);
 *
 * const windows = new OpenWindows({ size: 60_000, idle: 900_000, lateness: 0 }, batch.services);
 * windows.add(batch, 0, 2);
 * const closed = windows.close(60_000);
 * assert(closed.length === 1 && closed.lines[0] === 2);
 * assert(closed.key(0) === "api@1970-01-01T00:00:00.000Z");
 * ```
 */
export class OpenWindows {
  /** Numbers of what windows have counted. */
  readonly vectors: CountVectors;
  /** Numbers of the order of a session's events; `null` = it isn't kept. */
  readonly sequences: Sequences | null;
  /** Who is asked for every record. */
  readonly collectors: Collectors;
  readonly #options: Required<WindowOptions>;
  readonly #services: Dictionary;
  readonly #parts: WindowParts;
  readonly #numbers: WindowNumbers;
  readonly #columns = new SymbolColumns();
  readonly #stats = { records: 0, repeated: 0, placed: 0, unsessioned: 0, untimed: 0, late: 0 };
  #unplaced: number[] = []; // keys of refused records: forgotten unless a later record opens a window

  /**
   * @param services The dictionary behind the batches' service column.
   * @throws {RangeError} if a setting is out of range.
   */
  constructor(options: WindowOptions, services: Dictionary) {
    this.#options = checkedWindowOptions(options);
    this.#services = services;
    this.vectors = new CountVectors({ limit: this.#options.vectorLimit });
    this.sequences = this.#options.sequences ? new Sequences() : null;
    this.collectors = new Collectors(this.#options.collectors);
    const detail = { sequences: this.sequences ?? undefined, collectors: this.collectors };
    this.#parts = {
      sessions: new SessionWindows(this.#options, this.vectors, services, detail),
      services: [],
      latest: new Map(),
      watermark: -Infinity,
      stats: this.#stats,
    };
    this.#numbers = new WindowNumbers(this.#parts, this);
  }

  /** See {@linkcode WindowStats}. */
  get stats(): WindowStats {
    return { ...this.#stats, ...held(this.#parts), spilled: this.vectors.spilled };
  }

  /** Largest time of a source so far in milliseconds UTC; -Infinity where it had none. */
  latest(source = 0): number {
    return this.#parts.latest.get(source) ?? -Infinity;
  }

  /**
   * Counts the records `[from, to)` of a batch, whose templates and services are filled in; fills its session column.
   *
   * @param source Number of the input they come from, the same one over saves and restores.
   * @throws {RangeError} if a record's template or service is not filled in.
   */
  add(batch: LogBatch, from: number, to: number, source = 0): void {
    const { session, lateness } = this.#options, { timestamp, severity, sessionStart } = batch;
    if (session) {
      session.find(batch, from, to, this.#parts.sessions.table.keys);
      this.#parts.sessions.table.makeRoom();
    }
    const collecting = !this.collectors.none;
    let latest = this.latest(source);
    for (let i = from; i < to; i++) {
      const template = batch.template[i], service = batch.service[i];
      if (template < 0 || template > LARGEST_TEMPLATE || service < 0) this.#refuse(i, template, service);
      const symbol = (template << 3) | LEVEL_CLASS[severity[i]];
      let time = timestamp[i];
      if (!(time >= -LARGEST_TIME && time <= LARGEST_TIME)) time = NaN;
      if (time > latest) latest = time;
      const late = time < latest - lateness;
      if (session && sessionStart[i + 1] > sessionStart[i]) this.#addToSessions(batch, i, time, symbol, late);
      else if (this.#addToService(service, time, symbol, late) && collecting) {
        this.#parts.services[service]!.note(batch, i);
      }
    }
    this.#parts.latest.set(source, latest);
    this.#stats.records += to - from;
    if (this.#unplaced.length > 0) this.#dropUnplaced();
  }

  /**
   * Counts records that were counted elsewhere: what {@linkcode add} comes to for their lines, in the same order. Records of
   * time windows are late where their window is forgotten.
   *
   * @throws {RangeError} if a template is not among the renamed ones, or a window doesn't begin where windows do.
   */
  addCounted(counted: CountedRecords, options: CountedOptions = {}): void {
    this.#unplaced = addCounted(counted, options, { ...this.#context(), parts: this.#parts });
    if (this.#unplaced.length > 0) this.#dropUnplaced();
  }

  /** The largest watermark that windows were closed at, ms; -Infinity = none yet. It is saved with them. */
  get watermark(): number {
    return this.#parts.watermark;
  }

  /**
   * The windows that the watermark has passed since the last call, and those that were reopened since, again.
   * With many sessions open every call looks at all of them: call it per checkpoint, not per line.
   *
   * @param watermark Milliseconds UTC up to which records are taken to be complete; one below an earlier one changes nothing.
   * @throws {RangeError} if the watermark is not a finite number.
   */
  close(watermark: number): ClosedWindows {
    if (!Number.isFinite(watermark)) {
      throw new RangeError(
        `Cannot close windows: watermark must be a finite time, current value is ${watermark}`,
      );
    }
    this.#parts.watermark = Math.max(watermark, this.#parts.watermark);
    const rows = new ClosedRows();
    this.#parts.sessions.close(this.#parts.watermark, rows);
    for (const service of this.#parts.services) service?.close(this.#parts.watermark, rows);
    return rows.finish(this.#services, !this.#options.keepSessions);
  }

  /**
   * The windows that have come out, that nothing has changed since, and that can still change, as they were: what a run that
   * goes on after {@linkcode restore} has to know of those before it.
   */
  retained(): ClosedWindows {
    return this.#putOut("putOutRetained");
  }

  /**
   * The windows that have come out and have changed since, or are to be withdrawn, by {@linkcode ClosedWindows.identity} alone:
   * what came out of them holds no more. A session that a late record has opened again stays among them until it is over.
   */
  changed(): ClosedWindows {
    return this.#putOut("putOutChanged");
  }

  /** All windows that haven't come out; nothing is open or retained afterwards. */
  closeAll(): ClosedWindows {
    const rows = new ClosedRows(this.stats.open + 1);
    this.#parts.sessions.output.closeAll(rows);
    for (const service of this.#parts.services) service?.closeAll(rows);
    this.#parts.services.length = 0;
    return rows.finish(this.#services, !this.#options.keepSessions);
  }

  /** Everything that {@linkcode restore} needs to continue exactly here, in one compact, versioned blob with a checksum. */
  save(): Uint8Array {
    return saveWindows(this.#parts, this.#context());
  }

  /**
   * Windows that continue where saved ones stopped.
   *
   * @param options The same as those it was saved with, but for `vectorLimit`, which changes no result.
   * @param services The dictionary behind the batches to come; the saved services are added to it.
   * @throws {RangeError} if the bytes are damaged, of an unknown version, or were saved with other options.
   */
  static restore(bytes: Uint8Array, options: WindowOptions, services: Dictionary): OpenWindows {
    const windows = new OpenWindows(options, services);
    restoreWindows(bytes, windows.#parts, windows.#context());
    return windows;
  }

  /**
   * Renames templates in every open window and every vector, e.g. after templates have merged.
   *
   * @param map New template index by old one.
   * @returns New vector number by old one: what {@linkcode close} gave before has the old ones.
   * @throws {RangeError} if a counted template has no new index; nothing has changed then.
   */
  rekey(map: Int32Array): Int32Array {
    return this.#numbers.rekey(map);
  }

  /**
   * Forgets all vectors that no open or retained window has, so that a long run stays small.
   *
   * @returns New vector number by old one, -1 where it is forgotten.
   */
  forgetVectors(): Int32Array {
    return this.#numbers.forget();
  }

  #addToSessions(batch: LogBatch, i: number, time: number, symbol: number, late: boolean): void {
    const { sessions } = this.#parts, { collectors } = this;
    const from = batch.sessionStart[i], to = batch.sessionStart[i + 1];
    for (let k = from; k < to; k++) {
      const number = batch.session[k];
      if (!late && sessions.add(number, time, symbol, batch.service[i])) {
        this.#stats.placed++;
        if (!collectors.noneInSessions && collectors.concernsSessions(batch.template[i])) {
          sessions.note(batch, i);
        }
      } else {
        this.#stats.late++;
        this.#unplaced.push(number);
      }
    }
    this.#stats.repeated += to - from - 1;
  }

  #addToService(service: number, time: number, symbol: number, late: boolean): boolean {
    if (this.#options.session) this.#stats.unsessioned++;
    if (time !== time) this.#stats.untimed++;
    else if (!late && (this.#parts.services[service] ?? this.#open(service)).add(time, symbol)) {
      this.#stats.placed++;
      return true;
    } else this.#stats.late++;
    return false;
  }

  #putOut(what: "putOutRetained" | "putOutChanged"): ClosedWindows {
    const rows = new ClosedRows(), { sessions, services } = this.#parts;
    sessions.output[what](rows);
    for (const service of services) service?.[what](rows);
    return rows.finish(this.#services, !this.#options.keepSessions);
  }

  #open(service: number): ServiceWindows {
    const { services, watermark } = this.#parts;
    const shared = { vectors: this.vectors, columns: this.#columns, watermark, collectors: this.collectors };
    return services[service] = new ServiceWindows(service, this.#options, shared);
  }

  #dropUnplaced(): void {
    this.#parts.sessions.dropUnused(this.#unplaced);
    this.#unplaced = [];
  }

  #context() {
    const { vectors, sequences, collectors } = this;
    return {
      options: this.#options,
      vectors,
      services: this.#services,
      sequences: sequences ?? undefined,
      collectors,
      open: (service: number) => this.#open(service),
    };
  }

  #refuse(row: number, template: number, service: number): never {
    const what = service < 0
      ? `its service is not filled in, current value is ${service}`
      : `its template is ${template}`;
    throw new RangeError(`Cannot add record ${row} to a window: ${what}`);
  }
}
