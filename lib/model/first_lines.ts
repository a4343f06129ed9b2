/**
 * Lines of windows, to show what these held.
 *
 * @module
 */
import { Dictionary } from "../record/dictionary.ts";
import type { LogBatch } from "../record/log_batch.ts";
import { lineStart, readable } from "../record/prefix.ts";
import type { Input } from "../source/input.ts";
import { SessionPattern } from "../window/session_pattern.ts";
import { MergedRecords } from "./merged_records.ts";
import { BEYOND, redactedStart } from "./redacted_start.ts";
import { rowsWithin } from "./rows_within.ts";
import type { ScannedLog } from "./scan_once.ts";
import type { StreamModel } from "./stream_model.ts";
import { redactorOf, type StreamSettings } from "./stream_settings.ts";

/** Bytes of a line that are shown. */
const LINE_BYTES = 600;
const DECODER = new TextDecoder();

/** The first line of a template in a window. */
export interface FirstLine {
  /** Redacted. */
  text: string;
  /** How many came before it. */
  order: number;
}

/** Where {@linkcode firstLines} finds them. */
export interface FirstLinesOptions {
  /** The model that the windows were judged by. */
  model: StreamModel;
  /** The logs that the windows are of; closed at the end. */
  inputs: Input[];
}

/**
 * Reads logs that were scanned once more, for the first line of each template in some windows.
 *
 * @param wanted Rows of `scanned.windows`.
 * @returns Lines by template, by row.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stdinInput } from "../source/stdin.ts";
 * import { fitStream } from "./fit.ts";
 * import { firstLines } from "./first_lines.ts";
 * import { learn } from "./learn.ts";
 * import { scanOnce } from "./scan_once.ts";
 * import { streamSettings } from "./stream_settings.ts";
 *
 * const lines = ["10:00:01 INFO all is well", "10:01:02 INFO all is well"].map((line) => `2026-03-02T${line}\n`);
 * const log = () => [stdinInput(new Blob(lines).stream())];
 * const learned = await learn(streamSettings({ name: "web", window: 60_000 }), log());
 * const threshold = { rule: "quantile", level: .99, k: 3 }; // so little says nothing of false alarms a day
 * const model = await fitStream(learned, { detectors: ["new-template"], threshold });
 *
 * const found = await firstLines(await scanOnce(model, log()), [1], { model, inputs: log() });
 * assert.deepEqual([...found.get(1)!.values()].map(({ text }) => text), ["2026-03-02T10:01:02 INFO all is well"]);
 * ```
 */
export async function firstLines(
  scanned: ScannedLog,
  wanted: readonly number[],
  { model, inputs }: FirstLinesOptions,
): Promise<Map<number, Map<number, FirstLine>>> {
  const { settings, catalogue } = model, services = new Dictionary(), redacted = redactorOf(settings);
  const places = new Places(scanned, wanted, services, settings.session),
    found = new Map<number, Map<number, FirstLine>>();
  for (const row of wanted) found.set(row, new Map());
  const records = new MergedRecords(inputs, { settings, services });
  records.until = places.span.to;
  try {
    for (let slice = await records.next(); slice !== null; slice = await records.next()) {
      for (const span of rowsWithin(slice, places.span)) {
        for (const [row, record] of places.recordsIn(slice.batch, span)) {
          catalogue.match(slice.batch, record, record + 1); // the scan has matched it before: nothing is born
          const lines = found.get(row)!, template = slice.batch.template[record];
          if (lines.has(template)) continue;
          lines.set(template, { text: lineOf(slice.batch, record, redacted), order: lines.size });
        }
      }
    }
  } finally {
    records.close();
  }
  return found;
}

/** A record as one line, redacted; the rest of a long one is cut. */
function lineOf(batch: LogBatch, record: number, redacted: (text: string) => string): string {
  const start = lineStart(batch, record),
    end = Math.min(batch.recordEnd[record], start + LINE_BYTES + BEYOND);
  const text = readable(DECODER.decode(batch.bytes.subarray(start, end)));
  const goesOn = end < batch.recordEnd[record];
  return redactedStart(text, { limit: LINE_BYTES, goesOn, redact: redacted }).replace(
    /\s*[\r\n]+\s*/g,
    " ⏎ ",
  );
}

/** Where the wanted windows lie. */
class Places {
  /** From the first of them to behind the last; all there is where one has no time. */
  readonly span = { from: Infinity, to: -Infinity };
  readonly #sessions: Map<string, number[]>;
  readonly #windows: Map<string, number[]>;
  readonly #keys = new Dictionary();
  readonly #pattern: SessionPattern | null;

  constructor(
    private readonly scanned: ScannedLog,
    wanted: readonly number[],
    private readonly services: Dictionary,
    session: StreamSettings["session"],
  ) {
    const { windows } = scanned;
    this.#pattern = session === null ? null : SessionPattern.compile(session.pattern);
    this.#sessions = Map.groupBy(wanted.filter((row) => windows.isSession(row)), (row) => windows.key(row));
    this.#windows = Map.groupBy(
      wanted.filter((row) => !windows.isSession(row)),
      (row) => scanned.services.text(windows.service[row]),
    );
    for (const row of wanted) {
      const start = windows.start[row], end = windows.end[row];
      this.span.from = Math.min(this.span.from, Number.isNaN(start) ? -Infinity : start);
      this.span.to = Math.max(this.span.to, Number.isNaN(end) ? Infinity : end + 1); // a session's end is its last record
    }
  }

  /** The records `[first, last)` of a batch that lie in wanted windows, behind the rows of these. */
  *recordsIn(batch: LogBatch, [first, last]: [number, number]): Generator<[row: number, record: number]> {
    const { session, sessionStart, service, timestamp } = batch;
    if (this.#pattern !== null) {
      sessionStart[first] = 0;
      this.#pattern.find(batch, first, last, this.#keys);
    }
    for (let record = first; record < last; record++) {
      const from = sessionStart[record], to = this.#pattern === null ? from : sessionStart[record + 1];
      if (from === to) {
        const rows = this.#windows.get(this.services.text(service[record])) ?? [];
        for (const row of rows) if (this.#holds(row, timestamp[record])) yield [row, record];
      }
      for (let at = from; at < to; at++) {
        const rows = this.#sessions.get(this.#keys.text(session[at])) ?? [];
        for (const row of rows) if (this.#holds(row, timestamp[record])) yield [row, record];
      }
    }
  }

  #holds(row: number, time: number): boolean {
    const { windows } = this.scanned, start = windows.start[row], end = windows.end[row];
    return windows.isSession(row) ? !(time < start || time > end) : time >= start && time < end;
  }
}
