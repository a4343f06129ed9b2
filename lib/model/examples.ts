/**
 * Lines to show: for each template the last one seen, redacted when it is asked for.
 *
 * @module
 */
import type { LogBatch } from "../record/log_batch.ts";
import { redact } from "../record/redaction.ts";

/** Bytes of a record that are kept; the rest of a longer one is cut. */
const EXAMPLE_BYTES = 600;

/** Lines kept of one template: the most recent ones. Of a rare template, which is what people ask about, that is all. */
const KEPT = 8;

/** One kept line; decoded and redacted when it is first asked for. */
interface Example {
  /** Its bytes, and room for more: the place of an older line is taken again. */
  room: Uint8Array;
  length: number;
  time: number;
  text: string | null;
  shown: string | null;
}

const DECODER = new TextDecoder();

/** The window that a line is wanted for. */
export interface ExampleWindow {
  kind: "session" | "window";
  /** The session's key; for a time window it doesn't matter. */
  key: string;
  start: number;
  end: number;
}

/**
 * Keeps the first line of each template in every slice, so that when a window is judged its own lines are at hand.
 * Copies raw bytes (rarely: once a template and slice), decodes and redacts only what is shown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LogBatch } from "../record/log_batch.ts";
 * import { Examples } from "./examples.ts";
 *
 * const batch = new LogBatch(), text = new TextEncoder().encode("login with password=hunter2");
 * batch.bytes.set(text);
 * batch.length = 1;
 * batch.recordEnd[0] = text.length;
 * batch.timestamp[0] = 5_000; // ms
 * batch.template[0] = 3;
 *
 * const examples = new Examples();
 * examples.note(batch, 0, 1);
 * const minute = { kind: "window" as const, key: "web@1970-01-01T00:00:00.000Z", start: 0, end: 60_000 };
 * assert.equal(examples.line(3, minute), "login with password=<secret>");
 * assert.equal(examples.line(4, minute), "");
 * ```
 */
export class Examples {
  #byTemplate: (Example[] | undefined)[] = [];
  #seen: Int32Array = new Int32Array(256);
  #slice = 0;
  readonly #redact: (text: string) => string;

  /** @param redactor Takes secrets out of what is shown; default: the built-in patterns. */
  constructor(redactor: (text: string) => string = redact) {
    this.#redact = redactor;
  }

  /** Notes the rows `[from, to)` of a batch whose templates are known. */
  note(batch: LogBatch, from: number, to: number): void {
    const { template } = batch, mark = ++this.#slice;
    let seen = this.#seen;
    for (let row = from; row < to; row++) {
      const index = template[row];
      if (index >= seen.length) seen = this.#grow(index);
      if (seen[index] === mark) continue;
      seen[index] = mark;
      this.#keep(batch, row, index);
    }
  }

  /**
   * A line of the template, redacted and on one line: one of this very window if it was kept, else the latest; empty where
   * none was seen.
   */
  line(template: number, window: ExampleWindow): string {
    const kept = this.#byTemplate[template];
    if (kept === undefined) return "";
    const { kind, key, start, end } = window;
    const best =
      kept.findLast((example) =>
        kind === "session" ? textOf(example).includes(key) : example.time >= start && example.time <= end
      ) ?? kept[kept.length - 1];
    return best.shown ??= this.#redact(textOf(best)).replace(/\s*[\r\n]+\s*/g, " ⏎ ");
  }

  #keep(batch: LogBatch, row: number, index: number): void {
    const start = batch.start[row], end = Math.min(batch.recordEnd[row], start + EXAMPLE_BYTES);
    const kept = this.#byTemplate[index] ??= [], length = end - start, { bytes } = batch;
    const oldest = kept.length === KEPT ? kept.shift()! : null;
    const room = oldest !== null && oldest.room.length >= length
      ? oldest.room
      : new Uint8Array(length + 15 & ~15);
    for (let i = 0; i < length; i++) room[i] = bytes[start + i];
    kept.push({ room, length, time: batch.timestamp[row], text: null, shown: null });
  }

  #grow(index: number): Int32Array {
    const grown = new Int32Array(Math.max(index + 1, this.#seen.length * 2));
    grown.set(this.#seen);
    return this.#seen = grown;
  }
}

function textOf(example: Example): string {
  return example.text ??= DECODER.decode(example.room.subarray(0, example.length));
}
