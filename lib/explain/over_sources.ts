/**
 * Sources that have a larger part in a window than any source usually has.
 *
 * @module
 */
import { attemptsOf, type SourceCounts } from "../detector/threat/source_counts.ts";
import type { SourceFact } from "../detector/threat/source_fact.ts";
import { beyondChance, leastBeyondChance } from "./chance_bound.ts";

/** The part of a window's busiest source, 0–1, that 99 % of training's windows didn't exceed; 1 = nobody knows. */
export interface UsualSources {
  requests: number;
  logins: number;
}

/** A source that stands out. */
export interface OverSource {
  /** An address or a host. */
  source: string;
  /** What it sent. */
  count: number;
  /** Its part of all that sources sent, and what the busiest source usually has at the most, 0–1. */
  share: number;
  usual: number;
}

/** Requests or attempts that a window must have for its busiest source to say something. */
const ENOUGH = 20;
/** Windows of training with so many that are needed. */
const ENOUGH_WINDOWS = 30;
/** Part that is exceeded by one window of a hundred. */
const USUAL_QUANTILE = 0.99;
/** Part of the whole, and how far above the usual part. */
const LEAST = { share: 0.3, more: 0.25 };

type Kind = keyof UsualSources;
const KINDS: readonly Kind[] = ["requests", "logins"];

function sentBy({ web, login }: SourceCounts, kind: Kind): number {
  if (kind === "requests") return web?.requests ?? 0;
  return login === null ? 0 : attemptsOf(login) + login.accepted;
}

/** The busiest source of a window and all that was sent; of equally busy ones the first by name. */
function busiest({ sources }: SourceFact, kind: Kind): { source: string; count: number; all: number } {
  let source = "", count = 0, all = 0;
  for (const each of sources.values()) {
    const sent = each.key.startsWith("user ") ? 0 : sentBy(each, kind);
    all += sent;
    if (sent > count || (sent === count && sent > 0 && each.key < source)) [source, count] = [each.key, sent];
  }
  return { source, count, all };
}

/**
 * What the busiest sources of training's windows had.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { usualSources } from "./over_sources.ts";
 *
 * assert.deepEqual(usualSources([]), { requests: 1, logins: 1 });
 * ```
 */
export function usualSources(facts: Iterable<SourceFact>): UsualSources {
  const shares = { requests: [] as number[], logins: [] as number[] };
  for (const fact of facts) {
    for (const kind of KINDS) {
      const { count, all } = busiest(fact, kind);
      if (all >= ENOUGH) shares[kind].push(count / all);
    }
  }
  const usual = (own: number[]) => {
    if (own.length < ENOUGH_WINDOWS) return 1;
    return own.sort((a, b) => a - b)[Math.min(own.length - 1, Math.ceil(USUAL_QUANTILE * own.length) - 1)];
  };
  return { requests: usual(shares.requests), logins: usual(shares.logins) };
}

/**
 * The source that sent far more of a window's requests, or logins, than the busiest source usually does: at least 30 % of 20 or
 * more, a quarter of all above the usual part, and beyond chance. `null` where there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { newSource, noRequests } from "../detector/threat/source_counts.ts";
 * import { SourceFact } from "../detector/threat/source_fact.ts";
 * import { overSource } from "./over_sources.ts";
 *
 * const fact = new SourceFact();
 * fact.source("203.0.113.9").web = { ...noRequests(), requests: 85 };
 * fact.source("198.51.100.7").web = { ...noRequests(), requests: 15 };
 * assert.deepEqual(overSource(fact, { requests: .05, logins: 1 }), {
 *   ...{ source: "203.0.113.9", count: 85, share: .85, usual: .05 },
 * });
 * assert.equal(newSource("a").web, null);
 * ```
 */
export function overSource(fact: SourceFact, usual: UsualSources): OverSource | null {
  let most: OverSource | null = null;
  for (const kind of KINDS) {
    const { source, count, all } = busiest(fact, kind), share = count / all;
    if (all < ENOUGH || share < LEAST.share || share - usual[kind] < LEAST.more) continue;
    if (beyondChance({ share, usual: usual[kind], count: all }) < leastBeyondChance(KINDS.length)) continue;
    if (most === null || count > most.count) most = { source, count, share, usual: usual[kind] };
  }
  return most;
}
