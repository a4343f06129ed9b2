/**
 * Records of a stretch of time → a mapped part.
 *
 * @module
 */
import type { Dictionary } from "../../record/dictionary.ts";
import type { LogBatch } from "../../record/log_batch.ts";
import type { Catalogue } from "../../template/catalogue.ts";
import { QuantityCollector } from "../../window/collectors/quantity_collector.ts";
import type { WatchedSlots } from "../../window/collectors/slot_values.ts";
import { LARGEST_TIME, OpenWindows } from "../../window/open_windows.ts";
import { SessionKeys } from "../../window/session_keys.ts";
import { SessionPattern } from "../../window/session_pattern.ts";
import type { MergedRecords, Slice } from "../merged_records.ts";
import { rowsWithin, type TimeSpan } from "../rows_within.ts";
import { streamCollectors } from "../stream_collectors.ts";
import { type StreamSettings, windowOptions } from "../stream_settings.ts";
import type { CountedNumbers, CountedWindow, MappedPart, SessionEvent } from "./mapped_part.ts";

/**
 * Told of each record in its order. The batch is only good for the moment.
 *
 * @param keys The sessions that it names; empty = it belongs to a time window, or to none.
 * @param facts What collectors noted of it for its sessions, as they save it.
 */
export type RecordListener = (
  batch: LogBatch,
  row: number,
  keys: readonly string[],
  facts: Record<string, unknown> | undefined,
) => void;

/** What a {@linkcode PartMapper} maps, and how. */
export interface PartMapperOptions {
  settings: StreamSettings;
  /** Behind the service column of the batches. */
  services: Dictionary;
  /** That matched the records; nothing was born in it before. */
  catalogue: Catalogue;
  /** What is noted of parameters; `null` = everything, as training does. */
  watched: WatchedSlots | null;
  /** The stretch `[from, to)`, ms UTC: borders of time windows. */
  from: number;
  to: number;
  /** Only records of this span are mapped; default all. */
  within?: TimeSpan;
  onRecord?: RecordListener;
  /** Whether records of sessions are kept for the part; default true. */
  keepsEvents?: boolean;
}

/** Keys of sessions that are remembered; then all are forgotten. */
const MANY_KEYS = 1 << 16;
const NO_KEYS: readonly string[] = [];

/**
 * Counts records by time windows and notes their facts, each record of a session for itself: what a worker does that
 * anybody's `OpenWindows.addCounted` goes on with. What comes out depends on the records and the frozen templates alone, so
 * it doesn't matter who maps what.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../../record/dictionary.ts";
 * import { stdinInput } from "../../source/stdin.ts";
 * import { Miner } from "../../template/miner.ts";
 * import { MergedRecords } from "../merged_records.ts";
 * import { streamSettings } from "../stream_settings.ts";
 * import { PartMapper } from "./part_mapper.ts";
 *
 * const log = ["10:00:01Z INFO order=1 taken", "10:00:40Z INFO all is well"].map((line) => `2026-03-02T${line}\n`);
 * const settings = streamSettings({ name: "shop", window: 60_000, session: "order=(\\d+)" });
 * const services = new Dictionary(), { catalogue } = new Miner().freeze();
 * const records = new MergedRecords([stdinInput(new Blob(log).stream())], {
 *   settings,
 *   services,
 *   onBatch: (batch) => catalogue.match(batch),
 * });
 * const from = Date.UTC(2026, 2, 2, 10), to = from + 60_000;
 * const mapper = new PartMapper({ settings, services, catalogue, watched: null, from, to });
 * await mapper.run(records);
 *
 * const { windows, events, births } = mapper.finish();
 * assert.deepEqual([windows[0].service, windows[0].lines, events[0].keys, births.length], ["shop", 1, ["1"], 2]);
 * ```
 */
export class PartMapper {
  readonly #options: PartMapperOptions;
  readonly #windows: OpenWindows;
  readonly #session: SessionPattern | null;
  readonly #keys = new SessionKeys();
  #keyTexts: (string | undefined)[] = [];
  readonly #names: (string | undefined)[] = [];
  readonly #events: SessionEvent[] = [];
  #records = 0;
  #first = Infinity;
  #last = -Infinity;

