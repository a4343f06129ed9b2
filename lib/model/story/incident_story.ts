/**
 * An incident as a person tells it: a few lines of log from the first rare event to the worst symptom, and what was different.
 *
 * @module
 */
import type { Verdict } from "../../explain/reason.ts";
import { Dictionary } from "../../record/dictionary.ts";
import { type Level, levelOfSeverity } from "../../record/level.ts";
import { type Input, InputError, type InputNote } from "../../source/input.ts";
import { MergedRecords } from "../merged_records.ts";
import type { TimeSpan } from "../rows_within.ts";
import type { StreamModel } from "../stream_model.ts";
import { redactorOf } from "../stream_settings.ts";
import { streamCandidates, type TemplateFacts, templateFacts, worstSymptom } from "./story_candidates.ts";
import { chosenLines, STORY_LINES, type StoryMark } from "./story_lines.ts";
import { type StorySpan, storySpan } from "./story_span.ts";
import { type StoryLevel, StreamNotes } from "./stream_notes.ts";
import { type StoryChange, storyChanges } from "./story_changes.ts";

export type { StoryLevel } from "./stream_notes.ts";
export type { StoryMark } from "./story_lines.ts";
export type { StoryChange } from "./story_changes.ts";

/** A stream that the incident shows in. */
export interface StoryStream {
  /** The model that judged it. */
  model: StreamModel;
  /** Its logs, to be read once from their start; closed at the end. */
  inputs: Input[];
  /** Verdicts on its windows in the incident; those that are normal are passed over. Default none. */
  verdicts?: readonly Verdict[];
  /** When templates that training didn't know were first seen, ms, by their ids; default: nobody knows. */
  firstSeen?: ReadonlyMap<string, number>;
}

/** What {@linkcode incidentStory} is told: when the incident was, ms, and how it is told. */
export interface StoryOptions extends Required<TimeSpan> {
  /** Lines at the most, 5–20; default 12. */
  lines?: number;
  /** Length of what came before it and may have led to it, ms; default: the longest time window of its streams. */
  lead?: number;
}

/** A line of the story, redacted. */
export interface StoryLine {
  stream: string;
  service: string;
  /** ms since the epoch, and ms since the first line of the story. */
  time: number;
  offset: number;
  level: Level;
  /** The message and, where its record has more lines, the next one. */
  text: string;
  /** What makes it worth telling, most telling first. */
  marks: StoryMark[];
  /** Its template, redacted. */
  template: string;
}

/** An incident, told. */
export interface IncidentStory {
  /** When it was, what led to it included, and what it is compared with. */
  span: StorySpan;
  /** In order of time. */
  lines: StoryLine[];
  /** What no chance explains, the surest first; what nobody has ever seen before anything else. */
  changes: StoryChange[];
  /** Records by level over time, from the span before until somewhat behind the end. */
  levels: StoryLevel[];
  /** Length of the spans of {@linkcode levels}, ms. */
  size: number;
  /** Records that were read. */
  records: number;
  /** What a person should know of the logs: such as could not be read to their end. */
  notes: InputNote[];
}

/** Spans that pictures have at the most. */
const SPANS = 120;
/** Lengths of them that people like, ms. */
const SIZES = [10, 30, 60, 300, 600, 1800, 3600, 10_800, 21_600, 86_400].map((seconds) => 1000 * seconds);

/**
 * Tells an incident from the logs that it shows in, in one pass: 5–20 lines (where the span has so many) from the first rare event
 * to the worst symptom, and the templates whose rate no chance explains, compared with as long before and with the same time of
 * the day before.
 *
 * The first event that nobody has seen before or that is rare by training is always among the lines, and so is the worst symptom:
 * the most severe record, else what the verdicts speak of. Equal logs give equal stories. What is held in memory grows with
 * templates, not with records.
 *
 * @throws {RangeError} if the incident doesn't end behind its beginning, or `lines` is out of range.
 * @throws {InputError} if a stream has no log, or none of its logs can be read and there is no record.
 *
 * @example Calm lines, then a failure
 * ```ts
 * import assert from "node:assert/strict";
 * import { stdinInput } from "../../source/stdin.ts";
 * import { fitStream } from "../fit.ts";
 * import { learn } from "../learn.ts";
 * import { streamSettings } from "../stream_settings.ts";
 * import { incidentStory } from "./incident_story.ts";
 *
 * const log = (lines: string[]) => [stdinInput(new Blob(lines.map((line) => `2026-03-02T${line}\n`)).stream())];
 * const calm = Array.from({ length: 50 }, (_, i) => `10:${10 + i}:00 INFO request ${i} served`);
 * const settings = streamSettings({ name: "web", window: 60_000 });
 * const learned = await learn(settings, log(calm));
 * const model = await fitStream(learned, { detectors: ["new-template"], threshold: { rule: "quantile", level: .99, k: 3 } });
 *
 * const inputs = log([...calm, "11:00:01 WARN disk nearly full", "11:00:09 ERROR disk full"]);
 * const from = Date.UTC(2026, 2, 2, 11);
 * const { lines } = await incidentStory([{ model, inputs }], { from, to: from + 60_000 });
 * assert.deepEqual(lines.slice(-2).map(({ offset, text }) => [offset - lines.at(-2)!.offset, text]), [
 *   [0, "disk nearly full"],
 *   [8_000, "disk full"],
 * ]);
 * ```
 */
