/**
 * Rows of the state database, as the rest of the program knows them.
 *
 * @module
 */
import type { Verdict } from "../explain/reason.ts";

/** How far a stream has come, as one row; the detail is plain JSON of the program that scans. */
export interface StoredStream {
  name: string;
  /** Version of the model that judged it last. */
  model: string;
  detail: Record<string, unknown>;
}

/** Where reading one input goes on. */
export interface StoredInput {
  name: string;
  position: Record<string, unknown>;
  reader: Record<string, unknown> | null;
}

/** An alert as the database keeps it. */
export interface StoredAlert {
  id: string;
  stream: string;
  /** `pending` = not enough for people yet; `resolved` = over, unless lines come late; `closed` = nothing can change it any more. */
  status: typeof ALERT_STATUSES[number];
  start: number;
  end: number;
  /** JSON of the whole alert. */
  body: string;
  /** Where and why it began, to find the same again; absent = not asked for, and kept as it was. */
  service?: string;
  cause?: string;
  /** Identity of its incident; empty while it has none. */
  incident?: string;
}

/** What can be the state of an alert. */
export const ALERT_STATUSES = ["pending", "firing", "resolved", "closed"] as const;

/** An incident as the database keeps it. */
export interface StoredIncident {
  id: string;
  /** Whether something of it may still have to be told. */
  isLive: boolean;
  /** ms, UTC; NaN where the lines have no times. */
  start: number;
  end: number;
  /** JSON of what is known of the telling. */
  body: string;
}

/** What was told of an incident, or why it was not. */
export interface StoredNotice {
  incident: string;
  receiver: string;
  /** ms since the epoch. */
  at: number;
  kind: string;
  /** Messages about the incident that this receiver got before. */
  number: number;
  severity: string;
  /** Why it was held back; empty = it was not. */
  held: string;
  /** First moment of the day (UTC) that it counts for, ms since the epoch; `null` = it counts for none. */
  day: number | null;
}

/** Something that keeps messages back: a silence, a deployment, a suppression. */
export interface StoredMute {
  id: string;
  kind: "silence" | "deployment" | "suppression";
  /** JSON of what it is about. */
  matcher: string;
  /** From when and until when it holds, ms since the epoch; `null` = until it is ended. */
  start: number;
  end: number | null;
  note: string;
  who: string;
  /** When it was said, ms since the epoch. */
  at: number;
}

/** Somebody takes care of an incident. */
export interface StoredAcknowledgement {
  incident: string;
  /** ms since the epoch. */
  at: number;
  who: string;
  note: string;
}

/** An anomalous window, and which alert it belongs to. */
export interface AlertedWindow {
  /** Identity: a session's key, with the time of its first record where keys may come again, or `service@start`. */
  key: string;
  kind: "session" | "window";
  service: string;
  /** ms, UTC; NaN where the lines have no times. */
  start: number;
  end: number;
  /** Identity of the alert; empty where none is known. */
  alert: string;
  /** Version of the model that judged. */
  model: string;
}

/** What a person said of an alert. */
export interface StoredFeedback {
  /** Identity of the alert. */
  alert: string;
  stream: string;
  /** `true` = it was real; `false` = nothing was the matter; `expected` = it was, and that is as it should be. */
  said: Said;
  /** In the person's own words; may be empty. */
  note: string;
  /** When it was said, ms since the epoch. */
  at: number;
}

/** What can be said of an alert. */
export const SAID = ["true", "false", "expected"] as const;

/** One of {@linkcode SAID}. */
export type Said = typeof SAID[number];

/** A message that must be sent, once. */
export interface Delivery {
  /** Identity of the message: a second one with the same key is refused. */
  key: string;
  alert: string;
  channel: string;
  payload: string;
  /** Milliseconds since the epoch; not sent before. */
  dueAt: number;
  /** Since when it waits by the clock that says when it is due, milliseconds since the epoch; default: since it is due. */
  queuedAt?: number;
}

/** A delivery with its history. */
export interface StoredDelivery extends Required<Delivery> {
  /** `dead` = given up. */
  status: "due" | "sent" | "dead";
  attempts: number;
  /** Key under which it was sent last, where it may have arrived; empty = it has not. */
  triedAs: string;
  /** What was amiss the last time it was tried; of one that was sent, whom it did not reach. */
  lastError: string;
}

