/**
 * Records → verdicts, with points at which everything so far can be made permanent.
 *
 * @module
 */
import type { OpenWindows } from "../window/open_windows.ts";
import { Examples } from "./examples.ts";
import type { Judge, JudgedWindows } from "./judge.ts";
import type { RecordCounts } from "./record_counts.ts";
import { redactorOf } from "./stream_settings.ts";
import type { StretchSource } from "./stretch.ts";

/** What {@linkcode scan} works on. */
export interface ScanOptions {
  /** Records with templates: lines have been matched against the model's catalogue. */
  records: StretchSource;
  windows: OpenWindows;
  judge: Judge;
  /** Counts the records that are read; whoever makes a checkpoint permanent takes them. */
  counts?: RecordCounts;
  /** Real time at the end of the input, ms (`clock: wall`); default -Infinity: time is what the lines say. */
  now?: number;
  /** Bytes after which a checkpoint is due; default 64 MiB. */
  checkpointBytes?: number;
  /** Says after each slice whether a checkpoint is due for another reason, such as time gone by. */
  checkpointDue?: () => boolean;
  /** Called with what was judged before each checkpoint: what is still to be found out of it, such as lines to show. */
  complete?: (judged: JudgedWindows[]) => Promise<void>;
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
  /** The latest line of the template with this number, redacted; empty where none was seen. */
  exampleOf: (template: number) => string;
}

/** Numbers of slots of time that may wait for a checkpoint: more are there only where times of lines make no sense. */
const MANY_COUNTS = 500_000;

/** Count vectors and beginnings of sequences that may be there without a thought of forgetting. */
const MANY_VECTORS = 10_000;

/**
 * Forgets the count vectors and sequences that no open window has, when there are more than 10,000 and more than twice as
 * many as were left the last time: then forgetting costs no more than making them did, and a long catch-up needs no more than
 * about twice what its open windows need.
 */
class VectorKeeper {
  #left = 0;

  constructor(private readonly windows: OpenWindows, private readonly judge: Judge) {}

  /** To be called where nothing refers to vectors by their numbers but the open windows and the judge. */
  forget(): void {
    const { windows, judge } = this;
    const size = () => windows.vectors.size + (windows.sequences?.size ?? 0);
    if (size() <= Math.max(MANY_VECTORS, 2 * this.#left)) return;
    windows.forgetVectors();
    judge.reset();
    this.#left = size();
  }
}

/**
 * Reads all there is, judges every window that closes, and stops for a checkpoint now and then; what is not over stays open.
 * For a log that is read once, from start to end, there is `scanOnce`.
 *
 * Windows close, and those that late lines changed come again, only when the watermark passes a border of the stream's time
 * windows, and before the line that passed it is added: so what is judged, in which order, depends on the lines alone, not on
 * where a run ended.
 *
 * @example The second minute is not over yet
 * ```ts
 * import assert from "node:assert/strict";
 * import { Dictionary } from "../record/dictionary.ts";
 * import { stdinInput } from "../source/stdin.ts";
 * import { fitStream } from "./fit.ts";
 * import { Judge } from "./judge.ts";
 * import { learn } from "./learn.ts";
 * import { MergedRecords } from "./merged_records.ts";
 * import { scan } from "./scan.ts";
 * import { createWindows, streamSettings } from "./stream_settings.ts";
 *
 * const log = (...lines: string[]) => [stdinInput(new Blob(lines.map((line) => `2026-03-02T${line}\n`)).stream())];
 * const settings = streamSettings({ name: "web", window: 60_000 }), services = new Dictionary();
 * const learned = await learn(settings, log("10:00:01Z INFO all is well"));
 * const threshold = { rule: "quantile", level: .99, k: 3 }; // so little says nothing of false alarms a day
 * const model = await fitStream(learned, { detectors: ["new-template"], threshold });
 *
 * const { catalogue } = model;
 * const records = new MergedRecords(log("11:00:01Z ERROR disk full", "11:01:30Z INFO all is well"), {
 *   settings,
 *   services,
 *   onBatch: (batch) => catalogue.match(batch),
 * });
 * const windows = createWindows(settings, services), judge = new Judge({ model, catalogue, services });
 * for await (const { judged: [first], records: count, done } of scan({ records, windows, judge })) {
 *   assert(done && count === 2);
 *   assert(first.windows.length === 1 && first.anomalous.has(0));
 * }
 * assert.equal(windows.stats.open, 1);
 * ```
 */
export async function* scan(options: ScanOptions): AsyncGenerator<Checkpoint> {
  const { records, windows, judge, checkpointBytes = 64 * 1024 * 1024, checkpointDue = () => false } =
    options;
  const { complete, counts } = options, { settings } = records, { window, lateness } = settings;
  const examples = new Examples(redactorOf(settings)), keeper = new VectorKeeper(windows, judge);
  let judged: JudgedWindows[] = [], count = 0, bytes = 0;
  const exampleOf = (template: number) => examples.latest(template);
  const isDue = () => bytes >= checkpointBytes || (counts?.size ?? 0) > MANY_COUNTS || checkpointDue();
  const close = (watermark: number) => {
    const border = Math.floor(watermark / window) * window;
    if (!Number.isFinite(border) || border <= windows.watermark) return;
    const part = judge.judge(windows.close(border), windows, examples);
    if (part.windows.length + part.again.length > 0) judged.push(part);
  };
  for (let next = await records.next(lateness); next !== null; next = await records.next(lateness)) {
    close(next.watermark);
    next.addTo(windows);
    if (counts !== undefined) next.countIn(counts);
    next.noteIn(examples);
    count += next.records;
    bytes += next.bytes;
    if (!next.isWhole || !isDue()) continue;
    await complete?.(judged);
    yield { judged, records: count, bytes, watermark: records.watermark(lateness), done: false, exampleOf };
    [judged, count, bytes] = [[], 0, 0];
    keeper.forget();
  }
  close(records.watermark(lateness, options.now));
  await complete?.(judged);
  const watermark = records.watermark(lateness, options.now);
  yield { judged, records: count, bytes, watermark, done: true, exampleOf };
}
