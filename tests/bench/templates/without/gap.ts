/**
 * In the place of `lib/template/rule/gap.ts`: the rule finds nothing.
 *
 * @module
 */
export * from "../../../../lib/template/rule/gap.ts";
import type { LearningRule } from "../../../../lib/template/rule/proposal.ts";

/** Finds nothing. */
export const gap: LearningRule = () => null;
