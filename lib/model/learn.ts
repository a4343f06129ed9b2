/**
 * Records → what a stream's model is fitted on: templates and the history of its windows.
 *
 * @module
 */
import { Dictionary } from "../record/dictionary.ts";
import type { Input } from "../source/input.ts";
import type { Catalogue } from "../template/catalogue.ts";
import { type HandDecisions, NO_DECISIONS } from "../template/hand/decisions.ts";
import { NO_TEMPLATE_SETTINGS } from "../template/hand/template_settings.ts";
import { type MiningWarning, miningWarnings } from "../template/hand/mining_warnings.ts";
import { Miner } from "../template/miner.ts";
import type { OpenWindows } from "../window/open_windows.ts";
import { MergedRecords, type Slice } from "./merged_records.ts";
import { ExcludedWindows, type Exclusion } from "./excluded_windows.ts";
import { leaveOut, type LeftOut } from "./left_out.ts";
import { rowsWithin, type TimeSpan } from "./rows_within.ts";
import type { LogBatch } from "../record/log_batch.ts";
import type { Collector } from "../window/collector.ts";
import { QuantityCollector } from "../window/collectors/quantity_collector.ts";
import { sessionMask } from "./session_mask.ts";
import { streamCollectors } from "./stream_collectors.ts";
import { templateNames } from "./template_names.ts";
import { spreadsOf } from "./usual_numbers.ts";
import { NOTHING_WATCHED, type Watched, watchedFacts, watchedSlots } from "./watched.ts";
import { createWindows, redactorOf, type StreamSettings } from "./stream_settings.ts";
import { WindowHistory } from "./window_history.ts";

/** How {@linkcode learn} goes about it. Only records of its time span are learned from. */
export interface LearnOptions extends TimeSpan {
  /**
   * Ends the span this many ms after the first record, at the border of a time window: what comes later is left unread, and
   * what is still open there stays open. Default: everything is read, and every window closed.
   */
  span?: number;
  /** Told after each slice how many records have been read. */
  onProgress?: (records: number) => void;
  /** What people decided about the templates of the model before. */
  decisions?: HandDecisions;
  /**
   * Windows that are not to be learned from. Templates are learned from their lines as well, so that texts are known, but to
   * what judges windows such a template is as new as if it had never been.
   */
  exclude?: readonly Exclusion[];
  /**
   * Opens the inputs again. Then windows are formed on a second reading, by the templates that the first one learned, and what
   * parameters had is noted. Default: one reading has to do, and nothing is known of parameters.
   */
  reopen?: () => Promise<Input[]>;
}

/** What was learned of a stream. */
export interface LearnedStream {
  settings: StreamSettings;
  catalogue: Catalogue;
  /** Names behind the service column of the history. */
  services: Dictionary;
  history: WindowHistory;
  /** What was excluded, earliest first. */
  leftOut: LeftOut[];
  /** Parameters that are worth watching. */
  watched: Watched;
  /** Windows still open at the end of the span, templates numbered as in the catalogue; continue with them. */
  windows: OpenWindows;
  /** The inputs where the span ended; the caller closes them. */
  records: MergedRecords;
  /** First and last time in the span, ms; Infinity and -Infinity where lines have none. */
  from: number;
  to: number;
  /** Records read. */
  read: number;
  /** Signs that mining goes badly. */
  warnings: MiningWarning[];
  /** Whether the whole span that was asked for was there. */
  complete: boolean;
}

/**
 * Reads the span once, learning templates and counting windows on the way.
 *
 * @param settings How the lines form windows.
 * @param inputs What is read, as one stream in order of time. One that can't be read ends there: see `records.notes`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stdinInput } from "../source/stdin.ts";
 * import { learn } from "./learn.ts";
 * import { streamSettings } from "./stream_settings.ts";
 *
 * const log = ["10:00:01 INFO request 7 served", "10:00:40 INFO request 8 served", "10:01:02 INFO cache cleared"];
 * const input = stdinInput(new Blob(log.map((line) => `2026-03-02T${line}\n`)).stream());
 * const learned = await learn(streamSettings({ name: "web", window: 60_000 }), [input]);
 * learned.records.close();
 *
 * assert.equal(learned.read, 3); // records
 * assert.equal(learned.to - learned.from, 61_000); // ms
 * assert.equal(learned.catalogue.frozen, 2); // templates
 * assert.deepEqual(learned.history.rows().map(({ lines }) => lines), [2, 1]); // a window a minute
 * ```
 */
export async function learn(
  settings: StreamSettings,
  inputs: Input[],
  options: LearnOptions = {},
): Promise<LearnedStream> {
  const services = new Dictionary(), miner = createMiner(settings, options);
  const collectors = options.reopen === undefined ? streamCollectors(settings) : [];
  const first = await readSpan(settings, inputs, {
    ...{ options, services, collectors },
    counts: options.reopen === undefined,
    onRows: (batch, from, to) => miner.learn(batch, from, to),
  });
  const warnings = warningsOf(miner, first.records), { catalogue, map } = miner.freeze(options.decisions);
  if (options.reopen === undefined) {
    const { history, windows } = first;
    history.rekey(windows.rekey(map), map, windows.collectors);
    const leftOut = leftOutOf(first, catalogue, options);
    return { settings, catalogue, services, warnings, ...first, leftOut, watched: NOTHING_WATCHED };
  }
  first.records.close();
  return {
    settings,
    catalogue,
    services,
    warnings,
    ...await readAgain(settings, catalogue, options, services),
  };
}

