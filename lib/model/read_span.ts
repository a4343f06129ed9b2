/**
 * One reading of a span of training: its windows, and how far it reaches.
 *
 * @module
 */
import type { LogBatch } from "../record/log_batch.ts";
import type { OpenWindows } from "../window/open_windows.ts";
import type { MergedRecords } from "./merged_records.ts";
import type { TimeSpan } from "./rows_within.ts";
import type { RecordCounts } from "./record_counts.ts";
import { Slice } from "./slice.ts";
import type { Stretch, StretchSource } from "./stretch.ts";
import type { WindowHistory } from "./window_history.ts";

/** How a span is read. Only records within it count. */
export interface SpanOptions extends TimeSpan {
  /** Ends it so many ms after the first record, see `LearnOptions`; default: everything is read, and every window closed. */
  span?: number;
  /** Told after each stretch how many records have been read. */
  onProgress?: (records: number) => void;
}

/** Where what is read goes. */
export interface SpanTarget {
  windows: OpenWindows;
  history: WindowHistory;
  /** Whether windows are formed; default true. */
  counts?: boolean;
  /** Counts the records of windows by slots of time; default: nobody does. */
  recordCounts?: RecordCounts;
  /** Told of the rows that are learned from, in order. */
  onRows?: (batch: LogBatch, from: number, to: number) => void;
}

/** How much was read. */
export interface SpanRead {
  /** Records. */
  read: number;
  /** First and last time, ms; Infinity and -Infinity where lines have none. */
  from: number;
  to: number;
}

/**
 * Has the records of a span end where it ends.
 *
 * @param span Its length, ms.
 */
export async function endSpan(records: MergedRecords, span: number | undefined): Promise<void> {
  if (span === undefined) return;
  const first = await records.start();
  if (first !== -Infinity) records.until = endOf(first, span, records.settings.window);
}

/** Reads a span once and forms windows of it. */
export async function readSpan(
  records: StretchSource,
  { windows, history, counts = true, recordCounts, onRows }: SpanTarget,
  options: SpanOptions,
): Promise<SpanRead> {
  const { span, onProgress } = options, { lateness } = records.settings, seen = new TimesSeen();
  for (let next = await records.next(); next !== null; next = await records.next()) {
    for (const part of next.within(options)) {
      if (part instanceof Slice) onRows?.(part.batch, part.from, part.to);
      if (counts) {
        part.addTo(windows);
        if (recordCounts !== undefined) part.countIn(recordCounts);
      }
      seen.add(part);
    }
    const watermark = span === undefined ? -Infinity : records.watermark(lateness); // so it is also where no line has a time
    if (watermark !== -Infinity) history.add(windows.close(watermark), windows.sequences);
    onProgress?.(seen.read);
  }
  if (span === undefined) history.addAll(windows.closeAll(), windows.sequences);
  const { read, from, to } = seen;
  return { read, from, to };
}

/** The border of a time window that lies nearest to `span` ms after the first record, but not before the first one's end. */
function endOf(first: number, span: number, window: number): number {
  const nearest = Math.round((first + span) / window) * window;
  return Math.max(nearest, (Math.floor(first / window) + 1) * window);
}

/** How many records were read, and between which times. */
class TimesSeen {
  read = 0;
  from = Infinity;
  to = -Infinity;

  add(part: Stretch): void {
    const [least, greatest] = part.times();
    this.from = Math.min(this.from, least);
    this.to = Math.max(this.to, greatest);
    this.read += part.records;
  }
}