/** What one run did. */
export interface StoredRun {
  command: string;
  startedAt: number;
  finishedAt: number;
  lines: number;
  windows: number;
  anomalous: number;
  /** 1 when another run held the lock and nothing was done. */
  skipped: number;
}

/** A row as SQLite gives it. */
export type Row = Record<string, unknown>;

const time = (value: unknown): number => value === null ? NaN : Number(value);

/** A time (ms) as its column holds it: `null` for NaN. */
export function timeColumn(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** A row of `verdict`. */
export function verdictOf(row: Row): Verdict {
  return {
    stream: String(row.stream),
    key: String(row.key),
    kind: row.kind === "session" ? "session" : "window",
    service: String(row.service),
    start: time(row.start),
    end: time(row.end),
    lines: Number(row.lines),
    score: Number(row.score),
    threshold: Number(row.threshold),
    anomalous: row.anomalous === 1,
    reasons: JSON.parse(String(row.reasons)),
    detectors: JSON.parse(String(row.detectors)),
  };
}

/** A row of `alert`. */
export function alertOf(row: Row): StoredAlert {
  return {
    id: String(row.id),
    stream: String(row.stream),
    status: ALERT_STATUSES.find((status) => status === row.status) ?? "closed",
    start: time(row.start),
    end: time(row.end),
    body: String(row.body),
    ...{ service: String(row.service), cause: String(row.cause), incident: String(row.incident) },
  };
}

/** A row of `incident`. */
export function incidentOf(row: Row): StoredIncident {
  return {
    id: String(row.id),
    isLive: row.is_live === 1,
    start: time(row.start),
    end: time(row.end),
    body: String(row.body),
  };
}

/** A row of `notice`. */
export function noticeOf(row: Row): StoredNotice {
  return {
    ...{ incident: String(row.incident), receiver: String(row.receiver), at: Number(row.at) },
    ...{ kind: String(row.kind), number: Number(row.number), severity: String(row.severity) },
    ...{ held: String(row.held), day: row.day === null ? null : Number(row.day) },
  };
}

const MUTES = ["silence", "deployment", "suppression"] as const;

/**
 * A row of `mute`.
 *
 * @throws {TypeError} if it is of a kind that there is not.
 */
export function muteOf(row: Row): StoredMute {
  const kind = MUTES.find((one) => one === row.kind);
  if (kind === undefined) throw new TypeError(`Cannot read a mute: there is no kind ${row.kind}`);
  return {
    ...{ id: String(row.id), kind, matcher: String(row.matcher), start: Number(row.start) },
    ...{ end: row.end === null ? null : Number(row.end), note: String(row.note), who: String(row.who) },
    at: Number(row.at),
  };
}

/** A row of `acknowledgement`. */
export function acknowledgementOf(row: Row): StoredAcknowledgement {
  return {
    ...{ incident: String(row.incident), at: Number(row.at), who: String(row.who), note: String(row.note) },
  };
}

/** A row of `verdict`, as far as it says which alert the window belongs to. */
export function alertedWindowOf(row: Row): AlertedWindow {
  return {
    key: String(row.key),
    kind: row.kind === "session" ? "session" : "window",
    service: String(row.service),
    start: time(row.start),
    end: time(row.end),
    alert: String(row.alert),
    model: String(row.model),
  };
}

/**
 * A row of `feedback`.
 *
 * @throws {TypeError} if it holds a word that can't be said.
 */
export function feedbackOf(row: Row): StoredFeedback {
  const said = SAID.find((word) => word === row.said);
  if (said === undefined) throw new TypeError(`Cannot read feedback: nobody can say ${row.said}`);
  return {
    alert: String(row.alert),
    stream: String(row.stream),
    said,
    note: String(row.note),
    at: Number(row.at),
  };
}

/** A row of `delivery`. */
export function deliveryOf(row: Row): StoredDelivery {
  return {
    key: String(row.key),
    alert: String(row.alert),
    channel: String(row.channel),
    payload: String(row.payload),
    dueAt: Number(row.due_at),
    status: row.status === "sent" || row.status === "dead" ? row.status : "due",
    attempts: Number(row.attempts),
    queuedAt: Number(row.queued_at),
    triedAs: String(row.tried_as),
    lastError: String(row.last_error),
  };
}
