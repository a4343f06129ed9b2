/**
 * In the place of `lib/template/rule/pair.ts`: the rule finds nothing.
 *
 * @module
 */
export * from "../../../../lib/template/rule/pair.ts";
import type { LearningRule } from "../../../../lib/template/rule/proposal.ts";

/** Finds nothing. */
export const pair: LearningRule = () => null;
