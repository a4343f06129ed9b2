/**
 * In the place of `lib/template/rule/pair.ts`: the rule finds nothing.
 *
 * @module
 */
import type { LearningRule } from "../../../../lib/template/rule/proposal.ts";

export { agreeingWeight, differingPositions } from "../../../../lib/template/rule/pair.ts";

/** Finds nothing. */
export const pair: LearningRule = () => null;
