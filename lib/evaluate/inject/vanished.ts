/**
 * A regular message that stays away.
 *
 * @module
 */
import type { TemplateUse } from "./ground.ts";
import { placesWith, templateText, type WindowInjection } from "./injection.ts";

/** Periods that it stays away. */
const PERIODS = 3;
/** Standard deviation of the gaps over their mean, up to which a message is regular. */
const REGULAR = 0.8;
/** Records from which gaps are known. */
const KNOWN = 10;
/** Windows at the most. */
const LONGEST = 48;

/**
 * A message that comes regularly stays away for at least three of its periods.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { vanished } from "./vanished.ts";
 *
 * assert.equal(vanished.on, "window");
 * ```
 */
export const vanished: WindowInjection = {
  on: "window",
  name: "vanished",
  title: "a regular message stays away",
  prepare(ground, dice) {
    const { log, windows: records, size, uses } = ground;
    const regular = uses.map((use) => ({ ...use, period: periodOf(use) })).filter(({ period }) =>
      PERIODS * period <= (LONGEST - 1) * size // not so for NaN
    );
    if (regular.length === 0) return null;
    const { template, period } = dice.pick(regular), windows = Math.ceil(PERIODS * period / size) + 1;
    return {
      windows,
      places: placesWith(ground, (record) => log.records[record].template === template),
      plant(at, edit) {
        let gone = 0;
        for (let window = at; window < at + windows; window++) {
          for (const record of records.get(window) ?? []) {
            if (log.records[record].template !== template) continue;
            edit.remove(record);
            gone++;
          }
        }
        const done = gone >= PERIODS ? `${gone} of "${templateText(log, template)}" taken out` : null;
        return Promise.resolve(done);
      },
    };
  },
};

/** Mean gap between records (ms); NaN where they don't come regularly. */
function periodOf({ times }: TemplateUse): number {
  const gaps = times.slice(1).map((time, i) => time - times[i]);
  if (gaps.length < KNOWN) return NaN;
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
  return Math.sqrt(variance) < REGULAR * mean ? mean : NaN;
}
