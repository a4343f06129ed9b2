/**
 * One layout of a learned header, ready to read lines.
 *
 * @module
 */
import type { Field } from "./field.ts";
import { levelFieldAt } from "./level_field.ts";
import {
  behindBlanks,
  closing,
  colonBehindName,
  find,
  isBlank,
  lastWord,
  nameEnd,
  shapeAt,
  textAt,
} from "./scan.ts";
import { TimeParts, TimePattern } from "./time_pattern.ts";

/** The level at the end of a bracket. */
const LAST_WORD = { style: "word" } as const;

/** A field with what reading needs made ready. */
interface Step {
  field: Field;
  text: Uint8Array;
  pattern: TimePattern | null;
  optional: Step[];
  /** A second byte that ends a word, -1 = none. */
  stop: number;
  /** Whether the field's place is noted as the service's name. */
  service: boolean;
  /** Whether it says the line's time or level. */
  used: boolean;
}

function stepOf(field: Field): Step {
  const text = field.kind === "text" || field.kind === "until"
    ? field.text
    : field.kind === "rest"
    ? field.close
    : field.kind === "shape"
    ? field.shape
    : "";
  return {
    field,
    text: new TextEncoder().encode(text),
    pattern: field.kind === "time" ? new TimePattern(field.pattern) : null,
    optional: field.kind === "optional" ? field.fields.map(stepOf) : [],
    stop: field.kind === "word" && field.stop !== undefined ? field.stop.charCodeAt(0) : -1,
    service: "service" in field && field.service === true,
    used: "used" in field && field.used === true,
  };
}

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
  /** What its dates and times said. */
  readonly parts = new TimeParts();
  /** Whether the layout has a time. */
  readonly timed: boolean;
  readonly #unused = new TimeParts();
  readonly #steps: Step[];

  constructor(readonly fields: readonly Field[]) {
    this.#steps = fields.map(stepOf);
    this.timed = fields.some((field) => field.kind === "time" && field.used === true);
  }

  /** The offset behind the header of the line `bytes[p, end)`, -1 where it has another. */
  read(bytes: Uint8Array, p: number, end: number): number {
    this.severity = 0;
    this.serviceStart = -1;
    this.parts.reset();
    return this.#run(this.#steps, bytes, p, end);
  }

  #run(steps: readonly Step[], bytes: Uint8Array, p: number, end: number): number {
    for (let i = 0; i < steps.length && p >= 0; i++) {
      const step = steps[i], { field } = step;
      switch (field.kind) {
        case "gap":
          p = behindBlanks(bytes, p, end);
          break;
        case "text":
          p = textAt(bytes, p, end, step.text);
          break;
        case "time":
          p = step.pattern!.match(bytes, p, end, step.used ? this.parts : this.#unused);
          break;
        case "level":
          p = this.#level(step, bytes, p, end);
          break;
        case "word":
          p = this.#word(step, bytes, p, end);
          break;
        case "shape":
          p = shapeAt(bytes, p, end, step.text);
          break;
        case "rest":
          p = this.#rest(step, bytes, p, end);
          break;
        case "until":
          p = this.#until(step, bytes, p, end);
          break;
        case "name":
          p = this.#name(step, bytes, p, end);
          break;
        case "optional": {
          const behind = this.#run(step.optional, bytes, p, end);
          if (behind >= 0) p = behind;
        }
      }
    }
    return p;
  }

  #level(step: Step, bytes: Uint8Array, p: number, end: number): number {
    const level = levelFieldAt(bytes, p, end, step.field as Field & { kind: "level" });
    if (level === 0) return -1;
    if (step.used) this.severity = level & 255;
    return p + (level >> 8);
  }

  #word(step: Step, bytes: Uint8Array, p: number, end: number): number {
    const first = p, { stop } = step;
    while (p < end && bytes[p] !== 32 && bytes[p] !== 9 && bytes[p] !== stop) p++;
    if (p === first) return -1;
    if (step.service) this.#serve(bytes, first, p);
    return p;
  }

  #rest(step: Step, bytes: Uint8Array, p: number, end: number): number {
    const close = closing(bytes, p, end, step.text[0]);
    if (close < 0) return -1;
    if (step.service) this.#serve(bytes, p, close);
    const { level } = step.field as Field & { kind: "rest" };
    if (level === true) {
      const found = levelFieldAt(bytes, lastWord(bytes, p, close), close, LAST_WORD);
      if (found === 0) return -1;
      if (step.used) this.severity = found & 255;
    }
    return close + 1;
  }

  #until(step: Step, bytes: Uint8Array, p: number, end: number): number {
    const found = find(bytes, p, end, step.text);
    if (found < 0) return -1;
    if (step.service) this.#serve(bytes, p, found);
    return found + step.text.length;
  }

  #name(step: Step, bytes: Uint8Array, p: number, end: number): number {
    const colon = colonBehindName(bytes, p, end);
    if (colon < 0) return -1;
    if (step.service) this.#serve(bytes, p, nameEnd(bytes, p, colon));
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
