/**
 * The parts of a header that was learned: a small program, plain data.
 *
 * @module
 */

/** How a level is written: a word, a letter, a syslog priority's number, `facility.level`. */
export type LevelStyle = "word" | "letter" | "priority" | "facility";

/** One step of reading a header from left to right. */
export type Field =
  /** Any number of blanks and tabs. */
  | { kind: "gap" }
  /** Exactly this text. */
  | { kind: "text"; text: string }
  /** A date, a time or both, see {@linkcode TimePattern}; `used`: it is (a part of) the line's time. */
  | { kind: "time"; pattern: string; used?: boolean }
  /** A level; `loose`: a word that is no level stands for none, and does not make the line headerless. */
  | { kind: "level"; style: LevelStyle; loose?: boolean; used?: boolean }
  /** What stands before the next blank, tab or `stop`. */
  | { kind: "word"; stop?: string; service?: boolean }
  /** A word of exactly this shape: `9` for digits, `a` for letters, anything else itself. */
  | { kind: "shape"; shape: string }
  /** Everything to the bracket that closes the one before, and that bracket; `level`: its last word is one. */
  | { kind: "rest"; close: string; service?: boolean; level?: boolean; used?: boolean }
  /** Everything to this text, and the text. */
  | { kind: "until"; text: string; service?: boolean }
  /** A name, `[…]` and `(…)` behind it, and a colon that a blank follows. */
  | { kind: "name"; service?: boolean }
  /** These fields, or nothing. */
  | { kind: "optional"; fields: Field[] };

/** The kinds of field and the properties that each needs. */
const TEXTS: Record<Field["kind"], readonly string[]> = {
  gap: [],
  text: ["text"],
  time: ["pattern"],
  level: ["style"],
  word: [],
  shape: ["shape"],
  rest: ["close"],
  until: ["text"],
  name: [],
  optional: [],
};

/**
 * Whether a value that was saved is a list of fields.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { areFields } from "./field.ts";
 *
 * assert(areFields([{ kind: "text", text: "[" }, { kind: "rest", close: "]" }]));
 * assert(!areFields([{ kind: "text" }]) && !areFields("gap"));
 * ```
 */
export function areFields(value: unknown): value is Field[] {
  return Array.isArray(value) && value.every((field) => {
    if (typeof field !== "object" || field === null || !Object.hasOwn(TEXTS, field.kind)) return false;
    if (field.kind === "optional") return areFields(field.fields);
    return TEXTS[field.kind as Field["kind"]].every((name) =>
      typeof field[name] === "string" && field[name].length > 0
    );
  });
}
