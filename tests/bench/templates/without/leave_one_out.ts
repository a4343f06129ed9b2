/**
 * In the place of `lib/template/rule/leave_one_out.ts`: the rule finds nothing.
 *
 * @module
 */
export * from "../../../../lib/template/rule/leave_one_out.ts";
import type { LearningRule } from "../../../../lib/template/rule/proposal.ts";

/** Finds nothing. */
export const leaveOneOut: LearningRule = () => null;
