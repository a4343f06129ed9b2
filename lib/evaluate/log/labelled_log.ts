/**
 * What labels say of the records and sessions of a log.
 *
 * @module
 */
import type { KeyLabel, Labels, SpanLabel } from "../labels.ts";
import { overlaps } from "../matched_labels.ts";
import { type RecordedSession, sessionsOf } from "./divided_log.ts";
import type { RecordedLog } from "./recorded_log.ts";

/**
 * The sessions of a log, anomalous where their key is labelled so or they overlap an anomalous span.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { labelledSessions } from "./labelled_log.ts";
 * import { memoryInput } from "./memory_input.ts";
 * import { recordLog } from "./recorded_log.ts";
 *
 * const log = await recordLog([memoryInput(new TextEncoder().encode("t=a x\nt=b y\n"), { name: "t.log" })], {
 *   ...{ format: "content", service: "field", session: { pattern: "t=(\\S+)" }, window: 60_000, utcOffset: 0 },
 * });
 * const labels = { by: "key", labels: [{ key: "b", anomalous: true, kind: "" }] } as const;
 * assert.deepEqual(labelledSessions(log, labels).map(({ anomalous }) => anomalous), [false, true]);
 * ```
 */
export function labelledSessions(log: RecordedLog, labels: Labels): RecordedSession[] {
  if (labels.by === "key") {
    const truth = new Map(labels.labels.map(({ key, anomalous }) => [key, anomalous]));
    return sessionsOf(log, (key) => truth.get(key) ?? false);
  }
  const spans = labels.labels.filter(({ anomalous }) => anomalous);
  return sessionsOf(log).map((session) => ({
    ...session,
    anomalous: spans.some((span) =>
      overlaps({ ...session, service: null, start: session.first, end: session.last, score: 0 }, span)
    ),
  }));
}

/**
 * Says of a record whether its time window is labelled anomalous.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { anomalousRecords } from "./labelled_log.ts";
 * import { memoryInput } from "./memory_input.ts";
 * import { recordLog } from "./recorded_log.ts";
 *
 * const bytes = new TextEncoder().encode("1970-01-01T00:00:01Z INFO up\n1970-01-01T00:01:01Z INFO up\n");
 * const log = await recordLog([memoryInput(bytes, { name: "app.log" })], {
 *   ...{ format: "auto", service: "field", session: null, window: 60_000, utcOffset: 0 },
 * });
 * const label = { start: 0, end: 60_000, service: "*", anomalous: true, kind: "" };
 * const isAnomalous = anomalousRecords(log, { by: "span", labels: [label] });
 * assert.deepEqual([isAnomalous(0), isAnomalous(1)], [true, false]);
 * ```
 */
export function anomalousRecords(log: RecordedLog, labels: Labels): (record: number) => boolean {
  const { records, services, settings: { window: size } } = log, known = new Map<string, boolean>();
  const keys = labels.by === "key" ? new Set(anomalousOf(labels.labels).map(({ key }) => key)) : null;
  const spans = labels.by === "span" ? anomalousOf(labels.labels) : [];
  return (record) => {
    const { around, service } = records[record];
    if (around === -Infinity) return false;
    const start = Math.floor(around / size) * size, name = services.text(service);
    const key = `${name}@${new Date(start).toISOString()}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const window = { key, service: name, start, end: start + size, score: 0, anomalous: false };
    const anomalous = keys === null ? spans.some((span) => overlaps(window, span)) : keys.has(key);
    known.set(key, anomalous);
    return anomalous;
  };
}

/**
 * The labels of what is tested.
 *
 * @param isTested Whether a key belongs to the tested part.
 * @param from ms; a span that ends later belongs to it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { labelsOfPart } from "./labelled_log.ts";
 *
 * const labels = ["a", "b"].map((key) => ({ key, anomalous: true, kind: "" }));
 * assert.equal(labelsOfPart({ by: "key", labels }, (key) => key === "b", 0).labels.length, 1);
 * ```
 */
export function labelsOfPart(labels: Labels, isTested: (key: string) => boolean, from: number): Labels {
  return labels.by === "key"
    ? { by: "key", labels: labels.labels.filter(({ key }) => isTested(key)) }
    : { by: "span", labels: labels.labels.filter(({ end }) => end > from) };
}

function anomalousOf<Label extends KeyLabel | SpanLabel>(labels: readonly Label[]): Label[] {
  return labels.filter(({ anomalous }) => anomalous);
}
