/**
 * A session that stops in the middle.
 *
 * @module
 */
import type { SessionInjection } from "./injection.ts";
import { ownRecords } from "./session_steps.ts";

/** Steps that a session must have. */
const LEAST = 4;
/** Share of the steps that are still done: from … to. */
const DONE = [.3, .7] as const;

/**
 * A session stops after 30 to 70 percent of its steps.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { earlyEnd } from "./early_end.ts";
 *
 * assert.equal(earlyEnd.on, "session");
 * ```
 */
export const earlyEnd: SessionInjection = {
  on: "session",
  name: "early-end",
  title: "stops in the middle",
  plant(session, { log }, dice, edit) {
    const steps = ownRecords(log, session);
    if (steps.length < LEAST || steps.length < session.records.length) return Promise.resolve(null);
    const done = Math.max(1, Math.floor((DONE[0] + (DONE[1] - DONE[0]) * dice.random()) * steps.length));
    for (const step of steps.slice(done)) edit.remove(step);
    return Promise.resolve(`the last ${steps.length - done} of ${steps.length} records taken out`);
  },
};