export async function incidentStory(
  streams: readonly StoryStream[],
  options: StoryOptions,
): Promise<IncidentStory> {
  try {
    return await toldStory(streams, options);
  } finally {
    for (const { inputs } of streams) for (const input of inputs) input.close();
  }
}

async function toldStory(streams: readonly StoryStream[], options: StoryOptions): Promise<IncidentStory> {
  const { lines = 12, lead = Math.max(0, ...streams.map(({ model }) => model.settings.window)) } = options;
  if (!(Number.isInteger(lines) && lines >= STORY_LINES.least && lines <= STORY_LINES.most)) {
    throw new RangeError(`Cannot tell an incident: lines must be 5 to 20, current value is ${lines}`);
  }
  const span = storySpan(options, lead), shown = span.until - span.before.from;
  const size = SIZES.find((length) => shown <= SPANS * length) ?? SIZES.at(-1)!;
  const read: ReadStream[] = [];
  for (const stream of streams) read.push(await readStream(stream, span, size));
  return {
    span,
    lines: linesOf(read, lines),
    changes: storyChanges(read),
    levels: read.flatMap(({ notes }) => notes.levels()),
    size,
    records: read.reduce((sum, { notes }) => sum + notes.read, 0),
    notes: read.flatMap(({ unread }) => unread),
  };
}

/** A stream that was read. */
interface ReadStream {
  name: string;
  notes: StreamNotes;
  facts: TemplateFacts[];
  services: Dictionary;
  redact: (text: string) => string;
  unread: InputNote[];
}

async function readStream(stream: StoryStream, span: StorySpan, size: number): Promise<ReadStream> {
  const { model, inputs, verdicts = [], firstSeen = new Map() } = stream, { settings, catalogue } = model;
  const services = new Dictionary(), notes = new StreamNotes(catalogue, span, { verdicts, size });
  const records = new MergedRecords(inputs, { settings, services });
  records.until = span.until;
  try {
    for (let slice = await records.next(); slice !== null; slice = await records.next()) notes.add(slice);
  } finally {
    records.close();
  }
  const { name } = settings, unread = records.notes;
  if (notes.read === 0 && (inputs.length === 0 || unread.length > 0)) {
    const why = unread.map(({ text }) => text).join("; ") || "it has no log";
    throw new InputError(`Cannot tell an incident: nothing of stream ${name} could be read: ${why}`, name);
  }
  return {
    ...{ name, notes, services, redact: redactorOf(settings), unread },
    facts: templateFacts(notes, { model, firstSeen }),
  };
}

function linesOf(read: readonly ReadStream[], limit: number): StoryLine[] {
  const candidates = read.flatMap(({ name, facts, notes }) => streamCandidates(name, facts, notes));
  const worst = worstSymptom(candidates, new Map(read.map(({ name, facts }) => [name, facts])));
  const chosen = chosenLines(worst === null ? candidates : [worst, ...candidates], limit);
  const byName = new Map(read.map((stream) => [stream.name, stream]));
  return chosen.map(({ candidate, marks }) => {
    const { services, redact, notes } = byName.get(candidate.stream)!, { record } = candidate;
    return {
      ...{ stream: candidate.stream, service: services.text(record.service) },
      ...{ time: record.time, offset: record.time - chosen[0].candidate.time },
      level: levelOfSeverity(record.severity),
      text: record.text(redact),
      marks,
      template: notes.catalogue.template(record.template).text,
    };
  });
}
