/**
 * In the place of `lib/template/rule/clause.ts`: a form may lose as many words as the rules find.
 *
 * @module
 */
export * from "../../../../lib/template/rule/clause.ts";

/** Always. */
export const keepsEnough = (): boolean => true;
