/**
 * Words of a header that no mark sets off: numbers, ids, names, padded columns.
 *
 * @module
 */
import { behindBlanks } from "../header_bytes.ts";
import type { Field } from "./field.ts";
import { GAP } from "./certain_steps.ts";
import { type Certainty, type Growth, USUAL } from "./growth.ts";
import { isBlank } from "./scan.ts";

/** A number with a mark before it (`*5`) that stands in this share of lines at least is optional. */
const OPTIONAL = 0.75;
/** `* # @` */
const MARKS = new Set([42, 35, 64]);
const NUMBER = /^[-+]?\d+(?:[.,:/]\d+)*[a-zA-Z%]{0,2}[\],:;.)]?$/;
const WITH_DIGIT = /\d/;
/** A name as programs have them: inner capitals, dots, underscores, slashes, `$`, `::`. */
const PROGRAM_NAME =
  /^[A-Za-z_/.$%<][\w.$/:@<>%-]*(?:[a-z][A-Z]|[._$/]\w|::|\w-[A-Z])[\w.$/:@<>%-]*[\],:;)]?$/;
const CAPITALS = /^[A-Z][A-Z_-]+[,:;]?$/;

/** What the words at the cursors have in common; `null`: nothing that tells a header from a message. */
function kindOf(
  words: readonly string[],
  next: readonly string[],
): { what: string; certainty: Certainty } | null {
  const share = (test: (word: string, i: number) => boolean) => words.filter(test).length / words.length;
  const usual = (regex: RegExp) => share((word) => regex.test(word)) >= USUAL;
  if (share((word) => !/\w/.test(word)) >= USUAL) return { what: "mark", certainty: "strong" };
  if (usual(NUMBER)) return { what: "number", certainty: "weak" };
  if (usual(WITH_DIGIT)) return { what: "id", certainty: "weak" };
  if (share((word) => PROGRAM_NAME.test(word) || WITH_DIGIT.test(word)) >= USUAL) {
    return { what: "program", certainty: "weak" };
  }
  // words in capitals are a column where what follows is not: a message in capitals goes on in capitals
  if (usual(CAPITALS) && next.filter((word) => CAPITALS.test(word)).length <= next.length / 2) {
    return { what: "capitals", certainty: "weak" };
  }
  return null;
}

/** Whether words of different lengths are padded so that what follows them stands in one column, or stand far from it. */
function isPadded(growth: Growth, behind: Int32Array): boolean {
  const { sample, at } = growth, widths = new Map<number, number>(), lengths = new Set<number>();
  let wide = 0, count = 0;
  for (let i = 0; i < at.length; i++) {
    if (behind[i] < 0) continue;
    const next = behindBlanks(sample.bytes, behind[i], sample.end[i]), width = next - at[i];
    if (next - behind[i] >= 2) wide++;
    lengths.add(behind[i] - at[i]);
    widths.set(width, (widths.get(width) ?? 0) + 1);
    count++;
  }
  if (wide >= USUAL * count) return true;
  return lengths.size > 1 && wide >= (1 - USUAL) * count && Math.max(...widths.values()) >= USUAL * count;
}

/**
 * Takes the word at the cursor: with a mark where its shape or its padding says that it is the header's, else in doubt.
 *
 * @returns Whether there is a word in most lines.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Growth } from "./growth.ts";
 * import { Sample } from "./sample.ts";
 * import { takeWord } from "./word_step.ts";
 *
 * const growth = new Growth(Sample.ofLines(["cn12 late", "io7 up"]));
 * assert(takeWord(growth) && growth.marks[0].what === "id");
 * ```
 */
export function takeWord(growth: Growth, stop?: string): boolean {
  const { sample } = growth, field: Field = { kind: "word", ...stop === undefined ? {} : { stop } };
  const { at, share } = growth.look([field]);
  if (share < USUAL) return false;
  const words: string[] = [], next: string[] = [];
  for (let i = 0; i < at.length; i++) {
    if (at[i] < 0) continue;
    words.push(sample.text(i, growth.at[i], at[i]));
    next.push(firstWord(growth, i, at[i]));
  }
  const padded = isPadded(growth, at),
    kind = padded ? { what: "padded", certainty: "strong" } as const : kindOf(words, next);
  if (kind === null) growth.doubt++;
  growth.take([field], at, kind === null ? undefined : { ...kind, share });
  return true;
}

/**
 * The word behind the blanks at `p` in line `i`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Growth } from "./growth.ts";
 * import { Sample } from "./sample.ts";
 * import { firstWord } from "./word_step.ts";
 *
 * assert(firstWord(new Growth(Sample.ofLines(["a  b c"])), 0, 1) === "b");
 * ```
 */
export function firstWord(growth: Growth, i: number, p: number): string {
  const { sample } = growth, first = behindBlanks(sample.bytes, p, sample.end[i]);
  let end = first;
  while (end < sample.end[i] && !isBlank(sample.bytes[end])) end++;
  return sample.text(i, first, end);
}

/**
 * Takes a number with a mark before it, as `*5`, that stands in most lines but not in all.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Growth } from "./growth.ts";
 * import { Sample } from "./sample.ts";
 * import { takeOptionalNumber } from "./word_step.ts";
 *
 * const growth = new Growth(Sample.ofLines(["*7 late", "*8 up", "*9 up", "*10 up", "down"]));
 * assert(takeOptionalNumber(growth) && growth.count === 5);
 * ```
 */
export function takeOptionalNumber(growth: Growth): boolean {
  const shapes = new Map<string, number>();
  for (let i = 0; i < growth.at.length; i++) {
    if (growth.at[i] < 0 || !MARKS.has(growth.sample.byteAt(growth.at, i))) continue;
    const shape = firstWord(growth, i, growth.at[i]).replace(/\d+/g, "9");
    if (/^[*#@]9[:,]?$/.test(shape)) shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  }
  for (const [shape, count] of shapes) {
    const share = count / growth.count;
    if (share < OPTIONAL) continue;
    const field: Field = { kind: "optional", fields: [{ kind: "shape", shape }, GAP] };
    growth.take([field], growth.look([field]).at, { certainty: "strong", what: "shape?", share });
    return true;
  }
  return false;
}
