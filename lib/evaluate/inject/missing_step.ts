/**
 * A session that leaves a step out.
 *
 * @module
 */
import { type SessionInjection, templateText } from "./injection.ts";
import { ownRecords } from "./session_steps.ts";

/** Share of sessions that have a step, from which on one without it misses something. */
const USUAL = 0.5;
/** Steps that must be left. */
const LEFT = 1;

/**
 * A step that most sessions have is left out, once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { missingStep } from "./missing_step.ts";
 *
 * assert.equal(missingStep.on, "session");
 * ```
 */
export const missingStep: SessionInjection = {
  on: "session",
  name: "missing-step",
  title: "a usual step left out",
  plant(session, { log, shares }, dice, edit) {
    const steps = ownRecords(log, session);
    const usual = steps.filter((step) => (shares.get(log.records[step].template) ?? 0) >= USUAL);
    if (usual.length === 0 || steps.length <= LEFT) return Promise.resolve(null);
    const step = dice.pick(usual);
    edit.remove(step);
    return Promise.resolve(`without "${templateText(log, log.records[step].template)}"`);
  },
};
