/**
 * In the place of `lib/template/rule/cues.ts`: no word says that a value, or why something failed, comes next.
 *
 * @module
 */
export * from "../../../../lib/template/rule/cues.ts";

/** Never. */
export const isCueNoun = (_word: string): boolean => false;

/** Never. */
export const isPreposition = (_word: string): boolean => false;

/** Never. */
export const saysFailure = (_word: string): boolean => false;

/** Never. */
export const announces = (_before: string): boolean => false;
