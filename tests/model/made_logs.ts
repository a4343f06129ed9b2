/**
 * Small logs in memory, and what is learned from them.
 *
 * @module
 */
import { Dictionary } from "../../lib/record/dictionary.ts";
import type { LogBatch } from "../../lib/record/log_batch.ts";
import type { ReaderState } from "../../lib/record/reader_state.ts";
import type { Input, SavedPosition } from "../../lib/source/input.ts";
import { fitStream } from "../../lib/model/fit.ts";
import { Judge, type JudgedWindows } from "../../lib/model/judge.ts";
import { learn, type LearnedStream } from "../../lib/model/learn.ts";
import { MergedRecords } from "../../lib/model/merged_records.ts";
import { scan } from "../../lib/model/scan.ts";
import type { StreamModel } from "../../lib/model/stream_model.ts";
import { createWindows, type StreamSettings, streamSettings } from "../../lib/model/stream_settings.ts";

/** Start of every log here. */
export const START = Date.UTC(2026, 2, 2);
/** Length of the time windows. */
export const WINDOW = 60_000;

/** Settings of a stream with windows of one minute. */
export function settingsOf(some: Partial<StreamSettings> = {}): StreamSettings {
  const usual = { name: "shop", format: "iso8601", service: "file", window: WINDOW, lateness: 10 * WINDOW };
  return { ...streamSettings(usual), ...some };
}

/** A log in memory that hands out pieces of a given size and goes on from an offset. */
export class MadeLog implements Input {
  readonly final = false;
  readonly resumes: SavedPosition | null;
  offset: number;
  #bytes: Uint8Array;

  constructor(readonly name: string, text: string, private readonly piece = Infinity, from?: number) {
    this.#bytes = new TextEncoder().encode(text);
    this.offset = from ?? 0;
    this.resumes = from === undefined ? null : { name, offset: from };
  }

  read(target: Uint8Array): Promise<number> {
    const count = Math.min(this.piece, target.length, this.#bytes.length - this.offset);
    target.set(this.#bytes.subarray(this.offset, this.offset + count));
    this.offset += count;
    return Promise.resolve(count);
  }

  position(offset: number): Promise<SavedPosition> {
    return Promise.resolve({ name: this.name, offset });
  }

  close(): void {}
}

/** A line at so many seconds after the start. */
export function line(seconds: number, text: string, level = "INFO"): string {
  return `${new Date(START + seconds * 1000).toISOString()} ${level} ${text}\n`;
}

/** Reads logs as one stream. */
export function merged(
  inputs: Input[],
  options: {
    settings?: StreamSettings;
    readers?: Map<string, ReaderState>;
    logs?: { name: string; clock: number }[];
    onBatch?: (batch: LogBatch) => void;
    services?: Dictionary;
  } = {},
): MergedRecords {
  const { settings = settingsOf(), services = new Dictionary(), ...rest } = options;
  return new MergedRecords(inputs, { settings, services, ...rest });
}

/** Two lines in every minute, of a service that is always the same. */
export function calmLog(minutes: number, from = 0): string {
  return Array.from(
    { length: minutes },
    (_, i) =>
      line(60 * (from + i) + 1, `request ${i} served in ${5 + i % 7} ms`) +
      line(60 * (from + i) + 31, "health check ok"),
  )
    .join("");
}

/** What is learned from whole logs. */
export async function learnedFrom(
  logs: Record<string, string>,
  settings = settingsOf(),
  options: { piece?: number; span?: number } = {},
): Promise<LearnedStream> {
  const inputs = Object.entries(logs).map(([name, text]) => new MadeLog(name, text, options.piece));
  return await learn(settings, inputs, { span: options.span });
}

/** A model of whole logs, with the detectors that are quick to fit. */
export async function modelOf(logs: Record<string, string>, settings = settingsOf()): Promise<StreamModel> {
  return await fitStream(await learnedFrom(logs, settings), {
    ...{ detectors: ["new-template", "unseen-vector"], threshold: { rule: "quantile", level: .99, k: 3 } },
    seed: 1,
  });
}

/** A verdict in plain form. */
export interface PlainVerdict {
  key: string;
  lines: number;
  score: number;
  anomalous: boolean;
}

/** Judges whole logs; what was settled, by key, and the judge. */
export async function judged(
  model: StreamModel,
  logs: Record<string, string>,
  options: { piece?: number; checkpointBytes?: number } = {},
): Promise<{ verdicts: PlainVerdict[]; judge: Judge; checkpoints: number; parts: JudgedWindows[] }> {
  const { settings, catalogue } = model, services = new Dictionary();
  const inputs = Object.entries(logs).map(([name, text]) => new MadeLog(name, text, options.piece));
  const records = merged(inputs, { settings, services, onBatch: (batch) => catalogue.match(batch) });
  const windows = createWindows(settings, services), judge = new Judge({ model, catalogue, services });
  const settled = new Map<string, PlainVerdict>(), parts: JudgedWindows[] = [];
  let checkpoints = 0;
  for await (
    const checkpoint of scan({ records, windows, judge, checkpointBytes: options.checkpointBytes })
  ) {
    checkpoints++;
    parts.push(...checkpoint.judged);
    for (const { windows, score, anomalous } of checkpoint.judged) {
      for (let i = 0; i < windows.length; i++) {
        const key = windows.identity(i);
        if (windows.isWithdrawn(i)) settled.delete(key);
        else settled.set(key, { key, lines: windows.lines[i], score: score[i], anomalous: anomalous.has(i) });
      }
    }
  }
  return {
    verdicts: [...settled.values()].sort((a, b) => a.key < b.key ? -1 : 1),
    judge,
    checkpoints,
    parts,
  };
}

/** Lines of a service whose minutes all differ: two calm lines and some of two jobs, in up to 77 combinations. */
export function variedLog(minutes: number): string {
  const jobs = Array.from({ length: minutes }, (_, i) => [
    ...Array.from({ length: i % 7 }, (_, k) => line(60 * i + 40 + k, `index ${k} rebuilt`)),
    ...Array.from({ length: i % 11 }, (_, k) => line(60 * i + 50 + k, `sent letter ${k}`)),
  ]);
  const calm = calmLog(minutes).match(/.*\n.*\n/g)!;
  return calm.map((lines, i) => lines + jobs[i].join("")).join("");
}
