/**
 * What the error messages among reasons mean, for people who did not write the software.
 *
 * @module
 */
import { saysFailure } from "../../detector/series/error_words.ts";
import type { Reason } from "../reason.ts";
import { loadMeaningReader } from "./load_meaning_reader.ts";
import type { Meaning } from "./meaning.ts";
import { rankCauses } from "./rank_causes.ts";

/** OpenTelemetry `SeverityNumber` of the mildest warning. */
const WARN = 13;
/** Meanings that are told together. */
const MOST = 3;
/** How sure a meaning must be to be told. */
const SURE = 0.5;
/** A line of an access log speaks of a request, and of nothing that failed. */
const REQUEST = /^"?(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE)\s/;
/** Where a line of a record ends; examples show it by a sign. */
const LINE_END = /\r?\n|\s?⏎\s?/;

/** A template that may say what failed. Plain data, redacted. */
export interface FailureText {
  text: string;
  /** OpenTelemetry `SeverityNumber`; 0 = unknown. */
  level: number;
  /** Milliseconds since the epoch; `null` = known from training, or unknown. */
  firstSeen: number | null;
}

/** What such a template means. */
export interface ToldMeaning {
  /** The template. */
  text: string;
  meaning: Meaning;
}

/**
 * The templates among reasons that may say what failed: warnings, errors, and what has words for failure, where it came more
 * often than expected. The exception that a record names on its second line belongs to what it says.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { failureTexts } from "./told_meanings.ts";
 *
 * const reason = { detector: "d", kind: "template" as const, id: "T1", title: "disk <*> full", share: 1, actual: 5, expected: 0,
 *   firstSeen: null, example: "" };
 * assert.deepEqual(failureTexts([{ ...reason, level: 17 }]), [{ text: "disk <*> full", level: 17, firstSeen: null }]);
 * assert.deepEqual(failureTexts([{ ...reason, level: 9 }]), []);
 * ```
 */
export function failureTexts(reasons: readonly Reason[]): FailureText[] {
  return reasons.flatMap(({ kind, title, level = 0, actual, expected, firstSeen, example }) => {
    const isTemplate = kind === "template" || kind === "unseen";
    if (!isTemplate || !(actual > expected) || REQUEST.test(title)) return [];
    if (!(level >= WARN || saysFailure(title))) return [];
    const raised = example.split(LINE_END, 2)[1]?.trim() ?? "";
    return [{ text: raised === "" ? title : `${title}: ${raised}`, level, firstSeen }];
  });
}

/**
 * What templates mean, causes before what followed from them; nothing of those that can't be told or that report no failure,
 * and each meaning once, three at the most.
 *
 * @param options `similar`: messages that we know which are like it, at most so many of each; default none, which spares a search.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { toldMeanings } from "./told_meanings.ts";
 *
 * const [{ meaning }] = await toldMeanings([{ text: "write failed: No space left on device", level: 17, firstSeen: null }]);
 * assert.equal(meaning.category, "disk");
 * ```
 */
export async function toldMeanings(
  texts: readonly FailureText[],
  { similar = 0 }: { similar?: number } = {},
): Promise<ToldMeaning[]> {
  if (texts.length === 0) return [];
  const reader = await loadMeaningReader();
  const read = texts.map(({ text, level, firstSeen }) => {
    const meaning = reader.read(text, { severity: level, similar });
    return { text, meaning, firstSeen, severity: level };
  }).filter(({ meaning }) => meaning.known && meaning.category !== "none" && meaning.confidence >= SURE);
  const told = new Map<string, ToldMeaning>();
  for (const { item: { text, meaning } } of rankCauses(read)) {
    if (told.size === MOST) break;
    if (!told.has(meaning.title)) told.set(meaning.title, { text, meaning });
  }
  return [...told.values()];
}
