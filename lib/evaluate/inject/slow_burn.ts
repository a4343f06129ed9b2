/**
 * A message that comes more and more often.
 *
 * @module
 */
import { insertAll, nearest, templateText, type WindowInjection } from "./injection.ts";

/** Windows that it takes, where there are so many; a third of the tested ones at the most, but no fewer than the least. */
const LONGEST = 48, LEAST = 8;
/** At the end it is so many times as often as usual. */
const FACTOR = 3;
/** Records a window, on average, that a message must have: less is no rate. */
const RATE = 1;

/**
 * A known message comes more and more often, up to three times as often after 48 windows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { slowBurn } from "./slow_burn.ts";
 *
 * assert.equal(slowBurn.on, "window");
 * ```
 */
export const slowBurn: WindowInjection = {
  on: "window",
  name: "slow-burn",
  title: "a message more and more often",
  prepare({ log, writer, size, uses, trained, tested }, dice) {
    const windows = Math.min(LONGEST, Math.floor((tested.to - tested.from) / 3));
    const rate = (count: number) => count / (trained.to - trained.from);
    const known = uses.filter(({ count }) => rate(count) >= RATE);
    if (windows < LEAST || known.length === 0) return null;
    const { template, count, records } = dice.pick(known);
    return {
      windows,
      async plant(at, edit) {
        const added: { model: number; time: number }[] = [];
        for (let i = 0; i < windows; i++) {
          const extra = Math.floor((FACTOR - 1) * rate(count) * (i + 1) / windows + dice.random());
          const from = (at + i) * size, model = nearest(log, records, from);
          for (const time of dice.times(extra, from, from + size)) added.push({ model, time });
        }
        const wrote = added.length > 0 && await insertAll(edit, writer, added);
        return wrote
          ? `${added.length} more of "${templateText(log, template)}" in ${windows} windows`
          : null;
      },
    };
  },
};
