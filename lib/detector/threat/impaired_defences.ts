/**
 * What watches or records is stopped, or its records are emptied.
 *
 * @module
 */
import { TECHNIQUES } from "./technique.ts";
import type { ThreatDetector } from "./threat_detector.ts";

/** A guard that was never stopped before, or a log that was never emptied. */
export const impairedDefences: ThreatDetector = {
  name: "impaired-defences",
  title: "Guards stopped, logs emptied",
  floor: 0.5,
  budget: 0.1,
  scale: "news",
  habits: true,
  suspects: ({ novel }) =>
    novel.filter(({ kind }) => kind === "stopped" || kind === "cleared").map((
      { kind, user, target, times },
    ) => ({
      source: `${kind} ${target}`.trim(),
      value: 1,
      technique: kind === "cleared" ? TECHNIQUES.clearLogs : TECHNIQUES.impairDefenses,
      severity: kind === "cleared" ? "high" : "medium",
      text: () =>
        kind === "cleared" ? `a log was emptied${user === "" ? "" : ` by ${user}`}` : `${target} was stopped`,
      actual: times,
      expected: 0,
    })),
};
