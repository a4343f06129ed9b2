/**
 * What is the matter with a source: nothing comes, it comes late, or it is not understood.
 *
 * @module
 */
import type { StreamHealthConfig } from "../config/health_schema.ts";
import type { WatchedSource } from "./watched_source.ts";

const HOUR = 3_600_000, DAY = 86_400_000;
/** Times its longest silence that a source may be silent. */
const TIMES = 2;

/** Something that is the matter with a source. */
export interface SourceTrouble {
  kind: "no_data" | "data_delay" | "unparsed";
  /** Since when, ms since the epoch. */
  since: number;
  /** Silence and delay in ms, or the part of the records that fits; and what it should not pass. */
  value: number;
  limit: number;
}

/**
 * How long a source may be silent, ms; Infinity = for ever.
 *
 * Where that is to be found out: a day until it was watched for a day, then twice the longest silence of two weeks that was no
 * trouble, and an hour in any case.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { silenceLimit } from "./source_troubles.ts";
 * import { lookedAt } from "./watched_source.ts";
 *
 * const day = 86_400_000, nothing = { records: 0, unparsed: 0, newest: null, problem: "" };
 * const source = lookedAt(null, { ...nothing, now: 0 });
 * assert.equal(silenceLimit(source, "auto"), day);
 * assert.equal(silenceLimit({ ...source, lookedAt: day, silences: [[0, 5_000_000]] }, "auto"), 10_000_000);
 * assert.equal(silenceLimit(source, 60_000), 60_000);
 * ```
 */
export function silenceLimit(
  { since, lookedAt, silences }: Pick<WatchedSource, "since" | "lookedAt" | "silences">,
  noData: StreamHealthConfig["no_data"],
): number {
  if (noData === null) return Infinity;
  if (noData !== "auto") return noData;
  if (lookedAt - since < DAY) return DAY;
  return Math.max(HOUR, TIMES * Math.max(0, ...silences.map(([, longest]) => longest)));
}

/**
 * What is the matter with a source now.
 *
 * @param now ms since the epoch.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { troublesOf } from "./source_troubles.ts";
 * import { lookedAt } from "./watched_source.ts";
 *
 * const settings = { no_data: 3_600_000, max_delay: null, min_parsed: 0.5 };
 * const source = lookedAt(null, { records: 5, unparsed: 0, newest: 0, problem: "", now: 0 });
 * assert.deepEqual(troublesOf(source, settings, 3_600_000), []);
 * assert.deepEqual(troublesOf(source, settings, 3_600_001).map(({ kind }) => kind), ["no_data"]);
 * ```
 */
export function troublesOf(
  source: WatchedSource,
  settings: StreamHealthConfig,
  now: number,
): SourceTrouble[] {
  const { deliveredAt, delay, parsed } = source, { max_delay: mostDelay, min_parsed: leastParsed } = settings;
  const limit = silenceLimit(source, settings.no_data), silence = now - deliveredAt;
  const troubles: SourceTrouble[] = [];
  if (silence > limit) troubles.push({ kind: "no_data", since: deliveredAt, value: silence, limit });
  if (mostDelay !== null && delay > mostDelay) {
    troubles.push({ kind: "data_delay", since: deliveredAt, value: delay, limit: mostDelay });
  }
  if (parsed !== null && parsed < leastParsed) {
    troubles.push({ kind: "unparsed", since: deliveredAt, value: parsed, limit: leastParsed });
  }
  return troubles;
}
