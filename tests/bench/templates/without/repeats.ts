/**
 * In the place of `lib/template/mask/repeats.ts`: lists stay as long as they are.
 *
 * @module
 */
export { packRepeat, unpackRepeat } from "../../../../lib/template/mask/repeats.ts";
export type { Repeat } from "../../../../lib/template/mask/repeats.ts";

/** Folds nothing. */
export const foldRepeats = (): void => {};
