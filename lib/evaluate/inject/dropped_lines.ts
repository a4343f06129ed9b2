/**
 * Most lines of a service lost.
 *
 * @module
 */
import { placesWith, type WindowInjection } from "./injection.ts";

/** Share of the lines that get lost. */
const LOST = 0.9;
/** Lines that must get lost for anybody to miss them. */
const MISSING = 40;
/** Windows at the most. */
const LONGEST = 36;

/**
 * Nine of ten lines get lost, for as long as it takes until forty are missing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { droppedLines } from "./dropped_lines.ts";
 *
 * assert.equal(droppedLines.on, "window");
 * ```
 */
export const droppedLines: WindowInjection = {
  on: "window",
  name: "dropped-lines",
  title: "nine of ten lines lost",
  prepare(ground, dice) {
    const { windows: records, uses, trained, tested } = ground;
    const rate = uses.reduce((sum, { count }) => sum + count, 0) / (trained.to - trained.from);
    const windows = Math.max(1, Math.ceil(MISSING / (LOST * rate)));
    if (!(windows <= Math.min(LONGEST, (tested.to - tested.from) / 3))) return null;
    return {
      windows,
      places: placesWith(ground, () => true),
      plant(at, edit) {
        let gone = 0;
        for (let window = at; window < at + windows; window++) {
          for (const record of records.get(window) ?? []) {
            if (dice.random() >= LOST) continue;
            edit.remove(record);
            gone++;
          }
        }
        const missed = gone >= MISSING / 2 ? `${gone} lines lost in ${windows} windows` : null;
        return Promise.resolve(missed);
      },
    };
  },
};
