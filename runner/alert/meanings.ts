/**
 * What error messages among the reasons of an alert mean, for people who did not write the software.
 *
 * What it takes to read them is loaded when there is something to read: a run that tells nobody anything never does.
 *
 * @module
 */
import {
  CATEGORIES,
  type Category,
  type FailureText,
  failureTexts,
  type Meaning,
  type Reason,
  toldMeanings,
} from "../../lib/mod.ts";
import { plainLine } from "./plain_text.ts";

/** How like a message that we know must be to be named, 0–1. */
const ALIKE = 0.35;
/** Characters of a sentence. */
const SENTENCE = 300;

/** A template that may say what failed. Plain data, redacted, on one line. */
export type ErrorText = FailureText;

/** What such a template means. */
export interface ErrorMeaning {
  /** The template. */
  about: string;
  /** The category by its name in programs, `disk`, and in two or three words, `Disk`. */
  kind: Category;
  category: string;
  /** What it says, a sentence. */
  title: string;
  /** Likely cause, a sentence; empty where it can't be told. */
  cause: string;
  /** First thing to check, a sentence. */
  check: string;
  /** How sure that is, in whole per cent. */
  percent: number;
  /** Messages that we know which are like it, `software: text`; absent = none were looked for. */
  similar?: string[];
}

/**
 * The templates among reasons that may say what failed: warnings, errors, and what has words for failure, where it came more
 * often than expected. The exception that a record names on its second line belongs to what it says.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { errorTexts } from "./meanings.ts";
 *
 * const reason = { detector: "d", kind: "template" as const, id: "T1", title: "disk <*> full", share: 1, actual: 5, expected: 0,
 *   firstSeen: null, example: "" };
 * assert.deepEqual(errorTexts([{ ...reason, level: 17 }]), [{ text: "disk <*> full", level: 17, firstSeen: null }]);
 * assert.deepEqual(errorTexts([{ ...reason, level: 9 }]), []);
 * ```
 */
export function errorTexts(reasons: readonly Reason[]): ErrorText[] {
  return failureTexts(reasons).map((error) => ({ ...error, text: plainLine(error.text, 1000) }));
}

/**
 * What templates mean, causes before what followed from them; nothing of those that can't be told or that report no failure,
 * and each meaning once.
 *
 * @param options `similar`: messages that we know which are like it, at most so many of each; default none, which spares a search.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readMeanings } from "./meanings.ts";
 *
 * const [meaning] = await readMeanings([{ text: "write failed: No space left on device", level: 17, firstSeen: null }]);
 * assert.equal(meaning.category, "Disk");
 * ```
 */
export async function readMeanings(
  errors: readonly ErrorText[],
  { similar = 0 }: { similar?: number } = {},
): Promise<ErrorMeaning[]> {
  return (await toldMeanings(errors, { similar })).map(({ text, meaning }) => ({
    about: text,
    kind: meaning.category,
    category: CATEGORIES[meaning.category].title,
    title: plainLine(meaning.title, SENTENCE),
    cause: plainLine(meaning.cause, SENTENCE),
    check: plainLine(meaning.check, SENTENCE),
    percent: Math.round(100 * meaning.confidence),
    ...(similar > 0 ? { similar: similarTexts(meaning) } : {}),
  }));
}

function similarTexts({ similar }: Meaning): string[] {
  const alike = similar.filter(({ similarity }) => similarity >= ALIKE);
  return alike.map(({ source, text }) => plainLine(`${source}: ${text}`, SENTENCE));
}

/**
 * A meaning as lines of text, the first of which says what is the matter: for channels without markup of their own.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { meaningLines } from "./meanings.ts";
 *
 * const meaning = { about: "x", kind: "disk" as const, category: "Disk", title: "A disk is full", cause: "Logs grew", check: "Look at df", percent: 93 };
 * assert.deepEqual(meaningLines(meaning), [
 *   "A disk is full (Disk, 93 % sure)",
 *   "Likely cause: Logs grew",
 *   "Check first: Look at df",
 * ]);
 * ```
 */
export function meaningLines(
  { category, title, cause, check, percent, similar = [] }: ErrorMeaning,
): string[] {
  return [
    `${title} (${category}, ${percent} % sure)`,
    ...(cause === "" ? [] : [`Likely cause: ${cause}`]),
    ...(check === "" ? [] : [`Check first: ${check}`]),
    ...similar.map((text) => `Like ${text}`),
  ];
}

/** What stands above meanings. */
export function meaningHeading(meanings: readonly ErrorMeaning[]): string {
  return meanings.length > 1 ? "What it means, likely causes first" : "What it means";
}
