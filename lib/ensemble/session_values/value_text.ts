/**
 * Measured numbers as people read them.
 *
 * @module
 */
import { lengthText, numberText } from "../../table/figures.ts";
import { DURATION, PERCENTAGE, SIZE } from "../../template/parameter/kind.ts";

const SIZES: readonly [unit: number, name: string][] = [
  [1024 ** 4, "TiB"],
  [1024 ** 3, "GiB"],
  [1024 ** 2, "MiB"],
  [1024, "KiB"],
  [1, "B"],
];

/**
 * A number in the unit of its kind.
 *
 * @param kind See `VALUE_KINDS`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DURATION, NUMBER, SIZE } from "../../template/parameter/kind.ts";
 * import { valueText } from "./value_text.ts";
 *
 * assert.equal(valueText(41_000, DURATION), "41 s");
 * assert.equal(valueText(67_108_864, SIZE), "64 MiB");
 * assert.equal(valueText(4290.5, NUMBER), "4,290.5");
 * ```
 */
export function valueText(value: number, kind: number): string {
  if (kind === DURATION) return lengthText(value);
  if (kind === PERCENTAGE) return `${numberText(value)} %`;
  if (kind !== SIZE) return numberText(value, 6);
  const [unit, name] = SIZES.find(([least]) => value >= least) ?? [1, "B"];
  return `${numberText(Number((value / unit).toPrecision(3)))} ${name}`;
}
