/**
 * What came first within an incident, and what followed from it.
 *
 * @module
 */
import { CATEGORIES } from "./category.ts";
import type { Meaning } from "./meaning.ts";

/** What a message meant and when it first came. */
export interface MeaningInTime {
  meaning: Pick<Meaning, "category" | "confidence" | "known">;
  /** Milliseconds since the epoch; `null` = unknown. */
  firstSeen: number | null;
  /** OpenTelemetry `SeverityNumber`; 0 = unknown. */
  severity?: number;
}

/** One of those, and how much of a cause it looks. */
export interface RankedCause<T extends MeaningInTime = MeaningInTime> {
  item: T;
  /** 0 = surely what followed, 1 = surely the cause. */
  causality: number;
}

/**
 * Parts of the judgement: what a message is about outweighs when it came, because logs of several machines seldom agree about
 * seconds, and both outweigh how loud it was. Any weights in this order put the same first in a chain.
 */
const WEIGHTS = { depth: 0.5, time: 0.35, severity: 0.15 };

/**
 * Causes before symptoms: a full disk before the write that failed, and that before the request that timed out.
 *
 * Three things count: where the category stands in the order of dependence (machine and resources, set-up, ways, rights, data,
 * groups, services needed, what a user sees), when the message first came within the incident, and its severity. What isn't known
 * stands in the middle, and a message that reports no failure comes last. Equal ones keep their order.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { rankCauses } from "./rank_causes.ts";
 *
 * const at = (category: "disk" | "timeout", firstSeen: number) => ({
 *   meaning: { category, confidence: .9, known: true },
 *   firstSeen,
 * });
 * const [cause] = rankCauses([at("timeout", 1_000), at("disk", 900)]);
 * assert.equal(cause.item.meaning.category, "disk");
 * ```
 */
export function rankCauses<T extends MeaningInTime>(items: readonly T[]): RankedCause<T>[] {
  const times = items.flatMap(({ firstSeen }) =>
    firstSeen !== null && Number.isFinite(firstSeen) ? [firstSeen] : []
  );
  const first = times.reduce((a, b) => Math.min(a, b), Infinity),
    last = times.reduce((a, b) => Math.max(a, b), -Infinity);
  return items.map((item) => ({ item, causality: causalityOf(item, first, last) }))
    .sort((a, b) => Number(isNone(a.item)) - Number(isNone(b.item)) || b.causality - a.causality);
}

function isNone({ meaning }: MeaningInTime): boolean {
  return meaning.known && meaning.category === "none";
}

function causalityOf(
  { meaning, firstSeen, severity = 0 }: MeaningInTime,
  first: number,
  last: number,
): number {
  const depth = meaning.known ? CATEGORIES[meaning.category].depth : 0.5;
  // what is less sure lies nearer to the middle
  const sure = 0.5 + (depth - 0.5) * (meaning.known ? meaning.confidence : 0);
  const timed = firstSeen !== null && Number.isFinite(firstSeen) && last > first;
  const late = timed ? (firstSeen! - first) / (last - first) : 0.5;
  const loud = Math.min(Math.max(severity, 0), 24) / 24;
  return WEIGHTS.depth * (1 - sure) + WEIGHTS.time * (1 - late) + WEIGHTS.severity * loud;
}
