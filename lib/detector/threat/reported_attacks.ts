/**
 * Other programs that speak of attacks: intrusion detection, firewalls, servers' own guards.
 *
 * @module
 */
import { counted } from "./password_guessing.ts";
import { TECHNIQUES } from "./technique.ts";
import type { ThreatDetector } from "./threat_detector.ts";

/** Lines of one source that speak of attacks, more than there usually are: ten of a kind that is always there say nothing. */
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
        `${counted(source.reported, "line")} about ${source.key} speak of attacks: ${source.speaking}`,
      actual: source.reported,
      expected: 0,
    })),
};
