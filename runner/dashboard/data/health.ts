/**
 * How DeepScan itself does.
 *
 * @module
 */
import type { AuditEntry } from "../changes/audit.ts";
import { checksOf, type CheckView } from "./checks.ts";
import { delaysOf, type StreamDelay } from "./delays.ts";
import type { DataSource, Row } from "./source.ts";
import type { Span } from "./span.ts";
import { shownLine, shownName } from "./texts.ts";

export type { CheckView } from "./checks.ts";

/** An input of a stream. */
export interface InputView {
  /** Path or index. */
  name: string;
  /** Where reading goes on, in words: `12.3 MB`. */
  position: string;
  /** Bytes of it that were not read yet; `null` = not known. */
  behind: number | null;
}

/** How a stream is read. */
export interface StreamHealth {
  stream: string;
  model: string;
  clock: "wall" | "data";
  /** Where it stands, in words: `judging`, `no model yet`. */
  phase: string;
  delay: StreamDelay;
  inputs: InputView[];
  /** Records of the days of the span, and how many of them were not understood or are of templates that training has not seen. */
  read: number;
  unparsed: number;
  unseen: number;
  /** Day by day, earliest first. */
  days: { day: number; read: number; unparsed: number; unseen: number }[];
}

/** A message that waits or was given up. */
export interface MessageView {
  key: string;
  channel: string;
  status: "due" | "sent" | "dead";
  attempts: number;
  since: number;
  dueAt: number;
  error: string;
}

/** What the process that serves the pages is like. */
export interface ProcessView {
  /** How long it has run, ms. */
  uptime: number;
  /** Bytes of memory that it holds. */
  memory: number;
  /** Pages that listen to changes. */
  clients: number;
  /** Requests that were answered, and how long the slowest of the last thousand took, ms. */
  requests: number;
  slowest: number;
}

/** What the page about DeepScan itself shows. */
export interface Health {
  span: Span;
  checks: CheckView[];
  streams: StreamHealth[];
  outbox: { due: number; sent: number; dead: number; messages: MessageView[] };
  /** Documents on their way to Elasticsearch; `null` = none are written. */
  findings: { status: string; kind: string; count: number }[] | null;
  /** Newest first. */
  runs: {
    command: string;
    startedAt: number;
    finishedAt: number | null;
    lines: number;
    windows: number;
    anomalous: number;
    skipped: boolean;
  }[];
  state: { bytes: number; free: number; limit: number; schema: number; keep: number; verdicts: number };
  process: ProcessView;
  /** Changes that people made from the pages, newest first. */
  audit: AuditEntry[];
}

/** Messages, runs and inputs of a stream that are shown. */
const MESSAGES = 50, RUNS = 50, INPUTS = 100;
const DAY = 86_400_000;

const DAYS = `select day, sum(read) as read, sum(unparsed) as unparsed, sum(unseen) as unseen from reading
  where stream = ? and day >= ? and day < ? group by day order by day`;
const WAITING = `select key, channel, status, attempts, queued_at, due_at, last_error from delivery
  where status <> 'sent' order by queued_at desc limit ${MESSAGES}`;
const FINDINGS =
  "select kind, count(*) as count from finding indexed by finding_due where status = 'due' group by kind";
const LATEST_RUNS = `select * from run order by id desc limit ${RUNS}`;
/** What the windows of all streams come to: verdicts themselves are too many to be counted. */
const JUDGED = `select sum(judged) as judged from window_count
  where series in (select number from series where is_all = 1) and size = ${DAY}`;

/** Queries whose plans a test looks at. */
export const HEALTH_QUERIES = { DAYS, FINDINGS, LATEST_RUNS, JUDGED };

/** What only the process that serves the pages knows. */
export interface OwnFigures {
  process(): ProcessView;
  audit(): AuditEntry[];
}