  constructor(options: PartMapperOptions) {
    const { settings, services, catalogue, watched } = options;
    this.#options = options;
    this.#session = settings.session === null ? null : SessionPattern.compile(settings.session.pattern);
    const collectors = streamCollectors(settings, { catalogue, watched });
    const counted = windowOptions(settings, { oneOff: true, collectors });
    this.#windows = new OpenWindows(
      { ...counted, session: null, sequences: false, silenceLimit: 0 },
      services,
    );
  }

  /** Maps all records that there are; see {@linkcode add}. */
  async run(records: MergedRecords): Promise<void> {
    for (let slice = await records.next(); slice !== null; slice = await records.next()) this.add(slice);
  }

  /** Maps the rows `[from, to)` of a batch, their templates and services filled in. */
  add(slice: Pick<Slice, "batch" | "from" | "to">): void {
    const { batch, from, to } = slice, { within = {}, onRecord } = this.#options;
    if (this.#keys.end > MANY_KEYS) this.#forgetKeys();
    this.#session?.find(batch, from, to, this.#keys);
    for (const [first, last] of rowsWithin(slice, within)) {
      this.#records += last - first;
      if (this.#session === null) this.#addToWindows(batch, first, last);
      else this.#addRows(batch, first, last);
      if (this.#session !== null || onRecord === undefined) continue;
      for (let row = first; row < last; row++) onRecord(batch, row, NO_KEYS, undefined);
    }
  }

  /** What the records came to; nothing more can be added. */
  finish(): MappedPart {
    const { catalogue, from, to, watched } = this.#options,
      known = (time: number) => Number.isFinite(time) ? time : null;
    const part: MappedPart = {
      ...{ from, to, records: this.#records, untimed: this.#windows.stats.untimed },
      ...{ first: known(this.#first), last: known(this.#last) },
      births: catalogue.provisional(),
      windows: this.#countedWindows(),
      events: this.#events,
    };
    if (watched === null) part.sketches = this.#sketches();
    return part;
  }

  #addToWindows(batch: LogBatch, from: number, to: number): void {
    for (let row = from; row < to; row++) this.#note(batch.timestamp[row]);
    this.#windows.add(batch, from, to);
  }

  /** Rows with sessions one by one, those between them together. */
  #addRows(batch: LogBatch, from: number, to: number): void {
    const { sessionStart } = batch, { onRecord } = this.#options;
    let plain = from;
    for (let row = from; row < to; row++) {
      if (sessionStart[row + 1] === sessionStart[row]) {
        onRecord?.(batch, row, NO_KEYS, undefined);
        continue;
      }
      if (row > plain) this.#addToWindows(batch, plain, row);
      plain = row + 1;
      this.#addEvent(batch, row);
    }
    if (to > plain) this.#addToWindows(batch, plain, to);
  }

  #addEvent(batch: LogBatch, row: number): void {
    const { collectors } = this.#windows, { onRecord, keepsEvents = true } = this.#options;
    const keys = this.#keysOf(batch, row), template = batch.template[row], time = batch.timestamp[row];
    const noted = !collectors.noneInSessions && collectors.concernsSessions(template)
      ? collectors.add(undefined, batch, row, true)
      : undefined;
    const facts = noted && collectors.saveNamed(noted), isTime = this.#note(time);
    onRecord?.(batch, row, keys, facts);
    if (!keepsEvents) return;
    this.#events.push({
      ...{ time: isTime ? time : null, service: this.#nameOf(batch, row), template },
      ...{ severity: batch.severity[row], keys, ...(facts && { facts }) },
    });
  }

  /** Whether it is a time. */
  #note(time: number): boolean {
    if (!(time >= -LARGEST_TIME && time <= LARGEST_TIME)) return false;
    if (time < this.#first) this.#first = time;
    if (time > this.#last) this.#last = time;
    return true;
  }

  #keysOf({ session, sessionStart }: LogBatch, row: number): string[] {
    const keys: string[] = [];
    for (let i = sessionStart[row]; i < sessionStart[row + 1]; i++) {
      const number = session[i];
      keys.push(this.#keyTexts[number] ??= this.#keys.text(number));
    }
    return keys;
  }

  #nameOf({ service }: LogBatch, row: number): string {
    return this.#names[service[row]] ??= this.#options.services.text(service[row]);
  }

  #forgetKeys(): void {
    this.#keys.clear();
    this.#keyTexts = [];
  }

  #countedWindows(): CountedWindow[] {
    const { collectors, vectors } = this.#windows, { services } = this.#options;
    const closed = this.#windows.closeAll(), windows: CountedWindow[] = [];
    for (let i = 0; i < closed.length; i++) {
      if (closed.lines[i] === 0) continue;
      windows.push({
        service: services.text(closed.service[i]),
        start: closed.start[i],
        lines: closed.lines[i],
        pairs: vectors.pairs(closed.vector[i]),
        facts: collectors.saveNamed(closed.facts.get(i)),
      });
    }
    return windows.sort((a, b) => a.service < b.service ? -1 : a.service > b.service ? 1 : a.start - b.start);
  }

  #sketches(): CountedNumbers[] {
    const { all } = this.#windows.collectors, learning = all.find((one) => one instanceof QuantityCollector);
    return [...learning?.sketches.values() ?? []].map(({ template, slot, kind, sketch }) => ({
      ...{ template, slot, kind },
      sketch: sketch.toJSON(),
    }));
  }
}
