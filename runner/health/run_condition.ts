/**
 * How runs went and what came of their streams, as it is kept from one to the next.
 *
 * @module
 */
import { savedFields } from "../../lib/mod.ts";
import { readWaiting, saveWaiting, type WaitingServices } from "./waits.ts";

const { amount, arrayOf, fieldsOf, integer, nullOr, number, refuse, text } = savedFields("a condition");

const VERSION = 1;

/** How the last run went. Times are ms since the epoch. */
export interface RunCondition {
  startedAt: number;
  finishedAt: number;
  /** When a run ended last in which nothing failed; `null` = none ever did. */
  succeededAt: number | null;
  /** What failed in the last one: streams (empty = all), messages that were given up. */
  failures: { stream: string; message: string }[];
  /** Runs before it that found another one at work. */
  skipped: number;
}

/** What is known of a stream beside its sources. */
export interface StreamCondition {
  /** When it was last read and judged without a failure; `null` = never. */
  succeededAt: number | null;
  /** Why it could not be, the last time; empty = it could. */
  failure: string;
  /** Latest time among its records; `null` = none is known. */
  reached: number | null;
  /** Windows that are open. */
  open: number;
  /** What judges it; `null` = there is no model yet. */
  model: { version: string; from: number | null; to: number | null } | null;
  /** Why there is none; empty where there is one. */
  noModel: { text: string; missing: number | null; readyAt: number | null } | null;
  /** Detectors that can't judge yet. */
  waiting: WaitingServices;
}

/** How a run went, as plain data. */
export function saveRun(run: RunCondition): unknown {
  return { version: VERSION, ...run };
}

/** A stream's condition as plain data. */
export function saveStream({ waiting, ...condition }: StreamCondition): unknown {
  return { version: VERSION, ...condition, waiting: saveWaiting(waiting) };
}

/**
 * How the last run went, as it was saved.
 *
 * @throws {TypeError} if it is not of this version, or something in it is of the wrong type.
 */
export function readRun(saved: unknown): RunCondition {
  const fields = fieldsOf(saved, "run");
  if (fields.version !== VERSION) refuse("version", `${VERSION}`, fields.version);
  return {
    startedAt: number(fields.startedAt, "startedAt"),
    finishedAt: number(fields.finishedAt, "finishedAt"),
    succeededAt: nullOr(fields.succeededAt, "succeededAt", number),
    failures: arrayOf(fields.failures, "failures", (one, path) => {
      const { stream, message } = fieldsOf(one, path);
      return { stream: text(stream, `${path}.stream`), message: text(message, `${path}.message`) };
    }),
    skipped: integer(fields.skipped, "skipped"),
  };
}

/**
 * A stream's condition as it was saved.
 *
 * @throws {TypeError} if it is not of this version, or something in it is of the wrong type.
 */
export function readStream(saved: unknown): StreamCondition {
  const fields = fieldsOf(saved, "stream");
  if (fields.version !== VERSION) refuse("version", `${VERSION}`, fields.version);
  return {
    succeededAt: nullOr(fields.succeededAt, "succeededAt", number),
    failure: text(fields.failure, "failure"),
    reached: nullOr(fields.reached, "reached", number),
    open: integer(fields.open, "open"),
    model: nullOr(fields.model, "model", (model, path) => {
      const { version, from, to } = fieldsOf(model, path);
      return {
        version: text(version, `${path}.version`),
        from: nullOr(from, `${path}.from`, number),
        to: nullOr(to, `${path}.to`, number),
      };
    }),
    noModel: nullOr(fields.noModel, "noModel", (wait, path) => {
      const own = fieldsOf(wait, path);
      return {
        text: text(own.text, `${path}.text`),
        missing: nullOr(own.missing, `${path}.missing`, amount),
        readyAt: nullOr(own.readyAt, `${path}.readyAt`, number),
      };
    }),
    waiting: readWaiting(fields.waiting),
  };
}
