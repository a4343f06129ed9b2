/**
 * A step of other sessions.
 *
 * @module
 */
import { textOf, withKey } from "../log/divided_log.ts";
import { originalBytes } from "../log/log_edit.ts";
import type { RecordedLog } from "../log/recorded_log.ts";
import type { Dice } from "./dice.ts";
import type { SessionGround } from "./ground.ts";
import { type SessionInjection, templateText } from "./injection.ts";
import { insertBehind, ownRecords, timeBehind } from "./session_steps.ts";

/** Steps that are put in at the most. */
const MOST = 3;
/** Sessions in which a foreign step is looked for. */
const LOOKED_AT = 50;

/**
 * One to three steps that other sessions have, and this one hasn't, somewhere in it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { foreignStep } from "./foreign_step.ts";
 *
 * assert.equal(foreignStep.on, "session");
 * ```
 */
export const foreignStep: SessionInjection = {
  on: "session",
  name: "foreign-step",
  title: "a step of other sessions",
  async plant(session, ground, dice, edit) {
    const { log, writer } = ground,
      steps = ownRecords(log, session),
      donor = donorFor(session.records, ground, dice);
    if (steps.length === 0 || donor < 0) return null;
    const at = dice.below(steps.length), count = dice.between(1, MOST);
    const bytes = withKey(log, originalBytes(log, donor), textOf(log.keys.bytes(session.number)));
    for (let i = 1; i <= count; i++) {
      const time = timeBehind(log, steps, at, i / (count + 1)), keys = [session.key];
      const written = await writer.write(donor, { bytes, keys, ...(Number.isNaN(time) ? {} : { time }) });
      if (written === null || log.records[donor].input !== log.records[steps[at]].input) return null;
      insertBehind(edit, log, steps[at], written);
    }
    return `"${templateText(log, log.records[donor].template)}" of ${
      count > 1 ? `${count} times, of ` : ""
    }other sessions`;
  },
};

/** A record of another session whose template the session hasn't; -1 = none found. Rare templates are as likely as others. */
function donorFor(own: readonly number[], { log, trained }: SessionGround, dice: Dice): number {
  if (trained.length === 0) return -1;
  const has = new Set(own.map((record) => log.records[record].template)), donors = new Map<number, number>();
  for (let i = 0; i < LOOKED_AT; i++) {
    for (const record of dice.pick(trained).records) {
      if (!has.has(templateAt(log, record))) donors.set(templateAt(log, record), record);
    }
  }
  return donors.size === 0 ? -1 : dice.pick([...donors.values()]);
}

function templateAt({ records }: RecordedLog, record: number): number {
  return records[record].keys.length === 1 ? records[record].template : -1;
}
