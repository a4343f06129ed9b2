/**
 * A whole log judged at once: everything read from the start, every window closed at the end.
 *
 * @module
 */
import { Dictionary } from "../record/dictionary.ts";
import type { ParseQuality } from "../record/parse_quality.ts";
import type { Input, InputNote } from "../source/input.ts";
import type { CountVectors } from "../window/count_vectors.ts";
import type { WindowStats } from "../window/open_windows.ts";
import type { Sequences } from "../window/sequences.ts";
import { Examples } from "./examples.ts";
import { Judge, type JudgedWindows } from "./judge.ts";
import { type InputQuality, MergedRecords } from "./merged_records.ts";
import { rowsWithin, type TimeSpan } from "./rows_within.ts";
import type { StreamModel } from "./stream_model.ts";
import type { ClosedWindows } from "../window/closed_windows.ts";
import { shownAs } from "../table/jupyter.ts";
import { judgedView } from "./model_view.ts";
import { streamCollectors } from "./stream_collectors.ts";
import { createWindows, redactorOf } from "./stream_settings.ts";

/** How {@linkcode scanOnce} goes about it. Only records of its time span are judged. */
export interface ScanOnceOptions extends TimeSpan {
  /** Told after each slice how many records have been read. */
  onProgress?: (records: number) => void;
}

/** What {@linkcode scanOnce} found: every window with its score, and the verdicts on the anomalous ones. */
export interface ScannedLog extends JudgedWindows {
  /** What the windows count, by the numbers in `windows.vector`. */
  vectors: CountVectors;
  /** Templates of sessions in order, by the numbers in `windows.sequence`; `null` = the stream has no sessions. */
  sequences: Sequences | null;
  /** Names behind `windows.service`. */
  services: Dictionary;
  /** Records by what became of them. */
  stats: WindowStats;
  /** Distinct rows that were scored: windows with equal counts are one, and what this model scored before isn't scored again. */
  scored: number;
  /** Each input: its format and how well it was understood. */
  inputs: InputQuality[];
  /** How well all inputs together were understood. */
  quality: ParseQuality;
  /** Inputs that could not be read to their end. */
  notes: InputNote[];
}

/**
 * Judges all that the inputs hold, once: records in order of time, matched against the model's templates, counted in windows,
 * scored, compared with the thresholds. Nothing is late, each session is one window, and nothing is learned or kept.
 *
 * @param model The model; its settings say how the lines are read.
 * @param inputs What is read, as one stream in order of time; closed at the end. One that can't be read ends there.
 *
 * @example Two calm minutes teach; then one brings a message that they didn't have
 * ```ts
 * import assert from "node:assert/strict";
 * import { stdinInput } from "../source/stdin.ts";
 * import { fitStream } from "./fit.ts";
 * import { learn } from "./learn.ts";
 * import { scanOnce } from "./scan_once.ts";
 * import { streamSettings } from "./stream_settings.ts";
 *
 * const log = (...lines: string[]) => [stdinInput(new Blob(lines.map((line) => `2026-03-02T${line}\n`)).stream())];
 * const settings = streamSettings({ name: "web", window: 60_000 });
 * const learned = await learn(settings, log("10:00:01 INFO request 7 served", "10:01:02 INFO request 8 served"));
 * const threshold = { rule: "quantile", level: .99, k: 3 }; // so little says nothing of false alarms a day
 * const model = await fitStream(learned, { detectors: ["new-template"], threshold });
 *
 * const scanned = await scanOnce(model, log("11:00:01 INFO request 9 served", "11:01:30 ERROR disk full"));
 * assert.deepEqual([...scanned.windows.lines], [1, 1]);
 * assert.deepEqual([...scanned.anomalous.keys()], [1]); // the second window
 * assert.equal(scanned.anomalous.get(1)?.reasons[0].title, "disk full");
 * ```
 */
export async function scanOnce(
  model: StreamModel,
  inputs: Input[],
  options: ScanOnceOptions = {},
): Promise<ScannedLog> {
  const { settings, catalogue } = model, services = new Dictionary();
  const records = new MergedRecords(inputs, {
    settings,
    services,
    onBatch: (batch) => catalogue.match(batch),
  });
  const windows = createWindows(settings, services, {
    oneOff: true,
    collectors: streamCollectors(settings, model),
  });
  const examples = new Examples(redactorOf(settings));
  let read = 0;
  try {
    for (let slice = await records.next(); slice !== null; slice = await records.next()) {
      for (const [first, last] of rowsWithin(slice, options)) {
        windows.add(slice.batch, first, last, slice.source);
        examples.note(slice.batch, first, last);
        read += last - first;
      }
      options.onProgress?.(read);
    }
  } finally {
    records.close();
  }
  const { vectors, sequences } = windows,
    closed = windows.closeAll(),
    start = { adapts: goesOn(closed, model), behind: isBehind(closed, model) };
  const judge = new Judge({ model, catalogue, services, start }),
    judged = judge.judge(closed, windows, examples);
  return shownAs({
    ...judged,
    ...{ vectors, sequences, services, stats: windows.stats, scored: judge.scored },
    ...{ inputs: records.inputs(), quality: records.quality(), notes: records.notes },
  }, judgedView);
}

/**
 * Whether the log goes on behind training, so that what becomes usual in it is usual now: most of its sessions began when those
 * of training had. Where they lie among those of training it represents them.
 */
function goesOn(closed: ClosedWindows, { trained: { busyTo } }: StreamModel): boolean {
  let sessions = 0, later = 0;
  for (let i = 0; i < closed.length; i++) {
    if (!closed.isSession(i)) continue;
    sessions++;
    if (closed.start[i] > busyTo) later++;
  }
  return later > sessions / 2;
}

/** Whether all time windows lie behind what was learned from. */
function isBehind(closed: ClosedWindows, { trained: { to } }: StreamModel): boolean {
  for (let i = 0; i < closed.length; i++) if (!closed.isSession(i) && closed.end[i] <= to) return false;
  return true;
}
