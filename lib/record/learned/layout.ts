/**
 * One layout of a learned header, ready to read lines.
 *
 * @module
 */
import type { Field } from "./field.ts";
import { behindBlanks } from "../header_bytes.ts";
import { levelAt } from "../severity.ts";
import { levelFieldAt } from "./level_field.ts";
import { closing, colonBehindName, find, isBlank, lastWord, nameEnd, shapeAt, textAt } from "./scan.ts";
import { TimeParts } from "./time_parts.ts";
import {
  LAST_WORD,
  LEVEL,
  NAME,
  OPTIONAL,
  REST,
  SHAPE,
  type Step,
  stepsOf,
  TEXT,
  TIME,
  UNTIL,
  WORD,
} from "./step.ts";

/**
 * Reads the header of one line after another by a list of fields; what the last one said stays in the properties.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Layout } from "./layout.ts";
 *
 * const layout = new Layout([
 *   { kind: "text", text: "[" },
 *   { kind: "level", style: "word", used: true },
 *   { kind: "text", text: "]" },
 *   { kind: "gap" },
 *   { kind: "name", service: true },
 * ]);
 * const bytes = new TextEncoder().encode("[warn] cron[42]: late");
 * assert(layout.read(bytes, 0, bytes.length) === 16);
 * assert(layout.severity === 13 && layout.serviceStart === 7 && layout.serviceEnd === 11);
 * ```
 */
export class Layout {
  /** SeverityNumber of the line read last, 0 = none. */
  severity = 0;
  /** Where its service's name stands; the start is -1 where it has none. */
  serviceStart = -1;
  serviceEnd = -1;
  /** Whether the place of the service's name is wanted. */
  named = true;
  /** What its dates and times said. */
  readonly parts = new TimeParts();
  /** Whether the layout has a time. */
  readonly timed: boolean;
  readonly #unused = new TimeParts();
  readonly #steps: Step[];

  constructor(readonly fields: readonly Field[]) {
    this.#steps = stepsOf(fields);
    this.timed = fields.some((field) => field.kind === "time" && field.used === true);
  }

  /** The offset behind the header of the line `bytes[p, end)`, -1 where it has another. */
  read(bytes: Uint8Array, p: number, end: number): number {
    this.severity = 0;
    this.serviceStart = -1;
    if (this.timed) this.parts.reset();
    return this.#run(this.#steps, bytes, p, end);
  }

  #run(steps: readonly Step[], bytes: Uint8Array, p: number, end: number): number {
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i];
      p = this.#step(step, bytes, p, end);
      if (p < 0) return -1;
      if (step.gap) { while (p < end && (bytes[p] === 32 || bytes[p] === 9)) p++; }
    }
    return p;
  }

  #step(step: Step, bytes: Uint8Array, p: number, end: number): number {
    switch (step.kind) {
      case TEXT:
        if (step.text.length > 1) return textAt(bytes, p, end, step.text);
        return p < end && bytes[p] === step.text[0] ? p + 1 : -1;
      case TIME:
        return step.pattern!.match(bytes, p, end, step.used ? this.parts : this.#unused);
      case LEVEL:
        return this.#level(step, bytes, p, end);
      case WORD:
        return this.#word(step, bytes, p, end);
      case SHAPE:
        return shapeAt(bytes, p, end, step.text);
      case REST:
        return this.#rest(step, bytes, p, end);
      case UNTIL:
        return this.#until(step, bytes, p, end);
      case NAME:
        return this.#name(step, bytes, p, end);
      case OPTIONAL: {
        const behind = this.#run(step.optional, bytes, p, end);
        return behind < 0 ? p : behind;
      }
    }
    return p;
  }

  #level(step: Step, bytes: Uint8Array, p: number, end: number): number {
    const known = step.level.style === "word" ? levelAt(bytes, p, end) : 0; // nine in ten
    const level = known !== 0 ? known : levelFieldAt(bytes, p, end, step.level);
    if (level === 0) return -1;
    if (step.used) this.severity = level & 255;
    return p + (level >> 8);
  }

  #word(step: Step, bytes: Uint8Array, p: number, end: number): number {
    const first = p, { stop } = step;
    while (p < end && bytes[p] !== 32 && bytes[p] !== 9 && bytes[p] !== stop) p++;
    if (p === first) return -1;
    if (step.service && this.named) this.#serve(bytes, first, p);
    return p;
  }

  #rest(step: Step, bytes: Uint8Array, p: number, end: number): number {
    const close = closing(bytes, p, end, step.text[0]);
    if (close < 0) return -1;
    if (step.service && this.named) this.#serve(bytes, p, close);
    if (step.leveled) {
      const found = levelFieldAt(bytes, lastWord(bytes, p, close), close, LAST_WORD);
      if (found === 0) return -1;
      if (step.used) this.severity = found & 255;
    }
    return close + 1;
  }

  #until(step: Step, bytes: Uint8Array, p: number, end: number): number {
    const found = find(bytes, p, end, step.text);
    if (found < 0) return -1;
    if (step.service && this.named) this.#serve(bytes, p, found);
    return found + step.text.length;
  }

  #name(step: Step, bytes: Uint8Array, p: number, end: number): number {
    const colon = colonBehindName(bytes, p, end);
    if (colon < 0) return -1;
    if (step.service && this.named) this.#serve(bytes, p, nameEnd(bytes, p, colon));
    return colon + 1;
  }

  /** Notes where the service's name stands, without blanks around it; an empty one is none. */
  #serve(bytes: Uint8Array, start: number, end: number): void {
    start = behindBlanks(bytes, start, end);
    while (end > start && isBlank(bytes[end - 1])) end--;
    this.serviceStart = end > start ? start : -1;
    this.serviceEnd = end;
  }
}
