/**
 * Burst of a template that is there anyway.
 *
 * @module
 */
import { insertAll, nearest, templateText, type WindowInjection } from "./injection.ts";

/** Times the usual number of records. */
const FACTOR = 10;
/** Records at the least. */
const LEAST = 10;
/** Windows of the training part that must have the template, for its usual number to be known. */
const KNOWN_WINDOWS = 5;

/**
 * A known message comes ten times as often as in the windows that have it, at least ten times, in one window.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { burst } from "./burst.ts";
 *
 * assert.equal(burst.on, "window");
 * ```
 */
export const burst: WindowInjection = {
  on: "window",
  name: "burst",
  title: "a known message ten times as often",
  prepare({ log, writer, size, uses }, dice) {
    const known = uses.filter(({ windows }) => windows >= KNOWN_WINDOWS);
    if (known.length === 0) return null;
    const { template, count, windows, records } = dice.pick(known);
    const extra = Math.max(LEAST, Math.ceil(FACTOR * count / windows));
    return {
      windows: 1,
      async plant(at, edit) {
        const times = dice.times(extra, at * size, (at + 1) * size), model = nearest(log, records, times[0]);
        const wrote = await insertAll(edit, writer, times.map((time) => ({ model, time })));
        return wrote ? `${extra} more of "${templateText(log, template)}"` : null;
      },
    };
  },
};
