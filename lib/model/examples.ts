/**
 * Lines to show: for each template the last one seen, redacted when it is asked for.
 *
 * @module
 */
import type { LogBatch } from "../record/log_batch.ts";
import { redact } from "../record/redaction.ts";

/** Bytes of a record that are kept; the rest of a longer one is cut. */
const EXAMPLE_BYTES = 600;

/** One kept line. */
interface Example {
  bytes: Uint8Array;
  time: number;
}

/**
 * Keeps the first line of each template in every slice, so that when a window closes its own lines are at hand.
 * Copies raw bytes (rarely: once a template and slice), decodes and redacts only what is shown.
 */
export class Examples {
  #byTemplate: (Example | undefined)[] = [];
  #seen = new Int32Array(256);
  #slice = 0;

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

  /** A line of the template, redacted and on one line; empty where none was seen. */
  line(template: number): string {
    const example = this.#byTemplate[template];
    return example ? redact(new TextDecoder().decode(example.bytes)).replace(/\s*[\r\n]+\s*/g, " ⏎ ") : "";
  }

  /** When the line that {@linkcode line} shows was written, ms; NaN where that isn't known. */
  time(template: number): number {
    return this.#byTemplate[template]?.time ?? NaN;
  }

  #keep(batch: LogBatch, row: number, index: number): void {
    const start = batch.start[row], end = Math.min(batch.recordEnd[row], start + EXAMPLE_BYTES);
    this.#byTemplate[index] = { bytes: batch.bytes.slice(start, end), time: batch.timestamp[row] };
  }

  #grow(index: number): Int32Array {
    const grown = new Int32Array(Math.max(index + 1, this.#seen.length * 2));
    grown.set(this.#seen);
    return this.#seen = grown;
  }
}
