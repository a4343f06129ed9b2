/**
 * In the place of `lib/template/mask/repeats.ts`: lists stay as long as they are.
 *
 * @module
 */
export * from "../../../../lib/template/mask/repeats.ts";

/** Folds nothing. */
export const foldRepeats = (): void => {};
