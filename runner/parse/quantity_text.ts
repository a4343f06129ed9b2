/**
 * Quantities as people read them.
 *
 * @module
 */
import { numberText } from "../../lib/mod.ts";

/** Larger units by the unit that values are kept in: how many of it one is. */
const LARGER: Record<string, [text: string, size: number][]> = {
  ms: [["d", 86_400_000], ["h", 3_600_000], ["min", 60_000], ["s", 1000], ["ms", 1], ["µs", 1e-3]],
  B: [["TiB", 1024 ** 4], ["GiB", 1024 ** 3], ["MiB", 1024 ** 2], ["KiB", 1024], ["B", 1]],
};

/**
 * A quantity with three significant digits, in the unit that makes it a handy number.
 *
 * @param unit `ms`, `B`, `%` or empty.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { quantityText } from "./quantity_text.ts";
 *
 * assert.equal(quantityText(90_000, "ms"), "1.5 min");
 * assert.equal(quantityText(67_108_864, "B"), "64 MiB");
 * assert.equal(quantityText(1_234.5, ""), "1,230");
 * ```
 */
export function quantityText(value: number, unit: string): string {
  const units = LARGER[unit], size = Math.abs(value);
  const [text, per] = units?.find(([, least]) => size >= least) ?? units?.find(([, least]) => least === 1) ??
    [unit, 1];
  const scaled = value / per, figure = Number.isInteger(scaled) ? scaled : Number(scaled.toPrecision(3));
  return text === "" ? numberText(figure) : `${numberText(figure)} ${text}`;
}
