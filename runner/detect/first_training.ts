/**
 * The first training of a stream that has no model yet.
 *
 * @module
 */
import {
  Dictionary,
  type Exclusion,
  fitStream,
  learn,
  type LearnedStream,
  MergedRecords,
  NoWindowsError,
  type State,
  type StoredInput,
  type StreamModel,
  type StreamSettings,
} from "../../lib/mod.ts";
import type { Config, StreamConfig } from "../config.ts";
import { warningText } from "../catalogue/warning_text.ts";
import { formatDuration } from "../config/duration.ts";
import type { Context } from "../context.ts";
import { endlessWait, historyWait, type Wait } from "../health/waits.ts";
import { openFollowed } from "../inputs.ts";
import { Progress } from "../progress.ts";
import { CountedTraining } from "./counted_training.ts";
import { leftOutLines, streamExclusions } from "./exclusions.ts";
import { noInputText, nothingTimedText } from "./failure.ts";
import { fitOptions } from "./fit_options.ts";
import { storedInputs } from "./line_records.ts";
import { type SeenSource, sourcesSeen } from "./seen_sources.ts";
import { configuredSettings } from "./settings.ts";

/** How often training begins again because lines of its span were written while it read. */
const ATTEMPTS = 3;

/** What a first training came to. */
export interface FirstTraining {
  stream: StreamModel;
  learned: LearnedStream;
  positions: StoredInput[];
}

/** What keeps a stream from being trained, and what was seen of its inputs. */
export interface Waiting {
  wait: Wait;
  sources: SeenSource[];
}

/** A stream, and how it is read. */
interface Subject {
  stream: StreamConfig;
  settings: StreamSettings;
  /** What is not to be learned from. */
  exclude: Exclusion[];
}

/** The last part of a live log's history, ms: it is judged by the model that all before it trains. */
const JUDGED_PART = 3_600_000;

/**
 * Trains a stream on its history, if that is as long as `min_history`: of a log that is history (`clock: data`) on the first
 * `min_history`, of a live one on all but the last hour, so that nobody is told of what is long over. Not learned from is what
 * the settings exclude, nor what earlier models have alerted on.
 *
 * @param state What is known of the stream, if anything is.
 * @returns What it came to, or why there can be no training yet and when there probably will.
 * @throws {Error} if there is no input, or nothing in it that windows can be formed from.
 */
export async function firstTraining(
  stream: StreamConfig,
  options: { config: Config; seed: number | null; state?: State },
  context: Context,
): Promise<FirstTraining | Waiting> {
  const { config, state = null } = options, settings = configuredSettings(stream, config);
  const subject = { stream, settings, exclude: streamExclusions(stream, state) };
  let span = stream.min_history;
  if (stream.clock === "wall") {
    span = Math.max(span, context.now() - JUDGED_PART - await firstTime(subject, context));
  }
  let training = await trainOn(span, subject, options, context);
  while (typeof training === "number") {
    training = await trainOn(training, subject, options, context);
  }
  return training;
}

/** Time of the stream's first record, ms; Infinity where it has none. */
async function firstTime({ stream, settings }: Omit<Subject, "exclude">, context: Context): Promise<number> {
  const { inputs } = await openFollowed(stream.inputs, [], { context, stream });
  const records = new MergedRecords(inputs, { settings, services: new Dictionary() });
  const first = await records.start();
  records.close();
  return first === -Infinity ? Infinity : first;
}

