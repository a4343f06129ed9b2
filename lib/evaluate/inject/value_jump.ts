/**
 * A quantity far beyond all that was seen.
 *
 * @module
 */
import { originalBytes } from "../log/log_edit.ts";
import type { ServiceGround, TemplateUse } from "./ground.ts";
import { contentOf, placesWith, templateText, type WindowInjection } from "./injection.ts";

/** Times the largest value seen. */
const FACTOR = 20;
/** Values from which a slot's range is known. */
const KNOWN = 30;
/** Share of distinct values beyond which they are names, not quantities. */
const NAMES = 0.9;
/** Distinct values up to which they are codes. */
const CODES = 5;
/** A number that stands alone, or has a unit or a name with `=` before it. */
const NUMBER = /(?<=^|[\s=:,("[])\d{1,12}(?:\.\d+)?(?=(?:ns|us|ms|s|B|kB|KB|MB|GB|%)?(?:[\s,;)\]"]|$))/g;

/** The numbers of a template that stand in one place. */
interface Slot {
  use: TemplateUse;
  /** Which of the message's numbers. */
  place: number;
  largest: number;
}

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
    const { log, windows, writer } = ground, slots = ground.uses.flatMap((use) => slotsOf(ground, use));
    if (slots.length === 0) return null;
    const { use: { template }, place, largest } = dice.pick(slots), value = `${Math.ceil(FACTOR * largest)}`;
    return {
      windows: 1,
      places: placesWith(ground, (record) => log.records[record].template === template),
      async plant(at, edit) {
        const own = (windows.get(at) ?? []).filter((record) => log.records[record].template === template);
        if (own.length === 0) return null;
        const record = dice.pick(own), content = contentOf(log, record);
        const number = [...content.matchAll(NUMBER)][place];
        if (number === undefined) return null;
        const changed = content.slice(0, number.index) + value +
          content.slice(number.index + number[0].length);
        const written = await writer.write(record, { content: changed });
        if (written === null) return null;
        const endsLine = originalBytes(log, record).at(-1) === 10;
        edit.replace(record, endsLine ? written.bytes : written.bytes.subarray(0, -1));
        return `${value} instead of ${number[0]} in "${templateText(log, template)}"`;
      },
    };
  },
};

/** Places of a template's messages whose numbers are quantities: many values, but neither names nor counters. */
function slotsOf({ log }: ServiceGround, use: TemplateUse): Slot[] {
  if (use.count < KNOWN) return [];
  const rows = use.records.slice(0, 2000).map((record) =>
    [...contentOf(log, record).matchAll(NUMBER)].map(Number)
  );
  const width = Math.min(...rows.map((row) => row.length));
  return Array.from({ length: width }, (_, place) => place).flatMap((place) => {
    const values = rows.map((row) => row[place]), distinct = new Set(values).size;
    const rising = values.slice(1).filter((value, i) => value > values[i]).length / (values.length - 1);
    const isQuantity = distinct > CODES && distinct <= NAMES * values.length && rising < .9;
    return isQuantity ? [{ use, place, largest: Math.max(...values) }] : [];
  });
}
