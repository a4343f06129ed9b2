/**
 * The names under which JSON logs have the few values that a record needs.
 *
 * @module
 */

/** What a value is wanted for: the columns of a scanned line. */
export const TIME = 0, LEVEL = 1, MESSAGE = 2, SERVICE = 3;
/** Wanted for nothing itself: an object that holds something, or a key that says who wrote the line. */
const HOLDER = -1, MARK = 4;

/** Which object a key stands in. */
export const NOWHERE = 0, ROOT = 1;
const IN_LOG = 2, IN_SERVICE = 3, IN_PAYLOAD = 4, IN_RESOURCE = 5, IN_LABELS = 6;

/** A name that means something where it stands. */
export interface JsonKey {
  bytes: Uint8Array;
  /** {@linkcode TIME}, {@linkcode LEVEL}, {@linkcode MESSAGE}, {@linkcode SERVICE}, or none of them. */
  wanted: number;
  /** Lower wins where a line has several. */
  rank: number;
  /** What the keys of an object under it stand in. */
  inside: number;
}

/** Rank of `name` as a service: only bunyan and pino mean that by it. */
export const NAME_RANK = 99;
/** Rank of Serilog's `@t`: a line with it and without a level is information. */
export const CLEF_RANK = 50;

/** Place, what for, the keys, best first; the last number is the first key's rank. */
const KEYS: [number, number, string[], number?][] = [
  // ECS, Logback's encoder and GCP, structlog, zap and slog; journald, Python's logging, .NET, OpenTelemetry, Fluent Bit
  [ROOT, TIME, [
    "@timestamp",
    "timestamp",
    "time",
    "ts",
    "__REALTIME_TIMESTAMP",
    "asctime",
    "Timestamp",
    "date",
  ]],
  [ROOT, TIME, ["@t"], CLEF_RANK],
  [ROOT, LEVEL, [
    "log.level",
    "level",
    "severity",
    "levelname",
    "lvl",
    "@l",
    "PRIORITY",
    "Level",
    "LogLevel",
  ]],
  [ROOT, LEVEL, ["loglevel", "log_level", "severity_text", "severityText", "SeverityText"], 20],
  [ROOT, MESSAGE, ["message", "msg", "log", "event", "short_message", "@m", "@mt", "MESSAGE", "textPayload"]],
  [ROOT, MESSAGE, ["Message", "RenderedMessage", "MessageTemplate", "body", "Body"], 20],
  [ROOT, SERVICE, [
    "service.name",
    "service",
    "SYSLOG_IDENTIFIER",
    "_SYSTEMD_UNIT",
    "_COMM",
    "app",
    "application",
  ]],
  [ROOT, SERVICE, ["container_name", "container.name", "unit"], 20],
  [ROOT, SERVICE, ["name"], NAME_RANK],
  [ROOT, MARK, ["hostname"]],
  [ROOT, HOLDER, ["jsonPayload", "resource"]],
  [IN_LOG, LEVEL, ["level"]],
  [IN_SERVICE, SERVICE, ["name"]],
  [IN_PAYLOAD, MESSAGE, ["message", "msg"], 40],
  [IN_PAYLOAD, LEVEL, ["level", "severity"], 40],
  [IN_RESOURCE, HOLDER, ["labels"]],
  [IN_LABELS, SERVICE, ["container_name", "service_name"], 40],
];

/** What the keys of some objects stand in, by place and name of the object. */
const INSIDE: Record<number, Record<string, number>> = {
  [ROOT]: { log: IN_LOG, service: IN_SERVICE, jsonPayload: IN_PAYLOAD, resource: IN_RESOURCE },
  [IN_RESOURCE]: { labels: IN_LABELS },
};

/** By place, then by length. */
const KEYS_BY_LENGTH: JsonKey[][][] = [];
for (const [place, wanted, names, firstRank = 0] of KEYS) {
  names.forEach((name, i) => {
    const byLength = KEYS_BY_LENGTH[place] ??= [], inside = INSIDE[place]?.[name] ?? NOWHERE;
    const bytes = new TextEncoder().encode(name);
    (byLength[name.length] ??= []).push({ bytes, wanted, rank: firstRank + i, inside });
  });
}

/**
 * What the key at `start` means; `null` where it means nothing.
 *
 * @param key The object in which it stands, and its length in bytes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { jsonKeyAt, LEVEL, ROOT } from "./json_keys.ts";
 *
 * const bytes = new TextEncoder().encode("log.level");
 * assert(jsonKeyAt(bytes, 0, { place: ROOT, length: 9 })?.wanted === LEVEL);
 * ```
 */
export function jsonKeyAt(
  bytes: Uint8Array,
  start: number,
  key: { place: number; length: number },
): JsonKey | null {
  const candidates = KEYS_BY_LENGTH[key.place][key.length];
  if (candidates === undefined) return null;
  for (const candidate of candidates) {
    let i = 0;
    while (i < key.length && bytes[start + i] === candidate.bytes[i]) i++;
    if (i === key.length) return candidate;
  }
  return null;
}
