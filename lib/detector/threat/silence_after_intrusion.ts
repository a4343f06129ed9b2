/**
 * A service that falls silent after someone got in.
 *
 * @module
 */
import { counted } from "./password_guessing.ts";
import { TECHNIQUES } from "./technique.ts";
import type { ThreatDetector } from "./threat_detector.ts";

/** A silence is put down to a way in that worked so many ms before at the most. */
const MEMORY = 24 * 3_600_000;

/** More empty windows in a row than ever before, after a guessed password. */
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
        `${counted(silence, "window")} without a line, never more than ${longestSilence} before, ` +
        `after a guessed password from ${intrusion.source}`,
      actual: silence,
      expected: longestSilence,
    }];
  },
};
