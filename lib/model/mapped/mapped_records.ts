/**
 * Mapped parts as the records of a stream.
 *
 * @module
 */
import type { Catalogue } from "../../template/catalogue.ts";
import { QuantileSketch } from "../../template/parameter/quantile_sketch.ts";
import type { NumberSketch } from "../../window/collectors/quantity_collector.ts";
import { type LogClock, LogClocks } from "../log_clocks.ts";
import type { StreamSettings } from "../stream_settings.ts";
import type { StretchSource } from "../stretch.ts";
import { cellsOf, CountedStretch, type PartCell } from "./counted_stretch.ts";
import type { MappedPart } from "./mapped_part.ts";

/** Where mapped parts come from, in order of time; what came late for an earlier one comes when it is known. */
export interface PartSource {
  /** The next part; `null` when there is none (at present). */
  next(): Promise<MappedPart | null>;
}

/** What {@linkcode MappedRecords} goes by. */
export interface MappedRecordsOptions {
  settings: StreamSettings;
  /** Takes in what was born in the parts; the others' numbers are those that the parts have. */
  catalogue: Catalogue;
  /** Name of the log that was mapped. */
  name: string;
  /** The logs in the order of their numbers and the largest time of each, from an earlier run. */
  logs?: readonly LogClock[];
}

/** What of a part is still to be handed out. */
interface Waiting {
  part: MappedPart;
  cells: PartCell[];
  at: number;
  renamed?: Int32Array;
}

/**
 * The records that mapped parts have counted, one time window after the other: windows, verdicts and watermark come to what
 * they come to with the lines themselves.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../../record/dictionary.ts";
 * import { Miner } from "../../template/miner.ts";
 * import { createWindows, streamSettings } from "../stream_settings.ts";
 * import type { MappedPart } from "./mapped_part.ts";
 * import { MappedRecords } from "./mapped_records.ts";
 *
 * const part: MappedPart = {
 *   ...{ from: 0, to: 120_000, records: 2, untimed: 0, first: 5, last: 60_005, births: [], events: [] },
 *   windows: [0, 60_000].map((start) => ({ service: "web", start, lines: 1, pairs: Int32Array.of(), facts: {} })),
 * };
 * const parts = [part], source = { next: () => Promise.resolve(parts.shift() ?? null) };
 * const settings = streamSettings({ name: "web", window: 60_000 }), windows = createWindows(settings, new Dictionary());
 * const { catalogue } = new Miner().freeze(), records = new MappedRecords(source, { settings, catalogue, name: "web" });
 * for (let next = await records.next(); next !== null; next = await records.next()) next.addTo(windows);
 * assert.equal(windows.close(records.watermark(0)).length, 1); // the second one is not over
 * ```
 */
export class MappedRecords implements StretchSource {
  readonly settings: StreamSettings;
  readonly #parts: PartSource;
  readonly #catalogue: Catalogue;
  readonly #clocks: LogClocks;
  readonly #log: number;
  readonly #sketches = new Map<string, NumberSketch>();
  #waiting: Waiting | null = null;
  #isPending = false;
  #watermark = -Infinity;

  constructor(parts: PartSource, { settings, catalogue, name, logs }: MappedRecordsOptions) {
    this.settings = settings;
    this.#parts = parts;
    this.#catalogue = catalogue;
    this.#clocks = new LogClocks(logs);
    this.#log = this.#clocks.numberOf(name);
  }

  /** The logs by number, each with the largest time handed out. */
  get logs(): LogClock[] {
    return this.#clocks.logs;
  }

  /** All numbers of each parameter so far, of parts that were mapped to learn from. */
  get sketches(): NumberSketch[] {
    return [...this.#sketches.values()];
  }

  async next(idle = Infinity): Promise<CountedStretch | null> {
    const waiting = this.#waiting ?? await this.#take();
    if (waiting === null) return null;
    const { part, cells, renamed } = waiting, cell = cells[waiting.at];
    this.#raise(cell.start); // what is before it has been handed out
    const isFirst = waiting.at === 0, isLast = ++waiting.at === cells.length;
    const place = { watermark: this.watermark(idle), isFirst, isLast, renamed };
    if (isLast) {
      this.#waiting = null;
      this.#clocks.advance(this.#log, part.last ?? -Infinity);
    }
    return new CountedStretch(part, cell, place);
  }

  watermark(idle: number, now = -Infinity): number {
    const low = this.#clocks.low(idle, now);
    if (this.#isPending) this.#raise(Math.min(this.#clocks.logs[this.#log].clock, low));
    else if (low !== Infinity) this.#raise(low);
    return this.#watermark;
  }

  #raise(time: number): void {
    if (time > this.#watermark) this.#watermark = time;
  }

  /** The next part that has records, its templates known. */
  async #take(): Promise<Waiting | null> {
    if (!this.#isPending) this.#clocks.begin(this.#log);
    this.#isPending = true;
    for (let part = await this.#parts.next(); part !== null; part = await this.#parts.next()) {
      const cells = cellsOf(part, this.settings.window), renamed = this.#renamed(part);
      this.#addSketches(part, renamed);
      if (cells.length > 0) return this.#waiting = { part, cells, at: 0, renamed };
    }
    this.#isPending = false;
    this.#clocks.end(this.#log);
    return null;
  }

  /** The numbers that a part's templates have here; `undefined` = their own. */
  #renamed({ births }: MappedPart): Int32Array | undefined {
    if (births.length === 0) return undefined;
    const { frozen } = this.#catalogue, renamed = new Int32Array(frozen + births.length);
    for (let template = 0; template < frozen; template++) renamed[template] = template;
    renamed.set(this.#catalogue.adopt(births, { adds: true }), frozen);
    return renamed;
  }

  #addSketches({ sketches = [] }: MappedPart, renamed: Int32Array | undefined): void {
    for (const { template: theirs, slot, kind, sketch: saved } of sketches) {
      const template = renamed?.[theirs] ?? theirs, sketch = QuantileSketch.fromJSON(saved);
      const key = `${template} ${slot}`, known = this.#sketches.get(key);
      if (known === undefined) this.#sketches.set(key, { template, slot, kind, sketch });
      else known.sketch.merge(sketch);
    }
  }
}
