/**
 * Values of options on command lines: what is wrong with one becomes a sentence.
 *
 * @module
 */
import { parseDuration } from "./config/duration.ts";
import { parseInstant } from "./config/time_span.ts";
import { UsageError } from "./context.ts";

/**
 * A length of time, ms.
 *
 * @param option As it is written, `--for`.
 * @param example A length that makes sense there.
 * @param least `0` where nothing is a length as well; default: it is not.
 * @throws {UsageError} if it is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lengthOption } from "./option_values.ts";
 *
 * assert.equal(lengthOption("--for", "2h", "30m"), 7_200_000);
 * assert.throws(() => lengthOption("--for", "0s", "30m"), /Cannot read --for: expected a length of time such as 30m, got "0s"/);
 * ```
 */
export function lengthOption(option: string, text: string, example: string, least: 0 | 1 = 1): number {
  try {
    const length = parseDuration(text);
    if (length >= least) return length;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UsageError(`Cannot read ${option}: expected a length of time such as ${example}, got "${text}"`);
}

/**
 * A time, ms since the epoch.
 *
 * @param option As it is written, `--from`.
 * @throws {UsageError} if it is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { timeOption } from "./option_values.ts";
 *
 * assert.equal(timeOption("--from", "2026-03-02T10:00"), Date.UTC(2026, 2, 2, 10));
 * assert.throws(() => timeOption("--from", "monday"), /Cannot read --from: expected a time such as 2026-03-02T10:00:00Z/);
 * ```
 */
export function timeOption(option: string, text: string): number {
  try {
    return parseInstant(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(
      `Cannot read ${option}: expected a time such as 2026-03-02T10:00:00Z (UTC unless it says otherwise), got "${text}"`,
    );
  }
}
