/**
 * Other programs that speak of attacks: intrusion detection, firewalls, servers' own guards.
 *
 * @module
 */
import { countText } from "../../table/figures.ts";
import { TECHNIQUES } from "./technique.ts";
import type { ThreatDetector } from "./threat_detector.ts";

/**
 * Lines of one source that speak of attacks, more than there usually are: ten of a kind that is always there say nothing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { reportedAttacks } from "./reported_attacks.ts";
 * import { SourceFact } from "./source_fact.ts";
 * import { ThreatMemory } from "./threat_memory.ts";
 *
 * const memory = new ThreatMemory(), fact = new SourceFact();
 * Object.assign(fact.source("203.0.113.9"), { reported: 20, speaking: "port scan" });
 * memory.add({ start: 0, end: 60_000, lines: 9, fact });
 * assert.equal(reportedAttacks.suspects(memory)[0].text(), "20 lines about 203.0.113.9 speak of attacks: port scan");
 * ```
 */
export const reportedAttacks: ThreatDetector = {
  name: "reported-attack",
  title: "Other programs speak of attacks",
  floor: 10,
  budget: 0.1,
  scale: "count",
  habits: false,
  suspects: ({ active }) =>
    active.filter(({ nowReported }) => nowReported > 0).map((source) => ({
      source: source.key,
      value: source.reported,
      technique: TECHNIQUES.activeScanning,
      severity: "medium",
      text: () =>
        `${countText(source.reported, "line")} about ${source.key} speak of attacks: ${source.speaking}`,
      actual: source.reported,
      expected: 0,
    })),
};
