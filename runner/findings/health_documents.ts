/**
 * How a run went, as documents: one of the run, one of each stream.
 *
 * @module
 */
import type { FindingCount } from "../../lib/mod.ts";
import type { StreamOutcome } from "../detect/outcome.ts";
import { common, documentId, type FindingDocument, lasting, shownText, timeText } from "./document.ts";

/** Characters of what went wrong. */
const ERROR = 500;

/** What there is to say of a run. */
export interface RunHealth {
  /** What this DeepScan is called. */
  name: string;
  /** ms since the epoch. */
  startedAt: number;
  finishedAt: number;
  streams: readonly StreamOutcome[];
  /** What could not be read or judged; the stream is empty where it concerns all. */
  failures: readonly { stream: string; message: string }[];
  /** Runs before this one that found another one at work. */
  skipped: number;
  /** Messages by status: `due`, `sent`, `dead`. */
  messages: Readonly<Record<string, number>>;
  /** Documents by kind and status, as they were when it began: what had not been sent then. */
  findings: readonly FindingCount[];
  /** When the model of a stream was made, ms since the epoch, and its version; absent = it has none. */
  modelOf: (stream: string) => { version: string; createdAt: number; trainedTo: number } | undefined;
}

/** A document and what it is called. */
export interface HealthDocument {
  id: string;
  document: FindingDocument;
}

/**
 * The documents of a run. What they are called is made of when it began and of the stream: what is sent again is the same.
 */
export function healthDocuments(run: RunHealth): HealthDocument[] {
  return [runDocument(run), ...run.streams.map((stream) => streamDocument(stream, run))];
}

function baseOf(run: RunHealth, id: string, failed: readonly { message: string }[]): FindingDocument {
  const { name, startedAt, finishedAt } = run, base = common("health", finishedAt, name);
  return {
    ...base,
    event: {
      ...base.event,
      ...{ kind: "metric", outcome: failed.length === 0 ? "success" : "failure" },
      ...{ id: documentId(name, "health", id), ...lasting({ start: startedAt, end: finishedAt }) },
    },
    error: failed.length === 0
      ? undefined
      : { message: failed.map(({ message }) => shownText(message, ERROR)) },
  };
}

function runDocument(run: RunHealth): HealthDocument {
  const { startedAt, streams, failures, skipped, messages, findings } = run, id = `${startedAt}`;
  const sum = (value: (stream: StreamOutcome) => number) => streams.reduce((all, one) => all + value(one), 0);
  const waiting = (status: string) =>
    findings.filter((count) => count.status === status).reduce((all, { documents }) => all + documents, 0);
  const document = {
    ...baseOf(run, id, failures),
    message: failures.length === 0 ? "detect ran" : `detect ran, ${failures.length} failed`,
    deepscan: {
      health: {
        ...{ subject: "run", command: "detect", records: sum(({ records }) => records) },
        ...{ windows: sum(({ windows }) => windows), anomalous: sum(({ anomalous }) => anomalous.length) },
        ...{ opened: sum(({ opened }) => opened.length), failures: failures.length, skipped },
        messages: { due: messages.due ?? 0, dead: messages.dead ?? 0 },
        findings: { due: waiting("due"), dead: waiting("dead") },
      },
    },
  };
  return { id, document };
}

function streamDocument(stream: StreamOutcome, run: RunHealth): HealthDocument {
  const { name, quality, notJudged, reached } = stream, id = `${run.startedAt} ${name}`;
  const { finishedAt } = run, model = run.modelOf(name);
  const failed = run.failures.filter((failure) => failure.stream === name);
  const document = {
    ...baseOf(run, id, failed),
    message: notJudged.length === 0 ? `${name} was judged` : shownText(notJudged.join("; "), ERROR),
    deepscan: {
      stream: name,
      health: {
        subject: "stream",
        ...figuresOf(stream),
        parsed: quality === null || quality.records === 0 ? undefined : quality.share,
        quality: qualityOf(stream),
        reached: timeText(reached),
        lag_seconds: Number.isFinite(reached) ? Math.max(0, (finishedAt - reached) / 1000) : undefined,
      },
      model: model && {
        version: model.version,
        age_seconds: Math.max(0, (finishedAt - model.createdAt) / 1000),
        to: timeText(model.trainedTo),
      },
    },
  };
  return { id, document };
}

function figuresOf(stream: StreamOutcome) {
  const { records, windows, anomalous, opened, births, late, untimed, open, services, inputs } = stream;
  return {
    ...{ records, windows, anomalous: anomalous.length, opened: opened.length, births, late, untimed, open },
    ...{ services, inputs: inputs.length, trained: stream.trained, judged: stream.notJudged.length === 0 },
  };
}

/** What could not be understood, without the lines. */
function qualityOf({ quality }: StreamOutcome) {
  const rows = (quality?.rows() ?? []).filter(({ reason }) => reason !== "parsed");
  return rows.length === 0
    ? undefined
    : rows.map(({ format, reason, count, share }) => ({ format, reason, count, share }));
}
