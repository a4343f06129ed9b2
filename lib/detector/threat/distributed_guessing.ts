/**
 * Many sources whose logins are refused, none of them often.
 *
 * @module
 */
import { countText, numberText } from "../../table/figures.ts";
import { TECHNIQUES } from "./technique.ts";
import type { ThreatDetector } from "./threat_detector.ts";
import type { ThreatMemory } from "./threat_memory.ts";

/** Fewer sources are no crowd; fewer refusals are too few to speak of. */
const SOURCES = 5, REFUSALS = 10;

/** Sources of the crowd within the span. */
function crowdSources({ sources, last }: ThreatMemory, span: number): number {
  let count = 0;
  for (const { failed, last: seen } of sources.values()) if (failed > 0 && seen > last - span) count++;
  return count;
}

/**
 * Refused logins of all sources together that each stay below what one source gives itself away by, against the service's own rate of
 * them: by how many standard deviations the last 1, 6 or 24 hours are above it, while the window itself is above it too.
 *
 * The floor is six deviations: with a heavy-tailed count that is once in months of hourly windows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { distributedGuessing } from "./distributed_guessing.ts";
 * import { noLogins } from "./source_counts.ts";
 * import { SourceFact } from "./source_fact.ts";
 * import { ThreatMemory } from "./threat_memory.ts";
 *
 * const memory = new ThreatMemory(), fact = new SourceFact();
 * const failed = { failed: [1, 0, 0, 0], firstFailed: 7 };
 * for (let i = 0; i < 40; i++) fact.source(`203.0.113.${i}`).login = { ...noLogins(), ...failed };
 * memory.add({ start: 0, end: 60_000, lines: 9, fact });
 * assert.equal(distributedGuessing.suspects(memory)[0].text(), "40 failed logins from 40 sources in 1 hour, usually 0");
 * ```
 */
export const distributedGuessing: ThreatDetector = {
  name: "distributed-guessing",
  title: "Refused logins from many sources",
  floor: 6,
  budget: 0.1,
  scale: "deviation",
  habits: true,
  suspects: (memory) => {
    const { deviations, span, count, expected } = memory.refusals.excess, { crowd } = memory;
    if (crowd.count <= crowd.expected + Math.sqrt(crowd.expected + 1) || count < REFUSALS) return [];
    const sources = crowdSources(memory, span);
    if (sources < SOURCES) return [];
    const hours = countText(span / 3_600_000, "hour"),
      as = memory.mostTried === "" ? "" : `, most as ${memory.mostTried}`;
    return [{
      source: "many sources",
      value: deviations,
      technique: TECHNIQUES.bruteForce,
      severity: "medium",
      text: () =>
        `${numberText(count)} failed logins from ${countText(sources, "source")} in ${hours}${as}, usually ${
          numberText(Math.round(expected))
        }`,
      actual: count,
      expected,
    }];
  },
};
