/**
 * A service that falls silent after someone got in.
 *
 * @module
 */
import { countText } from "../../table/figures.ts";
import { TECHNIQUES } from "./technique.ts";
import type { ThreatDetector } from "./threat_detector.ts";

/** A silence is put down to a way in that worked so many ms before at the most. */
const MEMORY = 24 * 3_600_000;

/**
 * More empty windows in a row than ever before, after a guessed password.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { silenceAfterIntrusion } from "./silence_after_intrusion.ts";
 * import { ThreatMemory } from "./threat_memory.ts";
 *
 * const memory = new ThreatMemory(), empty = { lines: 0, fact: undefined };
 * memory.intrusion = { time: 0, source: "203.0.113.9" };
 * for (let i = 0; i < 3; i++) memory.add({ start: i * 60_000, end: (i + 1) * 60_000, ...empty });
 * assert.equal(silenceAfterIntrusion.suspects(memory)[0].value, 3); // windows without a line, where there was none
 * ```
 */
export const silenceAfterIntrusion: ThreatDetector = {
  name: "silence-after-intrusion",
  title: "Silence after a guessed password",
  floor: 1,
  budget: 0.02,
  scale: "news",
  habits: false,
  suspects: ({ intrusion, silence, longestSilence, last }) => {
    if (intrusion === null || silence === 0 || last - intrusion.time > MEMORY) return [];
    return [{
      source: intrusion.source,
      value: silence / (longestSilence + 1),
      technique: TECHNIQUES.silence,
      severity: "critical",
      text: () =>
        `${countText(silence, "window")} without a line, never more than ${longestSilence} before, ` +
        `after a guessed password from ${intrusion.source}`,
      actual: silence,
      expected: longestSilence,
    }];
  },
};
