/**
 * Lengths of time as people write them: `5m`, `1h30m`, `3d`.
 *
 * @module
 */

const UNITS: readonly (readonly [name: string, milliseconds: number])[] = [
  ["w", 604_800_000],
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
];

/** What a length of time looks like, as a part of other patterns; each of its own parts is a number and a unit. */
export const DURATION_TEXT = String.raw`(?:\d+(?:\.\d+)?(?:ms|[wdhms]))+`;

/** What a length of time looks like. */
export const DURATION_PATTERN = new RegExp(`^${DURATION_TEXT}$`);

/**
 * Milliseconds of a length of time.
 *
 * @param text Numbers with units, largest first or in any order: `w`, `d`, `h`, `m`, `s`, `ms`.
 * @throws {SyntaxError} if `text` is not a length of time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseDuration } from "./duration.ts";
 *
 * assert(parseDuration("5m") === 300_000);
 * assert(parseDuration("1h30m") === 5_400_000);
 * ```
 */
export function parseDuration(text: string): number {
  if (!DURATION_PATTERN.test(text)) {
    throw new SyntaxError(`Cannot read duration: expected a number and a unit such as 5m, got "${text}"`);
  }
  const size = new Map(UNITS);
  let total = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[wdhms])/g)) {
    total += Number(number) * size.get(unit)!;
  }
  return Math.round(total);
}

/**
 * A length of time as {@linkcode parseDuration} reads it, in the fewest parts.
 *
 * @param milliseconds Not negative.
 * @throws {RangeError} if it is negative or not finite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatDuration } from "./duration.ts";
 *
 * assert(formatDuration(5_400_000) === "1h30m");
 * assert(formatDuration(0) === "0s");
 * ```
 */
export function formatDuration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) {
    throw new RangeError(
      `Cannot write duration: expected a finite, not negative number, got ${milliseconds}`,
    );
  }
  let rest = Math.round(milliseconds), text = "";
  for (const [name, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0 && name !== "w") text += `${count}${name}`;
    if (name !== "w") rest -= count * size;
  }
  return text === "" ? "0s" : text;
}
