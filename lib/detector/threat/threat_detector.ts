/**
 * The contract of every detector of threats.
 *
 * @module
 */
import type { Technique } from "./technique.ts";
import type { ThreatMemory } from "./threat_memory.ts";

/** How much harm is likely; a threat that succeeded is high or critical. */
export type ThreatSeverity = "low" | "medium" | "high" | "critical";

/** Severities in ascending order. */
export const THREAT_SEVERITIES: readonly ThreatSeverity[] = ["low", "medium", "high", "critical"];

/** Something that may be an attack. */
export interface Suspect {
  /** Names the attack together with the detector: a source, a user. While it goes on it is the same attack. */
  source: string;
  /** Compared with the detector's limit; higher is more suspicious. */
  value: number;
  technique: Technique;
  severity: ThreatSeverity;
  /** The evidence, one line, redacted: as long as the memory is the same. */
  text: () => string;
  /** What was counted, and what is usual. */
  actual: number;
  expected: number;
}

/** A detector of threats: a pure function of what is remembered. How much is too much is learned from training, elsewhere. */
export interface ThreatDetector {
  /** As opinions name it, behind `threat:`. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** Nothing at or below this value is an attack, whatever is usual. */
  readonly floor: number;
  /** Attacks a day that may be in a training without being one; its part of the false-alarm budget. */
  readonly budget: number;
  /**
   * What values are, which tells how much higher than in training they may be by chance: counts, standard deviations, or something
   * that is new or isn't.
   */
  readonly scale: "count" | "deviation" | "news";
  /** Whether it needs to know habits: says nothing in the first day of a service. */
  readonly habits: boolean;
  /** What in the window that the memory took in last may be an attack, in any order, with values of any height. */
  suspects(memory: ThreatMemory): Suspect[];
}