/** Trains on the first `span` ms; a number is a shorter span that would do, where the logs end before this one. */
async function trainOn(
  span: number,
  subject: Subject,
  { config, seed }: { config: Config; seed: number | null },
  context: Context,
): Promise<FirstTraining | Waiting | number> {
  const { stream } = subject, { name, min_history: least } = stream, progress = new Progress(context);
  const counting = stream.elasticsearch.counted ? new CountedTraining(subject, context) : null;
  const learned = await learnAll(span, subject, { progress, counting }, context);
  try {
    if (!learned.complete) {
      const shorter = Math.max(least, learned.to - learned.from - JUDGED_PART);
      if (span > least) return shorter < span ? shorter : least;
      return { wait: tooShort(stream, learned, context), sources: sourcesOf(learned) };
    }
    const positions = counting?.positions() ?? storedInputs(await learned.records.positions());
    for (const warning of learned.warnings) context.stderr(`${warningText(warning, name)}\n`);
    const model = await fitStream(learned, fitOptions(config, { seed }, progress));
    progress.clear();
    for (const line of leftOutLines(learned.leftOut)) context.stderr(`${name}: ${line}\n`);
    return { stream: model, learned, positions };
  } catch (error) {
    if (!(error instanceof NoWindowsError)) throw error;
    if (learned.leftOut.length > 0) throw error; // it says that nothing is left
    throw new Error(
      `Cannot train stream ${name}: nothing has ended within ${formatDuration(span)}; raise min_history`,
      { cause: error },
    );
  } finally {
    learned.records.close();
    await counting?.close();
    progress.clear();
  }
}

/** How a training shows itself, and who maps its lines; `null` = nobody. */
interface Reading {
  progress: Progress;
  counting: CountedTraining | null;
}

/**
 * Learns from the first `span` ms, all of it: again, when one log was at its end there only because it was read too soon. What
 * comes too late to be counted is counted later.
 */
async function learnAll(
  span: number,
  subject: Subject,
  reading: Reading,
  context: Context,
): Promise<LearnedStream> {
  for (let attempt = 1;; attempt++) {
    const learned = await learnFrom(span, subject, reading, context);
    const isAll = !learned.complete || attempt === ATTEMPTS || reading.counting !== null;
    if (isAll || !await hasGrown(learned, subject, context)) return learned;
    learned.records.close();
  }
}

async function learnFrom(
  span: number,
  { stream, settings, exclude }: Subject,
  { progress, counting }: Reading,
  context: Context,
): Promise<LearnedStream> {
  const { name, inputs: patterns } = stream;
  const { inputs, notes } = await openFollowed(patterns, [], { context, stream });
  if (inputs.length === 0) throw new Error(`Cannot read stream ${name}: ${noInputText(notes, patterns)}`);
  return await learn(settings, inputs, {
    ...{ span, exclude, mapped: counting?.mapped },
    reopen: async () => (await openFollowed(patterns, [], { context, stream })).inputs,
    onProgress: (records) =>
      progress.show(() => `${name}: learning from ${records.toLocaleString("en")} records`),
  });
}

/**
 * Whether there are records of the span by now that were not read: while one log was read beyond it, another one that had been
 * read before got lines, or a file that was read was moved away.
 */
async function hasGrown(
  { records }: LearnedStream,
  { stream, settings }: Subject,
  context: Context,
): Promise<boolean> {
  const positions = await records.positions();
  const saved = positions.map(({ position }) => position);
  const { inputs } = await openFollowed(stream.inputs, saved, { context, stream });
  const readers = new Map(positions.map(({ name, reader }) => [name, reader]));
  const rest = new MergedRecords(inputs, { settings, services: new Dictionary(), readers });
  try {
    return await rest.start() < records.until;
  } finally {
    rest.close();
  }
}

function tooShort(stream: StreamConfig, { from, to, read }: LearnedStream, { now }: Context): Wait {
  const { name, min_history: least, clock } = stream, span = to - from;
  if (!(span >= 0)) {
    if (read === 0) return endlessWait("no model yet: there are no lines");
    throw new Error(`Cannot train stream ${name}: ${nothingTimedText(read)}`);
  }
  const readyAt = clock === "wall" ? Math.max(now(), from + least) : from + least;
  return historyWait({ span, least }, { readyAt, clock });
}

/** What came from each source up to now; whatever was read will be read again. */
function sourcesOf({ records }: LearnedStream): SeenSource[] {
  return sourcesSeen(records.inputs(), records.logs).map((seen) => ({ ...seen, records: 0, unparsed: 0 }));
}
