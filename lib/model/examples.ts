/**
 * Lines to show: for each template the last one seen, redacted when it is asked for.
 *
 * @module
 */
import type { LogBatch } from "../record/log_batch.ts";
import { lineStart, readable } from "../record/prefix.ts";
import { redact } from "../record/redaction.ts";
import { BEYOND, redactedStart } from "./redacted_start.ts";

/** Bytes of a record that are shown; the rest of a longer one is cut. */
const EXAMPLE_BYTES = 600;

/** Lines kept of one template: the most recent ones. Of a rare template, which is what people ask about, that is all. */
const KEPT = 8;

/** One kept line; decoded and redacted when it is first asked for. */
interface Example {
  /** Its bytes, and room for more: the place of an older line is taken again. */
  room: Uint8Array;
  length: number;
  time: number;
  /** Number of its service. */
  service: number;
  text: string | null;
  shown: string | null;
}

const DECODER = new TextDecoder();

/** The window that a line is wanted for. */
export interface ExampleWindow {
  kind: "session" | "window";
  /** The session's key; for a time window it doesn't matter. */
  key: string;
  /** Number of the time window's service; for a session it doesn't matter. */
  service: number;
  start: number;
  end: number;
}

/** A line to show a template by. */
export interface ShownLine {
  /** Redacted, on one line; empty where none was seen. */
  text: string;
  /** Whether it is one of the very window that it was wanted for. */
  isOwn: boolean;
}

/**
 * Keeps the first lines of each template, and later the first one in every slice, so that when a window is judged its own lines
 * are at hand. Copies raw bytes (rarely: once a template and slice), decodes and redacts only what is shown.
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
 * const minute = { kind: "window" as const, key: "", service: 0, start: 0, end: 60_000 };
 * assert.deepEqual(examples.line(3, minute), { text: "login with password=<secret>", isOwn: true });
 * const next = { ...minute, start: 60_000, end: 120_000 };
 * assert.deepEqual(examples.line(3, next), { text: "login with password=<secret>", isOwn: false });
 * assert.equal(examples.line(4, minute).text, "");
 * assert.equal(examples.latest(3), "login with password=<secret>");
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
      if (this.#keep(batch, row, index) === KEPT) seen[index] = mark; // of a rare template every line is kept
    }
  }

  /** A line of the template: the first kept one of this very window, else the latest of its service, else of all. */
  line(template: number, window: ExampleWindow): ShownLine {
    const kept = this.#byTemplate[template];
    if (kept === undefined) return { text: "", isOwn: false };
    const own = kept.find((example) => isOf(example, window));
    const best = own ?? kept.findLast(({ service }) => service === window.service) ?? kept[kept.length - 1];
    return { text: this.#show(best), isOwn: own !== undefined };
  }

  /** The latest line of the template, redacted; empty where none was seen. */
  latest(template: number): string {
    const latest = this.#byTemplate[template]?.at(-1);
    return latest === undefined ? "" : this.#show(latest);
  }

  #show(example: Example): string {
    return example.shown ??= this.#shownOf(example).replace(/\s*[\r\n]+\s*/g, " ⏎ ");
  }

  #shownOf(example: Example): string {
    const goesOn = example.length === EXAMPLE_BYTES + BEYOND;
    return redactedStart(textOf(example), { limit: EXAMPLE_BYTES, goesOn, redact: this.#redact });
  }

  /** Keeps a line; gives back how many of its template are kept. */
  #keep(batch: LogBatch, row: number, index: number): number {
    const start = lineStart(batch, row),
      end = Math.min(batch.recordEnd[row], start + EXAMPLE_BYTES + BEYOND);
    const kept = this.#byTemplate[index] ??= [], length = end - start, { bytes } = batch;
    const oldest = kept.length === KEPT ? kept.shift()! : null;
    const room = oldest !== null && oldest.room.length >= length
      ? oldest.room
      : new Uint8Array(length + 15 & ~15);
    for (let i = 0; i < length; i++) room[i] = bytes[start + i];
    const place = { time: batch.timestamp[row], service: batch.service[row] };
    return kept.push({ room, length, ...place, text: null, shown: null });
  }

  #grow(index: number): Int32Array {
    const grown = new Int32Array(Math.max(index + 1, this.#seen.length * 2));
    grown.set(this.#seen);
    return this.#seen = grown;
  }
}

function textOf(example: Example): string {
  return example.text ??= readable(DECODER.decode(example.room.subarray(0, example.length)));
}

/** Whether a line is one of a window: a session's names its key and lies within its time. */
function isOf(example: Example, { kind, key, service, start, end }: ExampleWindow): boolean {
  const { time } = example;
  if (kind === "window") return example.service === service && time >= start && time < end;
  return !(time < start || time > end) && namesKey(textOf(example), key); // without times the key alone tells
}

/**
 * Whether a text has a key that isn't part of a longer number or word: `7` is none of `order=77`, but of `order7`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { namesKey } from "./examples.ts";
 *
 * assert(namesKey("order=7 paid", "7") && !namesKey("order=77 paid", "7"));
 * ```
 */
export function namesKey(text: string, key: string): boolean {
  for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
    const end = at + key.length;
    if (!goesOn(text.slice(at - 1, at + 1)) && !goesOn(text.slice(end - 1, end + 1))) return true;
  }
  return false;
}

function goesOn(pair: string): boolean {
  return /^(?:\p{N}{2}|\p{L}{2})$/u.test(pair);
}
