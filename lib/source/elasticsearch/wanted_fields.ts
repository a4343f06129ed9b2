/**
 * The fields of a document that a record is made of, whatever they are called.
 *
 * @module
 */

/** What a field is wanted for: the columns of a page. */
export const TIME = 0, LEVEL = 1, MESSAGE = 2, SERVICE = 3, PARSED = 4, INFERRED = 5, ORIGINAL = 6;
/** How many columns there are. */
export const COLUMNS = 7;

/** Names of fields, dotted; the first one that a document has counts. */
export interface FieldNames {
  time: readonly string[];
  level: readonly string[];
  message: readonly string[];
  service: readonly string[];
}

/** ECS first, then what Logstash's and Fluentd's users, Kubernetes, rsyslog and journald call them. */
export const USUAL_FIELDS: FieldNames = {
  time: ["@timestamp", "timestamp", "time", "ts"],
  level: ["log.level", "loglevel", "level", "severity", "log.syslog.severity.name", "syslogseverity-text"],
  message: ["message", "msg", "log", "MESSAGE"],
  service: [
    ...["service.name", "service", "container.name", "kubernetes.container.name", "process.name", "program"],
    ...["programname", "log.syslog.appname", "syslogtag", "SYSLOG_IDENTIFIER", "host.name"],
  ],
};

/** The whole line that a document was made of. */
const WHOLE = "event.original";

/** An object inside a document, or a document. */
export interface FieldNode {
  /** By length of the key. */
  keys: FieldKey[][];
}

/** A key that means something where it stands. */
export interface FieldKey {
  bytes: Uint8Array;
  /** Column; -1 = only what is inside counts. */
  column: number;
  /** Lower wins where a document has several. */
  rank: number;
  /** What the keys of an object under it mean; `null` = nothing. */
  inside: FieldNode | null;
}

/**
 * What keys of documents mean, dotted (`"log.level": …`), nested (`"log": {"level": …}`) and mixed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fieldAt, LEVEL, USUAL_FIELDS, wantedFields } from "./wanted_fields.ts";
 *
 * const root = wantedFields(USUAL_FIELDS), text = new TextEncoder();
 * const log = fieldAt(root, text.encode("log"), 0, 3);
 * assert.equal(fieldAt(log!.inside!, text.encode("level"), 0, 5)?.column, LEVEL);
 * assert.equal(fieldAt(root, text.encode("log.level"), 0, 9)?.column, LEVEL);
 * ```
 */
export function wantedFields(names: FieldNames): FieldNode {
  const root: FieldNode = { keys: [] };
  const columns: [number, readonly string[]][] = [
    [TIME, names.time],
    [LEVEL, names.level],
    [MESSAGE, names.message],
    [SERVICE, names.service],
    [PARSED, ["deepscan.parsed"]],
    [INFERRED, ["deepscan.time_inferred"]],
    [ORIGINAL, names.message.includes(WHOLE) ? [] : [WHOLE]],
  ];
  for (const [column, paths] of columns) {
    paths.forEach((path, rank) => add(root, path.split("."), { column, rank }));
  }
  return root;
}

/** The key's meaning where it stands; `null` = none. */
export function fieldAt(node: FieldNode, bytes: Uint8Array, start: number, end: number): FieldKey | null {
  const candidates = node.keys[end - start];
  if (candidates === undefined) return null;
  for (const candidate of candidates) {
    let i = 0;
    while (start + i < end && bytes[start + i] === candidate.bytes[i]) i++;
    if (start + i === end) return candidate;
  }
  return null;
}

/** Adds every way to write a path: its parts joined by dots or nested. */
function add(node: FieldNode, parts: string[], what: { column: number; rank: number }): void {
  for (let joined = 1; joined <= parts.length; joined++) {
    const key = keyOf(node, parts.slice(0, joined).join("."));
    if (joined < parts.length) add(key.inside ??= { keys: [] }, parts.slice(joined), what);
    else if (key.column < 0) Object.assign(key, what);
  }
}

function keyOf(node: FieldNode, name: string): FieldKey {
  const bytes = new TextEncoder().encode(name), same = node.keys[bytes.length] ??= [];
  const found = same.find((key) => key.bytes.every((byte, i) => byte === bytes[i]));
  if (found !== undefined) return found;
  const key = { bytes, column: -1, rank: 0, inside: null };
  same.push(key);
  return key;
}
