/**
 * Where a measure of sessions is no longer usual.
 *
 * @module
 */
import { fitTail, tailExcess } from "../../threshold/tail.ts";
import type { Measured } from "./measures.ts";

/** Sessions that must have had a measure. */
export const ENOUGH = 100;
/** The greatest values make the tail: this share of them, at least and at most so many. */
const TAIL = { share: .1, least: 20, most: 500 };
/** Values above the tail's beginning that its form is fitted to; of fewer it is taken for exponential, */
const LEAST_EXCESSES = 10;
/** and with at least this scale, in logarithms. */
const LEAST_SCALE = .05;
/** Excesses that the exponential form counts for against a fitted one, which ends sooner. */
const PRIOR_EXCESSES = 50;
/** A line lies this many times above what all but a hundredth stay below: what is less matters to nobody. */
const RELEVANT = 1.5;
/** Where even so many times the usual would not stand out, a measure says nothing. */
const TELLING = 100;
/** A greatest value that so large a share has is a limit that something sets. */
const LIMIT_SHARE = .1;
/** A time is measured where it usually takes so many ticks of its clock. */
const TICKS = 5;

/** What is fitted of one measure. Logarithms are of 1 + value / usual value. */
export interface SlotLine extends Measured {
  kind: number;
  /** The middle value. */
  middle: number;
  /** Logarithm at which the tail begins. */
  level: number;
  /** Logarithm above which a value is anomalous. */
  line: number;
  /** The value that a fifth of training's were greater than. */
  upper: number;
  /** The values that a twentieth and a hundredth were greater than. */
  high: number;
  usual: number;
  /** The same for the middle one of the last {@linkcode RUN} values, on the same scale; `null` = it can't be judged. */
  run: RunLine | null;
}

/** Values of sessions behind each other whose middle one is judged: what lasts is seen where single values differ widely. */
export const RUN = 5;

/** What is fitted of the middle one of the last values. */
export type RunLine = Pick<SlotLine, "level" | "line" | "usual">;

/**
 * Why a measure is not judged: too few sessions have it, its clock is too coarse, it has a limit, it differs too widely, or it is
 * longer than what sessions or training can show.
 */
export type Refusal = "few" | "coarse" | "limited" | "wide" | "long";

/** A value on the scale that lines are drawn on. */
export function logarithm({ middle }: { middle: number }, value: number): number {
  return Math.log1p(Math.max(0, value) / middle);
}

/** The value at which a line lies. */
export function valueAt({ middle }: { middle: number }, logarithm: number): number {
  return middle * Math.expm1(logarithm);
}

/** How far a logarithm is on the way from the tail's beginning (0) to the line (1). */
export function excess({ level, line }: Pick<SlotLine, "level" | "line">, logarithm: number): number {
  return (logarithm - level) / (line - level);
}

/** What {@linkcode fitLine} says of a measure. */
export type FittedLine = Omit<SlotLine, keyof Measured | "kind" | "run">;

/** The middle one of each {@linkcode RUN} values behind each other. */
export function middles(values: readonly number[]): number[] {
  return Array.from(
    { length: Math.max(0, values.length - RUN + 1) },
    (_, i) => middleOne(values.slice(i, i + RUN)),
  );
}

/** The middle one of some values. */
export function middleOne(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/**
 * Fits the line of one measure: a generalised Pareto tail of the logarithms, extrapolated to the rate; it lies above as many
 * values as the rate allows, in any case above the greatest but those.
 *
 * @param values Those of training, ascending.
 * @param rate Share of sessions that may lie above the line.
 * @param isTime Whether it is a length of time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fitLine, valueAt } from "./slot_line.ts";
 *
 * const values = Float64Array.from({ length: 500 }, (_, i) => 40 + i / 25); // ms
 * const fitted = fitLine(values, 1e-4, true);
 * assert(typeof fitted !== "string" && valueAt(fitted, fitted.line) > 60 && valueAt(fitted, fitted.line) < 200);
 * assert.equal(fitLine(values.slice(0, 50), 1e-4, true), "few");
 * ```
 */
export function fitLine(
  values: Float64Array,
  rate: number,
  isTime: boolean,
): FittedLine | Refusal {
  const n = values.length, greatest = values[n - 1];
  if (n < ENOUGH) return "few";
  const middle = middleOf(values, isTime);
  if (middle === 0) return "coarse";
  if (firstAtLeast(values, greatest) <= (1 - LIMIT_SHARE) * n) return "limited";
  const { level, line } = tailLine(values, middle, rate), usual = values[Math.floor(.99 * (n - 1))];
  const allowed = Math.min(n - 1, Math.floor((n + 1) * rate));
  const fitted = {
    ...{ middle, level, usual },
    line: Math.max(line, Math.log1p(values[n - 1 - allowed] / middle), Math.log1p(RELEVANT * usual / middle)),
    upper: values[Math.floor(.8 * (n - 1))],
    high: values[Math.floor(.95 * (n - 1))],
  };
  return isTelling(fitted) ? fitted : "wide";
}

/** Whether so many times the usual value would stand out. */
export function isTelling(fitted: Pick<SlotLine, "middle" | "line">): boolean {
  return valueAt(fitted, fitted.line) <= TELLING * fitted.middle;
}

/** The middle value, else the least above 0; 0 = a clock that doesn't tell such times. */
function middleOf(values: Float64Array, isTime: boolean): number {
  const middle = values[values.length >> 1];
  if (!isTime) return middle > 0 ? middle : values[firstAbove(values, 0)] ?? 0;
  const tick = values.every((value) => value % 1000 === 0) ? 1000 : 1;
  return middle >= TICKS * tick ? middle : 0;
}

function tailLine(values: Float64Array, middle: number, rate: number): { level: number; line: number } {
  const n = values.length, size = Math.min(TAIL.most, Math.max(TAIL.least, Math.ceil(TAIL.share * n)));
  const level = Math.log1p(Math.max(0, values[n - 1 - size]) / middle), excesses: number[] = [];
  for (let i = n - size; i < n; i++) {
    const above = Math.log1p(values[i] / middle) - level;
    if (above > 0) excesses.push(above);
  }
  if (excesses.length < LEAST_EXCESSES) return { level, line: level + LEAST_SCALE * Math.log(n) };
  const { shape: raw } = fitTail(excesses),
    mean = excesses.reduce((sum, each) => sum + each, 0) / excesses.length;
  const shape = Math.min(0, raw) * excesses.length / (excesses.length + PRIOR_EXCESSES);
  const tail = { shape, scale: Math.max(LEAST_SCALE, mean * (1 - shape)) };
  return { level, line: level + tailExcess(tail, Math.min(1, rate * n / excesses.length)) };
}

function firstAtLeast(values: Float64Array, value: number): number {
  let low = 0, high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAbove(values: Float64Array, value: number): number {
  let low = 0, high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
