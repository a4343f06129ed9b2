/**
 * A record that may be told: copied out of its batch, made readable when it is.
 *
 * @module
 */
import type { LogBatch } from "../../record/log_batch.ts";
import { BEYOND, redactedStart } from "../redacted_start.ts";

/** Bytes, characters and lines of a record that are shown. */
const SHOWN = { bytes: 600, characters: 300, lines: 2 };
/** Bytes of it that are kept. */
const KEPT_BYTES = SHOWN.bytes + BEYOND;

const DECODER = new TextDecoder();

/** One record; its room is used again for the next that takes its place. */
export class KeptRecord {
  /** ms since the epoch. */
  time = NaN;
  /** OpenTelemetry `SeverityNumber`; 0 = none. */
  severity = 0;
  /** Number of its service. */
  service = -1;
  /** Its template index; -1 = not matched. */
  template = -1;
  /** Number of its log, and where it lies in it: tells records apart. */
  source = 0;
  offset = 0;
  #room: Uint8Array = new Uint8Array(0);
  #length = 0;

  /** Takes row `row` of a batch in place of what was kept; gives itself back. */
  take(batch: LogBatch, row: number, source: number): this {
    const start = batch.contentStart[row], end = Math.min(batch.recordEnd[row], start + KEPT_BYTES);
    const length = end - start;
    if (this.#room.length < length) this.#room = new Uint8Array(length + 63 & ~63);
    this.#room.set(batch.bytes.subarray(start, end));
    this.#length = length;
    this.time = batch.timestamp[row];
    this.severity = batch.severity[row];
    this.service = batch.service[row];
    this.template = batch.template[row];
    this.source = source;
    this.offset = batch.base + batch.start[row];
    return this;
  }

  /** The same record in a room of its own. */
  copy(): KeptRecord {
    const copy = new KeptRecord();
    copy.#room = this.#room.slice(0, this.#length);
    copy.#length = this.#length;
    const { time, severity, service, template, source, offset } = this;
    return Object.assign(copy, { time, severity, service, template, source, offset });
  }

  /** Which record it is, among all of its stream. */
  get place(): string {
    return `${this.source}:${this.offset}`;
  }

  /**
   * Its message and the line behind it, where it has more: redacted, on one line.
   *
   * @param redact Takes secrets out; it sees more of the text than is shown.
   */
  text(redact: (text: string) => string): string {
    const kept = DECODER.decode(this.#room.subarray(0, this.#length)), goesOn = this.#length === KEPT_BYTES;
    const start = redactedStart(kept, { limit: SHOWN.bytes, goesOn, redact });
    const lines = start.trim().split(/\s*[\r\n]+\s*/).slice(0, SHOWN.lines).join(" ⏎ ");
    const characters = [...lines];
    return characters.length > SHOWN.characters
      ? `${characters.slice(0, SHOWN.characters - 1).join("")}…`
      : lines;
  }
}
