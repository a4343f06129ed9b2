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
import { MappedRecords, type PartSource } from "./mapped/mapped_records.ts";
import { MergedRecords } from "./merged_records.ts";
import { ExcludedWindows, type Exclusion } from "./excluded_windows.ts";
import { leaveOut, type LeftOut } from "./left_out.ts";
import { RecordCounts } from "./record_counts.ts";
import { endSpan, readSpan, type SpanOptions, type SpanTarget } from "./read_span.ts";
import type { LogBatch } from "../record/log_batch.ts";
import type { Collector } from "../window/collector.ts";
import { type NumberSketch, QuantityCollector } from "../window/collectors/quantity_collector.ts";
import { sessionMask } from "./session_mask.ts";
import { streamCollectors } from "./stream_collectors.ts";
import { templateNames } from "./template_names.ts";
import { spreadsOf } from "./usual_numbers.ts";
import { NOTHING_WATCHED, type Watched, watchedFacts, watchedSlots } from "./watched.ts";
import { createWindows, redactorOf, type StreamSettings } from "./stream_settings.ts";
import { WindowHistory } from "./window_history.ts";

/**
 * How {@linkcode learn} goes about it. Only records of its time span are learned from.
 *
 * The `span` ends at the border of a time window: what comes later is left unread, and what is still open there stays open.
 */
export interface LearnOptions extends SpanOptions {
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
  /**
   * In place of the second reading: has records up to `until` (ms; Infinity = all) mapped by the templates that the first one
   * learned, everything watched, see `PartMapper`.
   */
  mapped?: (catalogue: Catalogue, until: number) => PartSource | Promise<PartSource>;
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
  /** Records by slots of time, templates numbered as in the catalogue; absent where the stream isn't gone on with. */
  recordCounts?: RecordCounts;
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
  const isOnce = options.reopen === undefined && options.mapped === undefined;
  const first = await readLines(settings, inputs, {
    ...{ options, services, collectors: isOnce ? streamCollectors(settings) : [] },
    counts: isOnce,
    onRows: (batch, from, to) => miner.learn(batch, from, to),
  });
  const warnings = warningsOf(miner, first.records), { catalogue, map } = miner.freeze(options.decisions);
  const learned = { settings, catalogue, services, warnings };
  if (isOnce) {
    const { history, windows } = first;
    history.rekey(windows.rekey(map), map, windows.collectors);
    const leftOut = leftOutOf(first, catalogue, options);
    return { ...learned, ...first, leftOut, watched: NOTHING_WATCHED, recordCounts: undefined };
  }
  first.records.close();
  return { ...learned, ...await readAgain(settings, catalogue, { options, services, first }) };
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
  { options, services, first }: { options: LearnOptions; services: Dictionary; first: FirstReading },
) {
  const collectors = streamCollectors(settings, { catalogue, watched: null });
  const reading = { options, services, collectors };
  if (options.mapped !== undefined) {
    const parts = await options.mapped(catalogue, first.records.until);
    const records = new MappedRecords(parts, { settings, catalogue, name: settings.name });
    const target = spanTarget(settings, reading), seen = await readSpan(records, target, options);
    const { watermark } = first.windows; // what comes behind the span is not mapped
    if (watermark > target.windows.watermark) {
      target.history.add(target.windows.close(watermark), target.windows.sequences);
    }
    return watchedIn({ ...first, ...target, ...seen }, catalogue, records.sketches, options);
  }
  const read = await readLines(settings, await options.reopen!(), {
    ...reading,
    onBatch: (batch) => catalogue.match(batch),
  });
  const sketches = collectors.flatMap((one) =>
    one instanceof QuantityCollector ? [...one.sketches.values()] : []
  );
  return watchedIn(read, catalogue, sketches, options);
}

type FirstReading = Awaited<ReturnType<typeof readLines>>;

/** What is worth watching of a span whose windows have noted everything; they keep no more than that. */
function watchedIn(
  read: FirstReading,
  catalogue: Catalogue,
  sketches: NumberSketch[],
  options: LearnOptions,
) {
  const names = templateNames(catalogue), { history, windows, records: { settings } } = read;
  const idle = settings.session?.idle ?? Infinity, span = Math.max(0, read.to - read.from);
  const leftOut = leftOutOf(read, catalogue, options), { collectors } = windows;
  const chosen = watchedSlots(history.facts(collectors), names, { idle, span });
  const watched = { ...chosen, spreads: spreadsOf(sketches, chosen.quantities, names) };
  history.keepFacts((facts) => watchedFacts(facts, collectors.all.map(({ name }) => name), watched, names));
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

/** What a reading works with. */
interface Reading {
  options: LearnOptions;
  services: Dictionary;
  collectors: readonly Collector[];
}

/** What windows of a span go into. */
function spanTarget(settings: StreamSettings, { options, services, collectors }: Reading) {
  const { span, exclude = [] } = options;
  const history = new WindowHistory(exclude.length === 0 ? null : new ExcludedWindows(exclude, services));
  return {
    history,
    windows: createWindows(settings, services, { oneOff: span === undefined, collectors }),
    recordCounts: span === undefined ? undefined : new RecordCounts(services),
  };
}

/** Reads the lines of the span once and forms windows of them. */
async function readLines(
  settings: StreamSettings,
  inputs: Input[],
  { counts, onBatch, onRows, ...reading }: Reading & {
    /** Whether windows are formed; default true. */
    counts?: boolean;
    /** Told of every batch before its records are merged with others'. */
    onBatch?: (batch: LogBatch) => void;
    /** Told of the rows that are learned from, in order. */
    onRows?: SpanTarget["onRows"];
  },
) {
  const { options, services } = reading, target = spanTarget(settings, reading);
  const records = new MergedRecords(inputs, { settings, services, onBatch });
  try {
    await endSpan(records, options.span);
    const seen = await readSpan(records, { ...target, counts, onRows }, options);
    return { records, ...target, ...seen, complete: options.span === undefined || records.pending };
  } catch (error) {
    records.close(); // else whoever asked does it
    throw error;
  }
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
