/**
 * What the errors of alerts mean.
 *
 * @module
 */
import { type Alert, shownReasons } from "./alert.ts";
import { type ErrorMeaning, errorTexts, readMeanings } from "./meanings.ts";

/**
 * What errors mean, by the identity of their alert; an alert without any has none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { alertMeanings } from "./alert_meanings.ts";
 *
 * assert.equal((await alertMeanings([])).size, 0);
 * ```
 */
export async function alertMeanings(alerts: readonly Alert[]): Promise<Map<string, ErrorMeaning[]>> {
  const read = new Map<string, ErrorMeaning[]>();
  for (const alert of alerts) read.set(alert.id, await readMeanings(errorTexts(shownReasons(alert))));
  return read;
}
