/**
 * Records that come when their time has come.
 *
 * @module
 */
import type { InputNote, LogClock, StoredInput, StreamSettings, Stretch } from "../../lib/mod.ts";
import type { ScannedRecords } from "../detect/scanned_records.ts";
import { Moment } from "./moment.ts";

/** How time goes by for records. */
export interface Pace {
  /** Up to when (ms) records are there by now. */
  readonly time: number;
  /** Whether somebody looks at every moment, not only where windows close. */
  readonly isWatched: boolean;
  /** What time it was when records came last, ms; -Infinity = none have come. */
  readAt: number;
  /** Waits until time has gone on; `false` = it ends here. */
  goesOn(): Promise<boolean>;
}

/**
 * A stream's records as a service would have got them: those from a time on are not yet there, and where it has read what is there,
 * windows close because time goes on.
 *
 * Verdicts are those of a scan that reads everything at once, for what a window holds and in which order windows are decided on depends
 * on the records alone.
 */
export class PacedRecords implements ScannedRecords {
  isDue = false;
  #isOver = false;
  #seen = -Infinity;
  #border = -Infinity;
  #watermark = -Infinity;

  /**
   * @param records Records that can be bounded by their time.
   * @param delay How long a line may take to reach its file, ms, where real time moves on (`clock: wall`); `null` = time is what the
   * lines say.
   */
  constructor(
    private readonly records: ScannedRecords,
    private readonly pace: Pace,
    private readonly delay: number | null,
  ) {}

  get settings(): StreamSettings {
    return this.records.settings;
  }

  get logs(): LogClock[] {
    return this.records.logs;
  }

  get notes(): InputNote[] {
    return this.records.notes;
  }

  async next(idle = Infinity): Promise<Stretch | null> {
    const { records, pace } = this;
    this.isDue = false;
    do {
      records.until = pace.time;
      const next = await records.next(idle);
      if (next !== null) pace.readAt = pace.time;
      const stretch = next ?? this.#moment(idle);
      if (stretch !== null) return stretch;
    } while (await pace.goesOn());
    this.#isOver = true;
    return null;
  }

  /** What has been read so far, but not more than a service could know to be complete by now; at the end, all. */
  watermark(idle: number): number {
    const complete = this.#isOver ? this.pace.time : this.#complete();
    const read = this.records.watermark(idle, this.delay === null ? -Infinity : complete);
    this.#watermark = Math.max(this.#watermark, Math.min(read, complete));
    return this.#watermark;
  }

  positions(): Promise<StoredInput[]> {
    return this.records.positions();
  }

  seen(): ReturnType<ScannedRecords["seen"]> {
    return this.records.seen();
  }

  close(): Promise<void> {
    return this.records.close();
  }

  /** Where real time moves on, it does so; else time is what the lines say that have come. */
  #complete(): number {
    const { delay, pace: { time } } = this;
    return delay === null ? Math.max(...this.logs.map(({ clock }) => clock)) : time - delay;
  }

  /** The present moment, once, if windows close at it or somebody looks at every one. */
  #moment(idle: number): Moment | null {
    const { time, isWatched } = this.pace;
    if (time === this.#seen) return null;
    this.#seen = time;
    const watermark = this.watermark(idle), border = Math.floor(watermark / this.settings.window);
    if (!(border > this.#border) && !isWatched) return null;
    this.#border = border;
    this.isDue = true;
    return new Moment(watermark);
  }
}
