/**
 * The fields of a layout, ready to read lines.
 *
 * @module
 */
import type { Field, LevelStyle } from "./field.ts";
import { TimePattern } from "./time_pattern.ts";

/** The level at the end of a bracket. */
export const LAST_WORD: { style: LevelStyle; loose: boolean } = { style: "word", loose: false };

/** Kinds of step. */
export const TEXT = 0,
  TIME = 1,
  LEVEL = 2,
  WORD = 3,
  SHAPE = 4,
  REST = 5,
  UNTIL = 6,
  NAME = 7,
  OPTIONAL = 8,
  GAP = 9;
const KINDS = {
  text: TEXT,
  time: TIME,
  level: LEVEL,
  word: WORD,
  shape: SHAPE,
  rest: REST,
  until: UNTIL,
  name: NAME,
};

/**
 * A field with what reading needs made ready.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Step, WORD } from "./step.ts";
 *
 * assert(new Step({ kind: "word", stop: "|" }, false).kind === WORD);
 * ```
 */
export class Step {
  readonly kind: number;
  readonly text: Uint8Array;
  readonly pattern: TimePattern | null;
  readonly level: { style: LevelStyle; loose: boolean };
  readonly optional: readonly Step[];
  /** A second byte that ends a word; a blank where there is none. */
  readonly stop: number;
  /** Whether the field's place is noted as the service's name. */
  readonly service: boolean;
  /** Whether it says the line's time or level. */
  readonly used: boolean;
  /** Whether a bracket's last word is a level. */
  readonly leveled: boolean;

  /** @param gap Whether blanks behind the field are skipped. */
  constructor(field: Field, readonly gap: boolean) {
    const { kind } = field;
    this.kind = kind === "optional" ? OPTIONAL : kind === "gap" ? GAP : KINDS[kind];
    this.text = new TextEncoder().encode(textOf(field));
    this.pattern = kind === "time" ? new TimePattern(field.pattern) : null;
    this.level = kind === "level" ? { style: field.style, loose: field.loose === true } : LAST_WORD;
    this.optional = kind === "optional" ? stepsOf(field.fields) : [];
    this.stop = kind === "word" && field.stop !== undefined ? field.stop.charCodeAt(0) : 32;
    this.service = "service" in field && field.service === true;
    this.used = "used" in field && field.used === true;
    this.leveled = kind === "rest" && field.level === true;
  }
}

function textOf(field: Field): string {
  if (field.kind === "text" || field.kind === "until") return field.text;
  return field.kind === "rest" ? field.close : field.kind === "shape" ? field.shape : "";
}

/**
 * The steps of some fields; a gap becomes part of the step before it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stepsOf } from "./step.ts";
 *
 * const steps = stepsOf([{ kind: "word" }, { kind: "gap" }]);
 * assert(steps.length === 1 && steps[0].gap);
 * ```
 */
export function stepsOf(fields: readonly Field[]): Step[] {
  const steps: Step[] = [];
  fields.forEach((field, i) => {
    const gap = fields[i + 1]?.kind === "gap";
    if (field.kind !== "gap" || i === 0) steps.push(new Step(field, gap || field.kind === "gap"));
  });
  return steps;
}
