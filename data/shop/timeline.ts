/**
 * One log file while it is being made: records come in any order and leave in the order of time.
 *
 * @module
 */
import { SECOND, type Span } from "./calendar.ts";

/** What one file of the shop says at one moment; `text` may have several lines and ends without a newline. */
export interface ShopRecord {
  file: string;
  time: number;
  text: string;
  /** Position in the plan of what planted or changed it; -1 for the shop's usual life. */
  planted: number;
}

/** Records of one file that have not been written yet. */
export class Timeline {
  readonly file: string;
  #wholeSeconds: boolean;
  #waiting: ShopRecord[] = [];
  #muted: (Span & { planted: number })[] = [];
  #missing: (planted: number) => void;

  /** `wholeSeconds` for logs that write no milliseconds; `missing` hears of each line that a silence swallowed. */
  constructor(file: string, wholeSeconds: boolean, missing: (planted: number) => void) {
    this.file = file;
    this.#wholeSeconds = wholeSeconds;
    this.#missing = missing;
  }

  /** From now on nothing is written within the span. */
  mute(span: Span, planted: number): void {
    this.#muted.push({ ...span, planted });
  }

  /** The time as this file can write it. */
  precise(time: number): number {
    return this.#wholeSeconds ? Math.floor(time / SECOND) * SECOND : Math.floor(time);
  }

  /** `time` as {@linkcode Timeline.precise} gives it. */
  add(time: number, text: string, planted = -1): void {
    for (const span of this.#muted) {
      if (time >= span.from && time < span.to) return this.#missing(span.planted);
    }
    this.#waiting.push({ file: this.file, time, text, planted });
  }

  /** Takes out what happened before `until`, in the order of time, then of arrival. */
  drain(until: number): ShopRecord[] {
    const due = this.#waiting.filter((record) => record.time < until);
    if (due.length > 0) this.#waiting = this.#waiting.filter((record) => record.time >= until);
    return due.sort((a, b) => a.time - b.time);
  }
}
