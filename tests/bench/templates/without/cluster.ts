/**
 * In the place of `lib/template/rule/cluster.ts`: the rule finds nothing.
 *
 * @module
 */
export * from "../../../../lib/template/rule/cluster.ts";
import type { LearningRule } from "../../../../lib/template/rule/proposal.ts";

/** Finds nothing. */
export const cluster: LearningRule = () => null;
