/**
 * A first look at logs: what belongs together, what format it has, what its lines hold.
 *
 * @module
 */
import {
  Dictionary,
  type Input,
  InputError,
  type InputNote,
  type LogBatch,
  logName,
  openFiles,
  readRotatedName,
  RecordReader,
} from "../../lib/mod.ts";

/** Lines of a log that are looked at. */
const SAMPLE_LINES = 4000;
/** Share of lines with NUL bytes or invalid UTF-8 above which a file is no log. */
const BINARY_SHARE = 0.2;

/** A log: a file and its rotated siblings, seen at its newest file that has lines. */
export interface SeenLog {
  /** Path without rotation, date and compression suffix. */
  path: string;
  /** All its files, oldest first. */
  files: string[];
  format: string;
  /** Share of the records looked at whose header parsed, 0–1. */
  parsed: number;
  /** Share of them that carry a time, 0–1. */
  timed: number;
  /** Latest time in the records looked at, ms since the epoch; `null` where none carries one. */
  lastTime: number | null;
  /** Services that the lines themselves name. */
  services: string[];
  /** First lines of the records looked at; they stay in memory and are never written anywhere. */
  lines: string[];
}

/** What was seen, and what was left out and why. */
export interface SeenLogs {
  logs: SeenLog[];
  /** Notes for people, one line each. */
  notes: string[];
}

/**
 * Looks at the files that patterns name.
 *
 * @param patterns Files, folders or patterns, absolute.
 */
export async function seeLogs(patterns: readonly string[]): Promise<SeenLogs> {
  const { inputs, notes } = await openFiles([...patterns]);
  const byLog = new Map<string, Input[]>();
  for (const input of inputs) {
    const { log } = readRotatedName(input.name);
    byLog.set(log, [...byLog.get(log) ?? [], input]);
  }
  const seen: SeenLogs = { logs: [], notes: notes.map((note: InputNote) => note.text) };
  for (const [path, files] of byLog) {
    const log = await seeLog(path, files, seen.notes);
    if (log !== null) seen.logs.push(log);
    for (const file of files) file.close();
  }
  return seen;
}

/** The log; `null` where it is left out, and notes say why. */
async function seeLog(path: string, files: readonly Input[], notes: string[]): Promise<SeenLog | null> {
  for (const input of [...files].reverse()) {
    const reader = new RecordReader(input, { services: new Dictionary(), fallbackService: "" });
    const sample = await sampleOf(reader, notes);
    reader.close();
    if (sample.records === 0) continue;
    if (isBinary(reader)) {
      notes.push(`${input.name} is left out: it does not look like text`);
      return null;
    }
    return {
      path,
      files: files.map((file) => file.name),
      format: reader.format?.name ?? "plain",
      parsed: sample.parsed / sample.records,
      timed: sample.timed / sample.records,
      lastTime: sample.lastTime,
      services: [...sample.services].sort(),
      lines: sample.lines,
    };
  }
  notes.push(`${path} is left out: it is empty`);
  return null;
}

interface Sample {
  records: number;
  parsed: number;
  timed: number;
  lastTime: number | null;
  lines: string[];
  services: Set<string>;
}

/** The first records; where a file can't be read further, those before that. */
async function sampleOf(reader: RecordReader, notes: string[]): Promise<Sample> {
  const sample: Sample = {
    ...{ records: 0, parsed: 0, timed: 0, lastTime: null, lines: [] },
    services: new Set(),
  };
  try {
    for (let batch = await reader.next(); batch !== null; batch = await reader.next()) {
      take(sample, batch);
      if (sample.lines.length >= SAMPLE_LINES) break;
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    notes.push(error.message);
  }
  return sample;
}

function take(sample: Sample, batch: LogBatch): void {
  for (let i = 0; i < batch.length && sample.lines.length < SAMPLE_LINES; i++) {
    const { text, service, timestamp } = batch.record(i);
    sample.records++;
    sample.parsed += batch.parsed[i];
    if (timestamp !== null) {
      sample.timed++;
      sample.lastTime = Math.max(sample.lastTime ?? timestamp, timestamp);
    }
    if (service) sample.services.add(service);
    sample.lines.push(text.split("\n", 1)[0].slice(0, 2000));
  }
}

function isBinary(reader: RecordReader): boolean {
  const harmful = reader.quality.rows().filter(({ reason }) =>
    reason === "NUL byte" || reason === "invalid UTF-8"
  );
  return harmful.some(({ share }) => share > BINARY_SHARE);
}

/** A log's name for a stream: the file's, without folder, extension and numbers that tell copies of a program apart. */
export function baseNameOf(log: SeenLog): string {
  const base = logName(log.path).replace(/\.(?:log|txt|out|json|jsonl)$/i, "");
  return base.replace(/[-_.]?\d+(?=$|[-_.])/g, "").replace(/[^A-Za-z0-9._-]+/g, "-").replace(
    /^[._-]+|[._-]+$/g,
    "",
  ) ||
    "logs";
}
