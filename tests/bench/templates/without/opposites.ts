/**
 * In the place of `lib/template/rule/opposites.ts`: no two words are opposites.
 *
 * @module
 */
export * from "../../../../lib/template/rule/opposites.ts";

/** None. */
export const POLAR_WORDS: ReadonlySet<string> = new Set();

/** Never. */
export const areOpposites = (_a: string, _b: string): boolean => false;

/** Never. */
export const isPolar = (_word: string): boolean => false;

/** Never. */
export const opposed = (_words: readonly string[], _others: readonly string[]): boolean => false;
