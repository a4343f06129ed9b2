/**
 * Records of a stream that come next, in whatever form.
 *
 * @module
 */
import type { OpenWindows } from "../window/open_windows.ts";
import type { Examples } from "./examples.ts";
import type { RecordCounts } from "./record_counts.ts";
import type { TimeSpan } from "./rows_within.ts";
import type { StreamSettings } from "./stream_settings.ts";

/** Records that come next: lines, or what was counted of them elsewhere. None lies beyond a border of time windows. */
export interface Stretch {
  /** Watermark (ms) before it was handed out: what closes at it closes without the stretch. */
  readonly watermark: number;
  readonly records: number;
  /** Bytes that were read for it. */
  readonly bytes: number;
  /** Whether a later run could go on right behind it. */
  readonly isWhole: boolean;
  /** Least and greatest time of its records, ms; Infinity and -Infinity where none has one. */
  times(): [least: number, greatest: number];
  /** What of it lies in a span of time; records without a time do. */
  within(span: TimeSpan): Iterable<Stretch>;
  /** Counts its records in their windows. */
  addTo(windows: OpenWindows): void;
  /** Counts them by slots of time, once {@linkcode addTo} has made sure that they have templates and services. */
  countIn(counts: RecordCounts): void;
  /** Keeps lines of it to show. */
  noteIn(examples: Examples): void;
}

/** Where a stream's records come from, in order of time. */
export interface StretchSource {
  readonly settings: StreamSettings;
  /**
   * The next records, valid until the next call; `null` when there are none (at present).
   *
   * @param idle As for {@linkcode watermark}, ms.
   */
  next(idle?: number): Promise<Stretch | null>;
  /**
   * The time (ms) up to which everything has been handed out; it never goes back.
   *
   * @param idle How far behind the latest a log at its end may be and still be waited for, ms.
   * @param now Real time that passed for logs at their end (`clock: wall`); -Infinity = time is what the lines say.
   */
  watermark(idle: number, now?: number): number;
}
