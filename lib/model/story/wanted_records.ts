/**
 * The records that verdicts speak of: of each reason the first one.
 *
 * @module
 */
import { reasonKey } from "../../explain/explain.ts";
import type { Reason, Verdict } from "../../explain/reason.ts";
import type { LogBatch } from "../../record/log_batch.ts";
import { sessionKey } from "../../window/session_identity.ts";
import { namesKey } from "../examples.ts";
import { KeptRecord } from "./kept_record.ts";

/** Windows and reasons that are looked at, the weightiest. */
const MOST_WINDOWS = 200, MOST_REASONS = 50;

/** A window that has the reason. */
interface WantedWindow extends Pick<Verdict, "kind" | "service" | "start" | "end"> {
  /** What a session's records name. */
  session: string;
}

/** A reason, and its first record once that was met. */
export interface WantedRecord {
  /** Part of what made all windows anomalous, 0–1. */
  weight: number;
  record: KeptRecord | null;
}

interface Wanted extends WantedRecord {
  /** Template id; empty where the reason is about a source. */
  template: string;
  /** What the record holds, where the reason is about a source; else empty. */
  source: string;
  windows: WantedWindow[];
}

/**
 * Finds the first record of each reason among the rows of a stream.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../../record/log_batch.ts";
 * import { WantedRecords } from "./wanted_records.ts";
 *
 * const reason = { detector: "d", kind: "template" as const, id: "T7", title: "", share: 1, actual: 1, expected: 0, firstSeen: null,
 *   example: "" };
 * const verdict = { stream: "shop", key: "db@a", kind: "window" as const, service: "db", start: 0, end: 60_000, lines: 9, score: 4,
 *   threshold: 1, anomalous: true, reasons: [reason] };
 * const wanted = new WantedRecords([verdict]), batch = new LogBatch();
 * batch.timestamp[0] = 5_000;
 * batch.service[0] = batch.services.internText("db");
 * wanted.see(batch, 0, { source: 0, template: "T7" });
 * assert.deepEqual(wanted.found().map(({ record, weight }) => [record?.time, weight]), [[5_000, 1]]);
 * ```
 */
export class WantedRecords {
  readonly #byTemplate = new Map<string, Wanted[]>();
  #sources: Wanted[];
  readonly #all: Wanted[];

  /** @param verdicts Of one stream, in any order. */
  constructor(verdicts: readonly Verdict[]) {
    this.#all = wantedOf(verdicts);
    this.#sources = this.#all.filter(({ source }) => source !== "");
    for (const wanted of this.#all) {
      if (wanted.template === "") continue;
      const own = this.#byTemplate.get(wanted.template);
      if (own === undefined) this.#byTemplate.set(wanted.template, [wanted]);
      else own.push(wanted);
    }
  }

  /** Looks at a row in order of time. */
  see(batch: LogBatch, row: number, { source, template }: { source: number; template: string }): void {
    for (const wanted of this.#byTemplate.get(template) ?? []) {
      if (wanted.record === null && isOf(wanted, batch, row)) {
        wanted.record = new KeptRecord().take(batch, row, source);
      }
    }
    if (this.#sources.length === 0) return;
    let met = false;
    for (const wanted of this.#sources) {
      if (!isOf(wanted, batch, row) || !namesKey(textOf(batch, row), wanted.source)) continue;
      wanted.record = new KeptRecord().take(batch, row, source);
      met = true;
    }
    if (met) this.#sources = this.#sources.filter(({ record }) => record === null);
  }

  /** Reasons whose record was met, weightiest first. */
  found(): WantedRecord[] {
    return this.#all.filter(({ record }) => record !== null).sort((a, b) => b.weight - a.weight);
  }
}

function wantedOf(verdicts: readonly Verdict[]): Wanted[] {
  const ratio = ({ score, threshold }: Verdict) => score / threshold;
  const windows = verdicts.filter(({ anomalous }) => anomalous).sort((a, b) => ratio(b) - ratio(a))
    .slice(0, MOST_WINDOWS);
  const wanted = new Map<string, Wanted>(), sum = windows.length;
  for (const verdict of windows) {
    for (const reason of verdict.reasons) {
      const about = aboutOf(reason);
      if (about === null) continue;
      const key = reasonKey(reason), known = wanted.get(key), window = windowOf(verdict);
      if (known === undefined) {
        wanted.set(key, { ...about, weight: reason.share / sum, record: null, windows: [window] });
      } else {
        known.weight += reason.share / sum;
        known.windows.push(window);
      }
    }
  }
  return [...wanted.values()].sort((a, b) => b.weight - a.weight).slice(0, MOST_REASONS);
}

/** What a reason's records are told by; `null` where it is about no records of its own. */
function aboutOf({ kind, id, title }: Reason): { template: string; source: string } | null {
  if (kind === "source") return /^\S{3,}$/.test(title) ? { template: "", source: title } : null;
  if (kind === "total" || kind === "other" || kind === "level" || kind === "input") return null;
  const [template] = id.split(" ", 1);
  return { template, source: "" };
}

function windowOf({ kind, service, start, end, key }: Verdict): WantedWindow {
  return { kind, service, start, end, session: kind === "session" ? sessionKey(key, start) : "" };
}

function isOf({ windows }: Wanted, batch: LogBatch, row: number): boolean {
  const time = batch.timestamp[row];
  return windows.some(({ kind, service, start, end, session }) => {
    if (time < start || time > end) return false;
    if (kind === "session") return namesKey(textOf(batch, row), session);
    return time < end && batch.services.text(batch.service[row]) === service;
  });
}

function textOf(batch: LogBatch, row: number): string {
  return batch.text(batch.start[row], batch.recordEnd[row]);
}