/** How DeepScan itself does. */
export function health(source: DataSource, { span, own }: { span: Span; own: OwnFigures }): Promise<Health> {
  return Promise.resolve(source.snapshot(() => ({
    ...{ span, checks: checksOf(source), streams: streamsOf(source, span), outbox: outboxOf(source) },
    ...{ findings: source.config.findings === undefined ? null : findingsOf(source), runs: runsOf(source) },
    ...{ state: stateOf(source), process: own.process(), audit: own.audit() },
  })));
}

function streamsOf(source: DataSource, span: Span): StreamHealth[] {
  const known = new Map(source.streams().map((stream) => [stream.name, stream]));
  return delaysOf(source).map((delay) => {
    const { stream } = delay, settings = source.config.streams.find(({ name }) => name === stream);
    const model = known.get(stream)?.model ?? "", days = daysOf(source, stream, span);
    const sum = (name: "read" | "unparsed" | "unseen") => days.reduce((total, day) => total + day[name], 0);
    return {
      ...{ stream, model, clock: settings?.clock ?? "wall", delay, inputs: inputsOf(source, stream), days },
      phase: settings === undefined
        ? "not in the settings any more"
        : model === ""
        ? "no model yet"
        : "judging",
      ...{ read: sum("read"), unparsed: sum("unparsed"), unseen: sum("unseen") },
    };
  });
}

function daysOf(source: DataSource, stream: string, { from, to }: Span): StreamHealth["days"] {
  return source.rows(DAYS, stream, Math.floor(from / DAY) * DAY, to).map((
    { day, read, unparsed, unseen },
  ) => ({
    ...{ day: Number(day), read: Number(read), unparsed: Number(unparsed), unseen: Number(unseen) },
  }));
}

function inputsOf({ state }: DataSource, stream: string): InputView[] {
  return (state?.inputs(stream) ?? []).slice(0, INPUTS).map(({ name, position }) => {
    const { offset, size } = position as { offset?: unknown; size?: unknown };
    const read = typeof offset === "number" ? offset : null;
    return {
      ...{ name: shownName(name), position: read === null ? "" : `byte ${read.toLocaleString("en")}` },
      behind: read !== null && typeof size === "number" ? Math.max(0, size - read) : null,
    };
  });
}

function outboxOf(source: DataSource): Health["outbox"] {
  const { due = 0, sent = 0, dead = 0 } = source.state?.deliveries.counts() ?? {};
  return { due, sent, dead, messages: source.rows(WAITING).map(messageView) };
}

function messageView(row: Row): MessageView {
  return {
    ...{
      key: shownName(row.key),
      channel: shownName(row.channel),
      status: row.status === "dead" ? "dead" : "due",
    },
    ...{ attempts: Number(row.attempts), since: Number(row.queued_at), dueAt: Number(row.due_at) },
    error: shownLine(row.last_error),
  };
}

function findingsOf(source: DataSource): NonNullable<Health["findings"]> {
  return source.rows(FINDINGS).map(({ kind, count }) => ({
    status: "due",
    kind: String(kind),
    count: Number(count),
  }));
}

function runsOf(source: DataSource): Health["runs"] {
  return source.rows(LATEST_RUNS).map((row) => ({
    ...{ command: shownName(row.command), startedAt: Number(row.started_at) },
    finishedAt: row.finished_at === null ? null : Number(row.finished_at),
    ...{ lines: Number(row.lines), windows: Number(row.windows), anomalous: Number(row.anomalous) },
    skipped: row.skipped === 1,
  }));
}

function stateOf(source: DataSource): Health["state"] {
  const { state, config } = source, { keep, max_size: limit } = config.state;
  if (state === null) return { bytes: 0, free: 0, limit, schema: 0, keep, verdicts: 0 };
  const { used: bytes, free } = state.space;
  const schema = Number(source.row("select user_version as schema from pragma_user_version")?.schema ?? 0);
  return { bytes, free, limit, schema, keep, verdicts: Number(source.row(JUDGED)?.judged ?? 0) };
}
