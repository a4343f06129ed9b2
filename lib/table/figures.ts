/**
 * Figures as people read them, in tables, charts and notes alike.
 *
 * @module
 */

/** More decimals than any number of this many significant digits shows. */
const WHOLE = new Intl.NumberFormat("en"),
  DECIMALS = new Intl.NumberFormat("en", { maximumFractionDigits: 12 });

/**
 * A number with its thousands apart: whole ones exactly, others with some significant digits, and with an exponent only where
 * they are below 0.0001 or from ten millions on.
 *
 * @param digits Significant digits of a number that is not whole.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { numberText } from "./figures.ts";
 *
 * assert.equal(numberText(12_345), "12,345");
 * assert.equal(numberText(0.123456), "0.123");
 * assert.equal(numberText(1.5e-9), "1.5e-9");
 * ```
 */
export function numberText(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return Math.abs(value) < 1e15 ? WHOLE.format(value) : String(value);
  const rounded = Number(value.toPrecision(digits)), size = Math.abs(rounded);
  return size < 1e-4 || size >= 1e7 ? rounded.toExponential() : DECIMALS.format(rounded);
}

/**
 * How many there are of something, as people say it; a count that is not whole is rounded.
 *
 * @param many Its plural; default: with an s.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { countText } from "./figures.ts";
 *
 * assert.equal(`${countText(1, "record")}, ${countText(1200, "template")}`, "1 record, 1,200 templates");
 * assert.equal(countText(2.2, "query", "queries"), "2 queries");
 * ```
 */
export function countText(count: number, one: string, many = `${one}s`): string {
  const whole = Math.round(count);
  return `${numberText(whole)} ${whole === 1 ? one : many}`;
}

/**
 * A share as a percentage with two significant digits.
 *
 * @param share 0–1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { percentText } from "./figures.ts";
 *
 * assert.equal(percentText(0.001), "0.1 %");
 * assert.equal(percentText(0.12345), "12 %");
 * ```
 */
export function percentText(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

/** Lengths of time, ms, from which their unit is used: a minute and a half is still 90 s. */
const LENGTHS: readonly [least: number, unit: number, name: string][] = [
  [172_800_000, 86_400_000, "d"],
  [7_200_000, 3_600_000, "h"],
  [120_000, 60_000, "min"],
  [1000, 1000, "s"],
];

/**
 * About how long something takes, in one unit: what is less than two of a unit is said in the next smaller one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lengthText } from "./figures.ts";
 *
 * assert.equal(lengthText(300_000), "5 min");
 * assert.equal(lengthText(5_400_000), "90 min");
 * assert.equal(lengthText(9_000_000), "2.5 h");
 * ```
 */
export function lengthText(milliseconds: number): string {
  const [, unit, name] = LENGTHS.find(([least]) => milliseconds >= least) ?? [0, 1, "ms"];
  return `${Number((milliseconds / unit).toPrecision(2))} ${name}`;
}
