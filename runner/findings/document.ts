/**
 * What all documents about findings have in common: fields of the Elastic Common Schema.
 *
 * @module
 */
import { digest } from "../alert/digest.ts";
import { plainLine } from "../alert/plain_text.ts";
import type { Severity } from "../alert/severity.ts";

/** Kinds of documents, each with indices of its own. */
export const KINDS = ["alerts", "incidents", "verdicts", "templates", "models", "health"] as const;

/** One of {@linkcode KINDS}. */
export type FindingKind = typeof KINDS[number];

/** A document. */
export type FindingDocument = Record<string, unknown>;

/** Version of the Elastic Common Schema that fields are named by. */
const ECS = "8.17.0";
/** Characters of a name that is searched for. */
const NAME = 1024;

/** Times of an event, ms since the epoch; `null` or NaN where there are none. */
export interface Lasting {
  start: number | null;
  end: number | null;
}

/**
 * Fields that every document has.
 *
 * @param kind What kind of document it is.
 * @param time `@timestamp`, ms since the epoch.
 * @param name What this DeepScan is called.
 */
export function common(kind: FindingKind, time: number, name: string) {
  return {
    "@timestamp": timeText(time),
    ecs: { version: ECS },
    observer: { name, type: "log-analysis", product: "DeepScan" },
    event: { module: "deepscan", dataset: `deepscan.${kind}` },
  };
}

/** A time as Elasticsearch reads it; absent for none. */
export function timeText(time: number | null): string | undefined {
  return time === null || !Number.isFinite(time) ? undefined : new Date(time).toISOString();
}

/** `start`, `end` and `duration` (ns) of `event`. */
export function lasting({ start, end }: Lasting) {
  const isKnown = start !== null && end !== null && Number.isFinite(start) && Number.isFinite(end);
  return {
    start: timeText(start),
    end: timeText(end),
    duration: isKnown ? Math.round((end - start) * 1e6) : undefined,
  };
}

/** A name that is searched for: as it is, but no longer than is searched. */
export function nameText(name: string): string {
  return name.slice(0, NAME).toWellFormed();
}

/** Text for people, on one line. */
export function shownText(text: string, limit: number): string | undefined {
  return text === "" ? undefined : plainLine(text, limit);
}

/** What Elasticsearch's own alerts have for the words. */
const SEVERITY_NUMBERS: Record<Severity, number> = { low: 21, medium: 47, high: 73, critical: 99 };

/** `event.severity` of an alert: 21, 47, 73 or 99, as Elastic Security counts. */
export function severityNumber(severity: Severity): number {
  return SEVERITY_NUMBERS[severity];
}

/**
 * The `_id` of a document: equal parts give an equal one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { documentId } from "./document.ts";
 *
 * assert.equal(documentId("deepscan", "alerts", "a1"), documentId("deepscan", "alerts", "a1"));
 * ```
 */
export function documentId(name: string, kind: string, id: string): string {
  return digest(JSON.stringify([name, kind, id]));
}

/** The month of a time, as names of indices have it; `undated` for none. */
export function monthOf(time: number | null): string {
  return timeText(time)?.slice(0, 7).replace("-", ".") ?? "undated";
}
