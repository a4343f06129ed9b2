/**
 * What templates mean, read once each.
 *
 * @module
 */
import { CATEGORIES, type Meaning, readMeaning, saysFailure } from "../../../lib/mod.ts";
import { shownLine } from "./texts.ts";

/** What an error means. */
export interface MeaningView {
  category: string;
  /** 0–1. */
  confidence: number;
  /** Whether it can be told. */
  known: boolean;
  title: string;
  cause: string;
  check: string;
  similar: { source: string; text: string; similarity: number }[];
}

/** Meanings that are remembered. */
const REMEMBERED = 5000;
/** OpenTelemetry `SeverityNumber` of the mildest warning. */
const WARN = 13;
/** How sure a meaning must be to be told in a list. */
const SURE = 0.5;

/**
 * Meanings of templates.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Meanings } from "./meanings.ts";
 *
 * const meanings = new Meanings();
 * assert.equal(await meanings.titleOf("write failed: No space left on device", 17), "There is no space left on a disk");
 * assert.equal(await meanings.titleOf("request <*> served", 9), "");
 * ```
 */
export class Meanings {
  readonly #titles = new Map<string, string>();

  /** What a template means in one sentence; empty where it can't be told or reports no failure. */
  async titleOf(text: string, level: number): Promise<string> {
    if (level < WARN && !saysFailure(text)) return "";
    const key = `${level} ${text}`, known = this.#titles.get(key);
    if (known !== undefined) return known;
    const meaning = await readMeaning(text, { severity: level, similar: 0 });
    const title = isTold(meaning) ? shownLine(meaning.title) : "";
    if (this.#titles.size >= REMEMBERED) this.#titles.delete(this.#titles.keys().next().value!);
    this.#titles.set(key, title);
    return title;
  }

  /** All that is known of what a template means. */
  async viewOf(text: string, level: number): Promise<MeaningView> {
    const meaning = await readMeaning(text, { severity: level });
    const { category, confidence, known, title, cause, check, similar } = meaning;
    return {
      ...{ category: CATEGORIES[category].title, confidence, known, title: shownLine(title) },
      ...{ cause: shownLine(cause), check: shownLine(check) },
      similar: similar.map((one) => ({ ...one, text: shownLine(one.text) })),
    };
  }
}

function isTold({ known, category, confidence }: Meaning): boolean {
  return known && category !== "none" && confidence >= SURE;
}
