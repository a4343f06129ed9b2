/**
 * A recorded log in two parts.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { RE2JS } from "re2js";
import type { Input } from "../../source/input.ts";
import { LogEdit, originalBytes } from "./log_edit.ts";
import type { Divisible } from "./protocol.ts";
import type { RecordedLog } from "./recorded_log.ts";

/** A session of a recorded log. */
export interface RecordedSession extends Divisible {
  key: string;
  /** Number of the key. */
  number: number;
  /** Its records, in the order of the log. */
  records: number[];
}

/**
 * The sessions of a log in order of first appearance; where records have no times, their places in the log stand for them.
 *
 * @param isAnomalous What labels say of a key.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sessionsOf } from "./divided_log.ts";
 * import { memoryInput } from "./memory_input.ts";
 * import { recordLog } from "./recorded_log.ts";
 *
 * const log = await recordLog([memoryInput(new TextEncoder().encode("t=a x\nt=b y\nt=a z\n"), { name: "t.log" })], {
 *   ...{ format: "content", service: "field", session: { pattern: "t=(\\S+)" }, window: 60_000, utcOffset: 0 },
 * });
 * assert.deepEqual(sessionsOf(log).map(({ key, records }) => [key, records]), [["a", [0, 2]], ["b", [1]]]);
 * ```
 */
export function sessionsOf(
  log: RecordedLog,
  isAnomalous: (key: string) => boolean = () => false,
): RecordedSession[] {
  const sessions = new Map<number, RecordedSession>();
  const timed = log.records.every(({ keys, time }) => keys.length === 0 || !Number.isNaN(time));
  log.records.forEach(({ keys, time }, i) => {
    const at = timed ? time : i;
    for (const number of keys) {
      let session = sessions.get(number);
      if (session === undefined) {
        const key = log.keys.text(number);
        session = { key, number, first: at, last: at, anomalous: isAnomalous(key), records: [] };
        sessions.set(number, session);
      }
      session.records.push(i);
      session.first = Math.min(session.first, at);
      session.last = Math.max(session.last, at);
    }
  });
  return [...sessions.values()].sort((a, b) => a.first - b.first);
}

/**
 * The part of a log that some sessions make, as inputs: their records and no others'. Where a record names sessions of both
 * parts, the others' keys are replaced by one of its own, so that no piece of another session gets in.
 *
 * @param edit Changes of the log, which are in the part too; none by default.
 * @param also Records without a session that belong to the part; default: none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { partOfSessions, sessionsOf } from "./divided_log.ts";
 * import { allBytes, memoryInput } from "./memory_input.ts";
 * import { recordLog } from "./recorded_log.ts";
 *
 * const log = await recordLog([memoryInput(new TextEncoder().encode("t=1 up\nt=2 up\nt=1 t=2 met\n"), { name: "t" })], {
 *   ...{ format: "content", service: "field", session: { pattern: "t=(\\d+)" }, window: 60_000, utcOffset: 0 },
 * });
 * const [part] = partOfSessions(log, sessionsOf(log).filter(({ key }) => key === "2"));
 * assert.equal(new TextDecoder().decode(await allBytes(part)), "t=2 up\nt=2 t=2 met\n");
 * ```
 */
export function partOfSessions(
  log: RecordedLog,
  sessions: readonly RecordedSession[],
  { edit = new LogEdit(log), also = () => false }: { edit?: LogEdit; also?: (record: number) => boolean } =
    {},
): Input[] {
  const own = new Set(sessions.map(({ number }) => number)), whole = new LogEdit(log);
  whole.add(edit);
  const keep = (record: number) => {
    const { keys } = log.records[record];
    return keys.length === 0 ? also(record) : keys.some((key) => own.has(key));
  };
  log.records.forEach(({ keys }, record) => {
    if (keys.length < 2 || whole.isChanged(record) || !keep(record)) return;
    if (keys.every((key) => own.has(key))) return;
    whole.replace(record, withOwnKeys(log, record, own));
  });
  return whole.inputs(keep);
}

/** The bytes of a record with the keys of other sessions replaced by the first of its own. */
function withOwnKeys(log: RecordedLog, record: number, own: ReadonlySet<number>): Uint8Array {
  const names = log.records[record].keys.filter((key) => own.has(key)).map((key) =>
    textOf(log.keys.bytes(key))
  );
  return withKey(log, originalBytes(log, record), names[0], new Set(names));
}

/**
 * The bytes of a record with every session's key in it replaced.
 *
 * @param key The new key, one character a byte.
 * @param kept Keys that stay.
 */
export function withKey(
  log: RecordedLog,
  bytes: Uint8Array,
  key: string,
  kept: ReadonlySet<string> = new Set([key]),
): Uint8Array {
  const engine = RE2JS.compile(log.settings.session!.pattern),
    text = textOf(bytes),
    matcher = engine.matcher(text);
  const group = engine.groupCount() > 0 ? 1 : 0;
  let result = "", at = 0;
  while (matcher.find()) {
    const found = matcher.group(group);
    if (!found || kept.has(found)) continue;
    result += text.slice(at, matcher.start(group)) + key;
    at = matcher.end(group);
  }
  return Uint8Array.from(result + text.slice(at), (char) => char.charCodeAt(0));
}

/** Bytes as text, one character each. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

/** Which part of a log {@linkcode partOfTime} takes. */
export interface TimePart {
  /** ms: `from <= time < to`. */
  from?: number;
  to?: number;
  /** Records that stay out all the same; default: none. */
  without?: (record: number) => boolean;
}

/**
 * The records of a log within a span of time, as inputs; those without a time go with the record before them.
 *
 * @param edit Changes of the log, which are in the part too; none by default.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { partOfTime } from "./divided_log.ts";
 * import { allBytes, memoryInput } from "./memory_input.ts";
 * import { recordLog } from "./recorded_log.ts";
 *
 * const bytes = new TextEncoder().encode("1970-01-01T00:00:01Z INFO up\n1970-01-01T00:01:01Z INFO down\n");
 * const log = await recordLog([memoryInput(bytes, { name: "app.log" })], {
 *   ...{ format: "auto", service: "field", session: null, window: 60_000, utcOffset: 0 },
 * });
 * const [part] = partOfTime(log, { from: 60_000 });
 * assert.equal(new TextDecoder().decode(await allBytes(part)), "1970-01-01T00:01:01Z INFO down\n");
 * ```
 */
export function partOfTime(log: RecordedLog, part: TimePart, edit: LogEdit = new LogEdit(log)): Input[] {
  const { from = -Infinity, to = Infinity, without = () => false } = part;
  return edit.inputs((record) => {
    const time = log.records[record].around;
    return (time >= from || from === -Infinity) && time < to && !without(record);
  });
}