function createMiner(settings: StreamSettings, { decisions = NO_DECISIONS }: LearnOptions): Miner {
  const { templates: hand = NO_TEMPLATE_SETTINGS, session } = settings;
  const key = session === null ? null : sessionMask(session.pattern);
  return new Miner({
    redact: redactorOf(settings),
    hand: {
      masks: key === null ? hand.masks : [...hand.masks, key],
      pins: [...decisions.pins.map(({ text }) => text), ...hand.pins],
    },
  });
}

/** The second reading: windows by the templates that are known now, and which of their parameters are worth watching. */
async function readAgain(
  settings: StreamSettings,
  catalogue: Catalogue,
  options: LearnOptions,
  services: Dictionary,
) {
  const collectors = streamCollectors(settings, { catalogue, watched: null });
  const read = await readSpan(settings, await options.reopen!(), {
    ...{ options, services, collectors },
    onBatch: (batch) => catalogue.match(batch),
  });
  const names = templateNames(catalogue), { history, windows } = read;
  const idle = settings.session?.idle ?? Infinity, span = Math.max(0, read.to - read.from);
  const leftOut = leftOutOf(read, catalogue, options);
  const chosen = watchedSlots(history.facts(windows.collectors), names, { idle, span });
  const sketches = collectors.flatMap((one) =>
    one instanceof QuantityCollector ? [...one.sketches.values()] : []
  );
  const watched = { ...chosen, spreads: spreadsOf(sketches, chosen.quantities, names) };
  history.keepFacts((facts) => watchedFacts(facts, collectors.map(({ name }) => name), watched, names));
  return { ...read, leftOut, watched };
}

/** Decides what is left out, once it is known what all windows hold. */
function leftOutOf(
  { history, windows: { vectors } }: Pick<LearnedStream, "history" | "windows">,
  catalogue: Catalogue,
  { exclude = [] }: LearnOptions,
): LeftOut[] {
  return exclude.length === 0 ? [] : leaveOut(history.rows(), { vectors, names: templateNames(catalogue) });
}

/** What {@linkcode readSpan} works with. */
interface Reading {
  options: LearnOptions;
  services: Dictionary;
  collectors: readonly Collector[];
  /** Whether windows are formed; default true. */
  counts?: boolean;
  /** Told of every batch before its records are merged with others'. */
  onBatch?: (batch: LogBatch) => void;
  /** Told of the rows that are learned from, in order. */
  onRows?: (batch: LogBatch, from: number, to: number) => void;
}

/** Reads the span once and forms windows of it. */
async function readSpan(
  settings: StreamSettings,
  inputs: Input[],
  { options, services, collectors, counts = true, onBatch, onRows }: Reading,
) {
  const { span, onProgress, exclude = [] } = options, wholly = span === undefined;
  const history = new WindowHistory(exclude.length === 0 ? null : new ExcludedWindows(exclude, services));
  const records = new MergedRecords(inputs, { settings, services, onBatch });
  const windows = createWindows(settings, services, { oneOff: wholly, collectors });
  const first = await records.start(), seen = new TimesSeen();
  if (!wholly && first !== -Infinity) records.until = endOf(first, span, settings.window);
  for (let slice = await records.next(); slice !== null; slice = await records.next()) {
    for (const [from, to] of rowsWithin(slice, options)) {
      onRows?.(slice.batch, from, to);
      if (counts) windows.add(slice.batch, from, to, slice.source);
      seen.add(slice, from, to);
    }
    const watermark = wholly ? -Infinity : records.watermark(settings.lateness); // so it is also where no line has a time
    if (watermark !== -Infinity) history.add(windows.close(watermark), windows.sequences);
    onProgress?.(seen.read);
  }
  if (wholly) history.addAll(windows.closeAll(), windows.sequences);
  const { read, from, to } = seen, complete = wholly || records.pending;
  return { records, windows, history, read, from, to, complete };
}

function warningsOf(miner: Miner, records: MergedRecords): MiningWarning[] {
  const { quality, lineage } = miner, templates = miner.templates().values();
  const cut = records.quality().rows().filter(({ reason }) => reason === "cut");
  return miningWarnings({
    quality,
    lineage,
    templates,
    cutLines: cut.reduce((sum, { count }) => sum + count, 0),
  });
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

  add({ batch: { timestamp } }: Slice, from: number, to: number): void {
    for (let row = from; row < to; row++) {
      if (timestamp[row] < this.from) this.from = timestamp[row];
      if (timestamp[row] > this.to) this.to = timestamp[row];
    }
    this.read += to - from;
  }
}
