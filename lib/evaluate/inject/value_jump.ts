/**
 * A quantity far beyond all that was seen.
 *
 * @module
 */
import { placesWith, templateText, type WindowInjection } from "./injection.ts";
import { numberSlots, withLargeNumber } from "./number_slots.ts";

/**
 * One line has a number twenty times as large as the largest ever seen in its place.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { valueJump } from "./value_jump.ts";
 *
 * assert.equal(valueJump.on, "window");
 * ```
 */
export const valueJump: WindowInjection = {
  on: "window",
  name: "value-jump",
  title: "a number twenty times too large",
  prepare(ground, dice) {
    const { log, windows, writer } = ground;
    const slots = ground.uses.flatMap(({ template, records }) =>
      numberSlots(log, records).map((slot) => ({ template, slot }))
    );
    if (slots.length === 0) return null;
    const { template, slot } = dice.pick(slots);
    return {
      windows: 1,
      places: placesWith(ground, (record) => log.records[record].template === template),
      async plant(at, edit) {
        const own = (windows.get(at) ?? []).filter((record) => log.records[record].template === template);
        if (own.length === 0) return null;
        const record = dice.pick(own), changed = await withLargeNumber(log, writer, record, slot);
        if (changed === null) return null;
        edit.replace(record, changed.bytes);
        return `${changed.what} in "${templateText(log, template)}"`;
      },
    };
  },
};
