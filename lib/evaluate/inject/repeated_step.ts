/**
 * A step of a session again and again.
 *
 * @module
 */
import { type SessionInjection, templateText } from "./injection.ts";
import { insertBehind, ownRecords, timeBehind } from "./session_steps.ts";

/** Times that it comes once more. */
const LEAST = 5, MOST = 20;

/**
 * One step of a session comes five to twenty times more, before the next one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { repeatedStep } from "./repeated_step.ts";
 *
 * assert.equal(repeatedStep.on, "session");
 * ```
 */
export const repeatedStep: SessionInjection = {
  on: "session",
  name: "repeated-step",
  title: "a step again and again",
  async plant(session, { log, writer }, dice, edit) {
    const steps = ownRecords(log, session);
    if (steps.length === 0) return null;
    const at = dice.below(steps.length), step = steps[at], times = dice.between(LEAST, MOST);
    for (let i = 1; i <= times; i++) {
      const time = timeBehind(log, steps, at, i / (times + 1));
      const written = await writer.write(step, Number.isNaN(time) ? {} : { time });
      if (written === null) return null;
      insertBehind(edit, log, step, written);
    }
    return `"${templateText(log, log.records[step].template)}" ${times} times more`;
  },
};
