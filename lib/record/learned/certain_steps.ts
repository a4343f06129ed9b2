/**
 * Times and levels: the fields of which a learner can be sure.
 *
 * @module
 */
import type { Field, LevelStyle } from "./field.ts";
import { endsHeader, type Growth, USUAL } from "./growth.ts";
import { Layout } from "./layout.ts";
import type { Cursors } from "./sample.ts";
import { BRANCH, type Found, patternsHere, timeHere } from "./time_step.ts";

/** A gap, as it stands between fields. */
export const GAP: Field = { kind: "gap" };

const STYLES: readonly LevelStyle[] = ["word", "letter", "facility", "priority"];
/** A level's column holds a known level in this share of lines at least; other words there are levels of the system's own. */
const KNOWN_LEVELS = 0.6;
/** `SeverityNumber` of the last level that is no warning. */
const CALM = 12;
/** A column of levels has this many different words at the most. */
const LEVEL_WORDS = 12;

/**
 * The level that stands where the growth is, after `before`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { levelHere } from "./certain_steps.ts";
 * import { Growth } from "./growth.ts";
 * import { Sample } from "./sample.ts";
 *
 * const growth = new Growth(Sample.ofLines(["W late", "I up"]));
 * assert.deepEqual(levelHere(growth)?.fields, [{ kind: "level", style: "letter", loose: true }]);
 * ```
 */
export function levelHere(
  growth: Growth,
  before: readonly Field[] = [],
): Found | null {
  const from = before.length === 0 ? growth.at : growth.look(before).at;
  let best: Found | null = null;
  for (const style of STYLES) {
    const { at, share } = growth.look([{ kind: "level", style }], from);
    if (share < BRANCH) continue;
    const loose = growth.look([{ kind: "level", style, loose: true }], from);
    if (style === "letter" && !isLetterLevel(growth, at)) continue;
    const column = share >= KNOWN_LEVELS && loose.share >= USUAL &&
      (style === "letter" || isColumn(growth, from, loose.at));
    const found = column
      ? {
        fields: [...before, { kind: "level", style, loose: true } as Field],
        at: loose.at,
        share: loose.share,
      }
      : { fields: [...before, { kind: "level", style } as Field], at, share };
    if (best === null || found.share > best.share) best = found;
  }
  return best;
}

/** Whether the letters stand alone, or glued to a time: `E12` is no error. */
function isLetterLevel(growth: Growth, at: Cursors): boolean {
  const glued = growth.share((i) => at[i] >= 0 && growth.sample.byteAt(at, i) - 48 >>> 0 < 10);
  if (glued < BRANCH) return true;
  return patternsHere(growth, at).length > 0;
}

/** Whether what stands between the cursors are few words that are all written in capitals, or all not. */
function isColumn(growth: Growth, from: Cursors, to: Cursors): boolean {
  const words = new Set<string>();
  for (let i = 0; i < to.length; i++) if (to[i] >= 0) words.add(growth.sample.text(i, from[i], to[i]));
  const upper = [...words].filter((word) => word === word.toUpperCase()).length;
  return words.size <= LEVEL_WORDS && (upper === 0 || upper === words.size);
}

/**
 * Takes a time or a level, at once or behind one, two or three words that then are the header's.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { takeCertain } from "./certain_steps.ts";
 * import { Growth } from "./growth.ts";
 * import { Sample } from "./sample.ts";
 *
 * const growth = new Growth(Sample.ofLines(["db INFO up", "web WARN late"]));
 * assert(!takeCertain(growth, 0) && takeCertain(growth, 1));
 * ```
 */
export function takeCertain(growth: Growth, words: number, stop?: string): boolean {
  for (let count = 0; count <= words; count++) {
    const word: Field = { kind: "word", ...stop === undefined ? {} : { stop } };
    const before: Field[] = Array.from({ length: count }, () => [word, GAP]).flat();
    if (count > 0 && growth.look(before).share < USUAL) return false;
    for (const what of ["time", "level"] as const) {
      const found = what === "time" ? timeHere(growth, before) : levelHere(growth, before);
      if (found === null || found.share < USUAL) continue;
      growth.take(found.fields, found.at, { certainty: "sure", what, share: found.share });
      return true;
    }
  }
  return false;
}

/** Whether a level is one of several, calm ones among them: messages begin with `Error:`, columns hold `INFO`, too. */
function hasCalm(growth: Growth, { fields, at }: Found): boolean {
  const layout = new Layout(fields.map((field) => field.kind === "level" ? { ...field, used: true } : field));
  const seen = new Set<number>();
  for (let i = 0; i < at.length; i++) {
    if (at[i] < 0) continue;
    layout.read(growth.sample.bytes, growth.at[i], growth.sample.end[i]);
    seen.add(layout.severity);
  }
  return seen.size > 1 && [...seen].some((severity) => severity > 0 && severity <= CALM);
}

/**
 * Goes on with the lines that have a time or a level here, where many but not most of them do.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { takeBranch } from "./certain_steps.ts";
 * import { Growth } from "./growth.ts";
 * import { Sample } from "./sample.ts";
 *
 * const growth = new Growth(Sample.ofLines(["INFO up", "WARN late", "who?"]));
 * assert(takeBranch(growth) && growth.count === 2);
 * ```
 */
export function takeBranch(growth: Growth): boolean {
  if (growth.doubt > 0 || endsHeader(growth.marks.at(-1))) return false;
  for (const what of ["time", "level"] as const) {
    if (growth.marks.some((mark) => mark.what === what)) continue; // messages may begin with one
    const found = what === "time" ? timeHere(growth) : levelHere(growth);
    if (found === null || found.share < BRANCH || what === "level" && !hasCalm(growth, found)) continue;
    growth.take(found.fields, found.at, { certainty: "sure", what, share: 1 });
    return true;
  }
  return false;
}
