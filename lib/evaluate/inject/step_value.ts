/**
 * A step of a session with a quantity far beyond all that was seen.
 *
 * @module
 */
import type { SessionGround } from "./ground.ts";
import { type SessionInjection, templateText } from "./injection.ts";
import { type NumberSlot, numberSlots, withLargeNumber } from "./number_slots.ts";
import { ownRecords } from "./session_steps.ts";

/** Quantities by template, of each part of a log that is planted into. */
const KNOWN = new WeakMap<SessionGround, Map<number, NumberSlot[]>>();

/**
 * One step of a session says a number twenty times as large as the largest ever seen in its place.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stepValue } from "./step_value.ts";
 *
 * assert.equal(stepValue.on, "session");
 * ```
 */
export const stepValue: SessionInjection = {
  on: "session",
  name: "step-value",
  title: "a number twenty times too large",
  async plant(session, ground, dice, edit) {
    const { log, writer } = ground, known = slotsOf(ground);
    const places = ownRecords(log, session).flatMap((record) =>
      (known.get(log.records[record].template) ?? []).map((slot) => ({ record, slot }))
    );
    if (places.length === 0) return null;
    const { record, slot } = dice.pick(places), changed = await withLargeNumber(log, writer, record, slot);
    if (changed === null) return null;
    edit.replace(record, changed.bytes);
    return `${changed.what} in "${templateText(log, log.records[record].template)}"`;
  },
};

function slotsOf(ground: SessionGround): Map<number, NumberSlot[]> {
  let known = KNOWN.get(ground);
  if (known === undefined) {
    const { log, trained } = ground, records = trained.flatMap(({ records }) => records);
    const byTemplate = Map.groupBy(records, (record) => log.records[record].template);
    known = new Map([...byTemplate].map(([template, own]) => [template, numberSlots(log, own)]));
    KNOWN.set(ground, known);
  }
  return known;
}
