/**
 * Records → verdicts, with points at which everything so far can be made permanent.
 *
 * @module
 */
import type { LogBatch } from "../record/log_batch.ts";
import type { ClosedWindows } from "../window/closed_windows.ts";
import type { OpenWindows } from "../window/open_windows.ts";
import { Examples } from "./examples.ts";
import type { Judge, JudgedWindows } from "./judge.ts";
import type { MergedRecords } from "./merged_records.ts";

/** What {@linkcode scan} works on. */
export interface ScanOptions {
  /** Records with templates: their batches have been matched against the model's catalogue. */
  records: MergedRecords;
  windows: OpenWindows;
  judge: Judge;
  /** Windows are closed when the watermark passes a multiple of this many ms, the length of the stream's time windows. */
  step: number;
  /** A one-off run: every window is closed at the end, and only then. */
  oneOff: boolean;
  /** Only records with `from <= time < to` (ms) are taken; those without a time always are. */
  from?: number;
  to?: number;
  /** How far (ms) a log may lie behind the latest before it is held to be idle. */
  idle: number;
  /** Takes secrets out of example lines; default: the built-in patterns. */
  redact?: (text: string) => string;
  /** Real time at the end of the input (`clock: wall`); -Infinity = time is what the lines say. */
  now?: number;
  /** Bytes after which a checkpoint is due; default 64 MiB. */
  checkpointBytes?: number;
  /** Says after each slice whether a checkpoint is due for another reason, such as time gone by. */
  checkpointDue?: () => boolean;
}

/** A point at which the run so far can be made permanent. */
export interface Checkpoint {
  /** What was decided since the last one, in order. Their vector numbers hold until the next checkpoint is asked for. */
  judged: JudgedWindows[];
  /** Records and bytes read since the last one. */
  records: number;
  bytes: number;
  /** Time up to which all logs have been read, ms; -Infinity where no line has one. */
  watermark: number;
  /** Whether the inputs are at their (present) end. */
  done: boolean;
}

/** Count vectors that may be there without a thought of forgetting. */
const MANY_VECTORS = 10_000;

/**
 * Forgets the count vectors that no open window has, when there are more than 10,000 and more than twice as many as were left
 * the last time: then forgetting costs no more than making them did, and a long catch-up needs no more than about twice what
 * its open windows need.
 */
class VectorKeeper {
  #left = 0;

  constructor(private readonly windows: OpenWindows, private readonly judge: Judge) {}

  /** To be called where nothing refers to vectors by their numbers but the open windows and the judge. */
  forget(): void {
    const { windows, judge } = this;
    if (windows.vectors.size <= Math.max(MANY_VECTORS, 2 * this.#left)) return;
    windows.forgetVectors();
    judge.reset();
    this.#left = windows.vectors.size;
  }
}

/** The rows `[from, to)` of a batch that lie in a span of time, as stretches. */
export function* rowsWithin(
  batch: LogBatch,
  from: number,
  to: number,
  since: number,
  until: number,
): Generator<[from: number, to: number]> {
  if (since === -Infinity && until === Infinity) return yield [from, to];
  let first = -1;
  for (let row = from; row < to; row++) {
    const time = batch.timestamp[row];
    const inside = !(time < since || time >= until); // a record without a time stays
    if (inside && first < 0) first = row;
    if (!inside && first >= 0) {
      yield [first, row];
      first = -1;
    }
  }
  if (first >= 0) yield [first, to];
}

/**
 * Reads all there is, judges every window that closes, and stops for a checkpoint now and then.
 *
 * Windows close, and those that late lines changed come again, only when the watermark passes a border, and before the
 * line that passed it is added: so what is judged, in which order, depends on the lines alone, not on where a run ended.
 */
export async function* scan(options: ScanOptions): AsyncGenerator<Checkpoint> {
  const { records, windows, judge, step, oneOff, from = -Infinity, to = Infinity, idle } = options;
  const { checkpointBytes = 64 * 1024 * 1024, checkpointDue = () => false } = options;
  const examples = new Examples(options.redact), keeper = new VectorKeeper(windows, judge);
  let judged: JudgedWindows[] = [], count = 0, bytes = 0;
  const take = (closed: ClosedWindows) => {
    if (closed.length > 0) judged.push(judge.judge(closed, windows.vectors, examples));
  };
  const close = (watermark: number) => {
    const border = Math.floor(watermark / step) * step;
    if (Number.isFinite(border) && border > windows.watermark) take(windows.close(border));
  };
  for (let slice = await records.next(idle); slice !== null; slice = await records.next(idle)) {
    const { batch, source } = slice;
    if (!oneOff) close(slice.watermark);
    for (const [first, last] of rowsWithin(batch, slice.from, slice.to, from, to)) {
      windows.add(batch, first, last, source);
      examples.note(batch, first, last);
      count += last - first;
    }
    bytes += batch.recordEnd[slice.to - 1] - batch.start[slice.from];
    if (oneOff) continue;
    if (bytes < checkpointBytes && !checkpointDue()) continue;
    yield { judged, records: count, bytes, watermark: records.watermark(idle), done: false };
    [judged, count, bytes] = [[], 0, 0];
    keeper.forget();
  }
  if (oneOff) take(windows.closeAll());
  else close(records.watermark(idle, options.now));
  yield { judged, records: count, bytes, watermark: records.watermark(idle, options.now), done: true };
}
